#include "terminal/app/plugged.h"

#include <stdlib.h>
#include <string.h>

#include "core/log.h"
#include "terminal/app/printers.h"

struct plugged {
	struct device_watch *watch; /* NULL: no news */
	struct device_list list;
	struct device_list fresh; /* after DEVICE_LOST: what is there really */
	bool differs;             /* list is not yet like fresh */
};

struct plugged *plugged_open(struct err *err)
{
	struct plugged *p = calloc(1, sizeof(*p));
	struct err why;

	if (!p) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for devices");
		return NULL;
	}
	/* First the watch: what comes in between is in the list, then. */
	p->watch = devices_watch_open(&why);
	if (!p->watch)
		log_err("devices", &why);
	if (!devices_list(&p->list, &why))
		log_err("devices", &why);
	return p;
}

void plugged_close(struct plugged *p)
{
	if (!p)
		return;
	devices_watch_close(p->watch);
	free(p);
}

int plugged_fd(const struct plugged *p)
{
	return p->watch ? devices_watch_fd(p->watch) : -1;
}

const struct device_list *plugged_list(const struct plugged *p)
{
	return &p->list;
}

/* ---- changes ---------------------------------------------------------------- */

static int find(const struct device_list *list, const char *syspath)
{
	for (int i = 0; i < list->count; i++)
		if (strcmp(list->at[i].syspath, syspath) == 0)
			return i;
	return -1;
}

static bool add(struct device_list *list, const struct device *d)
{
	int at = list->count;

	if (find(list, d->syspath) >= 0)
		return false;
	if (list->count == DEVICES_MAX) {
		list->more = true;
		return true;
	}
	while (at > 0 && (list->at[at - 1].class > d->class ||
				 (list->at[at - 1].class == d->class &&
					 strcmp(list->at[at - 1].syspath,
						 d->syspath) > 0))) {
		list->at[at] = list->at[at - 1];
		at--;
	}
	list->at[at] = *d;
	list->count++;
	return true;
}

/* The list knows more of it than the news of its removal. */
static bool take_out(struct device_list *list, struct device *d)
{
	const int i = find(list, d->syspath);

	if (i < 0)
		return false;
	*d = list->at[i];
	list->count--;
	memmove(&list->at[i], &list->at[i + 1],
		(size_t)(list->count - i) * sizeof(list->at[0]));
	return true;
}

/* The first thing in one list that is not in the other. */
static const struct device *only_in(const struct device_list *here,
	const struct device_list *not_there)
{
	for (int i = 0; i < here->count; i++)
		if (find(not_there, here->at[i].syspath) < 0)
			return &here->at[i];
	return NULL;
}

static enum device_change next_difference(struct plugged *p, struct device *out)
{
	const struct device *gone = only_in(&p->list, &p->fresh);
	const struct device *new = only_in(&p->fresh, &p->list);

	if (gone) {
		*out = *gone;
		take_out(&p->list, out);
		return DEVICE_REMOVED;
	}
	if (new &&add(&p->list, new)) {
		*out = *new;
		return DEVICE_ADDED;
	}
	p->differs = false;
	return DEVICE_NO_CHANGE;
}

static void look_again(struct plugged *p)
{
	struct err err;

	log_line("devices", "too much at once: looking at all of them");
	p->differs = devices_list(&p->fresh, &err);
	if (!p->differs)
		log_err("devices", &err);
}

/* News of what is known already, or was never listed, is none. */
static bool is_news(struct plugged *p, enum device_change change,
	struct device *d)
{
	if (change == DEVICE_ADDED)
		return add(&p->list, d);
	return take_out(&p->list, d);
}

/* DEVICE_LOST: look again. */
static enum device_change next_news(struct plugged *p, struct device *out)
{
	enum device_change change = DEVICE_NO_CHANGE;

	do {
		if (p->watch)
			change = devices_watch_read(p->watch, out);
	} while ((change == DEVICE_ADDED || change == DEVICE_REMOVED) &&
		 !is_news(p, change, out));
	return change;
}

enum device_change plugged_read(struct plugged *p, struct device *out)
{
	enum device_change change = DEVICE_LOST;

	while (change == DEVICE_LOST) {
		if (p->differs)
			change = next_difference(p, out);
		if (p->differs)
			return change;
		change = next_news(p, out);
		if (change == DEVICE_LOST)
			look_again(p);
	}
	return change;
}

/* ---- questions --------------------------------------------------------------- */

bool plugged_has_class(const struct plugged *p, enum device_class class)
{
	for (int i = 0; i < p->list.count; i++)
		if (p->list.at[i].class == class)
			return true;
	return false;
}

bool plugged_has_node(const struct plugged *p, const char *node)
{
	return devices_by_node(&p->list, node) != NULL;
}

enum plugged_answer plugged_printer(const struct plugged *p, const char *spec)
{
	if (!printers_are_seen(spec))
		return PLUGGED_UNKNOWN;
	return printers_find(&p->list, spec) ? PLUGGED_IN : PLUGGED_AWAY;
}
