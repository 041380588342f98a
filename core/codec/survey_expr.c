/* survey_expr.c - a condition's text to nodes; survey_eval.c asks them. */
#include "core/codec/survey_expr.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/codec/survey_internal.h"
#include "core/codec/survey_token.h"
#include "core/date.h"
#include "core/str.h"

struct parser {
	struct survey *s;
	int self;
	bool dot;
	struct survey_tokens in;
	int depth;
	struct survey_why *why;
};

/* What a part of the condition is, before anybody has answered. */
enum type {
	TYPE_BOOL,
	TYPE_NUMBER,
	TYPE_TEXT,
	TYPE_DAY,
	TYPE_CHOICES,
};

struct term {
	uint16_t node; /* + 1 */
	enum type type;
	int question;        /* it is the answer of this one; -1: it is not */
	const char *literal; /* it is this text; NULL: it is not */
};

static bool refuse(struct parser *p, enum survey_trouble trouble,
	const char *what)
{
	p->why->trouble = trouble;
	str_copy(p->why->what, sizeof(p->why->what), what);
	return false;
}

/* ---- tokens -------------------------------------------------------------- */

static bool at_sign(const struct parser *p, const char *sign)
{
	return p->in.kind == TOKEN_SIGN && strcmp(p->in.text, sign) == 0;
}

static bool syntax(struct parser *p)
{
	return refuse(p, SURVEY_EXPR_SYNTAX,
		p->in.kind == TOKEN_END ? "" : p->in.text);
}

static bool take_sign(struct parser *p, const char *sign)
{
	if (!at_sign(p, sign))
		return syntax(p);
	survey_token_next(&p->in);
	return true;
}

/* ---- nodes --------------------------------------------------------------- */

static bool add_node(struct parser *p, struct survey_node node, enum type type,
	struct term *out)
{
	if (p->s->nodes == SURVEY_MAX_NODES)
		return refuse(p, SURVEY_TOO_MANY, "");
	p->s->node[p->s->nodes] = node;
	*out = (struct term){.node = (uint16_t)++p->s->nodes,
		.type = type,
		.question = -1};
	return true;
}

static enum type type_of(enum survey_kind kind)
{
	switch (kind) {
	case SURVEY_INTEGER:
		return TYPE_NUMBER;
	case SURVEY_DATE:
		return TYPE_DAY;
	case SURVEY_MANY:
		return TYPE_CHOICES;
	case SURVEY_TEXT:
	case SURVEY_ONE:
	case SURVEY_BARCODE:
	case SURVEY_NOTE:
	case SURVEY_KINDS:
		break;
	}
	return TYPE_TEXT;
}

/* May the condition name this question? */
static bool may_name(struct parser *p, int i)
{
	if (i < 0)
		return refuse(p, SURVEY_EXPR_NAME, p->in.text);
	if (i >= p->self)
		return refuse(p, SURVEY_EXPR_LATER, p->in.text);
	return p->s->question[i].kind != SURVEY_NOTE ||
	       refuse(p, SURVEY_EXPR_NOTE, p->in.text);
}

/* The question of a ${name} or '.'; -1: refused. */
static int take_question(struct parser *p)
{
	const bool own = p->in.kind == TOKEN_DOT;
	const int i = own ? p->self : survey_find(p->s, p->in.text);

	if (own ? !p->dot && !refuse(p, SURVEY_EXPR_DOT, ".") : !may_name(p, i))
		return -1;
	survey_token_next(&p->in);
	return i;
}

static bool question(struct parser *p, struct term *out)
{
	const int i = take_question(p);

	if (i < 0 || !add_node(p,
			     (struct survey_node){.op = SURVEY_OP_QUESTION,
				     .number = i},
			     type_of(p->s->question[i].kind), out))
		return false;
	out->question = i;
	return true;
}

static bool text(struct parser *p, struct term *out)
{
	uint32_t at;

	if (!survey_pool_add(p->s, p->in.text, &at))
		return refuse(p, SURVEY_TOO_MANY, "");
	if (!add_node(p,
		    (struct survey_node){.op = SURVEY_OP_TEXT, .number = at},
		    TYPE_TEXT, out))
		return false;
	out->literal = survey_text(p->s, at);
	survey_token_next(&p->in);
	return true;
}

static bool number(struct parser *p, struct term *out)
{
	const int64_t n = p->in.number;

	survey_token_next(&p->in);
	return add_node(p,
		(struct survey_node){.op = SURVEY_OP_NUMBER, .number = n},
		TYPE_NUMBER, out);
}

/* ---- what goes together -------------------------------------------------- */

/* A text that is compared with the answer of a question with choices must be
 * one of them, or "". */
static bool is_choice(struct parser *p, const struct term *t, const char *name)
{
	const struct survey_question *q;

	if (t->question < 0)
		return true;
	q = &p->s->question[t->question];
	if (q->kind != SURVEY_ONE || !name[0] ||
		survey_choice_find(p->s, q->list, name) >= 0)
		return true;
	return refuse(p, SURVEY_EXPR_CHOICE, name);
}

static bool is_plain_number(const struct parser *p, const struct term *t)
{
	return p->s->node[t->node - 1].op == SURVEY_OP_NUMBER;
}

/* a is not, b may be a text that is written there. */
static bool equal_to_literal(struct parser *p, const struct term *a,
	const struct term *b, const char *op)
{
	if (a->type == TYPE_BOOL)
		return refuse(p, SURVEY_EXPR_TYPES, op);
	if (!b->literal[0])
		return true;
	if (a->type != TYPE_TEXT)
		return refuse(p, SURVEY_EXPR_TYPES, op);
	return is_choice(p, a, b->literal);
}

static bool may_equal(struct parser *p, const struct term *a,
	const struct term *b, const char *op)
{
	char digits[32];

	if (b->literal)
		return equal_to_literal(p, a, b, op);
	if (a->literal)
		return equal_to_literal(p, b, a, op);
	if (a->type == b->type)
		return a->type != TYPE_CHOICES ||
		       refuse(p, SURVEY_EXPR_TYPES, op);
	if ((a->type != TYPE_NUMBER && a->type != TYPE_TEXT) ||
		(b->type != TYPE_NUMBER && b->type != TYPE_TEXT))
		return refuse(p, SURVEY_EXPR_TYPES, op);
	if (a->type == TYPE_NUMBER)
		return may_equal(p, b, a, op);
	/* Choices may be called 1, 2, 3. */
	if (!is_plain_number(p, b))
		return true;
	snprintf(digits, sizeof(digits), "%" PRId64,
		p->s->node[b->node - 1].number);
	return is_choice(p, a, digits);
}

/* As a number: numbers, and answers that may be one. */
static bool is_number(const struct term *t)
{
	return t->type == TYPE_NUMBER || (t->type == TYPE_TEXT && !t->literal);
}

static bool may_be_less(struct parser *p, const struct term *a,
	const struct term *b, const char *op)
{
	return (a->type == TYPE_DAY && b->type == TYPE_DAY) ||
	       (is_number(a) && is_number(b)) ||
	       refuse(p, SURVEY_EXPR_TYPES, op);
}

static bool sum_type(struct parser *p, enum survey_op op, const char *name,
	const struct term *a, const struct term *b, enum type *out)
{
	const bool plus = op == SURVEY_OP_ADD;

	*out = TYPE_NUMBER;
	if (is_number(a) && is_number(b))
		return true;
	if (op == SURVEY_OP_SUB && a->type == TYPE_DAY && b->type == TYPE_DAY)
		return true;
	*out = TYPE_DAY;
	return (op != SURVEY_OP_MOD && a->type == TYPE_DAY && is_number(b)) ||
	       (plus && is_number(a) && b->type == TYPE_DAY) ||
	       refuse(p, SURVEY_EXPR_TYPES, name);
}

static bool both_bool(struct parser *p, const struct term *a,
	const struct term *b, const char *op)
{
	return (a->type == TYPE_BOOL && b->type == TYPE_BOOL) ||
	       refuse(p, SURVEY_EXPR_TYPES, op);
}

static bool check_pair(struct parser *p, enum survey_op op, const char *name,
	const struct term *a, const struct term *b, enum type *type)
{
	*type = TYPE_BOOL;
	switch (op) {
	case SURVEY_OP_OR:
	case SURVEY_OP_AND:
		return both_bool(p, a, b, name);
	case SURVEY_OP_EQ:
	case SURVEY_OP_NE:
		return may_equal(p, a, b, name);
	case SURVEY_OP_LT:
	case SURVEY_OP_LE:
	case SURVEY_OP_GT:
	case SURVEY_OP_GE:
		return may_be_less(p, a, b, name);
	default:
		return sum_type(p, op, name, a, b, type);
	}
}

/* ---- functions ----------------------------------------------------------- */

static bool binary(struct parser *p, int level, struct term *out);

static bool arguments(struct parser *p, const char *name)
{
	return refuse(p, SURVEY_EXPR_ARGUMENTS, name);
}

/* The question that a function asks about, which must have choices. */
static bool of_choices(struct parser *p, const char *name, bool many, int *out)
{
	enum survey_kind kind;

	if (p->in.kind != TOKEN_QUESTION && p->in.kind != TOKEN_DOT)
		return arguments(p, name);
	*out = take_question(p);
	if (*out < 0)
		return false;
	kind = p->s->question[*out].kind;
	return kind == SURVEY_MANY || (!many && kind == SURVEY_ONE) ||
	       arguments(p, name);
}

static bool selected(struct parser *p, const char *name, struct term *out)
{
	int q;
	int choice;

	if (!of_choices(p, name, false, &q) || !take_sign(p, ","))
		return false;
	if (p->in.kind != TOKEN_TEXT)
		return arguments(p, name);
	choice = survey_choice_find(p->s, p->s->question[q].list, p->in.text);
	if (choice < 0)
		return refuse(p, SURVEY_EXPR_CHOICE, p->in.text);
	survey_token_next(&p->in);
	return add_node(p,
		(struct survey_node){.op = SURVEY_OP_SELECTED,
			.a = (uint16_t)(q + 1),
			.number = choice},
		TYPE_BOOL, out);
}

static bool count_selected(struct parser *p, const char *name, struct term *out)
{
	int q;

	return of_choices(p, name, true, &q) &&
	       add_node(p,
		       (struct survey_node){.op = SURVEY_OP_COUNT_SELECTED,
			       .a = (uint16_t)(q + 1)},
		       TYPE_NUMBER, out);
}

static bool string_length(struct parser *p, const char *name, struct term *out)
{
	struct term of = {.node = 0};

	if (!binary(p, 0, &of))
		return false;
	if (of.type != TYPE_TEXT && of.type != TYPE_NUMBER)
		return arguments(p, name);
	return add_node(p,
		(struct survey_node){.op = SURVEY_OP_LENGTH, .a = of.node},
		TYPE_NUMBER, out);
}

static bool negation(struct parser *p, const char *name, struct term *out)
{
	struct term of = {.node = 0};

	if (!binary(p, 0, &of))
		return false;
	if (of.type != TYPE_BOOL)
		return arguments(p, name);
	return add_node(p,
		(struct survey_node){.op = SURVEY_OP_NOT, .a = of.node},
		TYPE_BOOL, out);
}

static bool constant(struct parser *p, const char *name, struct term *out)
{
	if (strcmp(name, "today") == 0)
		return add_node(p, (struct survey_node){.op = SURVEY_OP_TODAY},
			TYPE_DAY, out);
	return add_node(p,
		(struct survey_node){.op = SURVEY_OP_TRUE,
			.number = strcmp(name, "true") == 0},
		TYPE_BOOL, out);
}

static bool day(struct parser *p, const char *name, struct term *out)
{
	struct date d;

	if (p->in.kind != TOKEN_TEXT || strlen(p->in.text) != 10 ||
		p->in.text[4] != '-' || !date_parse(p->in.text, &d))
		return arguments(p, name);
	survey_token_next(&p->in);
	return add_node(p,
		(struct survey_node){.op = SURVEY_OP_DAY,
			.number = date_days(d)},
		TYPE_DAY, out);
}

static bool function(struct parser *p, struct term *out)
{
	static const struct {
		const char *name;
		bool (*read)(struct parser *p, const char *name,
			struct term *out);
	} known[] = {
		{"selected", selected},
		{"count-selected", count_selected},
		{"string-length", string_length},
		{"not", negation},
		{"true", constant},
		{"false", constant},
		{"today", constant},
		{"date", day},
	};
	char name[SURVEY_WHAT_SIZE];

	str_copy(name, sizeof(name), p->in.text);
	survey_token_next(&p->in);
	if (!at_sign(p, "("))
		return refuse(p, SURVEY_EXPR_SYNTAX, name);
	survey_token_next(&p->in);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(known[i].name, name) == 0)
			return known[i].read(p, known[i].name, out) &&
			       (at_sign(p, ")") || arguments(p, name)) &&
			       take_sign(p, ")");
	return refuse(p, SURVEY_EXPR_FUNCTION, name);
}

/* ---- the grammar --------------------------------------------------------- */

static bool in_brackets(struct parser *p, struct term *out)
{
	survey_token_next(&p->in);
	return binary(p, 0, out) && take_sign(p, ")");
}

static bool unary(struct parser *p, struct term *out);

static bool minus(struct parser *p, struct term *out)
{
	struct term of = {.node = 0};

	survey_token_next(&p->in);
	if (!unary(p, &of))
		return false;
	if (!is_number(&of))
		return refuse(p, SURVEY_EXPR_TYPES, "-");
	return add_node(p,
		(struct survey_node){.op = SURVEY_OP_NEGATE, .a = of.node},
		TYPE_NUMBER, out);
}

static bool primary(struct parser *p, struct term *out)
{
	switch (p->in.kind) {
	case TOKEN_NUMBER:
		return number(p, out);
	case TOKEN_TEXT:
		return text(p, out);
	case TOKEN_QUESTION:
	case TOKEN_DOT:
		return question(p, out);
	case TOKEN_NAME:
		return function(p, out);
	case TOKEN_SIGN:
		if (at_sign(p, "-"))
			return minus(p, out);
		if (at_sign(p, "("))
			return in_brackets(p, out);
		break;
	case TOKEN_END:
	case TOKEN_BAD:
		break;
	}
	return syntax(p);
}

static bool unary(struct parser *p, struct term *out)
{
	bool ok;

	if (p->depth == SURVEY_MAX_DEPTH)
		return refuse(p, SURVEY_EXPR_DEEP, "");
	p->depth++;
	ok = primary(p, out);
	p->depth--;
	return ok;
}

static const struct sign {
	const char *name;
	int level;
	enum survey_op op;
} operators[] = {
	{"or", 1, SURVEY_OP_OR},
	{"and", 2, SURVEY_OP_AND},
	{"=", 3, SURVEY_OP_EQ},
	{"!=", 3, SURVEY_OP_NE},
	{"<", 4, SURVEY_OP_LT},
	{"<=", 4, SURVEY_OP_LE},
	{">", 4, SURVEY_OP_GT},
	{">=", 4, SURVEY_OP_GE},
	{"+", 5, SURVEY_OP_ADD},
	{"-", 5, SURVEY_OP_SUB},
	{"mod", 6, SURVEY_OP_MOD},
};

/* The operator that stands here; NULL: none. */
static const struct sign *operator_at(const struct parser *p)
{
	if (p->in.kind != TOKEN_NAME && p->in.kind != TOKEN_SIGN)
		return NULL;
	for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
		if (strcmp(operators[i].name, p->in.text) == 0)
			return &operators[i];
	return NULL;
}

/* A part whose operators bind more tightly than level. */
static bool binary(struct parser *p, int level, struct term *out)
{
	const struct sign *o;

	if (!unary(p, out))
		return false;
	while ((o = operator_at(p)) != NULL && o->level > level) {
		struct survey_node node = {.op = (uint8_t)o->op};
		struct term b = {.node = 0};
		enum type type;

		survey_token_next(&p->in);
		if (!binary(p, o->level, &b) ||
			!check_pair(p, o->op, o->name, out, &b, &type))
			return false;
		node.a = out->node;
		node.b = b.node;
		if (!add_node(p, node, type, out))
			return false;
	}
	return true;
}

/* Something stands behind a whole condition. */
static bool leftover(struct parser *p)
{
	static const char *const others[] = {"div", "*", "|", "/", "!", "=="};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (strcmp(others[i], p->in.text) == 0 &&
			(p->in.kind == TOKEN_NAME || p->in.kind == TOKEN_SIGN))
			return refuse(p, SURVEY_EXPR_OPERATOR, p->in.text);
	return syntax(p);
}

static bool whole(struct parser *p, struct term *out)
{
	survey_token_next(&p->in);
	if (!binary(p, 0, out))
		return false;
	if (p->in.kind != TOKEN_END)
		return leftover(p);
	return out->type == TYPE_BOOL || refuse(p, SURVEY_EXPR_NO_BOOL, "");
}

bool survey_expr_read(struct survey *s, int self, bool dot, const char *text,
	uint16_t *top, struct survey_why *why)
{
	const int nodes = s->nodes;
	const uint32_t used = s->used;
	struct parser p = {.s = s,
		.self = self,
		.dot = dot,
		.in = {.at = text},
		.why = why};
	struct term all = {.node = 0};

	if (strlen(text) >= SURVEY_EXPR_SIZE) {
		refuse(&p, SURVEY_TOO_LONG, "");
		return false;
	}
	if (!whole(&p, &all)) {
		s->nodes = nodes;
		s->used = used;
		return false;
	}
	*top = all.node;
	return true;
}
