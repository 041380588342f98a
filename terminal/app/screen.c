#include "terminal/app/screen.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/crypto.h"
#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "drivers/printer/printer_open.h"
#include "drivers/sandbox/sandbox.h"
#include "terminal/app/config.h"
#include "terminal/app/demo.h"
#include "terminal/app/fetcher.h"
#include "terminal/app/keeper.h"
#include "terminal/app/loop.h"
#include "terminal/app/screen_play.h"
#include "terminal/app/sender.h"
#include "terminal/app/study.h"
#include "terminal/flows/err_text.h"
#include "terminal/ui/lineterm.h"
#include "terminal/ui/term.h"
#include "terminal/ui/theme.h"

struct screen_words {
	bool demo;     /* made-up people; a training is a demo, too */
	bool training; /* in DIR/training, for the terminal of DIR */
	bool tour;     /* it begins with the guided tour */
	const char *cards;
	const char *theme;
	bool plain;
	bool quiet; /* no beeps */
	bool lines; /* line by line, for serial consoles and braille */
	bool slow;  /* serial line: Esc may be the start of a key for longer */
	int64_t lock_s;
	struct screen_play play; /* --record, --replay */
};

/* All that is open while the screen is up. */
struct screen {
	char dir[OPTIONS_DIR_SIZE + 16];
	char real[OPTIONS_DIR_SIZE]; /* training: of whose terminal */
	char cards[OPTIONS_DIR_SIZE + 32];
	bool is_real; /* the store: people are really paid */
	struct keeper keeper;
	struct config config;
	struct config_fault fault; /* of config; before anything is opened */
	struct ports ports;
	struct printing printing;
	struct mailbox *box;
	struct desk desk;
	int stderr_copy; /* -1: not redirected */
};

/* Where nothing may be written the lesson of the marks has an ordinary card. */
static bool make_cards(const struct screen *s, struct err *err)
{
	struct err marks;

	if (!demo_make_cards(s->cards, err))
		return false;
	if (!demo_make_marks(s->cards, &marks))
		fprintf(stderr, "%s\n", marks.text);
	return true;
}

static bool prepare_demo(struct screen *s, const struct screen_words *w,
	struct err *err)
{
	if (w->cards)
		snprintf(s->cards, sizeof(s->cards), "%s", w->cards);
	else
		snprintf(s->cards, sizeof(s->cards), "%s/cards", s->dir);
	fprintf(stderr, "%s\n", tr("Preparing the demo…"));
	return (w->training ? demo_ensure_training(s->dir, s->real, &s->keeper,
				      err)
			    : demo_ensure(s->dir, err)) &&
	       (w->play.player || make_cards(s, err));
}

/* Libraries may write there; the screen must not see it. */
static void hide_stderr(struct screen *s)
{
	char path[OPTIONS_DIR_SIZE + 48];
	int fd;

	snprintf(path, sizeof(path), "%s/stderr.log", s->dir);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	s->stderr_copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(fd, STDERR_FILENO);
	close(fd);
}

static void show_stderr(struct screen *s)
{
	if (s->stderr_copy < 0)
		return;
	dup2(s->stderr_copy, STDERR_FILENO);
	close(s->stderr_copy);
	s->stderr_copy = -1;
}

static void fill_info(struct desk_info *info, const struct db_info *db,
	const struct screen_words *w, bool empty)
{
	memset(info, 0, sizeof(*info));
	str_copy(info->point, sizeof(info->point), db->name);
	str_copy(info->unit, sizeof(info->unit), db->unit);
	snprintf(info->dev6, sizeof(info->dev6), "%.6s", db->dev_hex);
	info->empty = empty;
	info->demo = db->demo;
	info->training = w->training;
	info->tour = w->tour && db->demo;
	info->may_train = !db->demo && !db->evidence && !w->demo;
	info->evidence = db->evidence;
	info->lock_ms = w->lock_s * 1000;
	if (!db->demo)
		return;
	info->users = (struct signin_demo){.agent = DEMO_AGENT,
		.supervisor = DEMO_SUPERVISOR,
		.agent_pin = DEMO_AGENT_PIN,
		.supervisor_pin = DEMO_SUPERVISOR_PIN};
}

/* What this system does not give is for the technician to know. */
static void log_hardening(const struct screen *s)
{
	if (!crypto_memory_hold(s, sizeof(*s)))
		log_line("memory",
			"keys may be swapped out: %s (RLIMIT_MEMLOCK)",
			strerror(errno));
	if (!sandbox_has_landlock())
		log_line("sandbox",
			"no Landlock in this kernel: images and lists are read "
			"with system calls filtered and nothing more");
}

static bool open_store(struct screen *s, const struct options *o,
	const struct screen_words *w, struct err *err)
{
	char path[OPTIONS_DIR_SIZE + 48];

	if (w->demo && !prepare_demo(s, w, err))
		return false;
	s->ports.db = keeper_open(&s->keeper, s->dir, err);
	if (!s->ports.db)
		return false;
	s->is_real = !db_info(s->ports.db)->demo;
	if (w->play.player && s->is_real)
		return err_set(err, ERR_DENIED, 0,
			"a recording is not played in a real store");
	snprintf(path, sizeof(path), "%s/chitra.log", s->dir);
	if (!log_open(path, err) ||
		!printing_open(&s->printing,
			/* What is played is printed into files. */
			w->play.player ? o->printer
				       : config_printer(&s->config, o->printer),
			s->dir, db_info(s->ports.db)->demo, err))
		return false;
	log_hardening(s);
	s->ports.printing = &s->printing;
	s->ports.width = config_dots(&s->config, o->width);
	s->ports.cards = w->demo ? s->cards : NULL;
	s->ports.quiet = w->quiet;
	return true;
}

/* None while a recording is played: its own scans are all there are. */
static bool open_scanners(struct screen *s, const struct screen_words *w,
	struct err *err)
{
	char port[PRINTER_OPEN_NODE_SIZE];
	char real[PATH_MAX];

	/* The port of a serial printer is no scanner's. */
	if (printer_open_node(s->printing.spec, port) && realpath(port, real))
		str_copy(port, sizeof(port), real);
	s->ports.config = &s->config;
	s->ports.settings = s->real;
	if (w->play.player)
		return true;
	s->ports.plugged = plugged_open(err);
	s->ports.scanners = scanners_new(&s->config, port, err);
	return s->ports.plugged && s->ports.scanners;
}

/* "none" in the settings: then there is no thread for it either. */
static bool start_viewing(struct screen *s, const struct screen_words *w,
	struct err *err)
{
	struct viewing_options o =
		{.wish = {.width = (int)s->config.camera.width,
			 .height = (int)s->config.camera.height,
			 .mirror = s->config.camera.mirror,
			 .turn = (int)s->config.camera.rotate},
			.every_ms = w->slow || w->lines ? VIEWING_SLOW_MS
							: VIEWING_MS};

	if (strcmp(s->config.camera.use, "none") == 0 || w->play.player)
		return true;
	str_copy(o.use, sizeof(o.use), s->config.camera.use);
	if (w->demo && strcmp(o.use, "auto") == 0 &&
		!plugged_has_class(s->ports.plugged, DEVICE_CAMERA))
		snprintf(o.use, sizeof(o.use), "frames:%s", s->cards);
	s->ports.viewing = viewing_start(s->box, &o, err);
	return s->ports.viewing != NULL;
}

/* The whole screen, or line by line. */
static bool start_face(struct screen *s, const struct screen_words *w,
	struct err *err)
{
	const struct term_options term = {.theme = w->theme,
		.no_color = getenv("NO_COLOR"),
		.plain = w->plain,
		.escape_ms = w->slow ? 200 : 0};
	const struct lineterm_options lines = {.plain = w->plain};

	if (!w->lines)
		return term_start(&term, err);
	s->ports.lines = lineterm_start(&lines, err);
	if (!s->ports.lines)
		return false;
	lineterm_tell(s->ports.lines,
		tr("Type a number or a text, then ENTER. A line with ? alone "
		   "says the screen again."));
	return true;
}

/* Without it everything but sending goes on. */
static void start_sender(struct screen *s, const struct screen_words *w)
{
	struct err err;

	if (!w->play.player &&
		!sender_start(s->ports.db, s->config.centre.proxy,
			&s->ports.sender, &err))
		log_err("upload", &err);
	if (s->ports.sender &&
		!fetcher_start(s->ports.db, s->config.centre.proxy,
			&s->ports.fetcher, &err))
		log_err("down", &err);
}

static bool run(struct screen *s, const struct screen_words *w, struct err *err)
{
	struct desk_info info;
	struct user first;
	int users;
	bool ok;

	if (!users_list(s->ports.db, &first, 1, &users, err))
		return false;
	s->box = mailbox_new(err);
	if (!s->box)
		return false;
	if (!open_scanners(s, w, err))
		return false;
	s->ports.box = s->box;
	s->ports.workers = workers_start(s->box, &s->printing, err);
	if (!s->ports.workers)
		return false;
	if (!start_viewing(s, w, err))
		return false;
	start_sender(s, w);
	fill_info(&info, db_info(s->ports.db), w, users == 0);
	info.keyboards_welcome = !s->config.screen.lock_new_keyboard;
	desk_init(&s->desk, &info);
	s->ports.recorder = w->play.recorder;
	s->ports.player = w->play.player;
	s->ports.play_speed = w->play.speed;
	hide_stderr(s);
	if (!start_face(s, w, err)) {
		show_stderr(s);
		return false;
	}
	ok = loop_run(&s->desk, &s->ports, s->box, err);
	term_stop();
	lineterm_stop(s->ports.lines);
	s->ports.lines = NULL;
	show_stderr(s);
	return ok;
}

static void close_all(struct screen *s)
{
	struct err err;

	study_free(s->ports.study);
	fetcher_stop(s->ports.fetcher);
	sender_stop(s->ports.sender);
	viewing_stop(s->ports.viewing);
	workers_stop(s->ports.workers);
	mailbox_free(s->box);
	scanners_free(s->ports.scanners);
	plugged_close(s->ports.plugged);
	if (s->ports.db && s->ports.session.user.number != 0 &&
		!users_sign_out(s->ports.db, &s->ports.session, &err))
		log_err("sign out", &err);
	session_clear(&s->ports.session);
	db_close(s->ports.db);
	log_close();
}

/* The real store, the demo's, or beside the real one that for training. */
static bool choose_dir(struct screen *s, const struct options *o,
	struct screen_words *w, struct err *err)
{
	const bool own = w->demo && !w->training;

	if (!options_dir(o, own ? "-demo" : "", s->real, sizeof(s->real), err))
		return false;
	snprintf(s->dir, sizeof(s->dir), "%s%s", s->real,
		w->training ? "/training" : "");
	w->demo = w->demo || w->training;
	return true;
}

/* What the command line leaves open. */
static bool read_settings(struct screen *s, const struct options *o,
	struct screen_words *w, struct err *err)
{
	struct config *const c = &s->config;

	if (!config_read(s->real, c, &s->fault, err))
		return false;
	if (!o->lang && c->screen.lang[0])
		tr_set_lang(c->screen.lang);
	if (!w->theme && c->screen.theme[0])
		w->theme = c->screen.theme;
	if (w->lock_s == 0)
		w->lock_s = c->screen.lock_after;
	w->plain = w->plain || c->screen.ascii;
	w->slow = w->slow || c->screen.slow_line;
	w->lines = w->lines || c->screen.lines;
	w->quiet = w->quiet || !c->screen.sound;
	return true;
}

static void say_failed(const struct screen *s, const struct screen_words *w,
	const struct err *err)
{
	char sentence[OPTIONS_DIR_SIZE + 512];
	const char *code;

	config_says(&s->fault, sentence, sizeof(sentence));
	if (w->play.player && s->is_real)
		screen_play_refuses();
	else if (s->fault.wrong != CONFIG_FINE)
		fprintf(stderr, "%s\n", sentence);
	else if (keeper_says(&s->keeper, w->training ? s->real : s->dir, &code,
			 sentence, sizeof(sentence)))
		fprintf(stderr, "%s\n(%s)\n", sentence, err->text);
	else
		fprintf(stderr, "%s\n(%s)\n",
			err_text(err->code, ERR_WHILE_READING), err->text);
}

/* One store, until the program ends or the other one is asked for. */
static enum exit_status show_store(const struct options *o,
	const struct screen_words *words, bool *again)
{
	struct screen *s = calloc(1, sizeof(*s));
	struct screen_words w = *words;
	enum exit_status status = EXIT_COULD_NOT;
	struct err err;

	*again = false;
	if (!s)
		return EXIT_COULD_NOT;
	s->stderr_copy = -1;
	keeper_init(&s->keeper);
	if (choose_dir(s, o, &w, &err) && read_settings(s, o, &w, &err) &&
		open_store(s, o, &w, &err) && run(s, &w, &err)) {
		status = EXIT_DONE;
	} else {
		say_failed(s, &w, &err);
		if (s->fault.wrong != CONFIG_FINE)
			status = EXIT_USAGE;
		if (w.play.player && s->is_real)
			status = EXIT_REFUSED;
	}
	close_all(s);
	*again = status == EXIT_DONE && s->ports.other_store;
	if (status == EXIT_DONE && w.play.player)
		status = screen_play_says(&w.play, s->ports.play_stopped);
	free(s);
	return status;
}

static enum exit_status show_stores(const struct options *o,
	struct screen_words *w)
{
	enum exit_status status;
	bool again;

	do {
		status = show_store(o, w, &again);
		w->training = w->training != again;
		w->tour = false;
	} while (again);
	return status;
}

enum exit_status screen_main(int argc, char **argv)
{
	struct screen_words w = {0};
	const struct option_spec own[] = {
		{"--demo", OPTION_FLAG, &w.demo},
		{"--training", OPTION_FLAG, &w.training},
		{"--tour", OPTION_FLAG, &w.tour},
		{"--cards", OPTION_TEXT, &w.cards},
		{"--theme", OPTION_TEXT, &w.theme},
		{"--ascii", OPTION_FLAG, &w.plain},
		{"--lines", OPTION_FLAG, &w.lines},
		{"--quiet", OPTION_FLAG, &w.quiet},
		{"--slow-line", OPTION_FLAG, &w.slow},
		{"--lock-after", OPTION_INT, &w.lock_s},
		{"--record", OPTION_TEXT, &w.play.record},
		{"--replay", OPTION_TEXT, &w.play.replay},
		{"--speed", OPTION_TEXT, &w.play.text},
	};
	enum exit_status status;
	enum theme theme;
	struct options o;

	if (!verb_options(&o, "", argc, argv, own,
		    sizeof(own) / sizeof(own[0])))
		return EXIT_USAGE;
	if (w.theme && !theme_parse(w.theme, &theme)) {
		fprintf(stderr, "%s\n", tr("Themes: mono, 8, 256, contrast"));
		return EXIT_USAGE;
	}
	/* The tour needs made-up people: those of the demo, or a training. */
	w.training = w.training || (w.tour && !w.demo);
	status = screen_play_open(&w.play, &o);
	if (status == EXIT_DONE)
		status = show_stores(&o, &w);
	return screen_play_close(&w.play, status);
}
