/* verb_find.c - `chitra find QUERY`: who is that, and what is due. */
#include <stdio.h>

#include "core/buf.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/app/json.h"
#include "terminal/app/verb.h"

/* Several words on the command line are one query. */
static const char *query_of(const struct options *o, struct buf *b)
{
	for (int i = 0; i < o->words; i++)
		buf_printf(b, "%s%s", i > 0 ? " " : "", o->word[i]);
	return buf_text(b);
}

static void say(const struct person_found *f)
{
	char amount[MONEY_TEXT_SIZE];
	char birth[DATE_TEXT_SIZE];

	printf("%-12s  %-10s  %12s  %s, %s%s\n", f->id12,
		date_vi(f->birth, birth), money_format(f->due, amount), f->name,
		f->hamlet, f->paid ? tr(" [PAID]") : "");
}

/* Each with what changes and the bank say of him; NULL: *err. */
static cJSON *all_found(struct db *db, const struct person_found *found,
	int count, struct err *err)
{
	cJSON *reply = cJSON_CreateArray();
	struct person_due due;

	for (int i = 0; i < count; i++) {
		cJSON *one = json_found(&found[i]);

		cJSON_AddItemToArray(reply, one);
		if (people_get(db, found[i].id, &due, err) != LOOKUP_FOUND) {
			cJSON_Delete(reply);
			return NULL;
		}
		json_person(one, &due);
	}
	return reply;
}

enum exit_status verb_find(int argc, char **argv)
{
	static struct person_found found[PEOPLE_MAX_FOUND];
	enum exit_status status = EXIT_DONE;
	struct verb_store v;
	struct err err = {0};
	struct options o;
	char text[256];
	struct buf query;
	bool more;
	int count;
	cJSON *reply = NULL;

	if (!verb_options(&o, "find", argc, argv, NULL, 0))
		return EXIT_USAGE;
	if (o.words == 0)
		return verb_usage("find");
	if (!verb_open(&o, true, &v, &status))
		return status;
	buf_init(&query, text, sizeof(text));
	if (people_find(v.db, query_of(&o, &query), found, PEOPLE_MAX_FOUND,
		    &count, &more, &err))
		reply = all_found(v.db, found, count, &err);
	if (!reply)
		status = verb_err(&o, &err);
	verb_close(&v);
	if (!reply)
		return status;
	for (int i = 0; i < count && !o.json; i++)
		say(&found[i]);
	if (count == 0)
		fprintf(stderr, "%s\n",
			tr("Nobody like that is on the lists of this "
			   "terminal."));
	if (more)
		fprintf(stderr, "%s\n",
			tr("There are more: type more of the name or number."));
	return verb_reply(&o, reply, count > 0 ? EXIT_DONE : EXIT_REFUSED);
}
