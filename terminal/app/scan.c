#include "terminal/app/scan.h"

#include <string.h>

#include "core/str.h"
#include "core/utf8.h"
#include "drivers/camera/image_reader.h"
#include "terminal/flows/scan_says.h"

bool scan_image(const char *path, struct decode_result *out, struct err *err)
{
	struct image_reader *r = image_reader_open(NULL, err);
	bool ok;

	if (!r)
		return false;
	ok = image_reader_scan(r, path, SCAN_TIMEOUT_MS, out, err);
	image_reader_close(r);
	return ok;
}

int scan_sources(const struct scan_source *from)
{
	return (from->hex != NULL) + (from->text != NULL) +
	       (from->image != NULL);
}

static bool take(struct scan_bytes *out, const void *bytes, size_t len,
	struct err *err)
{
	if (len > DECODE_MAX_BYTES)
		return err_set(err, ERR_INVALID, 0, "%zu bytes are no card",
			len);
	memcpy(out->bytes, bytes, len);
	out->bytes[len] = 0;
	out->len = len;
	return true;
}

static bool from_image(const char *path, struct scan_bytes *out,
	struct err *err)
{
	static struct decode_result codes;

	if (!scan_image(path, &codes, err))
		return false;
	if (codes.count == 0)
		return err_set(err, ERR_INVALID, 0, "no code in %s", path);
	if (decode_differ(&codes))
		return err_set(err, ERR_INVALID, 0, "%d different codes in %s",
			codes.count, path);
	return take(out, codes.code[0].bytes, codes.code[0].len, err);
}

bool scan_read(const struct scan_source *from, struct scan_bytes *out,
	struct err *err)
{
	if (from->image)
		return from_image(from->image, out, err);
	if (from->text)
		return take(out, from->text, strlen(from->text), err);
	out->bytes[0] = 0;
	if (!str_from_hex(from->hex, out->bytes, DECODE_MAX_BYTES, &out->len))
		return err_set(err, ERR_INVALID, 0,
			"these are not hex digits, or too many");
	return true;
}

void scan_print_safe(FILE *out, const void *bytes, size_t len)
{
	const char *s = bytes;
	char text[4 * UTF8_MAX_BYTES + 1];
	size_t used;

	for (size_t at = 0; at < len; at += used) {
		utf8_decode(s + at, len - at, &used);
		scan_safe_text(s + at, used, text, sizeof(text));
		fputs(text, out);
	}
	fputc('\n', out);
}
