/*
 * bench_morning.c - the recorded morning of tests/data/morning_200.txt, typed
 * and scanned into the real program from outside: its keys over one
 * pseudo-terminal, its scans over another that is a scanner on a serial line.
 * The store has 100,000 people, of whom 200 are called.
 *
 * "Painted" is the last byte of the first burst of output, a burst being over
 * when nothing more came for BURST_MS; so what is measured holds the commit
 * with its fdatasync where a key pays. Bytes are all that is written until
 * the screen is at rest. Beside it, a key each in turns, tig and htop, which
 * only move a line, and an fdatasync; and the same program where no scanner types (a key need
 * not be held to see whether it is one, flows/wedge.h), where it records, and
 * where it sends: with a centre on this machine and a book of which thousands
 * of records wait, batch after batch whenever nobody types.
 *
 * People type at a person's pace, some seconds each: 200 of them take a
 * quarter of an hour. MORNING=n plays n people instead of 40. TRACE=1 tells
 * every key.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "db/db_internal.h"
#include "db/outbox.h"
#include "db/users.h"
#include "support/manypeople.h"
#include "support/tmpdir.h"
#include "terminal/app/demo.h"
#include "terminal/app/player.h"

#define MORNING "tests/data/morning_200.txt"

enum {
	PEOPLE = 100000,
	OF_THE_DEMO = 200,
	USUALLY = 40,
	SOME_PEOPLE = 20, /* for what is played beside */
	WAITING = 8000,   /* records, for what sends */
	BURST_MS = 4,
	REST_MS = 30,
	PATIENCE_MS = 600,     /* not every key changes the screen */
	ANSWER_WAIT_MS = 5000, /* but one that is answered does */
	PRINT_MS = 200,        /* for what is said of the paper */
	START_MS = 5000,
	HELD_MS = FLOW_HELD_MS + 80,
	TYPED_MS = 70, /* a key after the one before */
	ROWS = 25,
	COLS = 80,
	MOST = 4000, /* keys and lines */
	TEXT_SIZE = 256 * 1024
};

static double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1000 + (double)ts.tv_nsec / 1e6;
}

/* ---- a program in a terminal --------------------------------------------- */

struct terminal {
	pid_t pid;
	int fd;
	size_t bytes;
};

static bool start(struct terminal *t, const char *const argv[])
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLS};

	t->bytes = 0;
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		unsetenv("NO_COLOR");
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	return t->pid > 0;
}

static void stop(struct terminal *t)
{
	int status;

	if (t->pid <= 0)
		return;
	kill(t->pid, SIGTERM);
	usleep(300000);
	kill(t->pid, SIGKILL);
	close(t->fd);
	waitpid(t->pid, &status, 0);
	t->pid = 0;
}

/*
 * Read until nothing comes for gap_ms, the first byte within patience_ms; when
 * the last one came, 0 if none did.
 */
static double drain(struct terminal *t, int patience_ms, int gap_ms)
{
	struct pollfd in = {.fd = t->fd, .events = POLLIN};
	char buf[65536];
	double last = 0;

	while (poll(&in, 1, last > 0 ? gap_ms : patience_ms) > 0) {
		const ssize_t n = read(t->fd, buf, sizeof(buf));

		if (n <= 0)
			break;
		last = now_ms();
		t->bytes += (size_t)n;
	}
	return last;
}

/* ---- what is counted ------------------------------------------------------ */

struct series {
	double ms[MOST];
	int count;
	double bytes;
	double most_bytes;
};

static void note(struct series *s, double ms, size_t bytes)
{
	if (ms <= 0 || s->count == MOST)
		return;
	s->ms[s->count++] = ms;
	s->bytes += (double)bytes;
	if ((double)bytes > s->most_bytes)
		s->most_bytes = (double)bytes;
}

static int by_value(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

static void say(const char *what, struct series *s, const char *target)
{
	if (s->count == 0)
		return;
	qsort(s->ms, (size_t)s->count, sizeof(s->ms[0]), by_value);
	printf("a morning  %-28s p50 %6.2f  p99 %6.2f ms  of %4d   %5.0f bytes "
	       "(most %5.0f)  %s\n",
		what, s->ms[(s->count - 1) / 2],
		s->ms[(int)((s->count - 1) * 0.99)], s->count,
		s->bytes / s->count, s->most_bytes, target);
}

/* ---- the recording -------------------------------------------------------- */

struct morning {
	char text[TEXT_SIZE];
	size_t len;
	/* By number of the line: the answer that stands in the next one. */
	char answer[MOST][RECORDING_ANSWER_SIZE];
	struct player *player;
};

/* Between "tick" and the next "signed-in": a pause that nobody waits for. */
static bool read_morning(struct morning *m)
{
	char line[1024];
	struct recorded r;
	bool pause = false;
	int number = 0;
	FILE *in = fopen(MORNING, "r");

	while (in && fgets(line, sizeof(line), in)) {
		const size_t len = strlen(line);
		const bool good = recording_line(line, len - 1, &r);

		if (good && r.kind == RECORDED_TICK)
			pause = true;
		if (!pause && m->len + len < TEXT_SIZE && number + 1 < MOST) {
			memcpy(m->text + m->len, line, len);
			m->len += len;
			if (good && r.kind == RECORDED_ANSWER)
				memcpy(m->answer[number], r.answer,
					sizeof(r.answer));
			number++;
		}
		if (good && r.kind == RECORDED_ANSWER &&
			strncmp(r.answer, "signed-in", 9) == 0)
			pause = false;
	}
	if (in)
		fclose(in);
	return number > 1;
}

/* How many keys take a person who was scanned to his money, usually. */
static int usual_keys(const struct morning *m, int *share)
{
	int times[16] = {0};
	int keys = -1;
	int all = 0;
	int usual = 0;
	struct recorded r;

	for (const char *at = m->text; at < m->text + m->len;) {
		const size_t len = strcspn(at, "\n");
		const bool good = recording_line(at, len, &r);

		at += len + 1;
		if (good && r.kind == RECORDED_SCAN)
			keys = 0;
		if (good && r.kind == RECORDED_KEY && keys >= 0 && keys < 15)
			keys++;
		if (!good || r.kind != RECORDED_ANSWER ||
			strcmp(r.answer, "handed") != 0 || keys < 0)
			continue;
		times[keys]++;
		all++;
		keys = -1;
	}
	for (int i = 1; i < 16; i++)
		if (times[i] > times[usual])
			usual = i;
	*share = all ? 100 * times[usual] / all : 0;
	return usual;
}

static bool cast(struct morning *m, const char *data, struct err *err)
{
	struct sign_in_result result;
	struct player_fault fault;
	struct session s;
	struct db *db = db_open(data, err);
	bool ok;

	if (!db)
		return false;
	m->player = player_open_text(m->text, m->len, &fault, err);
	ok = m->player && users_sign_in(db, DEMO_AGENT, DEMO_AGENT_PIN, &s,
				  &result, err) == SIGN_IN_DONE;
	ok = ok && player_cast(m->player, db, err) &&
	     users_sign_out(db, &s, err);
	db_close(db);
	return ok;
}

/* ---- the counter ---------------------------------------------------------- */

struct counter {
	struct terminal chitra;
	struct terminal tig;
	struct terminal htop;
	int scanner; /* what is written here comes out of it */
	bool beside; /* tig and htop get a key in between */
	bool pause;
	int disk; /* a file beside the book */
	struct series keys;
	struct series paid;
	struct series handed;
	struct series scans;
	struct series tig_keys;
	struct series htop_keys;
	struct series syncs;
	double last_ms;  /* of any key or scan */
	double enter_ms; /* of ENTER or a scan */
	int handed_count;
};

static const char *bytes_of(int key, char out[8])
{
	switch (key) {
	case K_ACCEPT:
		return "\r";
	case K_BACK:
		return "\033";
	case K_ERASE:
		return "\x7f";
	default:
		snprintf(out, 8, "%c", key);
		return out;
	}
}

static void wait_until(struct counter *c, double ms)
{
	while (now_ms() < ms)
		drain(&c->chitra, (int)(ms - now_ms()) + 1, BURST_MS);
}

/* Somebody counts banknotes: what is done meanwhile is begun after a second
 * (loop.c), so that the next key comes at any moment of it. */
static void pause_long(struct counter *c)
{
	if (c->pause)
		wait_until(c,
			now_ms() + 1000 +
				(c->keys.count + c->scans.count) * 137 % 1500);
}

static void one_beside(struct terminal *t, struct series *s, const char *key)
{
	double began;
	double painted;

	if (t->pid <= 0)
		return;
	drain(t, 0, BURST_MS);
	t->bytes = 0;
	began = now_ms();
	if (write(t->fd, key, strlen(key)) < 0)
		return;
	painted = drain(t, 100, BURST_MS);
	note(s, painted > 0 ? painted - began : 0, t->bytes);
}

/* What the disk takes for the least that a payment has to be. */
static void one_sync(struct counter *c)
{
	static const char page[4096];
	const double began = now_ms();

	if (write(c->disk, page, sizeof(page)) == (ssize_t)sizeof(page) &&
		fdatasync(c->disk) == 0)
		note(&c->syncs, now_ms() - began, 0);
}

/* A key or a scan, and what is painted then. */
static double act(struct counter *c, int fd, const char *bytes, size_t len,
	bool answered)
{
	double began;
	double painted;

	c->chitra.bytes = 0;
	began = now_ms();
	if (write(fd, bytes, len) != (ssize_t)len)
		return 0;
	painted = drain(&c->chitra, answered ? ANSWER_WAIT_MS : PATIENCE_MS,
		BURST_MS);
	c->last_ms = now_ms();
	drain(&c->chitra, REST_MS, REST_MS);
	return painted > 0 ? painted - began : 0;
}

static void press(struct counter *c, int key, const char *answer)
{

	const bool handed = strcmp(answer, "handed") == 0;
	char room[8];
	const char *bytes = bytes_of(key, room);
	double ms;

	wait_until(c, c->last_ms + TYPED_MS);
	if (key == K_ACCEPT)
		pause_long(c);
	if (key == K_ACCEPT)
		wait_until(c, c->enter_ms + HELD_MS);
	else
		wait_until(c, c->last_ms + FLOW_REPEAT_MS);
	ms = act(c, c->chitra.fd, bytes, strlen(bytes), answer[0] != '\0');
	if (key == K_ACCEPT)
		c->enter_ms = c->last_ms;
	note(&c->keys, ms, c->chitra.bytes);
	if (getenv("TRACE"))
		fprintf(stderr, "%8.2f ms  key %x  %s\n", ms, (unsigned)key,
			answer);
	if (ms == 0 && answer[0])
		fprintf(stderr, "bench: nothing was painted for \"%s\"\n",
			answer);
	if (strcmp(answer, "paid") == 0)
		note(&c->paid, ms, c->chitra.bytes);
	if (handed) {
		note(&c->handed, ms, c->chitra.bytes);
		c->handed_count++;
	}
	if (!c->beside)
		return;
	if (handed)
		one_sync(c);
	one_beside(&c->tig, &c->tig_keys, c->keys.count % 30 < 15 ? "j" : "k");
	one_beside(&c->htop, &c->htop_keys,
		c->keys.count % 30 < 15 ? "\033[B" : "\033[A");
}

static void scan(struct counter *c, const struct event *ev, const char *answer)
{
	char bytes[IDCARD_MAX_BYTES + 2];
	double ms;

	memcpy(bytes, ev->scan.bytes, ev->scan.len);
	bytes[ev->scan.len] = '\r';
	wait_until(c, c->last_ms + TYPED_MS);
	pause_long(c);
	ms = act(c, c->scanner, bytes, ev->scan.len + 1, answer[0] != '\0');
	c->enter_ms = c->last_ms;
	if (strncmp(answer, "person", 6) == 0)
		note(&c->scans, ms, c->chitra.bytes);
}

static void work(struct counter *c, struct morning *m, int people)
{
	static struct played next;

	drain(&c->chitra, START_MS, 300);
	c->last_ms = c->enter_ms = now_ms();
	while (c->handed_count < people && player_take(m->player, &next)) {
		const char *answer = m->answer[player_line(m->player)];

		if (next.kind == RECORDED_KEY)
			press(c, next.ev.key, answer);
		else if (next.kind == RECORDED_SCAN)
			scan(c, &next.ev, answer);
		else if (next.kind == RECORDED_PRINT)
			drain(&c->chitra, PRINT_MS, REST_MS);
	}
}

/* ---- the store and the scanner -------------------------------------------- */

static int run(const char *command)
{
	const int rc = system(command); /* fixed words and our own paths */

	if (rc != 0)
		fprintf(stderr, "bench: failed: %s\n", command);
	return rc;
}

static bool make_store(const char *chitra, const char *dir, struct err *err)
{
	char command[4096];
	char data[300];
	char csv[300];

	tmpdir_path(dir, "list.csv", csv, sizeof(csv));
	tmpdir_path(dir, "d", data, sizeof(data));
	if (!demo_create(data, err))
		return false;
	if (!manypeople_write(csv, PEOPLE - OF_THE_DEMO, 202612))
		return err_set(err, ERR_IO, errno, "write %s", csv);
	snprintf(command, sizeof(command),
		"CHITRA_PIN=" DEMO_SUPERVISOR_PIN " %s import list %s"
		" --data %s --as 9 >/dev/null 2>&1",
		chitra, csv, data);
	return run(command) == 0 ||
	       err_set(err, ERR_IO, 0, "the list was not taken");
}

/* A pseudo-terminal whose near end is the port in the settings. */
static bool plug_scanner(struct counter *c, const char *data, bool keyboard)
{
	char path[400];
	char port[64];
	struct termios raw;
	FILE *out;
	int near;

	if (openpty(&c->scanner, &near, port, NULL, NULL) != 0)
		return false;
	tcgetattr(near, &raw);
	cfmakeraw(&raw);
	tcsetattr(near, TCSANOW, &raw);
	snprintf(path, sizeof(path), "%s/chitra.ini", data);
	out = fopen(path, "w");
	if (!out)
		return false;
	fprintf(out, "[scanner]\nuse = %s\nkeyboard = %s\n", port,
		keyboard ? "yes" : "no");
	return fclose(out) == 0;
}

struct way {
	const char *name; /* "" is the main one */
	int people;
	bool keyboard; /* a scanner may type, too */
	bool record;
	bool pause; /* longer than until it sends, before scans and ENTER */
	bool send;  /* to a centre on this machine */
};

/* ---- a centre on this machine --------------------------------------------- */

/* So many records wait, though nobody did anything. */
static bool fill(const char *data, struct err *err)
{
	struct sign_in_result result;
	struct db *db = db_open(data, err);
	struct session s;
	bool ok;

	if (!db)
		return false;
	ok = users_sign_in(db, DEMO_AGENT, DEMO_AGENT_PIN, &s, &result, err) ==
		     SIGN_IN_DONE &&
	     db_begin(db, err);
	for (int i = 0; ok && i < WAITING; i++) {
		struct session again = s;

		ok = users_sign_out(db, &again, err);
	}
	ok = ok && db_end(db, true, err);
	db_close(db);
	return ok;
}

static bool join_centre(const char *build, const char *dir, const char *data,
	struct err *err)
{
	char command[4096];

	snprintf(command, sizeof(command),
		"set -e; b=%s; c=%s/centre; exec 2>$c.err; $b/chitra-centre "
		"init --dir $c"
		" --name centre-1 --host localhost; ($b/chitra-centre serve"
		" --dir $c --listen 127.0.0.1 --port 0 --metrics 0 >$c.out"
		" 2>/dev/null & echo $! >$c.pid); until [ -s $c.out ]; do"
		" sleep 0.1; done; code=$($b/chitra-centre code --dir $c"
		" --point P); port=$(sed 's/port \\([0-9]*\\),.*/\\1/' $c.out);"
		" CHITRA_PIN=" DEMO_SUPERVISOR_PIN " $b/chitra centre join"
		" --url https://localhost:$port --code \"$code\" --ca"
		" $c/ca.pem --data %s --as 9 >$c.said 2>&1",
		build, dir, data);
	return fill(data, err) &&
	       (run(command) == 0 ||
		       err_set(err, ERR_IO, 0, "no centre to send to"));
}

static void leave_centre(const char *dir, const char *data)
{
	struct outbox_state s;
	struct err err = {.text = ""};
	struct db *db = db_open(data, &err);
	char command[600];

	if (db && outbox_state(db, &s, &err))
		printf("a morning  %llu records acknowledged meanwhile\n",
			(unsigned long long)s.acked);
	db_close(db);
	snprintf(command, sizeof(command), "kill $(cat %s/centre.pid)", dir);
	run(command);
}

static void say_beside(const struct way *w, struct counter *c)
{
	char what[64];

	snprintf(what, sizeof(what), "key, %s", w->name);
	say(what, &c->keys, "");
}

static void say_main(struct counter *c, const struct morning *m)
{
	int share = 0;
	const int keys = usual_keys(m, &share);

	printf("a morning  keys from scan to handed     %d   (%d %% of those "
	       "who were scanned; target 2)\n",
		keys, share);
	say("key to painted screen", &c->keys, "target p99 50 ms, 2048 bytes");
	say("beside it: tig", &c->tig_keys, "moves a line");
	say("beside it: htop", &c->htop_keys, "moves a line");
	say("ENTER that pays", &c->paid, "");
	say("HANDED to ready for the next", &c->handed, "target 30 ms");
	say("beside it: one fdatasync", &c->syncs, "of 4 KB, same disk");
	say("scan to person", &c->scans, "target 30 ms");
}

/* Does the book say what was seen? */
static void say_book(const char *verify, const char *data, int handed)
{
	char command[1024];

	snprintf(command, sizeof(command),
		"%s %s 2>/dev/null | grep -Eq '^payouts +%d$'", verify, data,
		handed);
	printf("a morning  %d handed over, and %s\n", handed,
		run(command) == 0 ? "the book has as many"
				  : "THE BOOK HAS ANOTHER NUMBER");
}

static bool play(const struct way *w, const char *dir, const char *build,
	struct morning *m, struct err *err)
{
	static const char *const tig[] = {"tig", NULL};
	static const char *const htop[] = {"htop", NULL};
	struct counter *c = calloc(1, sizeof(*c));
	char command[1024];
	char chitra[300];
	char verify[310];
	char data[300];
	char file[300];
	const char *const argv[] = {chitra, "--data", data,
		w->record ? "--record" : NULL, file, NULL};

	snprintf(chitra, sizeof(chitra), "%s/chitra", build);
	snprintf(verify, sizeof(verify), "%s/chitra-verify", build);
	tmpdir_path(dir, "now", data, sizeof(data));
	snprintf(command, sizeof(command), "rm -rf %s && cp -a %s/d %s", data,
		dir, data);
	if (!c || run(command) != 0 || !cast(m, data, err) ||
		(w->send && !join_centre(build, dir, data, err)) ||
		!plug_scanner(c, data, w->keyboard) || !start(&c->chitra, argv))
		return false;
	c->beside = !w->name[0];
	c->pause = w->pause;
	tmpdir_path(dir, "sync", file, sizeof(file));
	c->disk = open(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
	tmpdir_path(dir, "recording.txt", file, sizeof(file));
	if (c->beside) {
		start(&c->tig, tig);
		start(&c->htop, htop);
		drain(&c->tig, 1000, 300);
	}
	work(c, m, w->people);
	stop(&c->chitra);
	stop(&c->tig);
	stop(&c->htop);
	if (w->name[0])
		say_beside(w, c);
	else
		say_main(c, m);
	say_book(verify, data, c->handed_count);
	if (w->send)
		leave_centre(dir, data);
	close(c->scanner);
	close(c->disk);
	player_close(m->player);
	free(c);
	return true;
}

int main(void)
{
	const char *build = getenv("BUILD");
	const char *people = getenv("MORNING");
	const int all = people ? (int)strtol(people, NULL, 10) : USUALLY;
	const int some = all < SOME_PEOPLE ? all : SOME_PEOPLE;
	const struct way ways[] = {
		{"", all, true, false, false, false},
		{"not recording", some, true, false, false, false},
		{"recording", some, true, true, false, false},
		{"no scanner types", some, false, false, false, false},
		{"with pauses", some, true, false, true, false},
		{"with pauses, sending", some, true, false, true, true},
	};
	struct morning *m = calloc(1, sizeof(*m));
	struct err err = {.text = ""};
	char chitra[300];
	char dir[256];
	bool ok;

	if (!build)
		build = "build/release";
	snprintf(chitra, sizeof(chitra), "%s/chitra", build);
	tmpdir_make(dir, sizeof(dir));
	ok = m && read_morning(m) && make_store(chitra, dir, &err);
	for (size_t i = 0; ok && i < sizeof(ways) / sizeof(ways[0]); i++)
		ok = play(&ways[i], dir, build, m, &err);
	if (!ok)
		fprintf(stderr, "bench: a morning: %s\n", err.text);
	tmpdir_remove(dir);
	free(m);
	return ok ? 0 : 1;
}
