/*
 * verb_handover.c - `chitra handover`: a person goes to another terminal of the
 * office, or comes from one, with no network (db/handover.h).
 *
 *	release --id12 N --to DEV [--png FILE] [--print]   he goes there
 *	show --id12 N [--png FILE] [--print]               the codes once more
 *	take --text CH1:… | --image FILE [FILE…]           he comes from there
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/handover.h"
#include "terminal/app/handover_doc.h"
#include "terminal/app/json.h"
#include "terminal/app/printing.h"
#include "terminal/app/scan.h"
#include "terminal/app/verb.h"

struct words {
	const char *id12;
	const char *to;
	const char *png;
	bool print;
	const char *text;
	const char *image;
};

enum {
	PNG_NAME_SIZE = 512,
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

/* "he.png" -> "he-2.png" where there are several. */
static bool png_name(const char *path, int i, int all, char out[PNG_NAME_SIZE])
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(path, '.');
	const int stem = dot && (!slash || dot > slash) ? (int)(dot - path)
							: (int)strlen(path);
	const int n = all == 1 ? snprintf(out, PNG_NAME_SIZE, "%s", path)
			       : snprintf(out, PNG_NAME_SIZE, "%.*s-%d%s", stem,
					 path, i + 1, path + stem);

	return n < PNG_NAME_SIZE;
}

static bool on_paper(struct printing *printing, struct receipt_job *job,
	struct err *err)
{
	err_set(err, ERR_GONE, 0, "no printer is set up");
	return printing_exists(printing) &&
	       printing_print(printing, job, err) == PRINT_PRINTED;
}

static bool write_slips(const struct words *w, struct verb_store *v,
	const struct handover_shown *h, const struct person *who,
	struct printing *printing, struct receipt_job *job, struct err *err)
{
	const int all = handover_doc_slips(h);
	char path[PNG_NAME_SIZE];

	for (int i = 0; i < all; i++) {
		if (!handover_job_make(db_info(v->db), h, who, i, job->width,
			    job, err))
			return false;
		if (w->print && !on_paper(printing, job, err))
			return false;
		if (w->png && !png_name(w->png, i, all, path))
			return err_set(err, ERR_INVALID, 0,
				"the name of the picture is too long");
		if (w->png && !receipt_job_png(job, path, err))
			return false;
	}
	return true;
}

static bool slips(const struct options *o, const struct words *w,
	struct verb_store *v, const struct handover_shown *h,
	const struct person *who, struct err *err)
{
	struct receipt_job *job;
	struct printing printing;
	bool ok;

	if (!w->png && !w->print)
		return true;
	if (!printing_open(&printing, config_printer(&v->config, o->printer),
		    v->dir, db_info(v->db)->demo, err))
		return false;
	job = calloc(1, sizeof(*job));
	ok = job || err_set(err, ERR_NO_MEMORY, 0, "no memory for a slip");
	if (job) {
		receipt_job_settings(job, &v->config);
		job->width = printing_width(&printing,
			config_dots(&v->config, o->width));
		ok = write_slips(w, v, h, who, &printing, job, err);
	}
	free(job);
	printing_close(&printing);
	return ok;
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

/* Lines of text, each one piece. The last of them says how it went. */
static enum marks_part take_lines(struct marks_parts *p, const char *text)
{
	enum marks_part got = MARKS_NO_PIECE;
	char line[MARKS_TEXT_SIZE];

	while (*text && got != MARKS_WHOLE) {
		const size_t n = strcspn(text, "\r\n");

		if (n > 0 && n < sizeof(line)) {
			memcpy(line, text, n);
			line[n] = '\0';
			got = release_take_piece(p, line);
		}
		text += n;
		text += strspn(text, "\r\n");
	}
	return got;
}

static bool collect(const struct options *o, const struct words *w,
	struct marks_parts *p, enum marks_part *got, struct err *err)
{
	static struct decode_result codes;
	const char *path = w->image;

	*got = w->text ? take_lines(p, w->text) : MARKS_NO_PIECE;
	for (int i = 1; path; i++) {
		if (!scan_image(path, &codes, err))
			return false;
		for (int k = 0; k < codes.count && *got != MARKS_WHOLE; k++)
			*got = take_lines(p, (const char *)codes.code[k].bytes);
		path = i < o->words ? o->word[i] : NULL;
	}
	return true;
}

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
	if (!collect(o, w, &parts, &piece, &err))
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
