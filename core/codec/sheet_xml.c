#include "core/codec/sheet_xml.h"

#include <expat.h>
#include <string.h>

enum {
	/* Pieces of 64 KiB without anything in them: a token without end. */
	MAX_SILENT = 16,
	PIECE = 16 * 1024
};

struct reading {
	XML_Parser parser;
	const struct sheet_xml *handler;
	struct err why; /* set by the handlers */
	int depth;
	int silent; /* pieces since the last event */
	bool stopped;
};

static const char *local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

static void stop(struct reading *r)
{
	r->stopped = true;
	XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_begin(void *data, const XML_Char *name,
	const XML_Char **attrs)
{
	struct reading *r = data;

	r->silent = 0;
	if (r->stopped)
		return;
	if (++r->depth > SHEET_MAX_DEPTH) {
		err_set(&r->why, ERR_INVALID, SHEET_WHY_HOSTILE,
			"nested too deeply");
		stop(r);
	} else if (r->handler->begin &&
		   !r->handler->begin(r->handler->ctx, local_name(name),
			   (const char **)attrs, &r->why)) {
		stop(r);
	}
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
	struct reading *r = data;

	r->silent = 0;
	r->depth--;
	if (!r->stopped && r->handler->end &&
		!r->handler->end(r->handler->ctx, local_name(name), &r->why))
		stop(r);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int len)
{
	struct reading *r = data;

	r->silent = 0;
	if (!r->stopped && r->handler->text &&
		!r->handler->text(r->handler->ctx, text, (size_t)len, &r->why))
		stop(r);
}

/* Entities can only be declared behind one of these. */
static void XMLCALL on_doctype(void *data, const XML_Char *name,
	const XML_Char *system, const XML_Char *public, int internal)
{
	struct reading *r = data;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	err_set(&r->why, ERR_INVALID, SHEET_WHY_HOSTILE,
		"it declares a DOCTYPE");
	stop(r);
}

static bool parse(void *ctx, const void *bytes, size_t len, struct err *err)
{
	struct reading *r = ctx;

	if (++r->silent > MAX_SILENT)
		return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
			"something without end");
	if (XML_Parse(r->parser, bytes, (int)len, len == 0) == XML_STATUS_OK)
		return true;
	if (r->stopped) {
		*err = r->why;
		return false;
	}
	return err_set(err,
		XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY
			? ERR_NO_MEMORY
			: ERR_INVALID,
		0, "line %lu: %s", XML_GetCurrentLineNumber(r->parser),
		XML_ErrorString(XML_GetErrorCode(r->parser)));
}

/* What gives the bytes to parse(), the last piece empty. */
typedef bool feed_fn(void *from, struct reading *r, struct err *err);

static bool read_with(const struct sheet_xml *handler, feed_fn *feed,
	void *from, struct err *err)
{
	struct reading r = {.handler = handler};
	bool ok;

	r.parser = XML_ParserCreate(NULL);
	if (!r.parser)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for XML");
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_begin, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	ok = feed(from, &r, err);
	XML_ParserFree(r.parser);
	return ok;
}

/* ---- where it comes from --------------------------------------------------- */

struct part {
	struct sheet_zip *z;
	const char *entry;
};

static bool feed_part(void *from, struct reading *r, struct err *err)
{
	const struct part *p = from;

	return sheet_zip_read(p->z, p->entry, parse, r, err);
}

bool sheet_xml_read(struct sheet_zip *z, const char *entry,
	const struct sheet_xml *handler, struct err *err)
{
	struct part p = {z, entry};

	return read_with(handler, feed_part, &p, err);
}

static bool feed_file(void *from, struct reading *r, struct err *err)
{
	const struct cells_file *file = from;
	char piece[PIECE];
	int64_t at = 0;
	int64_t n;

	do {
		n = file->read_at(file->ctx, at, piece, sizeof(piece));
		if (n < 0)
			return err_set(err, ERR_IO, 0,
				"the file cannot be read");
		if (!parse(r, piece, (size_t)n, err))
			return false;
		at += n;
	} while (n > 0);
	return true;
}

bool sheet_xml_read_file(const struct cells_file *file,
	const struct sheet_xml *handler, struct err *err)
{
	struct cells_file from = *file;

	return read_with(handler, feed_file, &from, err);
}

const char *sheet_xml_attr(const char **attrs, const char *name)
{
	for (; attrs[0]; attrs += 2)
		if (strcmp(local_name(attrs[0]), name) == 0)
			return attrs[1];
	return NULL;
}
