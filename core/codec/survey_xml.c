#include "core/codec/survey_xml.h"

#include <dlfcn.h>
#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"

enum {
	DEV_SIZE = 16,
	UUID_SIZE = 16,
	TIME_SIZE = 32
};

/* Of OpenRosa's metadata, whose prefix it is in all of ODK's own forms. */
static const char namespace[] = "http://openrosa.org/xforms";

void survey_instance(const uint8_t dev[DEV_SIZE], uint64_t seq,
	char out[SURVEY_INSTANCE_SIZE])
{
	uint8_t hash[CRYPTO_HASH_SIZE];
	char hex[2 * UUID_SIZE + 1];
	struct crypto_hash h;
	uint8_t number[8];
	struct buf b;

	buf_init(&b, number, sizeof(number));
	buf_be(&b, seq, sizeof(number));
	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRINST", 8);
	crypto_hash_add(&h, dev, DEV_SIZE);
	crypto_hash_add(&h, number, sizeof(number));
	crypto_hash_end(&h, hash);
	hash[6] = (uint8_t)((hash[6] & 0x0f) | 0x80); /* RFC 9562, 5.8 */
	hash[8] = (uint8_t)((hash[8] & 0x3f) | 0x80);
	str_to_hex(hash, UUID_SIZE, hex);
	snprintf(out, SURVEY_INSTANCE_SIZE, "uuid:%.8s-%.4s-%.4s-%.4s-%.12s",
		hex, hex + 8, hex + 12, hex + 16, hex + 20);
}

/*
 * The library is loaded when it is needed, which is seldom: with it come ICU
 * and the library of C++, 2 ms of every start of the program and of each
 * child it starts.
 */
#define LIBRARY "libxml2.so.2"

struct library {
	__typeof__(&xmlBufferCreate) xmlBufferCreate;
	__typeof__(&xmlBufferContent) xmlBufferContent;
	__typeof__(&xmlBufferLength) xmlBufferLength;
	__typeof__(&xmlBufferFree) xmlBufferFree;
	__typeof__(&xmlNewTextWriterMemory) xmlNewTextWriterMemory;
	__typeof__(&xmlFreeTextWriter) xmlFreeTextWriter;
	__typeof__(&xmlTextWriterStartDocument) xmlTextWriterStartDocument;
	__typeof__(&xmlTextWriterEndDocument) xmlTextWriterEndDocument;
	__typeof__(&xmlTextWriterStartElementNS) xmlTextWriterStartElementNS;
	__typeof__(&xmlTextWriterEndElement) xmlTextWriterEndElement;
	__typeof__(&xmlTextWriterWriteAttribute) xmlTextWriterWriteAttribute;
	__typeof__(&xmlTextWriterWriteString) xmlTextWriterWriteString;
};

/* A function of the library into its place; false: it has none. */
static bool look_up(void *handle, const char *name, void *place)
{
	void *call = dlsym(handle, name);

	memcpy(place, &call, sizeof(call));
	return call != NULL;
}

/* It stays loaded: it has state of its own. */
static bool load(struct library *lib, struct err *err)
{
	void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_NODELETE);
	const struct {
		const char *name;
		void *place;
	} calls[] = {
		{"xmlBufferCreate", &lib->xmlBufferCreate},
		{"xmlBufferContent", &lib->xmlBufferContent},
		{"xmlBufferLength", &lib->xmlBufferLength},
		{"xmlBufferFree", &lib->xmlBufferFree},
		{"xmlNewTextWriterMemory", &lib->xmlNewTextWriterMemory},
		{"xmlFreeTextWriter", &lib->xmlFreeTextWriter},
		{"xmlTextWriterStartDocument",
			&lib->xmlTextWriterStartDocument},
		{"xmlTextWriterEndDocument", &lib->xmlTextWriterEndDocument},
		{"xmlTextWriterStartElementNS",
			&lib->xmlTextWriterStartElementNS},
		{"xmlTextWriterEndElement", &lib->xmlTextWriterEndElement},
		{"xmlTextWriterWriteAttribute",
			&lib->xmlTextWriterWriteAttribute},
		{"xmlTextWriterWriteString", &lib->xmlTextWriterWriteString},
	};

	for (size_t i = 0; handle && i < sizeof(calls) / sizeof(calls[0]); i++)
		if (!look_up(handle, calls[i].name, calls[i].place))
			handle = NULL;
	if (!handle)
		err_set(err, ERR_GONE, 0, "%s is not installed", LIBRARY);
	return handle != NULL;
}

/* The writer says < 0 once memory has run out. */
struct out {
	const struct library *lib;
	xmlTextWriter *w;
	bool ok;
};

static void begin(struct out *o, const char *prefix, const char *name)
{
	o->ok = o->ok && o->lib->xmlTextWriterStartElementNS(o->w,
				 (const xmlChar *)prefix, (const xmlChar *)name,
				 NULL) >= 0;
}

static void end(struct out *o)
{
	o->ok = o->ok && o->lib->xmlTextWriterEndElement(o->w) >= 0;
}

static void attribute(struct out *o, const char *name, const char *text)
{
	o->ok = o->ok &&
		o->lib->xmlTextWriterWriteAttribute(o->w, (const xmlChar *)name,
			(const xmlChar *)text) >= 0;
}

static void element(struct out *o, const char *prefix, const char *name,
	const char *text)
{
	begin(o, prefix, name);
	if (text[0])
		o->ok = o->ok && o->lib->xmlTextWriterWriteString(o->w,
					 (const xmlChar *)text) >= 0;
	end(o);
}

static void element_time(struct out *o, const char *name, int64_t t)
{
	char text[TIME_SIZE];

	if (t > 0)
		element(o, "orx", name, date_time_iso(t, text));
}

static void put_meta(struct out *o, const struct survey_meta *meta)
{
	begin(o, "orx", "meta");
	element(o, "orx", "instanceID", meta->instance);
	if (meta->device[0])
		element(o, "orx", "deviceID", meta->device);
	if (meta->user[0])
		element(o, "orx", "userID", meta->user);
	element_time(o, "timeStart", meta->start);
	element_time(o, "timeEnd", meta->end);
	end(o);
}

static void put_all(struct out *o, const struct survey *s,
	const struct survey_answers *a, const struct survey_meta *meta)
{
	char text[SURVEY_ANSWER_SIZE];

	o->ok = o->lib->xmlTextWriterStartDocument(o->w, NULL, "UTF-8", NULL) >=
		0;
	begin(o, NULL, "data");
	attribute(o, "id", survey_text(s, s->id));
	attribute(o, "version", survey_text(s, s->version));
	attribute(o, "xmlns:orx", namespace);
	put_meta(o, meta);
	for (int i = survey_next(s, a, -1); i >= 0; i = survey_next(s, a, i))
		element(o, NULL, survey_text(s, s->question[i].name),
			survey_answer_text(s, a, i, text));
	end(o);
	o->ok = o->ok && o->lib->xmlTextWriterEndDocument(o->w) >= 0;
}

/* All of it into bytes, as the writer has it once it is freed. */
static bool put_bytes(const struct library *lib, xmlBuffer *bytes,
	const struct survey *s, const struct survey_answers *a,
	const struct survey_meta *meta)
{
	struct out o = {.lib = lib, .w = lib->xmlNewTextWriterMemory(bytes, 0)};

	if (!o.w)
		return false;
	put_all(&o, s, a, meta);
	lib->xmlFreeTextWriter(o.w);
	return o.ok;
}

bool survey_xml_write(const struct survey *s, const struct survey_answers *a,
	const struct survey_meta *meta, struct buf *out, struct err *err)
{
	struct library lib;
	xmlBuffer *bytes;
	bool ok = false;

	if (!load(&lib, err))
		return false;
	bytes = lib.xmlBufferCreate();
	if (!bytes || !put_bytes(&lib, bytes, s, a, meta))
		err_set(err, ERR_NO_MEMORY, 0, "no memory for XML");
	else if (!buf_put(out, lib.xmlBufferContent(bytes),
			 (size_t)lib.xmlBufferLength(bytes)))
		err_set(err, ERR_FULL, 0, "no room for XML");
	else
		ok = true;
	if (bytes)
		lib.xmlBufferFree(bytes);
	return ok;
}
