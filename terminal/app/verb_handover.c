/*
 * verb_handover.c - `chitra handover`: a person goes to another terminal of the
 * office, or comes from one, with no network (db/handover.h).
 *
 *	release --id12 N --to DEV [--png FILE] [--print]   he goes there
 *	show --id12 N [--png FILE] [--print]               the codes once more
 *	take --text CH1:… | --image FILE [FILE…]           he comes from there
 */
#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/handover.h"
#include "terminal/app/handover_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/verb_slips.h"

struct words {
	const char *id12;
	const char *to;
	const char *png;
	bool print;
	const char *text;
	const char *image;
};

enum {
	SHORTEST_ID = 6 /* letters of a terminal's id */
};

static enum exit_status said(const struct options *o, enum verdict v,
	const struct refusal *why, const struct err *err)
{
	return v == VERDICT_FAILED ? verb_err(o, err) : verb_refusal(o, why);
}

static bool find(const struct words *w, struct verb_store *v,
	struct person_due *out, struct refusal *why, struct err *err)
{
	const enum lookup got = people_by_id12(v->db, w->id12, out, err);

	*why = (struct refusal){.code = REFUSED_NOT_FOUND};
	return got == LOOKUP_FOUND;
}

/* ---- paper ------------------------------------------------------------------- */

struct given {
	const struct handover_shown *shown;
	const struct person *who;
};

static bool make_slip(const struct verb_slips *s, const struct db_info *from,
	int i, struct receipt_job *job, struct err *err)
{
	const struct given *g = s->of;

	return handover_job_make(from, g->shown, g->who, i, job->width, job,
		err);
}

static bool slips(const struct options *o, const struct words *w,
	struct verb_store *v, const struct handover_shown *h,
	const struct person *who, struct err *err)
{
	const struct given given = {h, who};
	const struct verb_slips s = {w->png, w->print, handover_doc_slips(h),
		make_slip, &given};

	return verb_slips(o, v, &s, err);
}

/* ---- away ---------------------------------------------------------------------- */

static enum exit_status shown(const struct options *o,
	const struct handover_shown *h)
{
	char to[2 * MARKS_DEV_SIZE + 1];
	char amount[MONEY_TEXT_SIZE];
	char text[MARKS_TEXT_SIZE];
	cJSON *reply = json_ok();
	cJSON *pieces = cJSON_AddArrayToObject(reply, "pieces");

	str_to_hex(h->message.to, sizeof(h->message.to), to);
	fprintf(stderr,
		tr("%s đồng go to terminal %.6s and are not paid here any "
		   "more.\n"),
		money_format(h->amount, amount), to);
	for (int i = 0; i < handover_doc_slips(h); i++) {
		release_piece_text(h->bytes, h->len, MARKS_ON_PAPER, i, text);
		cJSON_AddItemToArray(pieces, cJSON_CreateString(text));
		if (!o->json)
			printf("%s\n", text);
	}
	json_int(reply, "amount", h->amount);
	json_int(reply, "items", h->message.count);
	cJSON_AddStringToObject(reply, "to", to);
	json_int(reply, "seq",
		(int64_t)h->message.item[h->message.count - 1].seq);
	return verb_reply(o, reply, EXIT_DONE);
}

/* The terminal whose id begins so, of those that are known; ABSENT: none, or
 * several. */
static enum lookup peer_of(const struct handover_ways *ways, const char *text,
	uint8_t out[MARKS_DEV_SIZE])
{
	char hex[2 * MARKS_DEV_SIZE + 1];
	int found = 0;

	for (int i = 0; i < ways->peers; i++) {
		str_to_hex(ways->peer[i], MARKS_DEV_SIZE, hex);
		if (strlen(text) < SHORTEST_ID || !str_starts(hex, text))
			continue;
		memcpy(out, ways->peer[i], MARKS_DEV_SIZE);
		found++;
	}
	return found == 1 ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

static enum exit_status release(const struct options *o, const struct words *w,
	struct verb_store *v)
{
	static struct handover_ways ways;
	static struct person_due due;
	uint8_t to[MARKS_DEV_SIZE];
	struct refusal why = {0};
	struct err err = {0};
	enum verdict got = VERDICT_DONE;

	if (!find(w, v, &due, &why, &err))
		return err.code ? verb_err(o, &err) : verb_refusal(o, &why);
	got = handover_look(v->db, &v->session, due.person.id, &ways, &why,
		&err);
	if (got == VERDICT_DONE && w->to) {
		if (peer_of(&ways, w->to, to) != LOOKUP_FOUND) {
			why = (struct refusal){.code = REFUSED_MARKS_PEER};
			str_copy(why.prior.point, sizeof(why.prior.point),
				w->to);
			return verb_refusal(o, &why);
		}
		got = handover_release(v->db, &v->session, due.person.id, to,
			&ways.shown, &why, &err);
	} else if (got == VERDICT_DONE && !ways.away) {
		return verb_refuse(o, "not_released",
			tr("This person was not handed over to another "
			   "terminal."),
			EXIT_REFUSED);
	}
	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	if (!slips(o, w, v, &ways.shown, &due.person, &err))
		return verb_err(o, &err);
	return shown(o, &ways.shown);
}

/* ---- here ---------------------------------------------------------------------- */

static enum exit_status taken(const struct options *o,
	const struct handover_taken *t, const struct person *who)
{
	char from[2 * MARKS_DEV_SIZE + 1];
	char amount[MONEY_TEXT_SIZE];
	cJSON *reply = json_ok();

	str_to_hex(t->message.from, sizeof(t->message.from), from);
	if (!o->json)
		printf(tr("Terminal %.6s handed over %s: %s đồng may be paid "
			  "here now.\n"),
			from, who->name, money_format(t->amount, amount));
	cJSON_AddStringToObject(reply, "from", from);
	cJSON_AddStringToObject(reply, "id12", who->id12);
	json_int(reply, "amount", t->amount);
	json_int(reply, "items", t->message.count);
	json_int(reply, "seq", (int64_t)t->seq);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status take(const struct options *o, const struct words *w,
	struct verb_store *v)
{
	static struct marks_parts parts;
	static struct person_due due;
	struct refusal why = {.code = REFUSED_HANDOVER};
	struct handover_taken t;
	enum marks_part piece;
	struct err err = {0};
	enum verdict got;

	memset(&parts, 0, sizeof(parts));
	if (!verb_pieces(o, w->text, w->image, release_take_piece, &parts,
		    &piece, &err))
		return verb_err(o, &err);
	if (piece != MARKS_WHOLE)
		return verb_refusal(o, &why);
	got = handover_take(v->db, &v->session, parts.bytes, parts.len, &t,
		&why, &err);
	if (got != VERDICT_DONE)
		return said(o, got, &why, &err);
	if (people_get(v->db, t.person, &due, &err) != LOOKUP_FOUND)
		return verb_err(o, &err);
	return taken(o, &t, &due.person);
}

/* ---- the verb ------------------------------------------------------------------ */

enum exit_status verb_handover(int argc, char **argv)
{
	struct words w = {0};
	const struct option_spec own[] = {
		{"--id12", OPTION_TEXT, &w.id12},
		{"--to", OPTION_TEXT, &w.to},
		{"--png", OPTION_TEXT, &w.png},
		{"--print", OPTION_FLAG, &w.print},
		{"--text", OPTION_TEXT, &w.text},
		{"--image", OPTION_TEXT, &w.image},
	};
	enum exit_status status;
	struct verb_store v;
	struct options o;
	bool goes;
	bool fits;

	if (!verb_options(&o, "handover", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	goes = o.words == 1 && w.id12 && !w.text && !w.image;
	fits = o.words > 0 &&
	       ((strcmp(o.word[0], "release") == 0 && goes && w.to) ||
		       (strcmp(o.word[0], "show") == 0 && goes && !w.to) ||
		       (strcmp(o.word[0], "take") == 0 && !w.id12 && !w.to &&
			       !w.png && !w.print && !w.text != !w.image &&
			       (o.words == 1 || w.image)));
	if (!fits)
		return verb_usage("handover");
	if (!verb_open(&o, true, &v, &status))
		return status;
	status = goes ? release(&o, &w, &v) : take(&o, &w, &v);
	verb_close(&v);
	return status;
}
