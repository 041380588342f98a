#include "terminal/flows/survey_text.h"

#include "core/tr.h"

const char *survey_trouble_text(enum survey_trouble t)
{
	static const char *const text[SURVEY_TROUBLES] = {
		[SURVEY_TROUBLE_NONE] = TR("Nothing is wrong here."),
		[SURVEY_NO_SHEET] =
			TR("This sheet is missing. A form needs the sheets "
			   "survey and settings, and choices for questions "
			   "with choices."),
		[SURVEY_NO_COLUMN] =
			TR("This column is missing. Add it to the header."),
		[SURVEY_TWO_COLUMNS] = TR("Two columns mean the same. Take one "
					  "out."),
		[SURVEY_BAD_COLUMN] =
			TR("This column is not supported, and something stands "
			   "in it. Check its name, or empty it."),
		[SURVEY_MISSING] = TR("Something must stand in this cell."),
		[SURVEY_TOO_LONG] = TR("This text is too long. Shorten it."),
		[SURVEY_BAD_TEXT] =
			TR("This text holds broken or hidden characters. Type "
			   "it anew."),
		[SURVEY_BAD_NAME] =
			TR("This is no name: letters without marks, digits, _ "
			   "- and . only; a question begins with a letter."),
		[SURVEY_SAME_NAME] = TR("This name is there twice. Choose "
					"another one."),
		[SURVEY_BAD_KIND] =
			TR("This type is not supported. There are: text, "
			   "integer, date, select_one, select_multiple, note, "
			   "barcode."),
		[SURVEY_BAD_GROUP] =
			TR("Groups and repeats are not supported. Let the "
			   "questions stand one below the other."),
		[SURVEY_BAD_OTHER] =
			TR("or_other is not supported. Add a choice for it and "
			   "a question of type text."),
		[SURVEY_BAD_LIST] = TR("The sheet choices has no such list."),
		[SURVEY_BAD_YES_NO] = TR("Only yes or no may stand here."),
		[SURVEY_BAD_INSERT] =
			TR("Answers inside a text (${name}) are not "
			   "supported."),
		[SURVEY_NOTE_ASKS] =
			TR("A note is only read: it cannot be required and has "
			   "no constraint."),
		[SURVEY_TOO_MANY] =
			TR("There are too many: at most 200 questions, 500 "
			   "choices, 60 in a list, one row of settings."),
		[SURVEY_NO_QUESTIONS] = TR("There is no question."),
		[SURVEY_SAME_VERSION] =
			TR("A form of this version was used with other words. "
			   "Give it a new version."),
		[SURVEY_EXPR_SYNTAX] = TR("This condition cannot be read from "
					  "there on."),
		[SURVEY_EXPR_NAME] = TR("The condition names a question that "
					"does not exist."),
		[SURVEY_EXPR_LATER] =
			TR("The condition names a question that is asked only "
			   "later, or this one; that is written as a dot."),
		[SURVEY_EXPR_NOTE] = TR("The condition names a note, which has "
					"no answer."),
		[SURVEY_EXPR_DOT] = TR("A dot may stand in constraint only."),
		[SURVEY_EXPR_FUNCTION] =
			TR("This function is not supported. There are: "
			   "selected, count-selected, string-length, not, "
			   "true, "
			   "false, today, date."),
		[SURVEY_EXPR_OPERATOR] =
			TR("This operator is not supported. There are: or and "
			   "= != < <= > >= + - mod."),
		[SURVEY_EXPR_TYPES] = TR("These two cannot be compared or "
					 "reckoned with each other."),
		[SURVEY_EXPR_CHOICE] = TR("The question has no such choice."),
		[SURVEY_EXPR_ARGUMENTS] = TR("This function is asked about "
					     "something else than it can be."),
		[SURVEY_EXPR_DEEP] = TR("The condition has too many brackets "
					"inside of each other."),
		[SURVEY_EXPR_NO_BOOL] =
			TR("The condition is neither true nor false: something "
			   "must be compared."),
	};

	return tr(text[t]);
}

const char *survey_why_text(enum survey_answer_why why)
{
	switch (why) {
	case SURVEY_NO_NUMBER:
		return tr("This is no whole number of up to nine digits.");
	case SURVEY_NO_DAY:
		return tr("This is no day. Type day, month and year: "
			  "05122026.");
	case SURVEY_NO_TEXT:
		return tr("This answer has characters that cannot be kept. "
			  "Type it anew.");
	case SURVEY_REQUIRED:
		return tr("This question needs an answer.");
	case SURVEY_REFUSED:
		return tr("This answer cannot be. Ask again.");
	case SURVEY_FULL:
		return tr("All answers together are too long. Make this one "
			  "shorter.");
	case SURVEY_NOT_ASKED:
		return tr("This question is not asked now.");
	case SURVEY_NO_CHOICE:
	case SURVEY_FINE:
	case SURVEY_WHY_COUNT:
		break;
	}
	return tr("This answer is none of the choices.");
}
