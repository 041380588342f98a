/* questions_keys.c - the keys of each question: questions.h. */
#include "core/tr.h"
#include "terminal/flows/questions_internal.h"

#define HELP                                      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}
#define NEXT                                                \
	{                                                   \
		K_ACCEPT, "ENTER", TR("Go on"), NULL, false \
	}
#define BACK                                      \
	{                                         \
		'0', "0", TR("Back"), NULL, false \
	}
#define NONE                                                      \
	{                                                         \
		QUESTIONS_NOTHING, "9", TR("No answer is given"), \
			TR("No answer"), false                    \
	}
#define CHOOSE                                                            \
	{                                                                 \
		K_CHOICES, "1-6", TR("Choose this answer"), TR("Choose"), \
			false                                             \
	}
#define PAGE                                                            \
	{                                                               \
		'.', ".", TR("More choices"), TR("More choices"), false \
	}
#define ERASE                                           \
	{                                               \
		K_ERASE, "<-", TR("Erase"), NULL, false \
	}
#define ESCAPE                                         \
	{                                              \
		K_BACK, "Esc", TR("Back"), NULL, false \
	}

static const struct binding note_keys[] = {NEXT, BACK, HELP};
/* With and without more pages, and the key for no answer. */
static const struct binding choice_keys[] = {CHOOSE, NEXT, NONE, PAGE, BACK,
	HELP};
static const struct binding choice_page_keys[] = {CHOOSE, NEXT, PAGE, BACK,
	HELP};
static const struct binding choice_none_keys[] = {CHOOSE, NEXT, NONE, BACK,
	HELP};
static const struct binding choice_must_keys[] = {CHOOSE, NEXT, BACK, HELP};
static const struct binding text_keys[] = {
	{K_LETTERS, "a-z", TR("Type the answer"), TR("Answer"), false},
	NEXT,
	ERASE,
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	ESCAPE,
	{'*', "*", TR("More"), NULL, false},
	HELP,
};
static const struct binding number_keys[] = {
	{K_DIGITS, "0-9", TR("Type the number"), TR("Number"), false},
	NEXT,
	ERASE,
	ESCAPE,
	HELP,
};
static const struct binding day_keys[] = {
	{K_DIGITS, "0-9", TR("Type the day, for example 05122026"), TR("Day"),
		false},
	NEXT,
	ERASE,
	ESCAPE,
	HELP,
};
static const struct binding code_keys[] = {
	{K_SCAN, "", TR("Scan the code"), NULL, false},
	{K_LETTERS, "a-z", TR("Type what stands below it"), TR("Number"),
		false},
	NEXT,
	ERASE,
	ESCAPE,
	HELP,
};
static const struct binding end_keys[] = {
	{K_ACCEPT, "ENTER", TR("The answers are right"), TR("Taken down"),
		false},
	{K_CHOICES, "1-6", TR("Change this answer"), TR("Correct it"), false},
	BACK,
	HELP,
};
static const struct binding end_page_keys[] = {
	{K_ACCEPT, "ENTER", TR("The answers are right"), TR("Taken down"),
		false},
	{K_CHOICES, "1-6", TR("Change this answer"), TR("Correct it"), false},
	{'.', ".", TR("More answers"), TR("More answers"), false},
	BACK,
	HELP,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

static const struct survey_question *asked(const struct questions *q)
{
	return &q->survey->question[q->at];
}

static const struct binding *choice_bindings(const struct questions *q,
	size_t *count)
{
	const bool pages = questions_pages(q) > 1;

	if (asked(q)->required && pages)
		ROWS(choice_page_keys);
	if (asked(q)->required)
		ROWS(choice_must_keys);
	if (pages)
		ROWS(choice_keys);
	ROWS(choice_none_keys);
}

const struct binding *questions_bindings(const struct questions *q,
	size_t *count)
{
	if (q->step == QUESTIONS_END) {
		if (questions_pages(q) > 1)
			ROWS(end_page_keys);
		ROWS(end_keys);
	}
	switch (asked(q)->kind) {
	case SURVEY_ONE:
	case SURVEY_MANY:
		return choice_bindings(q, count);
	case SURVEY_TEXT:
		ROWS(text_keys);
	case SURVEY_INTEGER:
		ROWS(number_keys);
	case SURVEY_DATE:
		ROWS(day_keys);
	case SURVEY_BARCODE:
		ROWS(code_keys);
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		break;
	}
	ROWS(note_keys);
}
