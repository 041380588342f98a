#include "terminal/ui/agree_view.h"

#include <stdio.h>

#include "core/codec/viet.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/parts.h"

enum {
	NAME_COLS = 36,
	ID_COLS = 14,
	DATE_COLS = 12,
	YES_COLS = 6
};

/* "Vietnamese" in that language itself, else its letters. */
static const char *language(const char *lang)
{
	static const struct {
		const char *lang;
		const char *name;
	} names[] = {
		{"vi", "Tiếng Việt"},
		{"en", "English"},
		{"tyz", "Tiếng Tày"},
		{"nut", "Tiếng Nùng"},
		{"hmn", "Tiếng H'Mông"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_starts(lang, names[i].lang))
			return names[i].name;
	return lang;
}

static const char *day_text(int32_t day, char out[DATE_TEXT_SIZE])
{
	struct date d = {0};

	if (day == 0 || !date_make(day / 10000, day / 100 % 100, day % 100, &d))
		out[0] = '\0';
	else
		date_vi(d, out);
	return out;
}

/* What was said of each purpose, one a line; the marks of one width. */
static void purposes(struct sheet *s, unsigned asked, unsigned yes,
	const char *mark_yes, const char *mark_no)
{
	const int left = utf8_columns(mark_yes);
	const int right = utf8_columns(mark_no);
	char mark[64];

	for (int i = 0; i < CONSENT_PURPOSES; i++) {
		const bool is_yes = yes & 1U << i;

		if (!(asked & 1U << i) || !viet_pad(is_yes ? mark_yes : mark_no,
						  left > right ? left : right,
						  mark, sizeof(mark)))
			continue;
		sheet_print(s, RANK_MUST, is_yes ? STYLE_MAIN : STYLE_NORMAL,
			"%s %s", mark, agree_purpose_text(i));
	}
}

static void state_of(struct sheet *s, const struct agree *a)
{
	const struct consent_state *now = &a->state;
	struct states at = sheet_states(s);
	char day[DATE_TEXT_SIZE];

	sheet_state(s, &at,
		now->standing == CONSENT_GIVEN ? STYLE_STATE : STYLE_TITLE,
		agree_standing_text(now->standing));
	parts_fact(s, RANK_USEFUL, tr("Since"), day_text(now->day, day));
	parts_fact(s, RANK_USEFUL, tr("Holds until"),
		day_text(now->until, day));
	if (now->standing == CONSENT_GIVEN)
		purposes(s, now->asked, now->yes, tr("[YES]"), tr("[NO]"));
}

static void body_state(struct sheet *s, const struct frame_info *info,
	const struct agree *a, const struct frame *f)
{
	parts_name(s, a->person_name);
	state_of(s, a);
	sheet_space(s);
	parts_choices_for(s, info, f->binding, f->bindings);
	sheet_space(s);
	sheet_sign(s, RANK_NICE, SIGN_NOTE,
		tr("Whatever he answers, cash is paid as before."));
}

static void body_lang(struct sheet *s, const struct agree *a)
{
	parts_name(s, a->person_name);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("In which language shall it be read?"));
	sheet_space(s);
	for (int i = 0; i < a->langs.count; i++)
		sheet_print(s, RANK_MUST, STYLE_NORMAL, "%d  %s", i + 1,
			language(a->langs.lang[i]));
}

/* What is read next, as far as there is room; but nothing is said twice. */
static void read_ahead(struct sheet *s, const struct agree *a)
{
	const int last = a->parts < a->at_part + 4 ? a->parts : a->at_part + 4;
	char text[READOUT_TEXT_MAX];

	if (s->spoken)
		return;
	for (int i = a->at_part + 1; i < last; i++) {
		const struct agree_part *p = &a->part[i];

		if (p->head != a->part[i - 1].head) {
			snprintf(text, sizeof(text), "%.*s", (int)p->head_len,
				a->text + p->head);
			sheet_text(s, RANK_NICE, STYLE_DIM, text);
		}
		snprintf(text, sizeof(text), "%.*s", (int)p->len,
			a->text + p->from);
		sheet_text(s, RANK_NICE, STYLE_DIM, text);
	}
}

/* Some sentences, under their heading, and how far it is. */
static void body_text(struct sheet *s, const struct frame_info *info,
	const struct agree *a, const struct frame *f)
{
	const struct agree_part *p = &a->part[a->at_part];
	char text[READOUT_TEXT_MAX];

	snprintf(text, sizeof(text), "%.*s", (int)p->head_len,
		a->text + p->head);
	sheet_text(s, RANK_MUST, STYLE_TITLE, text);
	sheet_space(s);
	snprintf(text, sizeof(text), "%.*s", (int)p->len, a->text + p->from);
	sheet_text(s, RANK_MUST, STYLE_MAIN, text);
	sheet_space(s);
	if (a->step == AGREE_END) {
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			tr("This is the end. Did he hear all of it?"));
		parts_choices_for(s, info, f->binding, f->bindings);
	} else {
		sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("Part %d of %d"),
			a->at_part + 1, a->parts);
		sheet_space(s);
		read_ahead(s, a);
	}
}

static void body_purpose(struct sheet *s, const struct frame_info *info,
	const struct agree *a, const struct frame *f)
{
	sheet_print(s, RANK_USEFUL, STYLE_DIM, tr("Question %d of %d"),
		a->at + 1, CONSENT_PURPOSES);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_MAIN, a->purpose[a->at]);
	sheet_space(s);
	sheet_text(s, RANK_NICE, STYLE_NORMAL,
		tr("Ask him, and press what he answers."));
	parts_choices_for(s, info, f->binding, f->bindings);
	if (a->asked & 1U << a->at)
		sheet_print(s, RANK_NICE, STYLE_DIM, tr("He said before: %s"),
			a->yes & 1U << a->at ? tr("[YES]") : tr("[NO]"));
}

static void body_left(struct sheet *s, const struct frame_info *info,
	const struct agree *a, const struct frame *f)
{
	parts_name(s, a->person_name);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, tr("He agreed to this:"));
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_MAIN, agree_purpose_text(a->at));
	sheet_space(s);
	parts_choices_for(s, info, f->binding, f->bindings);
}

static void question(struct sheet *s, const struct frame_info *info,
	const struct agree *a, const struct frame *f, const char *asks)
{
	parts_name(s, a->person_name);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, asks);
	sheet_space(s);
	parts_choices_for(s, info, f->binding, f->bindings);
}

/* ---- what is typed ------------------------------------------------------- */

static void field(struct sheet *s, const struct agree *a, const char *label,
	int width)
{
	char text[ENTRY_SIZE * 3];

	if (a->typed.kind == ENTRY_TEXT)
		parts_typed(s, label, &a->typed, width, true);
	else
		sheet_field(s, label,
			entry_shown(&a->typed, text, sizeof(text)), width,
			true);
}

static void body_party(struct sheet *s, const struct agree *a)
{
	parts_fact(s, RANK_USEFUL, tr("Speaks for him"),
		agree_by_text(a->party.by));
	if (a->step != AGREE_NAME)
		parts_fact(s, RANK_USEFUL, tr("Name"), a->party.name);
	sheet_space(s);
	switch (a->step) {
	case AGREE_NAME:
		field(s, a, tr("Name:"), NAME_COLS);
		break;
	case AGREE_ID:
		field(s, a, tr("ID number:"), ID_COLS);
		break;
	case AGREE_PAPER:
		field(s, a, tr("Paper:"), NAME_COLS);
		break;
	default:
		field(s, a, tr("Good until:"), DATE_COLS);
	}
	sheet_space(s);
	if (a->step == AGREE_UNTIL)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("Leave it empty if the paper says no day."));
	else if (a->step == AGREE_PAPER &&
		 a->party.by != CONSENT_BY_AUTHORISED && a->party.id[0])
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("Leave it empty if there is none."));
}

static void body_witness(struct sheet *s, const struct agree *a)
{
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Witness of the thumbprint: scan the card, or type it"));
	if (a->step == AGREE_WITNESS_ID)
		parts_fact(s, RANK_USEFUL, tr("Name"), a->proof.witness_name);
	sheet_space(s);
	if (a->step == AGREE_WITNESS)
		field(s, a, tr("Name:"), NAME_COLS);
	else
		field(s, a, tr("ID number:"), ID_COLS);
}

static void body_words(struct sheet *s, const struct agree *a)
{
	parts_fact(s, RANK_USEFUL, tr("He wants"),
		agree_request_text(a->request));
	sheet_space(s);
	field(s, a, tr("Words:"), NAME_COLS);
	sheet_space(s);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
		tr("Leave it empty if there is nothing to add."));
}

static void body_yes(struct sheet *s, const struct agree *a)
{
	sheet_text(s, RANK_MUST, STYLE_MAIN,
		tr("Hand the terminal over: whoever agrees types CÓ and "
		   "presses ENTER."));
	sheet_space(s);
	field(s, a, tr("Answer:"), YES_COLS);
}

/* ---- the summary --------------------------------------------------------- */

static void speaker(struct sheet *s, const struct agree *a)
{
	char text[2 * VIET_NAME_SIZE];

	if (a->party.by == CONSENT_BY_SELF) {
		parts_fact(s, RANK_USEFUL, tr("Answers"),
			agree_by_text(a->party.by));
		return;
	}
	snprintf(text, sizeof(text), "%s, %s", a->party.name,
		agree_by_text(a->party.by));
	parts_fact(s, RANK_MUST, tr("Answers"), text);
}

static void body_sure(struct sheet *s, const struct agree *a)
{
	static const char *const banner[] = {
		[AGREE_GIVE] = TR("RECORD THIS CONSENT?"),
		[AGREE_REFUSE] = TR("RECORD THAT HE REFUSES?"),
		[AGREE_WITHDRAW] = TR("RECORD WHAT HE TAKES BACK?"),
		[AGREE_ASK] = TR("RECORD HIS REQUEST?"),
	};

	parts_banner(s, tr(banner[a->task]));
	parts_name(s, a->person_name);
	if (a->task == AGREE_ASK) {
		parts_fact(s, RANK_MUST, tr("He wants"),
			agree_request_text(a->request));
		parts_fact(s, RANK_USEFUL, tr("In his words"), a->words);
		return;
	}
	speaker(s, a);
	if (a->task == AGREE_REFUSE) {
		parts_fact(s, RANK_MUST, tr("Reason"),
			agree_reason_text(a->reason));
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("Cash is paid to him as before."));
		return;
	}
	if (a->task == AGREE_WITHDRAW) {
		purposes(s, a->state.yes, a->yes, tr("[KEEPS]"),
			tr("[TAKES BACK]"));
		parts_fact(s, RANK_USEFUL, tr("Told"),
			agree_channel_text(a->channel));
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("What is taken back ends now. What was done before "
			   "stays."));
		return;
	}
	purposes(s, CONSENT_ALL, a->yes, tr("[YES]"), tr("[NO]"));
	parts_fact(s, RANK_USEFUL, tr("By"), agree_how_text(a->proof.how));
	parts_fact(s, RANK_USEFUL, tr("Witness"), a->proof.witness_name);
}

/* In the book, whatever becomes of the paper. */
static void body_noted(struct sheet *s, const struct agree *a)
{
	struct states at;
	struct notice state;
	struct notice cure;

	parts_name(s, a->person_name);
	sheet_print(s, RANK_MUST, STYLE_MAIN, tr("In the book: number %llu"),
		(unsigned long long)a->noted.seq);
	parts_fact(s, RANK_MUST, tr("Slip code"), a->noted.code);
	sheet_space(s);
	if (a->step == AGREE_PRINTING) {
		parts_waiting(s, tr("Its slip is being printed..."));
		return;
	}
	agree_paper_text(a, &state, &cure);
	at = sheet_states(s);
	sheet_state(s, &at,
		state.level == NOTICE_WARN ? STYLE_WARNING : STYLE_TITLE,
		state.text);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, cure.text);
}

static const char *asks(enum agree_step step)
{
	switch (step) {
	case AGREE_WHO:
		return tr("Who answers?");
	case AGREE_RELATION:
		return tr("What is he to the person?");
	case AGREE_HOW:
		return tr("How does he confirm it?");
	case AGREE_COPY:
		return tr("Does he want the whole text on paper?");
	case AGREE_REASON:
		return tr("Why does he refuse? He need not say.");
	case AGREE_ASKS:
		return tr("What does he want done with his data?");
	default:
		return tr("How did he let you know?");
	}
}

static bool has_choices(enum agree_step step)
{
	switch (step) {
	case AGREE_STATE:
	case AGREE_END:
	case AGREE_PURPOSE:
	case AGREE_LEFT:
	case AGREE_WHO:
	case AGREE_RELATION:
	case AGREE_HOW:
	case AGREE_COPY:
	case AGREE_REASON:
	case AGREE_CHANNEL:
	case AGREE_ASKS:
		return true;
	default:
		return false;
	}
}

static void body(struct sheet *s, const struct frame_info *info,
	const struct agree *a, const struct frame *f)
{
	switch (a->step) {
	case AGREE_LOADING:
	case AGREE_FETCHING:
		parts_name(s, a->person_name);
		parts_waiting(s, tr("Looking it up..."));
		break;
	case AGREE_STATE:
		body_state(s, info, a, f);
		break;
	case AGREE_LANG:
		body_lang(s, a);
		break;
	case AGREE_TEXT:
	case AGREE_END:
		body_text(s, info, a, f);
		break;
	case AGREE_PURPOSE:
		body_purpose(s, info, a, f);
		break;
	case AGREE_LEFT:
		body_left(s, info, a, f);
		break;
	case AGREE_NAME:
	case AGREE_ID:
	case AGREE_PAPER:
	case AGREE_UNTIL:
		body_party(s, a);
		break;
	case AGREE_WITNESS:
	case AGREE_WITNESS_ID:
		body_witness(s, a);
		break;
	case AGREE_WORDS:
		body_words(s, a);
		break;
	case AGREE_YES:
		body_yes(s, a);
		break;
	case AGREE_WHO:
	case AGREE_RELATION:
	case AGREE_HOW:
	case AGREE_COPY:
	case AGREE_REASON:
	case AGREE_CHANNEL:
	case AGREE_ASKS:
		question(s, info, a, f, asks(a->step));
		break;
	case AGREE_SURE:
		body_sure(s, a);
		break;
	case AGREE_WRITING:
		parts_name(s, a->person_name);
		parts_waiting(s, tr("Writing it into the book..."));
		break;
	case AGREE_PRINTING:
	case AGREE_DONE:
		body_noted(s, a);
		break;
	case AGREE_STEP_COUNT:
		break;
	}
}

void agree_view(const struct agree *agree, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("CONSENT"),
		.notice = &agree->notice,
		.choices_in_body = has_choices(agree->step)};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = agree_bindings(agree, &frame.bindings);
	body(&s, info, agree, &frame);
	frame_show(c, info, &frame, &s);
}
