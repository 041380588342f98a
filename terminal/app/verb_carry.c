/*
 * verb_carry.c - `chitra carry`: paid marks to and from another terminal of
 * the office, with no network (db/elsewhere.h).
 *
 *	show [--period P] [--list N] [--png FILE] [--print]   what is paid here
 *	take --text T | --image FILE [FILE…]                  what is paid there
 *	card                                                  this terminal's own
 *	know --text CD1:… | --image FILE | --keys FILE        whom to believe
 *	drop TERMINAL --reason lost | replaced | closed       and whom no more
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/elsewhere.h"
#include "terminal/app/json.h"
#include "terminal/app/marks_doc.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb_slips.h"

struct carry_words {
	const char *period_text;
	int32_t period;
	int64_t list; /* from 1; 0: the first */
	const char *png;
	bool print;
	const char *text;
	const char *image;
	const char *keys;
	const char *reason;
};

enum {
	LIST_MAX = 1000,
	PEERS = 256,    /* of an office */
	SHORTEST_ID = 6 /* as papers have it */
};

static enum exit_status said(const struct options *o, enum verdict v,
	const struct refusal *why, const struct err *err)
{
	return v == VERDICT_FAILED ? verb_err(o, err) : verb_refusal(o, why);
}

/* ---- show ------------------------------------------------------------------ */

static bool make_slip(const struct verb_slips *s, const struct db_info *from,
	int i, struct receipt_job *job, struct err *err)
{
	return marks_job_make(from, s->of, i, job->width, job, err);
}

static void say_shown(const struct elsewhere_shown *e)
{
	char period[DATE_TEXT_SIZE];
	char paid[MONEY_TEXT_SIZE];
	char count[MONEY_TEXT_SIZE];

	fprintf(stderr,
		tr("List %d of %d of %s: %s of %s sums are paid here.\n"),
		e->which + 1, e->lists, period_vi(e->period, period),
		money_format(e->paid, paid),
		money_format(e->head.count, count));
}

static enum exit_status shown(const struct options *o,
	const struct elsewhere_shown *e)
{
	char text[MARKS_TEXT_SIZE];
	cJSON *reply = json_ok();
	cJSON *pieces = cJSON_AddArrayToObject(reply, "pieces");

	say_shown(e);
	for (int i = 0; i < marks_doc_slips(e); i++) {
		marks_piece_text(e->bytes, e->len, MARKS_ON_PAPER, i, text);
		cJSON_AddItemToArray(pieces, cJSON_CreateString(text));
		if (!o->json)
			printf("%s\n", text);
	}
	json_period(reply, "period", e->period);
	json_int(reply, "list", e->which + 1);
	json_int(reply, "lists", e->lists);
	json_int(reply, "positions", e->head.count);
	json_int(reply, "paid", e->paid);
	json_int(reply, "seq", (int64_t)e->head.seq);
	json_int(reply, "bytes", (int64_t)e->len);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status show(const struct options *o,
	const struct carry_words *w, struct verb_store *v)
{
	static struct elsewhere_shown e;
	struct refusal why;
	struct err err = {0};
	const enum verdict got = elsewhere_show(v->db, &v->session, w->period,
		w->list > 0 ? (int)w->list - 1 : 0, &e, &why, &err);

	const struct verb_slips s = {w->png, w->print, marks_doc_slips(&e),
		make_slip, &e};

	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	if (!verb_slips(o, v, &s, &err))
		return verb_err(o, &err);
	return shown(o, &e);
}

/* ---- take ------------------------------------------------------------------ */

static enum exit_status lacking(const struct options *o,
	const struct marks_parts *p)
{
	char list[128] = "";
	char message[256];
	size_t len = 0;

	for (int i = marks_lacking(p, 0); i > 0 && len + 16 < sizeof(list);
		i = marks_lacking(p, i))
		len += (size_t)snprintf(list + len, sizeof(list) - len, "%s%d",
			len > 0 ? ", " : "", i);
	snprintf(message, sizeof(message),
		tr("Of %d codes these are missing: %s. Nothing was taken."),
		marks_parts_all(p), list);
	return verb_refuse(o, "pieces_missing", message, EXIT_REFUSED);
}

static void say_taken(const struct elsewhere_taken *t, const char *device)
{
	char paid[MONEY_TEXT_SIZE];
	char fresh[MONEY_TEXT_SIZE];

	if (t->same)
		printf(tr("These marks of terminal %.6s were taken before: "
			  "nothing is new.\n"),
			device);
	else
		printf(tr("Terminal %.6s has paid %s sums of this list; %s of "
			  "them are new here and will not be paid here.\n"),
			device, money_format(t->paid, paid),
			money_format(t->fresh, fresh));
}

/* Two payments of one sum: nobody may overlook that. */
static void say_both(const struct elsewhere_taken *t)
{
	if (t->both > 0)
		fprintf(stderr,
			tr("%lld sums are paid on BOTH terminals, one of them "
			   "here in record %llu. Call the supervisor.\n"),
			(long long)t->both, (unsigned long long)t->both_seq);
}

static enum exit_status taken(const struct options *o,
	const struct elsewhere_taken *t)
{
	char device[2 * MARKS_DEV_SIZE + 1];
	char iso[32];
	cJSON *reply = json_ok();

	str_to_hex(t->head.dev, sizeof(t->head.dev), device);
	if (!o->json)
		say_taken(t, device);
	say_both(t);
	json_int(reply, "seq", (int64_t)t->seq);
	cJSON_AddBoolToObject(reply, "same", t->same);
	cJSON_AddStringToObject(reply, "device", device);
	cJSON_AddStringToObject(reply, "at", date_time_iso(t->head.t, iso));
	json_period(reply, "period", t->period);
	json_int(reply, "paid", t->paid);
	json_int(reply, "new", t->fresh);
	json_int(reply, "both", t->both);
	if (t->both > 0)
		json_int(reply, "both_seq", (int64_t)t->both_seq);
	return verb_reply(o, reply, t->both > 0 ? EXIT_REFUSED : EXIT_DONE);
}

static enum exit_status take(const struct options *o,
	const struct carry_words *w, struct verb_store *v)
{
	static struct marks_parts parts;
	const struct refusal none = {.code = REFUSED_MARKS};
	struct elsewhere_taken t;
	enum marks_part piece;
	struct refusal why;
	struct err err = {0};
	enum verdict got;

	memset(&parts, 0, sizeof(parts));
	if (!verb_pieces(o, w->text, w->image, marks_take_piece, &parts, &piece,
		    &err))
		return verb_err(o, &err);
	if (parts.len == 0)
		return verb_refusal(o, &none);
	if (piece != MARKS_WHOLE)
		return lacking(o, &parts);
	got = elsewhere_take(v->db, &v->session, parts.bytes, parts.len, &t,
		&why, &err);
	return got == VERDICT_DONE ? taken(o, &t) : said(o, got, &why, &err);
}

/* ---- who is believed ---------------------------------------------------------- */

static enum exit_status card(const struct options *o, struct verb_store *v)
{
	char text[MARKS_CARD_SIZE];
	cJSON *reply = json_ok();

	elsewhere_card(v->db, text);
	if (!o->json)
		printf("%s\n", text);
	cJSON_AddStringToObject(reply, "device", db_info(v->db)->dev_hex);
	cJSON_AddStringToObject(reply, "card", text);
	return verb_reply(o, reply, EXIT_DONE);
}

/* "device DEVHEX PUBLICHEX" of a keys file (db/FORMATS.md). */
static bool read_device_line(const char *line, struct marks_card *out)
{
	char dev[2 * MARKS_DEV_SIZE + 2];
	char key[2 * CRYPTO_PUBLIC_SIZE + 2];
	size_t n;

	return sscanf(line, "device %33s %65s", dev, key) == 2 &&
	       str_from_hex(dev, out->dev, sizeof(out->dev), &n) &&
	       n == sizeof(out->dev) &&
	       str_from_hex(key, out->public, sizeof(out->public), &n) &&
	       n == sizeof(out->public);
}

static bool read_keys(const char *path, struct marks_card *out, struct err *err)
{
	char line[256];
	FILE *in = fopen(path, "r");
	bool found = false;

	if (!in)
		return err_set(err, ERR_GONE, errno, "%s cannot be read", path);
	while (!found && fgets(line, sizeof(line), in))
		found = read_device_line(line, out);
	fclose(in);
	return found || err_set(err, ERR_INVALID, 0,
				"%s names no terminal with its key", path);
}

static bool read_card(const struct carry_words *w, struct marks_card *out,
	bool *is_card, struct err *err)
{
	const struct scan_source from = {.text = w->text, .image = w->image};
	static struct scan_bytes got;

	*is_card = true;
	if (w->keys)
		return read_keys(w->keys, out, err);
	if (!scan_read(&from, &got, err))
		return false;
	*is_card = marks_card_parse((const char *)got.bytes, out);
	return true;
}

static enum exit_status know(const struct options *o,
	const struct carry_words *w, struct verb_store *v)
{
	struct refusal why = {.code = REFUSED_PEER};
	char device[2 * MARKS_DEV_SIZE + 1];
	struct marks_card c;
	struct err err = {0};
	enum verdict got;
	bool is_card;
	cJSON *reply;

	if (!read_card(w, &c, &is_card, &err))
		return verb_err(o, &err);
	if (!is_card)
		return verb_refusal(o, &why);
	got = elsewhere_know(v->db, &v->session, &c, &why, &err);
	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	str_to_hex(c.dev, sizeof(c.dev), device);
	if (!o->json)
		printf(tr("Terminal %.6s is known here: its paid marks are "
			  "believed.\n"),
			device);
	reply = json_ok();
	cJSON_AddStringToObject(reply, "device", device);
	return verb_reply(o, reply, EXIT_DONE);
}

/* The one that is believed and whose id begins so; false: none, several. */
static bool find_peer(struct verb_store *v, const char *text,
	uint8_t out[MARKS_DEV_SIZE], bool *found, struct err *err)
{
	static struct elsewhere_peer peer[PEERS];
	char hex[2 * MARKS_DEV_SIZE + 1];
	int hits = 0;
	int all;

	if (!elsewhere_peers(v->db, peer, PEERS, &all, err))
		return false;
	for (int i = 0; i < all && i < PEERS; i++) {
		str_to_hex(peer[i].dev, MARKS_DEV_SIZE, hex);
		if (strlen(text) < SHORTEST_ID || !str_starts(hex, text))
			continue;
		memcpy(out, peer[i].dev, MARKS_DEV_SIZE);
		hits++;
	}
	*found = hits == 1;
	return true;
}

/* Whole ids also of one that is out already, which is then said. */
static bool read_id(struct verb_store *v, const char *text,
	uint8_t out[MARKS_DEV_SIZE], bool *found, struct err *err)
{
	size_t n;

	*found = str_from_hex(text, out, MARKS_DEV_SIZE, &n) &&
		 n == MARKS_DEV_SIZE;
	return *found || find_peer(v, text, out, found, err);
}

static enum peer_why reason_of(const char *text)
{
	for (int i = PEER_LOST; i < PEER_WHYS; i++)
		if (strcmp(text, elsewhere_why_name((enum peer_why)i)) == 0)
			return (enum peer_why)i;
	return PEER_NO_WHY;
}

static enum exit_status drop(const struct options *o,
	const struct carry_words *w, struct verb_store *v)
{
	struct refusal why = {.code = REFUSED_MARKS_PEER};
	char device[2 * MARKS_DEV_SIZE + 1];
	uint8_t dev[MARKS_DEV_SIZE];
	struct err err = {0};
	enum verdict got;
	bool found;
	cJSON *reply;

	if (!read_id(v, o->word[1], dev, &found, &err))
		return verb_err(o, &err);
	if (!found) {
		snprintf(why.prior.point, sizeof(why.prior.point), "%.6s",
			o->word[1]);
		return verb_refusal(o, &why);
	}
	got = elsewhere_drop(v->db, &v->session, dev, reason_of(w->reason),
		&why, &err);
	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	str_to_hex(dev, sizeof(dev), device);
	if (!o->json)
		printf(tr("Terminal %.6s is out: nothing that it shows is "
			  "taken here any more.\n"),
			device);
	reply = json_ok();
	cJSON_AddStringToObject(reply, "device", device);
	cJSON_AddStringToObject(reply, "reason", w->reason);
	return verb_reply(o, reply, EXIT_DONE);
}

/* ---- the verb ------------------------------------------------------------------ */

static const struct {
	const char *word;
	int sources; /* that have to be given: of text, image, keys */
	bool keys;   /* one of them may be a keys file */
} words[] = {{"show", 0, false}, {"take", 1, false}, {"card", 0, false},
	{"know", 1, true}, {"drop", 0, false}};

enum {
	SHOW,
	TAKE,
	CARD,
	KNOW,
	DROP,
	WORDS
};

/* More pictures, or which terminal and why. */
static bool words_are_right(const struct options *o,
	const struct carry_words *w, int word)
{
	if (word == DROP)
		return o->words == 2 && w->reason &&
		       reason_of(w->reason) != PEER_NO_WHY;
	return !w->reason && (o->words == 1 || (word == TAKE && w->image));
}

static int word_of(const struct options *o, const struct carry_words *w)
{
	const int sources =
		(w->text != NULL) + (w->image != NULL) + (w->keys != NULL);

	for (int i = 0; i < WORDS; i++)
		if (o->words > 0 && strcmp(o->word[0], words[i].word) == 0 &&
			sources == words[i].sources &&
			(!w->keys || words[i].keys) && words_are_right(o, w, i))
			return i;
	return WORDS;
}

static enum exit_status run(const struct options *o,
	const struct carry_words *w, struct verb_store *v, int word)
{
	switch (word) {
	case SHOW:
		return show(o, w, v);
	case TAKE:
		return take(o, w, v);
	case CARD:
		return card(o, v);
	case DROP:
		return drop(o, w, v);
	default:
		return know(o, w, v);
	}
}

enum exit_status verb_carry(int argc, char **argv)
{
	struct carry_words w = {0};
	const struct option_spec own[] = {
		{"--period", OPTION_TEXT, &w.period_text},
		{"--list", OPTION_INT, &w.list},
		{"--png", OPTION_TEXT, &w.png},
		{"--print", OPTION_FLAG, &w.print},
		{"--text", OPTION_TEXT, &w.text},
		{"--image", OPTION_TEXT, &w.image},
		{"--keys", OPTION_TEXT, &w.keys},
		{"--reason", OPTION_TEXT, &w.reason},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;
	int word;

	if (!verb_options(&o, "carry", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	word = word_of(&o, &w);
	if (word == WORDS || w.list < 0 || w.list > LIST_MAX ||
		(w.period_text && !period_parse(w.period_text, &w.period)))
		return verb_usage("carry");
	if (!verb_open(&o, true, &v, &status))
		return status;
	status = run(&o, &w, &v, word);
	verb_close(&v);
	return status;
}
