#include "terminal/app/demo.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/asset.h"
#include "core/codec/paylist.h"
#include "core/codec/qr.h"
#include "core/str.h"
#include "db/lists.h"
#include "db/users.h"
#include "drivers/printer/paper_png.h"

enum {
	PATH_SIZE = 700,
	DOTS_A_MODULE = 6,
	FIRST_MARKS = 161, /* in the list */
	PIN_KIB = 1024
};

static const struct asset *people_csv(void)
{
	for (size_t i = 0; i < assets_count; i++)
		if (strcmp(assets[i].path, "assets/demo/people.csv") == 0)
			return &assets[i];
	return NULL;
}

static bool write_file(const char *path, const void *bytes, size_t len,
	struct err *err)
{
	FILE *out = fopen(path, "wb");
	bool ok;

	if (!out)
		return err_set(err, ERR_IO, errno, "%s: %s", path,
			strerror(errno));
	ok = fwrite(bytes, 1, len, out) == len;
	if (fclose(out) != 0 || !ok)
		return err_set(err, ERR_IO, errno, "write %s", path);
	return true;
}

static bool add_user(struct db *db, const struct session *by,
	const struct user_new *n, struct err *err)
{
	struct refusal why;
	const enum verdict v = users_add(db, by, n, &why, err);

	if (v == VERDICT_REFUSED)
		err_set(err, ERR_INVALID, 0, "user %lld: %s",
			(long long)n->number, refusal_code_name(why.code));
	return v == VERDICT_DONE;
}

/* The supervisor adds the agent and takes the list, as by hand. */
static bool fill_as(struct db *db, const struct session *s, const char *dir,
	struct err *err)
{
	static const struct user_new agent = {DEMO_AGENT, "Lan", ROLE_AGENT,
		DEMO_AGENT_PIN};
	static struct list_result result;
	const struct list_options options = {.count = 200, .sum = -1};
	const struct asset *csv = people_csv();
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/people.csv", dir);
	if (!csv)
		return err_set(err, ERR_CORRUPT, 0, "no demo list built in");
	if (!add_user(db, s, &agent, err) ||
		!write_file(path, csv->data, csv->size, err) ||
		!lists_import(db, s, path, &options, &result, err))
		return false;
	if (!result.taken)
		return err_set(err, ERR_INVALID, 0,
			"the demo list has %lld errors",
			(long long)result.errors);
	return true;
}

static bool fill(struct db *db, const char *dir, struct err *err)
{
	static const struct user_new supervisor = {DEMO_SUPERVISOR, "Hùng",
		ROLE_SUPERVISOR, DEMO_SUPERVISOR_PIN};
	struct sign_in_result result;
	struct session s;
	struct err ignored;
	bool ok;

	if (!add_user(db, NULL, &supervisor, err))
		return false;
	if (users_sign_in(db, DEMO_SUPERVISOR, DEMO_SUPERVISOR_PIN, &s, &result,
		    err) != SIGN_IN_DONE)
		return err_set(err, ERR_DENIED, 0,
			"the demo supervisor cannot sign in");
	ok = fill_as(db, &s, dir, err);
	return users_sign_out(db, &s, ok ? err : &ignored) && ok;
}

static bool create(const char *dir, const struct db_setup *setup,
	struct err *err)
{
	struct db *db;
	bool ok;

	if (!db_create(dir, setup, err))
		return err_wrap(err, "demo");
	db = db_open(dir, err);
	ok = db && fill(db, dir, err);
	db_close(db);
	return ok || err_wrap(err, "demo");
}

bool demo_create(const char *dir, struct err *err)
{
	const struct db_setup setup = {.point = "CK-02",
		.name = "Bưu cục Cẩm Khê · quầy 2",
		.unit = "BƯU ĐIỆN TỈNH PHÚ THỌ",
		/* Its PINs stand on the first screen: nothing is guarded by
		 * what guessing them costs. */
		.pin_kibibytes = PIN_KIB,
		.demo = true};

	return create(dir, &setup, err);
}

bool demo_ensure(const char *dir, struct err *err)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/chitra.db", dir);
	if (access(path, F_OK) == 0)
		return true;
	return demo_create(dir, err);
}

/* Names and id of the terminal; its store is closed again at once. */
static bool create_training(const char *dir, const char *real, struct keeper *k,
	struct err *err)
{
	struct db *db = keeper_open(k, real, err);
	uint8_t dev[DB_DEV_SIZE];
	struct db_setup setup = {.demo = true, .training_of = dev};
	bool ok;

	if (!db)
		return err_wrap(err, "training");
	memcpy(dev, db_info(db)->dev, sizeof(dev));
	ok = str_copy(setup.point, sizeof(setup.point), db_info(db)->point) &&
	     str_copy(setup.name, sizeof(setup.name), db_info(db)->name) &&
	     str_copy(setup.unit, sizeof(setup.unit), db_info(db)->unit);
	db_close(db);
	return ok ? create(dir, &setup, err)
		  : err_set(err, ERR_CORRUPT, 0, "names too long");
}

bool demo_ensure_training(const char *dir, const char *real, struct keeper *k,
	struct err *err)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/chitra.db", dir);
	if (access(path, F_OK) == 0)
		return true;
	return create_training(dir, real, k, err);
}

/* The text of a card issued in 2024 or later, as facts.md 1.2 has it. */
static int card_text(const struct paylist_row *row, char *out, size_t size)
{
	char birth[16] = "";

	snprintf(birth, sizeof(birth), "%02d%02d%04d", row->birth.day,
		row->birth.month, row->birth.year);
	return snprintf(out, size, "%s|%s|%s|%s|%s|%s|20082024||||", row->id12,
		row->old_id, row->name, birth,
		row->sex == SEX_MALE ? "Nam" : "Nữ", row->address);
}

struct maker {
	const char *dir;
	bool marks; /* only those with marks, and without them */
	struct err *err;
	bool failed;
};

/* "Nguyễn Thị Hòa" -> "Nguyễn Thị Hoa"; false if nothing changes. */
static bool strip_last(char name[VIET_NAME_SIZE])
{
	char *word = strrchr(name, ' ');
	char folded[VIET_NAME_SIZE];

	if (!word || !viet_has_marks(word + 1) ||
		!viet_fold(word + 1, folded, sizeof(folded)))
		return false;
	return viet_title(folded, word + 1,
		VIET_NAME_SIZE - (size_t)(word + 1 - name));
}

static bool make_card(void *ctx, const struct paylist_row *listed, int errors)
{
	static struct qr qr;
	static struct paylist_row copy;
	struct paylist_row *const row = &copy;
	struct maker *m = ctx;
	char text[1024];
	char path[PATH_SIZE];
	int len;

	copy = *listed;
	if (errors > 0 || row->id12[0] == '\0')
		return true;
	if (m->marks &&
		(row->seq < FIRST_MARKS || row->payee_name[0] ||
			row->method != METHOD_CASH || !strip_last(row->name)))
		return true;
	snprintf(path, sizeof(path), "%s/%03lld-%s.png", m->dir,
		(long long)row->seq, row->id12);
	if (access(path, F_OK) == 0)
		return true;
	len = card_text(row, text, sizeof(text));
	m->failed = !qr_make(text, (size_t)len, QR_MEDIUM, &qr, m->err) ||
		    !paper_png_write_qr(&qr, DOTS_A_MODULE, path, m->err);
	return !m->failed;
}

static bool ignore_trouble(void *ctx, const struct paylist_error *e)
{
	(void)ctx;
	(void)e;
	return true;
}

static bool make_cards(const char *cards, bool marks, struct err *err)
{
	struct err stopped;
	struct maker maker = {.dir = cards, .marks = marks, .err = err};
	const struct paylist_sink sink = {.ctx = &maker,
		.row = make_card,
		.trouble = ignore_trouble};
	const struct asset *csv = people_csv();
	struct paylist_reader *r;
	bool ok;

	if (!csv)
		return err_set(err, ERR_CORRUPT, 0, "no demo list built in");
	if (mkdir(cards, 0755) != 0 && errno != EEXIST)
		return err_set(err, ERR_IO, errno, "%s: %s", cards,
			strerror(errno));
	r = paylist_reader_new(&sink, err);
	if (!r)
		return false;
	ok = paylist_reader_feed(r, csv->data, csv->size, &stopped) &&
	     paylist_reader_end(r, &stopped);
	if (!ok && !maker.failed)
		*err = stopped;
	paylist_reader_free(r);
	return ok;
}

bool demo_make_cards(const char *cards, struct err *err)
{
	return make_cards(cards, false, err);
}

bool demo_make_marks(const char *cards, struct err *err)
{
	char dir[PATH_SIZE];

	snprintf(dir, sizeof(dir), "%s/marks", cards);
	return make_cards(dir, true, err);
}

static int is_card(const struct dirent *e)
{
	const char *dot = strrchr(e->d_name, '.');

	return dot && strcmp(dot, ".png") == 0;
}

bool demo_card(const char *cards, int n, char *out, size_t size)
{
	struct dirent **names = NULL;
	const int count = scandir(cards, &names, is_card, alphasort);

	if (count > 0)
		snprintf(out, size, "%s/%s", cards, names[n % count]->d_name);
	for (int i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return count > 0;
}

bool demo_card_marks(const char *cards, int n, char *out, size_t size)
{
	char dir[PATH_SIZE];

	snprintf(dir, sizeof(dir), "%s/marks", cards);
	return demo_card(dir, n, out, size);
}
