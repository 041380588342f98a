#include "core/codec/survey_xml.h"

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

/* The writer says < 0 once memory has run out. */
struct out {
	xmlTextWriter *w;
	bool ok;
};

static void begin(struct out *o, const char *prefix, const char *name)
{
	o->ok = o->ok &&
		xmlTextWriterStartElementNS(o->w, (const xmlChar *)prefix,
			(const xmlChar *)name, NULL) >= 0;
}

static void end(struct out *o)
{
	o->ok = o->ok && xmlTextWriterEndElement(o->w) >= 0;
}

static void attribute(struct out *o, const char *name, const char *text)
{
	o->ok = o->ok &&
		xmlTextWriterWriteAttribute(o->w, (const xmlChar *)name,
			(const xmlChar *)text) >= 0;
}

static void element(struct out *o, const char *prefix, const char *name,
	const char *text)
{
	begin(o, prefix, name);
	if (text[0])
		o->ok = o->ok && xmlTextWriterWriteString(o->w,
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

	o->ok = xmlTextWriterStartDocument(o->w, NULL, "UTF-8", NULL) >= 0;
	begin(o, NULL, "data");
	attribute(o, "id", survey_text(s, s->id));
	attribute(o, "version", survey_text(s, s->version));
	attribute(o, "xmlns:orx", namespace);
	put_meta(o, meta);
	for (int i = survey_next(s, a, -1); i >= 0; i = survey_next(s, a, i))
		element(o, NULL, survey_text(s, s->question[i].name),
			survey_answer_text(s, a, i, text));
	end(o);
	o->ok = o->ok && xmlTextWriterEndDocument(o->w) >= 0;
}

bool survey_xml_write(const struct survey *s, const struct survey_answers *a,
	const struct survey_meta *meta, struct buf *out, struct err *err)
{
	xmlBuffer *bytes = xmlBufferCreate();
	struct out o = {.w = bytes ? xmlNewTextWriterMemory(bytes, 0) : NULL};
	bool ok = false;

	if (o.w)
		put_all(&o, s, a, meta);
	/* Before the writer is freed it may still hold some of it. */
	if (o.w)
		xmlFreeTextWriter(o.w);
	if (!o.ok)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for XML");
	else if (!buf_put(out, xmlBufferContent(bytes),
			 (size_t)xmlBufferLength(bytes)))
		err_set(err, ERR_FULL, 0, "no room for XML");
	else
		ok = true;
	if (bytes)
		xmlBufferFree(bytes);
	return ok;
}
