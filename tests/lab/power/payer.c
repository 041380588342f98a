/*
 * payer.c - many payouts in one process, as at the screen: the log of the
 * store stays open and grows, which a verb of its own never shows.
 *
 *	payer --as 1 --data DIR --printer P   < numbers of ID cards
 *
 * A line in, a line out: the receipt once the answer may be given, else "-"
 * and the reason. Takes the same path as `chitra pay`: script.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "db/people.h"
#include "terminal/app/script.h"
#include "terminal/app/verb.h"

enum {
	REST_EVERY = 9
};

static bool pay(struct ports *ports, const char *id12, struct script *s)
{
	static const struct script_order order = {.payee = PAYEE_SELF};
	struct person_due due;

	memset(s, 0, sizeof(*s));
	script_init(s, ports);
	return people_by_id12(ports->db, id12, &due, &s->err) == LOOKUP_FOUND &&
	       script_pay_person(s, due.person.id, &order) == SCRIPT_DONE;
}

static void pay_all(struct ports *ports, struct script *s)
{
	char line[64];
	int n = 0;

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		/* As when nobody presses a key for two seconds. */
		if (++n % REST_EVERY == 0 && !db_checkpoint(ports->db, &s->err))
			printf("- checkpoint: %s\n", s->err.text);
		if (pay(ports, line, s))
			printf("%s\n", s->payout.code);
		else
			printf("- refusal %d %s\n", (int)s->why.code,
				s->err.text);
		fflush(stdout);
	}
}

int main(int argc, char **argv)
{
	static struct printing printing;
	static struct script script;
	static struct ports ports;
	enum exit_status status;
	struct verb_store v;
	struct options o;
	struct err err;

	if (!crypto_start(&err) ||
		!verb_options(&o, "pay", argc - 1, argv + 1, NULL, 0))
		return EXIT_USAGE;
	if (!verb_open(&o, true, &v, &status))
		return (int)status;
	if (!printing_open(&printing, o.printer, v.dir, false, &err)) {
		fprintf(stderr, "payer: %s\n", err.text);
		return EXIT_COULD_NOT;
	}
	ports = (struct ports){.db = v.db,
		.session = v.session,
		.printing = &printing,
		.width = PAGE_80};
	pay_all(&ports, &script);
	session_clear(&ports.session);
	printing_close(&printing);
	verb_close(&v);
	return EXIT_DONE;
}
