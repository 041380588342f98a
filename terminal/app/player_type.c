/* Keys whose character is not known: what is typed instead of them. */
#include <stdio.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/str.h"
#include "terminal/app/demo.h"
#include "terminal/app/player_internal.h"

/* ---- who works ------------------------------------------------------------ */

/* The next answer from line i on; "" if there is none. */
static const char *answer_after(struct player *p, int *i)
{
	while (++*i < p->lines) {
		player_read(p, *i, &p->ahead);
		if (p->ahead.kind == RECORDED_ANSWER)
			return p->ahead.answer;
	}
	return "";
}

/* Whose number was it? A second person is a supervisor. */
static const char *user_of(struct player *p, int i)
{
	const char *answer = answer_after(p, &i);

	while (str_starts(answer, "sign-in-refused")) {
		if (strcmp(answer, "sign-in-refused no-user") == 0)
			return "8";
		answer = answer_after(p, &i);
	}
	return strcmp(answer, "signed-in agent") == 0 ? "1" : "9";
}

/* The first character of a field: what was typed before it is over. */
static void begin(struct player *p, enum recorded_field field)
{
	p->typing.field = field;
	p->typing.at = 0;
}

static int user_key(struct player *p, int i)
{
	struct player_typing *t = &p->typing;

	if (t->at == 0)
		str_copy(t->user, sizeof(t->user), user_of(p, i));
	return t->at < (int)strlen(t->user) ? t->user[t->at++] : 0;
}

static int pin_key(struct player *p, int i)
{
	struct player_typing *t = &p->typing;
	const char *answer = answer_after(p, &i);
	const char *pin = strcmp(t->user, "1") == 0 ? DEMO_AGENT_PIN
						    : DEMO_SUPERVISOR_PIN;

	if (strcmp(answer, "sign-in-refused wrong-pin") == 0)
		pin = "000000";
	return t->at < (int)strlen(pin) ? pin[t->at++] : 0;
}

/* ---- who is looked for ---------------------------------------------------- */

/* The classes of all that is typed into this field from line i on. */
static int run_of(struct player *p, int *i, char classes[PLAYER_RUN_MAX])
{
	int n = 0;

	for (; *i < p->lines; ++*i) {
		const struct recorded *r = &p->ahead;

		player_read(p, *i, &p->ahead);
		if (r->kind == RECORDED_ANSWER || r->kind == RECORDED_PRINT ||
			r->kind == RECORDED_SIZE)
			continue;
		if (r->kind != RECORDED_KEY)
			break;
		if (r->key.field == FIELD_PERSON && n < PLAYER_RUN_MAX - 1)
			classes[n++] = (char)r->key.key;
		else if (r->key.field == FIELD_NONE && r->key.key == K_ERASE)
			n -= n > 0;
		else
			break;
	}
	classes[n] = '\0';
	return n;
}

/* Who was found by it: the next person, before anybody else is looked for. */
static int found_after(struct player *p, int i)
{
	bool cash;

	for (; i < p->lines; i++) {
		player_read(p, i, &p->ahead);
		if (p->ahead.kind == RECORDED_SCAN)
			return 0;
		if (p->ahead.kind == RECORDED_KEY &&
			p->ahead.key.field == FIELD_PERSON)
			return 0;
		if (p->ahead.kind == RECORDED_ANSWER &&
			str_starts(p->ahead.answer, "person "))
			return recording_answer_person(p->ahead.answer, &cash);
	}
	return 0;
}

static bool all_digits(const char *classes)
{
	return classes[0] &&
	       strspn(classes, (char[]){CLASS_DIGIT, '\0'}) == strlen(classes);
}

/* So many digits of a number of his: the last ones, or where he stands. */
static void type_digits(const struct stand_in *who, int digits, char *out,
	size_t size)
{
	const char *number = who->id12[0] ? who->id12 : who->old_id;

	if (digits == PERSONID_OLD_SIZE - 1 && who->old_id[0])
		number = who->old_id;
	if (digits <= 3 || !number[0])
		snprintf(out, size, "%0*lld", digits, (long long)who->seq);
	else
		str_copy(out, size,
			(int)strlen(number) > digits
				? number + strlen(number) - (size_t)digits
				: number);
}

/* The n-th word; its end in *end. */
static const char *nth_word(const char *text, int n, const char **end)
{
	while (n-- > 0 && strchr(text, ' '))
		text = strchr(text, ' ') + 1;
	*end = text + strcspn(text, " ");
	return text;
}

static int count_words(const char *text)
{
	int n = text[0] != '\0';

	for (; *text; text++)
		n += *text == ' ';
	return n;
}

/* As many words as were typed, from the end of the name, as long as those. */
static void type_name(const struct stand_in *who, const char *classes,
	char *out, size_t size)
{
	char folded[2 * VIET_NAME_SIZE];
	const int typed = count_words(classes);
	int word;
	size_t n = 0;

	if (!viet_fold(who->name, folded, sizeof(folded)))
		folded[0] = '\0';
	word = count_words(folded) - typed;
	for (int i = 0; i < typed; i++, word++) {
		const char *end;
		const char *to;
		const char *from = nth_word(folded, word > 0 ? word : 0, &end);
		const char *as = nth_word(classes, i, &to);

		for (; as < to && n + 2 < size; as++)
			out[n++] = from < end ? *from++ : '\x01';
		if (i + 1 < typed)
			out[n++] = ' ';
	}
	out[n] = '\0';
}

/* All that will be in the field, when its first character is typed. */
static void prepare_query(struct player *p, int i)
{
	struct player_typing *t = &p->typing;
	char classes[PLAYER_RUN_MAX];
	const int n = run_of(p, &i, classes);
	const struct stand_in *who = &p->stand_in[found_after(p, i)];

	if (all_digits(classes))
		type_digits(who, n, t->text, sizeof(t->text));
	else
		type_name(who, classes, t->text, sizeof(t->text));
}

static int person_key(struct player *p, int i)
{
	struct player_typing *t = &p->typing;
	int key = 0;

	if (t->at == 0)
		prepare_query(p, i);
	if (t->at < (int)strlen(t->text))
		key = (unsigned char)t->text[t->at];
	t->at++;
	/* A word of his that is shorter than what was typed. */
	return key == '\x01' ? 0 : key;
}

/* ---- any key -------------------------------------------------------------- */

static int other_key(struct player *p)
{
	/* A number as on cards, and a name. */
	static const char digits[] = "001050000017";
	static const char letters[] = "nguyenvanba";
	const int at = p->typing.at++;

	switch (p->now.key.key) {
	case CLASS_DIGIT:
		return digits[at % (int)strlen(digits)];
	case CLASS_LETTER:
		return letters[at % (int)strlen(letters)];
	default:
		return p->now.key.key;
	}
}

/* A key by its name: it may end the field, or take a character back. */
static int named_key(struct player *p)
{
	const int key = p->now.key.key;

	if (key == K_ERASE)
		p->typing.at -= p->typing.at > 0;
	else
		begin(p, FIELD_NONE);
	return key;
}

int player_key(struct player *p, int i)
{
	const enum recorded_field field = p->now.key.field;

	if (field == FIELD_NONE)
		return named_key(p);
	if (field != p->typing.field)
		begin(p, field);
	switch (field) {
	case FIELD_USER:
		return user_key(p, i);
	case FIELD_PIN:
		return pin_key(p, i);
	case FIELD_PERSON:
		return person_key(p, i);
	case FIELD_LOST:
		return recording_lost_key(p->now.key.key);
	case FIELD_OTHER:
	case FIELD_NONE:
	case FIELD_COUNT:
		break;
	}
	return other_key(p);
}
