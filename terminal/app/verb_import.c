/* verb_import.c - `chitra import list|changes|answers|questions FILE`: all or nothing. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/crypto.h"
#include "core/log.h"
#include "core/money.h"
#include "core/role.h"
#include "core/tr.h"
#include "db/changes.h"
#include "drivers/lists/list_reader.h"
#include "terminal/app/import_say.h"
#include "terminal/app/import_units.h"
#include "terminal/app/import_users.h"
#include "terminal/app/json.h"
#include "terminal/app/list_errors.h"
#include "terminal/app/verb.h"
#include "terminal/app/verb_questions.h"
#include "terminal/flows/list_text.h"

static void say_troubles(const struct list_result *r)
{
	for (int i = 0; i < r->kept; i++) {
		const struct paylist_error *t = &r->trouble[i];

		fprintf(stderr, tr("Row %lld, column %s: %s"),
			(long long)t->row, paylist_column_name(t->column),
			list_trouble_text(t->trouble));
		fprintf(stderr, t->value[0] ? " [%s]\n" : "\n", t->value);
	}
	if (r->errors + r->notices > r->kept)
		fprintf(stderr, tr("… and %lld more.\n"),
			(long long)(r->errors + r->notices - r->kept));
	if (r->count_differs)
		fprintf(stderr, "%s\n",
			tr("The number of rows is not the one declared: the "
			   "list"
			   " is not taken."));
	if (r->sum_differs)
		fprintf(stderr, "%s\n",
			tr("The sum is not the one declared: the list is not"
			   " taken."));
	if (r->hash_differs)
		fprintf(stderr, "%s\n",
			tr("The file is not the one declared (SHA-256): the "
			   "list is not taken."));
	if (r->period_differs)
		fprintf(stderr, "%s\n",
			tr("It is not of the period of the list that it is to"
			   " correct: it is not taken."));
}

/* What can be imported; only lists bring money. */
struct kind {
	const char *name;
	bool money;
	bool (*import)(struct db *db, const struct session *s, const char *path,
		const struct list_options *options, struct list_result *out,
		struct err *err);
};

static const struct kind kinds[] = {
	{"list", true, lists_import}, {"changes", false, changes_import},
	{"answers", false, answers_import},
	{"acmt024", false, answers_import}, /* the bank's own form of it */
};

static const struct kind *kind_of(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}

static void say_rows(const struct kind *k, const struct list_result *r)
{
	char sum[MONEY_TEXT_SIZE];

	if (k->money)
		printf(tr("Rows: %lld, new: %lld, known: %lld, sum: %s đồng\n"),
			(long long)r->rows, (long long)r->fresh,
			(long long)r->same, money_format(r->sum, sum));
	else
		printf(tr("Rows: %lld, new: %lld, known: %lld\n"),
			(long long)r->rows, (long long)r->fresh,
			(long long)r->same);
}

/* Is it wrong as a whole, or in a row? */
static bool is_wrong(const struct list_result *r)
{
	return r->errors > 0 || r->count_differs || r->sum_differs ||
	       r->hash_differs || r->period_differs;
}

static void say(const struct kind *k, const struct list_result *r,
	const struct list_options *options)
{
	if (r->sheet[0])
		printf(tr("Sheet read: %s\n"), r->sheet);
	say_rows(k, r);
	if (options->check_only)
		import_say_first(r);
	if (options->corrects && !r->again && !is_wrong(r))
		import_say_fixes(&r->fixes);
	if (r->again)
		printf("%s\n", tr("This very file was taken before: nothing is"
				  " new, nothing was changed."));
	else if (r->taken)
		printf("%s\n", tr("The list is taken."));
	else if (options->check_only && !is_wrong(r))
		printf("%s\n", tr("Only checked: nothing was written."));
	else
		printf("%s\n", tr("The list is NOT taken: mend the rows named"
				  " and import it again."));
}

/* Lists are the supervisor's; the first may be loaded before there is one. */
static bool may_import(const struct verb_store *v, int64_t corrects)
{
	if (corrects)
		return role_may(v->session.user.role, ACT_CORRECT);
	return role_may(v->session.user.role, ACT_IMPORT) ||
	       v->session.user.number == 0;
}

/* Files of others are taken apart by a child that can do nothing else. */
static bool read_by_child(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	(void)ctx;
	return list_reader_read(NULL, fd, kind, LIST_READER_IDLE_MS, sink,
		sheet, err);
}

/* Keep the file of troubles, and say where it is. */
static void end_errors(struct list_errors *l, const char *path, bool keep)
{
	struct err err = {0};
	const bool whole = list_errors_close(l, keep, &err);
	char plain[VERB_PLAIN_SIZE];

	if (!whole)
		fprintf(stderr,
			tr("The file of errors could not be written (%s).\n"),
			err.text);
	else if (path && keep)
		fprintf(stderr, tr("All of them are in the file %s.\n"),
			verb_plain(path, plain));
}

/* A file that is known to be something else has a sentence of its own. */
static enum exit_status refuse(const struct options *o,
	const struct list_options *options, const struct err *err)
{
	const char *message = list_refusal_text(err);

	if (options->corrects && err->code == ERR_DENIED) {
		log_err("import", err);
		return verb_refuse(o, "not_corrected",
			tr("This list cannot be corrected: it is not here, a "
			   "later one corrected it already, or paid marks of "
			   "another terminal count its rows. See: chitra "
			   "lists"),
			EXIT_REFUSED);
	}
	if (!message)
		return verb_err(o, err);
	log_err("import", err);
	return verb_refuse(o, "not_a_list", message, EXIT_REFUSED);
}

/* What is told of the reading, and who wants its troubles. */
struct reading {
	struct progress *progress;
	struct list_errors *errors; /* NULL: nobody */
	int64_t size;               /* of the file; 0: not known */
};

static int64_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) ? st.st_size : 0;
}

/* As many rows in all as there would be if they were all as long. */
static bool on_rows(void *reading, int64_t rows, int64_t bytes)
{
	const struct reading *r = reading;
	struct far f = {.parts = 1, .done = rows};

	if (bytes > 0 && r->size > 0)
		f.all = (int64_t)((double)rows * (double)r->size /
				  (double)bytes);
	return progress_ask(r->progress, &f);
}

static void on_trouble(void *reading, const struct paylist_error *e)
{
	const struct reading *r = reading;

	if (r->errors)
		list_errors_add(r->errors, e);
}

static enum exit_status import(const struct kind *k, const struct options *o,
	struct verb_store *v, struct list_options *options,
	struct reading *reading, const char *errors)
{
	static struct list_result result;
	struct err err = {0};
	cJSON *reply;
	bool stopped;
	bool ok;

	if (errors) {
		reading->errors = list_errors_open(errors, &err);
		if (!reading->errors)
			return verb_err(o, &err);
	}
	ok = k->import(v->db, &v->session, o->word[1], options, &result, &err);
	stopped = progress_end(reading->progress);
	if (ok)
		say_troubles(&result);
	end_errors(reading->errors, errors, ok);
	if (!ok && stopped)
		return verb_refuse(o, "stopped",
			tr("Stopped: nothing of the list was taken."),
			EXIT_REFUSED);
	if (!ok)
		return refuse(o, options, &err);
	if (!o->json)
		say(k, &result, options);
	reply = json_list(&result);
	if (options->corrects)
		cJSON_AddItemToObject(reply, "corrects",
			import_fixes_json(options->corrects, &result.fixes));
	stopped = is_wrong(&result);
	crypto_wipe(&result, sizeof(result));
	return verb_reply(o, reply, stopped ? EXIT_REFUSED : EXIT_DONE);
}

/* What is no list of rows for the store; true: it was done, or not. */
static bool import_other(const struct options *o,
	const struct list_options *options, const char *errors,
	enum exit_status *status)
{
	const bool bare = options->count < 0 && options->sum < 0 &&
			  !options->sha256 && !options->corrects && !errors;

	if (o->words != 2)
		return false;
	if (strcmp(o->word[0], "revlist") == 0)
		*status = verb_revlist(o, o->word[1]);
	else if (bare && strcmp(o->word[0], "users") == 0)
		*status = import_users(o, o->word[1], options->check_only);
	else if (bare && strcmp(o->word[0], "units") == 0)
		*status = import_units(o, o->word[1], options->check_only);
	else if (bare && strcmp(o->word[0], "questions") == 0)
		*status = verb_import_questions(o, o->word[1],
			options->check_only);
	else
		return false;
	return true;
}

enum exit_status verb_import(int argc, char **argv)
{
	static const struct list_source source = {NULL, read_by_child};
	struct reading reading = {0};
	struct list_options options = {.source = &source,
		.count = -1,
		.sum = -1,
		.progress = on_rows,
		.trouble = on_trouble,
		.ctx = &reading};
	const char *errors = NULL;
	const struct option_spec own[] = {
		{"--check", OPTION_FLAG, &options.check_only},
		{"--errors", OPTION_TEXT, &errors},
		{"--count", OPTION_INT, &options.count},
		{"--sum", OPTION_INT, &options.sum},
		{"--sha256", OPTION_TEXT, &options.sha256},
		{"--corrects", OPTION_INT, &options.corrects},
	};
	enum exit_status status = EXIT_DONE;
	struct refusal role = {.code = REFUSED_ROLE};
	const struct kind *k;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "import", argc, argv, own, 6))
		return EXIT_USAGE;
	if (import_other(&o, &options, errors, &status))
		return status;
	role.roles = role_who(options.corrects ? ACT_CORRECT : ACT_IMPORT);
	k = o.words == 2 ? kind_of(o.word[0]) : NULL;
	if (!k ||
		(!k->money && (options.sum >= 0 || options.sha256 ||
				      options.corrects)) ||
		options.corrects < 0)
		return verb_usage("import");
	if (!verb_open(&o, true, &v, &status))
		return status;
	/* The list is asked by itself: it knows its rows. */
	progress_begin(&v.progress, o.progress, o.json);
	reading.progress = &v.progress;
	reading.size = size_of(o.word[1]);
	status = may_import(&v, options.corrects)
			 ? import(k, &o, &v, &options, &reading, errors)
			 : verb_refusal(&o, &role);
	verb_close(&v);
	return status;
}
