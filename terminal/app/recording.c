#include "terminal/app/recording.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/utf8.h"

#define HEAD "chitra-recording "

enum {
	WORDS_MAX = 6,
	WORD_SIZE = 24
};

/* ---- tables of words ---------------------------------------------------- */

struct name {
	const char *word;
	int value;
};

static const struct name kinds[] = {
	[RECORDED_KEY] = {"key", RECORDED_KEY},
	[RECORDED_SCAN] = {"scan", RECORDED_SCAN},
	[RECORDED_PASTED] = {"pasted", RECORDED_PASTED},
	[RECORDED_TICK] = {"tick", RECORDED_TICK},
	[RECORDED_PRINT] = {"print", RECORDED_PRINT},
	[RECORDED_DEVICE] = {"device", RECORDED_DEVICE},
	[RECORDED_CAMERA] = {"camera", RECORDED_CAMERA},
	[RECORDED_SIZE] = {"size", RECORDED_SIZE},
	[RECORDED_ANSWER] = {"=", RECORDED_ANSWER},
};
static const struct name keys[] = {
	{"ENTER", K_ACCEPT},
	{"ESC", K_BACK},
	{"ERASE", K_ERASE},
	{"ERASE-WORD", K_ERASE_WORD},
	{"UP", K_UP},
	{"DOWN", K_DOWN},
	{"PAGE-UP", K_PAGE_UP},
	{"PAGE-DOWN", K_PAGE_DOWN},
	{"SPACE", ' '},
};
static const struct name fields[] = {
	{"user", FIELD_USER},
	{"pin", FIELD_PIN},
	{"person", FIELD_PERSON},
	{"other", FIELD_OTHER},
	{"lost", FIELD_LOST},
};
static const struct name classes[] = {
	{"9", CLASS_DIGIT},
	{"a", CLASS_LETTER},
	{"SPACE", CLASS_BLANK},
	{"-", CLASS_MARK},
};
static const struct name scanners[] = {
	{"picture", SCANNED_BY_PICTURE},
	{"serial", SCANNED_BY_SERIAL},
	{"reports", SCANNED_BY_REPORTS},
	{"keys", SCANNED_BY_KEYS},
};
static const struct name prints[] = {
	{"none", PRINT_NONE},
	{"printing", PRINT_PRINTING},
	{"printed", PRINT_PRINTED},
	{"unknown", PRINT_UNKNOWN},
	{"failed", PRINT_FAILED},
};
static const struct name codes[] = {
	{"fine", ERR_NONE},
	{"invalid", ERR_INVALID},
	{"busy", ERR_BUSY},
	{"timeout", ERR_TIMEOUT},
	{"gone", ERR_GONE},
	{"denied", ERR_DENIED},
	{"full", ERR_FULL},
	{"io", ERR_IO},
	{"corrupt", ERR_CORRUPT},
	{"memory", ERR_NO_MEMORY},
};
static const struct name troubles[] = {
	{"fine", PAPER_FINE},
	{"out", PAPER_OUT},
	{"cover", PAPER_COVER},
	{"broken", PAPER_BROKEN},
	{"hot", PAPER_HOT},
	{"offline", PAPER_OFFLINE},
};
static const struct name plugs[] = {
	{"printer", PLUG_PRINTER},
	{"scanner", PLUG_SCANNER},
	{"camera", PLUG_CAMERA},
	{"serial", PLUG_SERIAL},
	{"keyboard", PLUG_KEYBOARD},
};
static const struct name cameras[] = {
	{"sees", CAMERA_SEES},
	{"two-codes", CAMERA_TWO_CODES},
	{"absent", CAMERA_ABSENT},
	{"busy", CAMERA_BUSY},
	{"denied", CAMERA_DENIED},
	{"lost", CAMERA_LOST},
	{"stuck", CAMERA_STUCK},
	{"failed", CAMERA_FAILED},
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WORD_OF(table, value) word_of(table, COUNT(table), (int)(value))
#define VALUE_OF(table, word, out) value_of(table, COUNT(table), word, out)

static const char *word_of(const struct name *table, size_t n, int value)
{
	for (size_t i = 0; i < n; i++)
		if (table[i].value == value)
			return table[i].word;
	return NULL;
}

static bool value_of(const struct name *table, size_t n, const char *word,
	int *out)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(table[i].word, word) == 0) {
			*out = table[i].value;
			return true;
		}
	return false;
}

/* ---- writing ------------------------------------------------------------ */

void recording_put_head(int rows, int cols, struct buf *out)
{
	buf_printf(out, HEAD "%d %dx%d\n", RECORDING_VERSION, cols, rows);
}

static void put_key(const struct recorded *r, struct buf *out)
{
	const char *word = WORD_OF(keys, r->key.key);

	if (r->key.field != FIELD_NONE)
		buf_printf(out, "type %s %s", WORD_OF(fields, r->key.field),
			WORD_OF(classes, r->key.key));
	else if (word)
		buf_printf(out, "key %s", word);
	else if (r->key.key > ' ' && r->key.key < 0x7f)
		buf_printf(out, "key %c", r->key.key);
	else
		buf_printf(out, "key U+%04X", (unsigned)r->key.key);
}

static void put_scan(const struct recorded *r, struct buf *out)
{
	buf_printf(out, "scan %s",
		r->scan.camera ? "camera" : WORD_OF(scanners, r->scan.by));
	if (r->scan.len > 0)
		buf_byte(out, ' ');
	for (size_t i = 0; i < r->scan.len; i++) {
		const unsigned byte = (unsigned char)r->scan.text[i];

		if (byte > ' ' && byte < 0x7f && byte != '\\')
			buf_byte(out, byte);
		else
			buf_printf(out, "\\x%02x", byte);
	}
}

static void put_what(const struct recorded *r, struct buf *out)
{
	switch (r->kind) {
	case RECORDED_KEY:
		put_key(r, out);
		return;
	case RECORDED_SCAN:
		put_scan(r, out);
		return;
	case RECORDED_PRINT:
		buf_printf(out, "print %s %s %s%s",
			WORD_OF(prints, r->print.state),
			WORD_OF(codes, r->print.code),
			WORD_OF(troubles, r->print.trouble),
			r->print.low ? " low" : "");
		return;
	case RECORDED_DEVICE:
		buf_printf(out, "device %s %s", WORD_OF(plugs, r->device.plug),
			r->device.there ? "in" : "out");
		return;
	case RECORDED_CAMERA:
		buf_printf(out, "camera %s", WORD_OF(cameras, r->camera));
		return;
	case RECORDED_SIZE:
		buf_printf(out, "size %dx%d", r->size.cols, r->size.rows);
		return;
	case RECORDED_ANSWER:
		buf_printf(out, "= %s", r->answer);
		return;
	case RECORDED_PASTED:
	case RECORDED_TICK:
		buf_printf(out, "%s", kinds[r->kind].word);
		return;
	case RECORDED_KIND_COUNT:
		return;
	}
}

void recording_put(const struct recorded *r, struct buf *out)
{
	buf_printf(out, "%lld ", r->after_ms);
	put_what(r, out);
	buf_byte(out, '\n');
}

/* ---- reading ------------------------------------------------------------ */

/* A line as words; what does not fit is no line of ours. */
struct words {
	int count;
	char at[WORDS_MAX][WORD_SIZE];
};

static bool is_plain(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (line[i] < ' ' || line[i] > '~')
			return false;
	return true;
}

static bool split(const char *line, size_t len, struct words *w)
{
	size_t from = 0;

	w->count = 0;
	for (size_t i = 0; i <= len; i++) {
		if (i < len && line[i] != ' ')
			continue;
		if (i == from || i - from >= WORD_SIZE || w->count == WORDS_MAX)
			return false;
		memcpy(w->at[w->count], line + from, i - from);
		w->at[w->count++][i - from] = '\0';
		from = i + 1;
	}
	return true;
}

/* "80x25" */
static bool read_size(const char *word, int *rows, int *cols)
{
	char text[WORD_SIZE];
	char *x;
	int64_t value[2];

	str_copy(text, sizeof(text), word);
	x = strchr(text, 'x');
	if (!x)
		return false;
	*x = '\0';
	if (!str_to_int(text, 1, RECORDING_SIDE_MAX, &value[0]) ||
		!str_to_int(x + 1, 1, RECORDING_SIDE_MAX, &value[1]))
		return false;
	*cols = (int)value[0];
	*rows = (int)value[1];
	return true;
}

enum recording_wrong recording_head(const char *line, size_t len, int *rows,
	int *cols)
{
	const size_t head = strlen(HEAD);
	struct words w;
	int64_t version;

	if (len < head || memcmp(line, HEAD, head) != 0)
		return RECORDING_FOREIGN;
	if (!is_plain(line, len) || !split(line + head, len - head, &w) ||
		!str_to_int(w.at[0], 1, INT32_MAX, &version))
		return RECORDING_DAMAGED;
	if (version != RECORDING_VERSION)
		return RECORDING_NEWER;
	if (w.count != 2 || !read_size(w.at[1], rows, cols))
		return RECORDING_DAMAGED;
	return RECORDING_FINE;
}

static bool read_key(const struct words *w, struct recorded *out)
{
	const char *word = w->at[2];
	char *end;
	unsigned long code;

	out->key.field = FIELD_NONE;
	if (w->count != 3)
		return false;
	if (VALUE_OF(keys, word, &out->key.key))
		return true;
	out->key.key = (unsigned char)word[0];
	if (word[1] == '\0')
		return true;
	if (!str_starts(word, "U+") || strlen(word) > 8)
		return false;
	code = strtoul(word + 2, &end, 16);
	out->key.key = (int)code;
	return *end == '\0' && code > 0 && code < K_NAMED_FIRST;
}

static bool read_typed(const struct words *w, struct recorded *out)
{
	int field;

	if (w->count != 4 || !VALUE_OF(fields, w->at[2], &field) ||
		!VALUE_OF(classes, w->at[3], &out->key.key))
		return false;
	out->key.field = (enum recorded_field)field;
	return true;
}

/* "\x20" at s: the byte. */
static bool read_escape(const char *s, size_t len, char *byte)
{
	char hex[3] = "";
	size_t n;

	if (len < 4 || s[1] != 'x')
		return false;
	memcpy(hex, s + 2, 2);
	return str_from_hex(hex, byte, 1, &n) && n == 1;
}

static bool read_scan_text(const char *s, size_t len, struct recorded *out)
{
	size_t i = 0;

	out->scan.len = 0;
	while (i < len) {
		char byte = s[i];

		if (byte == ' ' || out->scan.len == sizeof(out->scan.text))
			return false;
		if (byte == '\\' && !read_escape(s + i, len - i, &byte))
			return false;
		i += s[i] == '\\' ? 4 : 1;
		out->scan.text[out->scan.len++] = byte;
	}
	return true;
}

/* What is behind "scan ": which scanner, then perhaps a text. */
static bool read_scan(const char *s, size_t len, struct recorded *out)
{
	const char *blank = memchr(s, ' ', len);
	const size_t word_len = blank ? (size_t)(blank - s) : len;
	char word[WORD_SIZE];
	int by = SCANNED_BY_PICTURE;

	if (word_len >= sizeof(word))
		return false;
	memcpy(word, s, word_len);
	word[word_len] = '\0';
	out->scan.camera = strcmp(word, "camera") == 0;
	if (!out->scan.camera && !VALUE_OF(scanners, word, &by))
		return false;
	out->scan.by = (enum scanned_by)by;
	out->scan.len = 0;
	if (!blank)
		return true;
	return word_len + 1 < len &&
	       read_scan_text(blank + 1, len - word_len - 1, out);
}

static bool read_print(const struct words *w, struct recorded *out)
{
	int state;
	int code;
	int trouble;

	if (w->count < 5 || !VALUE_OF(prints, w->at[2], &state) ||
		!VALUE_OF(codes, w->at[3], &code) ||
		!VALUE_OF(troubles, w->at[4], &trouble))
		return false;
	out->print.state = (enum print_state)state;
	out->print.code = (enum err_code)code;
	out->print.trouble = (enum paper_trouble)trouble;
	out->print.low = w->count == 6 && strcmp(w->at[5], "low") == 0;
	return w->count == 5 || out->print.low;
}

static bool read_device(const struct words *w, struct recorded *out)
{
	int plug;

	if (w->count != 4 || !VALUE_OF(plugs, w->at[2], &plug))
		return false;
	out->device.plug = (enum plug)plug;
	out->device.there = strcmp(w->at[3], "in") == 0;
	return out->device.there || strcmp(w->at[3], "out") == 0;
}

static bool read_camera(const struct words *w, struct recorded *out)
{
	int state;

	if (w->count != 3 || !VALUE_OF(cameras, w->at[2], &state))
		return false;
	out->camera = (enum camera_state)state;
	return true;
}

static bool read_words(const struct words *w, struct recorded *out)
{
	int kind;

	if (w->count >= 2 && strcmp(w->at[1], "type") == 0) {
		out->kind = RECORDED_KEY;
		return read_typed(w, out);
	}
	if (w->count < 2 || !VALUE_OF(kinds, w->at[1], &kind))
		return false;
	out->kind = (enum recorded_kind)kind;
	switch (out->kind) {
	case RECORDED_KEY:
		return read_key(w, out);
	case RECORDED_PRINT:
		return read_print(w, out);
	case RECORDED_DEVICE:
		return read_device(w, out);
	case RECORDED_CAMERA:
		return read_camera(w, out);
	case RECORDED_SIZE:
		return w->count == 3 &&
		       read_size(w->at[2], &out->size.rows, &out->size.cols);
	case RECORDED_PASTED:
	case RECORDED_TICK:
		return w->count == 2;
	case RECORDED_SCAN:
	case RECORDED_ANSWER:
	case RECORDED_KIND_COUNT:
		break;
	}
	return false;
}

static bool read_answer(const char *s, size_t len, struct recorded *out)
{
	if (len == 0 || len >= sizeof(out->answer) || s[0] == ' ')
		return false;
	memcpy(out->answer, s, len);
	out->answer[len] = '\0';
	return true;
}

static size_t read_after(const char *line, size_t len, struct recorded *out)
{
	size_t n = 0;

	out->after_ms = 0;
	while (n < len && line[n] >= '0' && line[n] <= '9' && n < 10)
		out->after_ms = out->after_ms * 10 + (line[n++] - '0');
	/* No zeros in front, so that a line is written in one way only. */
	if (n == 0 || n == len || line[n] != ' ' ||
		out->after_ms > RECORDING_LONGEST_MS ||
		(line[0] == '0' && n > 1))
		return 0;
	return n + 1;
}

bool recording_line(const char *line, size_t len, struct recorded *out)
{
	const size_t n = read_after(line, len, out);
	const char *rest = line + n;
	struct words w;

	if (n == 0 || len > RECORDING_LINE_MAX || !is_plain(line, len))
		return false;
	if (len - n > 5 && memcmp(rest, "scan ", 5) == 0) {
		out->kind = RECORDED_SCAN;
		return read_scan(rest + 5, len - n - 5, out);
	}
	if (len - n > 2 && memcmp(rest, "= ", 2) == 0) {
		out->kind = RECORDED_ANSWER;
		return read_answer(rest + 2, len - n - 2, out);
	}
	return split(line, len, &w) && read_words(&w, out);
}

bool recording_is_note(const char *line, size_t len)
{
	return len == 0 || line[0] == '#';
}
