/*
 * sheet_xml.h - a part of a workbook, or a file of XML, as the elements it is
 * made of.
 *
 * No DOCTYPE is taken, so there are no entities to expand and nothing to
 * fetch (T49). Names come without their prefix. sheet_xml.c is the only file
 * that knows <expat.h>.
 */
#ifndef CORE_CODEC_SHEET_XML_H
#define CORE_CODEC_SHEET_XML_H

#include "core/codec/sheet_zip.h"

enum {
	SHEET_MAX_DEPTH = 32
};

/* Return false to stop, with *err set. */
struct sheet_xml {
	void *ctx;
	/* attrs: name, value, name, value … NULL; names as they stand */
	bool (*begin)(void *ctx, const char *name, const char **attrs,
		struct err *err);
	bool (*end)(void *ctx, const char *name, struct err *err);
	/* In as many pieces as it likes. */
	bool (*text)(void *ctx, const char *text, size_t len, struct err *err);
};

/* Read the entry to its end, or until a function fails; they may be NULL. */
bool sheet_xml_read(struct sheet_zip *z, const char *entry,
	const struct sheet_xml *handler, struct err *err);

/* The same of a file that is XML itself. */
bool sheet_xml_read_file(const struct cells_file *file,
	const struct sheet_xml *handler, struct err *err);

/* The value of an attribute, prefix or not; NULL if there is none. */
const char *sheet_xml_attr(const char **attrs, const char *name);

#endif
