/*
 * centre_main.c - chitra-centre: the program, and its only exit.
 *
 * Exit status: 0 done, 1 refused or found something, 2 wrong usage, 3 could
 * not (database, network, file).
 */
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "core/harden.h"
#include "core/str.h"
#include "db/centre/centre_verbs.h"
#include "db/centre/receive.h"
#include "db/centre/serve.h"
#include "db/centre/witness.h"

enum {
	PORT = 8443,
	METRICS = 9108,
	WORKERS = 4,
	CODE_DAYS = 7
};

static const char usage[] =
	"chitra-centre VERB --dir DIR [OPTIONS]\n"
	"\n"
	"  init    --name NAME --host HOST...   keys, certificates, store\n"
	"  code    --point NAME [--days N]      a one-time code for a "
	"terminal\n"
	"  serve   [--listen ADDRESS] [--port N] [--metrics N] [--workers N]\n"
	"          [--lease DAYS]               a terminal pays so long\n"
	"                                       without hearing from us (30)\n"
	"          [--in-hand N]                at once; more are told to come "
	"later\n"
	"  report                               terminals, gaps, doubles, "
	"forks\n"
	"  report  --daylog ID --day DAY        a terminal's day, record by "
	"record\n"
	"  receipt TEXT [--terminal ID]         a receipt's QR text, or the "
	"code"
	" on it\n"
	"  root                                 a root for each day that is "
	"over\n"
	"  witness                              the roots beside the store\n"
	"  revoke  ID                           takes nothing of it any more\n"
	"  cert    --host HOST...               a new certificate of the "
	"server\n"
	"  put     KIND --file FILE [--to ID | --point NAME | --all]\n"
	"                                       hand it down: list, changes,\n"
	"                                       answers, users; text (for all)"
	"\n"
	"          [--until DAY]                its last day\n"
	"  revlist --user NUMBER[:KEY]...       users who are out, for all\n"
	"  give    --out FOLDER --to ID | --point NAME | --all\n"
	"                                       all that comes down, by stick\n"
	"  rotate                               a new signing key\n"
	"  take    FOLDER [--lease DAYS]\n"
	"                                       batches of a stick; the answers"
	"\n"
	"                                       go beside them\n"
	"  tail    --terminal ID --from N --nonce HEX --to FILE\n"
	"                                       a terminal's own records, for"
	" one\n"
	"                                       whose book lost them; it says"
	" the\n"
	"                                       number and the word\n"
	"  check   [--mend]                     do keys, store and witness\n"
	"                                       belong together?\n"
	"\n"
	"  --out FOLDER                         of put and revlist, too\n"
	"\n"
	"  --store FILE|postgresql://...        or CHITRA_CENTRE_STORE, which\n"
	"                                       other users cannot see; else\n"
	"                                       DIR/centre.db\n"
	"  --json, --csv                        of report --daylog, receipt\n"
	"  ID: 32 hex digits; of --daylog and --terminal the first 6 will do\n"
	"\n"
	"Exit status: 0 done (receipt: it is true), 1 refused, or found what"
	" needs a\n"
	"person, 2 wrong usage, 3 could not (database, network, file).\n";

/* ---- the verbs ------------------------------------------------------------------
 */

static struct store *open_store(struct centre *c, struct err *err)
{
	return store_open(c->store, err);
}

static enum status init(struct centre *c, struct err *err)
{
	struct store *s;

	if (!c->o.name || c->o.hosts == 0)
		return USAGE;
	if (!centre_home_make(c->o.dir, c->o.name, c->o.host, c->o.hosts,
		    c->home, err))
		return err->code == ERR_INVALID ? FOUND : FAILED;
	s = open_store(c, err);
	if (!s)
		return FAILED;
	store_close(s);
	printf("%s/centre.pub has the public keys, %s/ca.pem the authority.\n"
	       "Keep a copy of centre.key and ca.key where nobody else gets to"
	       " them.\n",
		c->o.dir, c->o.dir);
	return DONE;
}

static enum status code(struct centre *c, struct err *err)
{
	char text[ENROL_CODE];
	char pin[TLS_PIN];
	struct store *s;
	bool ok;

	if (!c->o.point)
		return USAGE;
	s = open_store(c, err);
	ok = s && serve_new_code(s, c->o.point, (int)c->o.days, text, err);
	store_close(s);
	if (!ok)
		return FAILED;
	puts(text);
	/* How the terminal knows whom it gives the code to; or by ca.pem. */
	if (tls_pin(&c->home->server_cert, pin))
		fprintf(stderr,
			"chitra centre join --url https://HOST:PORT --code %s"
			" --pin %s\n",
			text, pin);
	return DONE;
}

/*
 * SIGHUP: the keys are read anew, as after `rotate`. What is wrong with them is
 * said, and the old ones stay.
 */
static void reload(struct centre *c, struct serve *s)
{
	struct centre_home *next = crypto_memory_new(sizeof(*next));
	struct err err = {0};

	if (!next) {
		fprintf(stderr, "no memory for the keys\n");
		return;
	}
	if (!centre_home_open(c->o.dir, next, &err) ||
		!serve_reload(s, next, &err)) {
		fprintf(stderr, "the keys were not read anew: %s\n", err.text);
		crypto_memory_free(next, sizeof(*next));
		return;
	}
	crypto_memory_free(c->home, sizeof(*c->home));
	c->home = next;
}

static enum status serve(struct centre *c, struct err *err)
{
	const struct serve_options o = {.home = c->home,
		.store = c->store,
		.address = c->o.address,
		.port = (uint16_t)c->o.port,
		.metrics = (int)c->o.metrics,
		.workers = (unsigned)c->o.workers,
		.lease = (unsigned)c->o.lease,
		.in_hand = (unsigned)c->o.in_hand,
		.log_fd = STDERR_FILENO};
	struct serve *s;
	sigset_t set;
	int sig;

	/* Before there are threads, so that none of them is asked. */
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	s = serve_open(&o, err);
	if (!s)
		return FAILED;
	printf("port %u, metrics %u\n", (unsigned)serve_port(s),
		(unsigned)serve_metrics_port(s));
	fflush(stdout);
	while (sigwait(&set, &sig) == 0 && sig == SIGHUP)
		reload(c, s);
	serve_close(s);
	return DONE;
}

static enum lookup put_out(struct store *s, const uint8_t dev[BATCH_DEV],
	struct err *err)
{
	struct store_device d;
	enum lookup l;

	if (!store_begin(s, err))
		return LOOKUP_FAILED;
	l = store_device_get(s, dev, true, &d, err);
	if (l == LOOKUP_FOUND) {
		d.state = STORE_REVOKED;
		if (!store_device_put(s, &d, err) || !store_commit(s, err))
			l = LOOKUP_FAILED;
	}
	store_rollback(s);
	return l;
}

static enum status put_out_for_good(struct centre *c, struct err *err)
{
	uint8_t dev[BATCH_DEV];
	enum lookup l = LOOKUP_FAILED;
	struct store *s;
	size_t len;

	if (!c->o.id || !str_from_hex(c->o.id, dev, sizeof(dev), &len) ||
		len != sizeof(dev))
		return USAGE;
	s = open_store(c, err);
	if (s)
		l = put_out(s, dev, err);
	store_close(s);
	switch (l) {
	case LOOKUP_FAILED:
		return FAILED;
	case LOOKUP_ABSENT:
		err_set(err, ERR_INVALID, 0, "no such terminal");
		return FOUND;
	case LOOKUP_FOUND:
		break;
	}
	return DONE;
}

static enum status root(struct centre *c, struct err *err)
{
	struct store *s = open_store(c, err);
	uint64_t added = 0;
	const bool ok = s && witness_extend(s, c->home,
				     (uint64_t)clock_wall_ms(), &added, err);

	store_close(s);
	if (ok)
		printf("%llu days added to witness.log\n",
			(unsigned long long)added);
	return ok ? DONE : err->code == ERR_CORRUPT ? FOUND : FAILED;
}

static enum status witness(struct centre *c, struct err *err)
{
	struct store *s = open_store(c, err);
	struct witness_found found;
	const bool ok = s && witness_check(s, c->home, &found, err);

	store_close(s);
	if (!ok)
		return FAILED;
	if (found.why)
		printf("%s: %s\n", found.day, found.why);
	else
		printf("%llu days are as they were signed\n",
			(unsigned long long)found.days);
	return found.why ? FOUND : DONE;
}

static enum status cert(struct centre *c, struct err *err)
{
	if (c->o.hosts == 0)
		return USAGE;
	return centre_home_new_server(c->home, c->o.host, c->o.hosts, err)
		       ? DONE
		       : FAILED;
}

static const struct verb {
	const char *name;
	bool opens; /* the directory is there already */
	enum status (*run)(struct centre *c, struct err *err);
} verbs[] = {
	{"init", false, init},
	{"code", true, code},
	{"serve", true, serve},
	{"report", true, verb_report},
	{"receipt", true, verb_receipt},
	{"revoke", true, put_out_for_good},
	{"cert", true, cert},
	{"root", true, root},
	{"witness", true, witness},
	{"put", true, verb_put},
	{"revlist", true, verb_put_out_users},
	{"give", true, verb_give},
	{"rotate", true, verb_rotate},
	{"check", true, verb_check},
	{"take", true, verb_take},
	{"tail", true, verb_tail},
};

/* ---- options --------------------------------------------------------------------
 */

enum option_number {
	OPT_DIR = 256,
	OPT_STORE,
	OPT_NAME,
	OPT_POINT,
	OPT_HOST,
	OPT_LISTEN,
	OPT_PORT,
	OPT_METRICS,
	OPT_WORKERS,
	OPT_IN_HAND,
	OPT_DAYS,
	OPT_LEASE,
	OPT_FILE,
	OPT_UNTIL,
	OPT_TO,
	OPT_ALL,
	OPT_OUT,
	OPT_USER,
	OPT_MEND,
	OPT_DAYLOG,
	OPT_DAY,
	OPT_TERMINAL,
	OPT_JSON,
	OPT_CSV,
	OPT_FROM,
	OPT_NONCE,
};

static const struct option long_options[] = {
	{"dir", required_argument, NULL, OPT_DIR},
	{"store", required_argument, NULL, OPT_STORE},
	{"name", required_argument, NULL, OPT_NAME},
	{"point", required_argument, NULL, OPT_POINT},
	{"host", required_argument, NULL, OPT_HOST},
	{"listen", required_argument, NULL, OPT_LISTEN},
	{"port", required_argument, NULL, OPT_PORT},
	{"metrics", required_argument, NULL, OPT_METRICS},
	{"workers", required_argument, NULL, OPT_WORKERS},
	{"in-hand", required_argument, NULL, OPT_IN_HAND},
	{"days", required_argument, NULL, OPT_DAYS},
	{"lease", required_argument, NULL, OPT_LEASE},
	{"file", required_argument, NULL, OPT_FILE},
	{"until", required_argument, NULL, OPT_UNTIL},
	{"to", required_argument, NULL, OPT_TO},
	{"all", no_argument, NULL, OPT_ALL},
	{"out", required_argument, NULL, OPT_OUT},
	{"user", required_argument, NULL, OPT_USER},
	{"mend", no_argument, NULL, OPT_MEND},
	{"daylog", required_argument, NULL, OPT_DAYLOG},
	{"day", required_argument, NULL, OPT_DAY},
	{"terminal", required_argument, NULL, OPT_TERMINAL},
	{"json", no_argument, NULL, OPT_JSON},
	{"csv", no_argument, NULL, OPT_CSV},
	{"from", required_argument, NULL, OPT_FROM},
	{"nonce", required_argument, NULL, OPT_NONCE},
	{NULL, 0, NULL, 0},
};

/* Of what is handed down. */
static bool take_down(struct options *o, int option, const char *value)
{
	switch (option) {
	case OPT_FILE:
		o->file = value;
		return true;
	case OPT_UNTIL:
		o->until = value;
		return true;
	case OPT_TO:
		o->to = value;
		return true;
	case OPT_ALL:
		o->all = true;
		return true;
	case OPT_OUT:
		o->out = value;
		return true;
	case OPT_FROM:
		return str_to_int(value, 1, INT64_MAX / 2, &o->from);
	case OPT_NONCE:
		o->nonce = value;
		return true;
	case OPT_MEND:
		o->mend = true;
		return true;
	case OPT_USER:
		if (o->users == CENTRE_USERS)
			return false;
		o->user[o->users++] = value;
		return true;
	}
	return false;
}

static bool take_option(struct options *o, int option, const char *value)
{
	switch (option) {
	case OPT_DIR:
		o->dir = value;
		return true;
	case OPT_STORE:
		o->store = value;
		return true;
	case OPT_NAME:
		o->name = value;
		return true;
	case OPT_POINT:
		o->point = value;
		return true;
	case OPT_LISTEN:
		o->address = value;
		return true;
	case OPT_DAYLOG:
		o->daylog = value;
		return true;
	case OPT_DAY:
		o->day = value;
		return true;
	case OPT_TERMINAL:
		o->terminal = value;
		return true;
	case OPT_JSON:
		o->form = ROWS_JSON;
		return true;
	case OPT_CSV:
		o->form = ROWS_CSV;
		return true;
	case OPT_HOST:
		if (o->hosts == CENTRE_HOSTS)
			return false;
		o->host[o->hosts++] = value;
		return true;
	case OPT_PORT:
		return str_to_int(value, 0, UINT16_MAX, &o->port);
	case OPT_METRICS:
		return str_to_int(value, 0, UINT16_MAX, &o->metrics);
	case OPT_WORKERS:
		return str_to_int(value, 1, SERVE_WORKERS_MAX, &o->workers);
	case OPT_IN_HAND:
		return str_to_int(value, 1, SERVE_CONNECTIONS, &o->in_hand);
	case OPT_DAYS:
		return str_to_int(value, 1, 366, &o->days);
	case OPT_LEASE:
		return str_to_int(value, 0, 366, &o->lease);
	}
	return take_down(o, option, value);
}

static bool take_options(int argc, char **argv, struct options *o)
{
	int option;

	*o = (struct options){.address = "::",
		.port = PORT,
		.metrics = METRICS,
		.workers = WORKERS,
		.days = CODE_DAYS,
		.lease = RECEIVE_LEASE_DAYS,
		.store = getenv("CHITRA_CENTRE_STORE")};
	while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
		if (!take_option(o, option, optarg))
			return false;
	if (optind < argc)
		o->id = argv[optind++];
	return o->dir && optind == argc;
}

static bool name_store(struct centre *c)
{
	const int n = c->o.store ? snprintf(c->store, sizeof(c->store), "%s",
					   c->o.store)
				 : snprintf(c->store, sizeof(c->store),
					   "%s/centre.db", c->o.dir);

	return n < (int)sizeof(c->store);
}

static enum status run(const struct verb *v, struct centre *c)
{
	struct err err = {0};
	enum status status = FAILED;

	if (harden_start(&err) && crypto_start(&err)) {
		c->home = crypto_memory_new(sizeof(*c->home));
		if (!c->home)
			err_set(&err, ERR_NO_MEMORY, 0, "no memory");
		else if (!v->opens || centre_home_open(c->o.dir, c->home, &err))
			status = v->run(c, &err);
		crypto_memory_free(c->home, sizeof(*c->home));
	}
	if (err.code != ERR_NONE)
		fprintf(stderr, "chitra-centre: %s\n", err.text);
	return status;
}

int main(int argc, char **argv)
{
	static struct centre c;
	enum status status = USAGE;

	if (argc == 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return DONE;
	}
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (argc > 1 && strcmp(argv[1], verbs[i].name) == 0 &&
			take_options(argc - 1, argv + 1, &c.o) &&
			name_store(&c))
			status = run(&verbs[i], &c);
	if (status == USAGE)
		fputs(usage, stderr);
	return (int)status;
}
