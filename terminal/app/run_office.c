#include "terminal/app/run_office.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "db/backup.h"
#include "db/export.h"
#include "db/journal.h"
#include "db/limits.h"
#include "db/moved.h"
#include "db/settings.h"

static void verdict(struct ports *p, enum verdict got, enum event_kind done,
	const struct refusal *why, const struct err *err, struct event *answer)
{
	p->written = true;
	p->status_due = true;
	answer->kind = done;
	if (got == VERDICT_REFUSED) {
		answer->kind = EV_REFUSED;
		answer->refusal = *why;
	} else if (got == VERDICT_FAILED) {
		answer->kind = EV_FAILED;
		answer->err = *err;
	}
}

/* The same terminal on a new system, says whoever is signed in. */
static void moved(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct err err;
	const enum verdict got =
		moved_confirm(p->db, &p->session, fx->paper, &why, &err);

	verdict(p, got, EV_CONFIRMED, &why, &err, answer);
}

static void clock_set(struct ports *p, struct event *answer)
{
	const struct refusal role = {.code = REFUSED_ROLE};
	struct err err;
	enum verdict got = VERDICT_REFUSED;

	if (p->session.user.role == ROLE_SUPERVISOR)
		got = journal_clock_set(p->db, &p->session, &err)
			      ? VERDICT_DONE
			      : VERDICT_FAILED;
	verdict(p, got, EV_CONFIRMED, &role, &err, answer);
}

enum {
	FOLDER_MAX = 60 /* the whole name fits into a field */
};

void run_office_folder(struct ports *p, char *out, size_t size)
{
	char folder[SETTINGS_FOLDER_SIZE];
	struct err err;

	if (!settings_copies(p->db, folder, &err))
		log_err("settings", &err);
	if (!folder[0] || strlen(folder) > FOLDER_MAX)
		str_copy(folder, sizeof(folder), "/media");
	str_copy(out, size, folder);
}

/* Where the last copy went, and a name that no file there has. */
static void copy_place(struct ports *p, int64_t shift, struct event *answer)
{
	const struct daytime now = date_of_ms(clock_wall_ms());
	char folder[SETTINGS_FOLDER_SIZE];
	char name[64];

	run_office_folder(p, folder, sizeof(folder));
	snprintf(name, sizeof(name), "/chitra-%.6s-%04d%02d%02d-%02d%02d.db",
		db_info(p->db)->dev_hex, now.date.year, now.date.month,
		now.date.day, now.hour, now.minute);
	if (shift > 0)
		snprintf(name, sizeof(name), "/chitra-%.6s-ca%lld.journal",
			db_info(p->db)->dev_hex, (long long)shift);
	answer->kind = EV_COPY_PLACE;
	snprintf(answer->path, sizeof(answer->path), "%.*s%s", FOLDER_MAX,
		folder, name);
}

/* Not kept is no trouble: it is asked for again. */
void run_office_keep_folder(struct ports *p, const char *path)
{
	char folder[SETTINGS_FOLDER_SIZE];
	struct err err;
	char *end;

	if (!str_copy(folder, sizeof(folder), path))
		return;
	end = strrchr(folder, '/');
	if (!end || end == folder)
		return;
	*end = '\0';
	if (!settings_set_copies(p->db, folder, &err))
		log_err("settings", &err);
}

static void copy(struct ports *p, const struct effect *fx, struct event *answer)
{
	struct refusal why = {0};
	struct export_done done;
	struct err err;
	const enum verdict got =
		backup_write(p->db, &p->session, fx->path, &done, &why, &err);

	verdict(p, got, EV_COPIED, &why, &err, answer);
	if (got != VERDICT_DONE)
		return;
	str_to_hex(done.sha256, sizeof(done.sha256), answer->sha256);
	run_office_keep_folder(p, fx->path);
}

/* The agent's own evidence: signed, and in no hand but his. */
static void shift_file(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct export_done done;
	struct err err;
	const enum verdict got = export_shift(p->db, &p->session,
		fx->file.shift, fx->file.path, &done, &why, &err);

	verdict(p, got, EV_COPIED, &why, &err, answer);
	if (got != VERDICT_DONE)
		return;
	str_to_hex(done.sha256, sizeof(done.sha256), answer->sha256);
	run_office_keep_folder(p, fx->file.path);
}

static void limits(struct ports *p, struct event *answer)
{
	struct err err;

	answer->kind = EV_LIMITS;
	if (limits_get(p->db, &answer->limits, &err))
		return;
	answer->kind = EV_FAILED;
	answer->err = err;
}

static void limit_set(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct err err;
	const enum verdict got = limits_set(p->db, &p->session, fx->limit.which,
		fx->limit.value, &why, &err);

	verdict(p, got, EV_LIMITS, &why, &err, answer);
	if (got == VERDICT_DONE)
		limits(p, answer);
}

bool run_office(struct ports *p, struct effect *fx, struct event *answer)
{
	switch (fx->kind) {
	case FX_MOVED:
		moved(p, fx, answer);
		return true;
	case FX_CLOCK:
		clock_set(p, answer);
		return true;
	case FX_COPY_PLACE:
		copy_place(p, fx->slip, answer);
		return true;
	case FX_COPY:
		copy(p, fx, answer);
		return true;
	case FX_SHIFT_FILE:
		shift_file(p, fx, answer);
		return true;
	case FX_LIMITS:
		limits(p, answer);
		return true;
	case FX_LIMIT_SET:
		limit_set(p, fx, answer);
		return true;
	default:
		return false;
	}
}
