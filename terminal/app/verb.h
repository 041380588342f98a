/*
 * verb.h - the words of the command line: `chitra VERB`, one file each.
 *
 * The contract for scripts is product.md 9: with --json exactly one JSON
 * value on standard output, keys in English; sentences for people on standard
 * error; exit status as below. Each verb opens the store itself, does one
 * thing by the same flows and store as the screen, and closes it.
 */
#ifndef APP_VERB_H
#define APP_VERB_H

#include <cjson/cJSON.h>

#include "db/db.h"
#include "db/refusal.h"
#include "db/users.h"
#include "terminal/app/config.h"
#include "terminal/app/keeper.h"
#include "terminal/app/options.h"
#include "terminal/app/progress.h"
#include "terminal/flows/flow.h"

enum exit_status {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1, /* a rule says no, or something was found */
	EXIT_USAGE = 2,
	EXIT_COULD_NOT = 3, /* device, disk, network, store */
};

struct verb {
	const char *name;
	const char *usage; /* one line after "chitra NAME " */
	enum exit_status (*run)(int argc, char **argv);
};

/* All verbs, in the order of the help. */
extern const struct verb verbs[];
extern const int verbs_count;

/* An open store and who works on it; verb_open() to verb_close(). */
struct verb_store {
	struct db *db;
	struct session session; /* user.number 0 if --as was not given */
	char dir[OPTIONS_DIR_SIZE];
	struct config config; /* of that directory */
	bool stays; /* at verb_close(): he is not signed out (second_qr.h) */
	struct progress progress; /* of verb_watch() */
};

/* Options of a verb read and the language set; EXIT_USAGE is said here. */
bool verb_options(struct options *o, const char *verb, int argc, char **argv,
	const struct option_spec *own, size_t count);

/*
 * Open the store, and sign in if --as was given. needed: somebody has to
 * work, as whatever reads people's data needs; without --as it is the only
 * user, if there is just one. On failure everything is said already and the
 * status to exit with is in *status.
 */
bool verb_open(const struct options *o, bool needed, struct verb_store *out,
	enum exit_status *status);
void verb_close(struct verb_store *v);

/*
 * What follows may take long: it says how far it is, and ^C stops it with
 * nothing half done; verb_err() says that then, verb_close() dies of the ^C.
 */
void verb_watch(const struct options *o, struct verb_store *v);

/* The long work is over: wipes the line away. */
void verb_watched(struct verb_store *v);

/*
 * The settings of that directory; false: what is wrong with them is said, and
 * *status is to exit with.
 */
bool verb_config(const struct options *o, const char *dir, struct config *out,
	enum exit_status *status);

/* A store was not made or not opened: says why, by its key or by err. */
enum exit_status verb_not_opened(const struct options *o,
	const struct keeper *k, const char *dir, const struct err *err);

/* The same later, on a store that was opened without anybody. */
bool verb_sign_in(const struct options *o, struct verb_store *v,
	enum exit_status *status);

/* Go on as actor, who was not signed out: no LOGIN record. */
bool verb_resume(const struct options *o, struct verb_store *v, int64_t actor,
	enum exit_status *status);

/*
 * The second person of --by, whose PIN is in CHITRA_BY_PIN. by == 0: leaves
 * *out cleared and returns true.
 */
bool verb_second(const struct options *o, struct verb_store *v, int64_t by,
	struct session *out, enum exit_status *status);

enum {
	VERB_PLAIN_SIZE = 1024
};

/* A name of a file for a sentence: text_plain() of a copy, cut if need be. */
const char *verb_plain(const char *text, char out[VERB_PLAIN_SIZE]);

/* The second person of a flow was not let in: a sentence and a code. */
enum exit_status verb_second_refused(const struct options *o,
	const struct event *ev);

/* Answer: print reply (taken over) if --json. Returns status. */
enum exit_status verb_reply(const struct options *o, cJSON *reply,
	enum exit_status status);

/* {"ok":false,"code":…,"message":…} or the sentence on stderr. */
enum exit_status verb_refuse(const struct options *o, const char *code,
	const char *message, enum exit_status status);
enum exit_status verb_refusal(const struct options *o,
	const struct refusal *why);
enum exit_status verb_err(const struct options *o, const struct err *err);
/* ^C stopped it (db_watch_stopped()), and this is what stays of it. */
enum exit_status verb_stopped(const struct options *o, const char *message);
/* The same for a file that was to be made: some have a sentence of their own. */
enum exit_status verb_file_err(const struct options *o, const struct err *err);
enum exit_status verb_usage(const char *verb);

/* The code of an error for scripts: "io", "gone" … */
const char *verb_err_code(enum err_code code);

/* Somebody has to sign in: "no_user". */
enum exit_status verb_nobody(const struct options *o);

/* The verbs, one file each. */
enum exit_status verb_init(int argc, char **argv);
enum exit_status verb_user(int argc, char **argv);
enum exit_status verb_import(int argc, char **argv);
enum exit_status verb_lists(int argc, char **argv);
enum exit_status verb_sample(int argc, char **argv);
/* What visits ask. */
enum exit_status verb_questions(int argc, char **argv);
enum exit_status verb_decode(int argc, char **argv);
enum exit_status verb_scantest(int argc, char **argv);
enum exit_status verb_card(int argc, char **argv);
enum exit_status verb_account(int argc, char **argv);
enum exit_status verb_words(int argc, char **argv);
enum exit_status verb_compare(int argc, char **argv);
enum exit_status verb_telex(int argc, char **argv);
enum exit_status verb_vni(int argc, char **argv);
enum exit_status verb_unit(int argc, char **argv);
enum exit_status verb_find(int argc, char **argv);
enum exit_status verb_shift(int argc, char **argv);
enum exit_status verb_pay(int argc, char **argv);
enum exit_status verb_recover(int argc, char **argv);
enum exit_status verb_void(int argc, char **argv);
enum exit_status verb_report(int argc, char **argv);
enum exit_status verb_receipt(int argc, char **argv);
enum exit_status verb_export(int argc, char **argv);
enum exit_status verb_backup(int argc, char **argv);
enum exit_status verb_restore(int argc, char **argv);
enum exit_status verb_evidence(int argc, char **argv);
enum exit_status verb_retire(int argc, char **argv);
enum exit_status verb_moved(int argc, char **argv);
enum exit_status verb_erase(int argc, char **argv);
enum exit_status verb_lost(int argc, char **argv);
enum exit_status verb_devices(int argc, char **argv);
enum exit_status verb_selftest(int argc, char **argv);
enum exit_status verb_print_test(int argc, char **argv);
enum exit_status verb_clock(int argc, char **argv);
enum exit_status verb_limit(int argc, char **argv);
enum exit_status verb_approve(int argc, char **argv);
enum exit_status verb_centre(int argc, char **argv);
enum exit_status verb_upload(int argc, char **argv);
/* `import revlist FILE`. */
enum exit_status verb_revlist(const struct options *o, const char *path);
enum exit_status verb_office_key(int argc, char **argv);
enum exit_status verb_down(int argc, char **argv);
enum exit_status verb_seal_key(int argc, char **argv);
enum exit_status verb_carry(int argc, char **argv);
enum exit_status verb_handover(int argc, char **argv);
enum exit_status verb_complaint(int argc, char **argv);
enum exit_status verb_consent(int argc, char **argv);
enum exit_status verb_visit(int argc, char **argv);

/* `chitra account add …`; `chitra report accounts`, to: the file or NULL, PDF,
 * workbook or CSV by its end. */
enum exit_status verb_enrol(int argc, char **argv);
enum exit_status verb_report_accounts(const struct options *o,
	struct verb_store *v, const char *to);

/* `chitra report complaints`. */
enum exit_status verb_complaints(const struct options *o, struct verb_store *v);

enum exit_status verb_demo(int argc, char **argv);

#endif
