#include "core/codec/phone.h"

#include <stddef.h>
#include <string.h>

#include "core/str.h"

struct prefix {
	const char *digits;
	const char *operator_name;
};

static const struct prefix prefixes[] = {
	{"032", "Viettel"},
	{"033", "Viettel"},
	{"034", "Viettel"},
	{"035", "Viettel"},
	{"036", "Viettel"},
	{"037", "Viettel"},
	{"038", "Viettel"},
	{"039", "Viettel"},
	{"052", "Vietnamobile"},
	{"055", "Wintel"},
	{"056", "Vietnamobile"},
	{"058", "Vietnamobile"},
	{"059", "Gmobile"},
	{"070", "MobiFone"},
	{"076", "MobiFone"},
	{"077", "MobiFone"},
	{"078", "MobiFone"},
	{"079", "MobiFone"},
	{"081", "VinaPhone"},
	{"082", "VinaPhone"},
	{"083", "VinaPhone"},
	{"084", "VinaPhone"},
	{"085", "VinaPhone"},
	{"086", "Viettel"},
	{"087", "iTel"},
	{"088", "VinaPhone"},
	{"089", "MobiFone"},
	{"090", "MobiFone"},
	{"091", "VinaPhone"},
	{"092", "Vietnamobile"},
	{"093", "MobiFone"},
	{"094", "VinaPhone"},
	{"096", "Viettel"},
	{"097", "Viettel"},
	{"098", "Viettel"},
	{"099", "Gmobile"},
};

const char *phone_operator(const char *number)
{
	if (strlen(number) != PHONE_SIZE - 1 || !str_is_digits(number))
		return NULL;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (str_starts(number, prefixes[i].digits))
			return prefixes[i].operator_name;
	return NULL;
}

/* The digits of text without what people put between them; false if over. */
static bool bare_digits(const char *text, char *out, size_t size)
{
	size_t n = 0;

	for (; *text; text++) {
		if (strchr(" .-", *text))
			continue;
		if (n + 1 >= size)
			return false;
		out[n++] = *text;
	}
	out[n] = '\0';
	return str_is_digits(out);
}

bool phone_read(const char *text, char out[PHONE_SIZE])
{
	char digits[16];
	const char *rest = digits;

	out[0] = '\0';
	text += strspn(text, " ");
	if (!bare_digits(text + (*text == '+'), digits, sizeof(digits)))
		return false;
	if (strlen(digits) == PHONE_SIZE && str_starts(digits, "84"))
		rest += 2;
	else if (*text == '+' || digits[0] != '0')
		return false;
	else
		rest += 1;
	if (strlen(rest) != PHONE_SIZE - 2)
		return false;
	out[0] = '0';
	memcpy(out + 1, rest, PHONE_SIZE - 1);
	if (phone_operator(out))
		return true;
	out[0] = '\0';
	return false;
}
