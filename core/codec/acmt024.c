#include "core/codec/acmt024.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/answerlist.h"
#include "core/codec/sheet_xml.h"
#include "core/str.h"

enum {
	PATH_SIZE = 512,
	DATE_CHARS = 10,
	NAME_MAX = 64
};

/* What is kept of a report; the first is of the message. */
enum field {
	CREATED,
	REF,
	VERDICT,
	REASON,
	REASON_OWN,
	NUMBER,
	BIN,
	HOLDER,
	HOLDER_ACCOUNT,
	FIELDS
};

#define MESSAGE "/IdVrfctnRpt"
#define REPORT MESSAGE "/Rpt"
#define BEFORE REPORT "/OrgnlPtyAndAcctId"
#define AFTER REPORT "/UpdtdPtyAndAcctId"

static const char *const paths[FIELDS] = {
	[CREATED] = MESSAGE "/Assgnmt/CreDtTm",
	[REF] = REPORT "/OrgnlId",
	[VERDICT] = REPORT "/Vrfctn",
	[REASON] = REPORT "/Rsn/Cd",
	[REASON_OWN] = REPORT "/Rsn/Prtry",
	[NUMBER] = BEFORE "/Acct/Id/Othr/Id",
	[BIN] = BEFORE "/Agt/FinInstnId/ClrSysMmbId/MmbId",
	[HOLDER] = AFTER "/Pty/Nm",
	[HOLDER_ACCOUNT] = AFTER "/Acct/Nm",
};

/* The columns of the rows that come out, and the header. */
enum column {
	C_REF,
	C_BIN,
	C_NUMBER,
	C_ANSWER,
	C_HOLDER,
	C_MESSAGE,
	C_DATE,
	COLUMNS
};

static const char *const header[COLUMNS] = {"account_ref", "account_bin",
	"account_no", "answer", "holder_name", "message", "date"};

struct reading {
	const struct cells_sink *sink;
	struct cells row;
	char path[PATH_SIZE]; /* below Document */
	size_t len;
	int lost;    /* depth of names too long for path */
	bool inside; /* of Document */
	bool known;  /* a Document of ours was there */
	enum field at;
	size_t used[FIELDS];
	char text[FIELDS][CELLS_MAX_TEXT];
	int64_t reports;
};

/* ---- what it says ------------------------------------------------------------ */

static const char no_answer[] = "no answer";

static const struct {
	const char *code;
	enum account_answer answer; /* NOT_ASKED: nothing was checked */
} reasons[] = {
	{"AC01", ACCOUNT_NOT_FOUND},
	{"AC03", ACCOUNT_NOT_FOUND},
	{"BE06", ACCOUNT_NOT_FOUND},
	{"PN01", ACCOUNT_NAME_DIFFERS},
	{"PN02", ACCOUNT_NAME_DIFFERS},
	{"PI01", ACCOUNT_NAME_DIFFERS},
	{"BE01", ACCOUNT_NAME_DIFFERS},
	{"AG01", ACCOUNT_CLOSED},
	{"AC04", ACCOUNT_CLOSED},
	{"AC05", ACCOUNT_CLOSED},
	{"AC06", ACCOUNT_CLOSED},
	{"AC07", ACCOUNT_CLOSED},
	{"DUPL", ACCOUNT_NOT_ASKED},
	{"DS28", ACCOUNT_NOT_ASKED},
	{"FF01", ACCOUNT_NOT_ASKED},
	{"NORR", ACCOUNT_NOT_ASKED},
	{"RC03", ACCOUNT_NOT_ASKED},
	{"TM01", ACCOUNT_NOT_ASKED},
};

static const char *why_not(const char *reason)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (strcmp(reasons[i].code, reason) == 0)
			return reasons[i].answer == ACCOUNT_NOT_ASKED
				       ? no_answer
				       : account_answer_code(reasons[i].answer);
	return account_answer_code(ACCOUNT_REFUSED);
}

/* The answer as a word of answerlist.h; what is none goes on as it is. */
static const char *answer_of(const struct reading *r, char *odd, size_t size)
{
	const char *verdict = r->text[VERDICT];
	const char *reason = r->text[REASON];
	const bool yes =
		strcmp(verdict, "true") == 0 || strcmp(verdict, "1") == 0;
	const bool no =
		strcmp(verdict, "false") == 0 || strcmp(verdict, "0") == 0;
	struct buf b;

	if (no)
		return why_not(reason);
	/* A close match is still one, if the bank says so. */
	if (yes && (!reason[0] || strcmp(reason, "PN02") == 0))
		return account_answer_code(ACCOUNT_VERIFIED);
	if (!verdict[0])
		return "";
	buf_init(&b, odd, size);
	buf_printf(&b, "%.20s %.20s", verdict, reason);
	return buf_text(&b);
}

/* ---- rows -------------------------------------------------------------------- */

static bool give(struct reading *r, int64_t number, const char *const *cell,
	struct err *err)
{
	cells_begin(&r->row, number);
	for (int i = 0; i < COLUMNS; i++)
		cells_set(&r->row, i, cell[i], strlen(cell[i]));
	cells_end(&r->row);
	return r->sink->row(r->sink->ctx, &r->row) ||
	       err_set(err, ERR_BUSY, 0, "stopped");
}

static bool end_report(struct reading *r, struct err *err)
{
	const char *reason =
		r->text[REASON][0] ? r->text[REASON] : r->text[REASON_OWN];
	const char *holder = r->text[HOLDER_ACCOUNT][0]
				     ? r->text[HOLDER_ACCOUNT]
				     : r->text[HOLDER];
	char odd[NAME_MAX];
	/* The day as the bank's own clock had it. */
	const char *const cell[COLUMNS] = {[C_REF] = r->text[REF],
		[C_BIN] = r->text[BIN],
		[C_NUMBER] = r->text[NUMBER],
		[C_ANSWER] = answer_of(r, odd, sizeof(odd)),
		[C_HOLDER] = holder,
		[C_MESSAGE] = reason,
		[C_DATE] = r->text[CREATED]};

	if (++r->reports > CELLS_MAX_ROWS)
		return err_set(err, ERR_INVALID, SHEET_WHY_HOSTILE,
			"more than %d reports", CELLS_MAX_ROWS);
	return give(r, r->reports + 1, cell, err);
}

static void begin_report(struct reading *r)
{
	for (int i = REF; i < FIELDS; i++) {
		r->used[i] = 0;
		r->text[i][0] = '\0';
	}
}

/* ---- elements ---------------------------------------------------------------- */

/* Is it said to be of that message? A prefix may be declared instead. */
static bool is_ours(const char **attrs)
{
	static const char space[] = "urn:iso:std:iso:20022:tech:xsd:acmt.024.";

	for (; attrs[0]; attrs += 2)
		if (strncmp(attrs[0], "xmlns", 5) == 0 &&
			str_starts(attrs[1], space))
			return true;
	return false;
}

/* Envelopes of networks may lie around the document. */
static bool begin_outside(struct reading *r, const char *name,
	const char **attrs, struct err *err)
{
	if (strcmp(name, "Document") != 0)
		return true;
	if (!is_ours(attrs))
		return err_set(err, ERR_INVALID, SHEET_WHY_XML,
			"it is XML, but no acmt.024 of ISO 20022");
	if (r->known)
		return err_set(err, ERR_INVALID, 0, "more than one message");
	r->inside = true;
	r->known = true;
	return true;
}

static bool on_begin(void *ctx, const char *name, const char **attrs,
	struct err *err)
{
	struct reading *r = ctx;
	const size_t len = strlen(name);

	if (!r->inside)
		return begin_outside(r, name, attrs, err);
	if (r->lost > 0 || r->len + len + 2 > sizeof(r->path)) {
		r->lost++;
		return true;
	}
	r->path[r->len++] = '/';
	memcpy(r->path + r->len, name, len + 1);
	r->len += len;
	if (strcmp(r->path, REPORT) == 0)
		begin_report(r);
	r->at = FIELDS;
	for (int i = 0; i < FIELDS; i++)
		if (strcmp(r->path, paths[i]) == 0)
			r->at = (enum field)i;
	return true;
}

static bool on_text(void *ctx, const char *text, size_t len, struct err *err)
{
	struct reading *r = ctx;

	if (!r->inside || r->lost > 0 || r->at == FIELDS)
		return true;
	if (len >= sizeof(r->text[0]) - r->used[r->at])
		return err_set(err, ERR_INVALID, 0, "%s is too long",
			paths[r->at]);
	memcpy(r->text[r->at] + r->used[r->at], text, len);
	r->used[r->at] += len;
	r->text[r->at][r->used[r->at]] = '\0';
	return true;
}

/* The text of a field is whole. */
static void end_field(struct reading *r)
{
	char *text = r->text[r->at];

	memmove(text, str_trim(text), strlen(str_trim(text)) + 1);
	if (r->at == CREATED && strlen(text) > DATE_CHARS)
		text[DATE_CHARS] = '\0';
	r->used[r->at] = strlen(text);
	r->at = FIELDS;
}

static bool on_end(void *ctx, const char *name, struct err *err)
{
	struct reading *r = ctx;
	bool ok = true;

	if (!r->inside)
		return true;
	if (r->lost > 0) {
		r->lost--;
		return true;
	}
	if (r->len == 0) { /* Document itself */
		r->inside = false;
		return true;
	}
	if (r->at != FIELDS)
		end_field(r);
	if (strcmp(r->path, REPORT) == 0)
		ok = end_report(r, err);
	r->len -= strlen(name) + 1;
	r->path[r->len] = '\0';
	return ok;
}

/* ---- the file ----------------------------------------------------------------- */

bool acmt024_is(const void *bytes, size_t len)
{
	const char *c = bytes;
	const char *end = c + len;

	if (len >= 3 && memcmp(c, "\xef\xbb\xbf", 3) == 0)
		c += 3;
	while (c < end && strchr(" \t\r\n", *c) && *c)
		c++;
	return c < end && *c == '<';
}

bool acmt024_read(const struct cells_file *file, const struct cells_sink *sink,
	struct err *err)
{
	struct reading *r = calloc(1, sizeof(*r));
	const struct sheet_xml handler = {r, on_begin, on_end, on_text};
	bool ok;

	if (!r)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for answers");
	r->sink = sink;
	r->at = FIELDS;
	ok = give(r, 1, header, err) &&
	     sheet_xml_read_file(file, &handler, err);
	if (ok && !r->known)
		ok = err_set(err, ERR_INVALID, SHEET_WHY_XML,
			"it is XML, but no acmt.024 of ISO 20022");
	else if (ok && r->reports == 0)
		ok = err_set(err, ERR_INVALID, 0, "no report is in it");
	free(r);
	return ok;
}
