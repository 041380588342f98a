#include "core/codec/bhyt.h"

#include <string.h>

#include "core/codec/cardname.h"
#include "core/codec/scantext.h"
#include "core/str.h"
#include "core/text.h"

enum {
	FIELDS = 9
};

/* Clean text of a field; "" if it does not fit or is not clean. */
static bool plain(struct scantext f, char *out, size_t size)
{
	return text_clean(f.at, f.len, out, size, NULL);
}

/* Text that is written as the hex digits of its UTF-8. */
static bool unhex(struct scantext f, char *out, size_t size)
{
	char hex[2 * IDCARD_ADDRESS_SIZE];
	char text[IDCARD_ADDRESS_SIZE];
	size_t len;

	out[0] = '\0';
	return plain(f, hex, sizeof(hex)) &&
	       str_from_hex(hex, text, sizeof(text), &len) &&
	       text_clean(text, len, out, size, NULL);
}

static void read_name(struct scantext f, char out[VIET_NAME_SIZE])
{
	if (!unhex(f, out, VIET_NAME_SIZE) || !cardname_is_whole(out) ||
		!viet_is_latin(out))
		out[0] = '\0';
}

static void read_date(struct scantext f, struct date *out)
{
	char text[32];

	if (!plain(f, text, sizeof(text)) || !date_parse(text, out))
		*out = (struct date){.year = 0};
}

static enum sex read_sex(struct scantext f)
{
	static const struct {
		const char *text;
		enum sex sex;
	} rows[] = {
		{"1", SEX_MALE},
		{"2", SEX_FEMALE},
		{"Nam", SEX_MALE},
		{"Nữ", SEX_FEMALE},
	};
	char text[16];

	plain(f, text, sizeof(text));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (strcmp(text, rows[i].text) == 0)
			return rows[i].sex;
	return SEX_UNKNOWN;
}

bool bhyt_parse(const void *bytes, size_t len, struct bhyt *out)
{
	struct scantext rest = {bytes, len};
	struct scantext field[FIELDS] = {{NULL, 0}};
	int n = 0;

	memset(out, 0, sizeof(*out));
	if (len > IDCARD_MAX_BYTES)
		return false;
	rest = scantext_strip(rest);
	if (scantext_kind(rest) != SCANTEXT_BHYT)
		return false;
	while (n < FIELDS && rest.at)
		field[n++] = scantext_field(&rest, '|');
	for (int i = n; i < FIELDS; i++)
		field[i] = (struct scantext){"", 0};
	plain(field[0], out->code, sizeof(out->code));
	read_name(field[1], out->name);
	read_date(field[2], &out->birth);
	out->sex = read_sex(field[3]);
	unhex(field[4], out->address, sizeof(out->address));
	/* field[5] is the clinic, which nobody here needs. */
	read_date(field[6], &out->from);
	read_date(field[7], &out->to);
	read_date(field[8], &out->printed);
	return true;
}
