#include "terminal/flows/setting.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"

#define YES_NO                                   \
	{                                        \
		{"yes", TR("switched on")},      \
		{                                \
			"no", TR("switched off") \
		}                                \
	}

#define LINE(number, where)                                                \
	{                                                                  \
		SETTING_RECEIPT, "receipt", number, SETTING_WORDS, where,  \
			TR("Of your own, on every receipt. Empty: none."), \
			TR("none"), 0, 0, true,                            \
		{                                                          \
			{                                                  \
				0                                          \
			}                                                  \
		}                                                          \
	}

static const struct setting rows[] = {
	{SETTING_PRINTER, "printer", "use", SETTING_PLAIN, TR("Which printer"),
		TR("usb, lp:/dev/usb/lp0, serial:…, tcp:ADDRESS; none: papers "
		   "are written by hand."),
		TR("what is plugged in"), 0, 0, false, {{0}}},
	{SETTING_PRINTER, "printer", "width", SETTING_CHOICE, TR("Paper width"),
		TR("The roll in the printer."), TR("as its model"), 0, 0, true,
		{{"58", TR("58 mm, small roll")},
			{"80", TR("80 mm, wide roll")}}},
	{SETTING_PRINTER, "printer", "dots", SETTING_NUMBER, TR("Dots across"),
		TR("Only for printers that print narrower than their paper."),
		TR("by the width"), 384, 576, true, {{0}}},
	{SETTING_PRINTER, "drawer", "pin", SETTING_CHOICE, TR("Cash drawer"),
		TR("Pin of the printer's socket that opens the drawer."),
		TR("there is none"), 0, 0, true,
		{{"0", TR("there is none")}, {"2", TR("pin 2")},
			{"5", TR("pin 5")}}},
	{SETTING_PRINTER, "drawer", "sensor", SETTING_CHOICE,
		TR("Drawer says open"), TR("The level that means open."),
		TR("it cannot say"), 0, 0, true,
		{{"none", TR("it cannot say")}, {"high", TR("high")},
			{"low", TR("low")}}},
	{SETTING_PRINTER, "drawer", "warn_s", SETTING_NUMBER,
		TR("Open drawer warns (seconds)"),
		TR("After so many seconds; 0: never."), "60", 0, 3600, true,
		{{0}}},
	{SETTING_PRINTER, "drawer", "on_ms", SETTING_NUMBER,
		TR("Drawer pulse (ms)"),
		TR("How long the drawer's magnet pulls."), "50", 2, 510, true,
		{{0}}},
	{SETTING_PRINTER, "drawer", "off_ms", SETTING_NUMBER,
		TR("Rest after it (ms)"),
		TR("Before the magnet may pull again."), "500", 2, 510, true,
		{{0}}},
	LINE("header_1", TR("Top line 1")),
	LINE("header_2", TR("Top line 2")),
	LINE("header_3", TR("Top line 3")),
	LINE("footer_1", TR("Last line 1")),
	LINE("footer_2", TR("Last line 2")),
	LINE("footer_3", TR("Last line 3")),
	{SETTING_RECEIPT, "receipt", "hotline", SETTING_WORDS,
		TR("Phone for questions"),
		TR("Stands at the end of every receipt."), TR("none"), 0, 0,
		true, {{0}}},
	{SETTING_SCANNER, "scanner", "suffix", SETTING_CHOICE,
		TR("A scan ends with"), TR("What the scanner sends last."),
		TR("found out"), 0, 0, false,
		{{"auto", TR("found out")}, {"cr", "CR"}, {"lf", "LF"},
			{"crlf", "CR LF"}, {"tab", "TAB"},
			{"none", TR("nothing")}}},
	{SETTING_SCANNER, "scanner", "prefix", SETTING_PLAIN,
		TR("A scan begins with"), TR("What the scanner sends first."),
		TR("nothing"), 0, 0, false, {{0}}},
	{SETTING_SCANNER, "scanner", "speed", SETTING_CHOICE,
		TR("Serial speed"), TR("Of a scanner on a serial line, baud."),
		"9600", 0, 0, false,
		{{"1200", NULL}, {"2400", NULL}, {"4800", NULL}, {"9600", NULL},
			{"19200", NULL}, {"38400", NULL}, {"57600", NULL},
			{"115200", NULL}}},
	{SETTING_SCANNER, "scanner", "parity", SETTING_CHOICE,
		TR("Serial parity"), TR("Of such a line; always 8 bits."),
		TR("no parity"), 0, 0, false,
		{{"none", TR("no parity")}, {"even", TR("even")},
			{"odd", TR("odd")}}},
	{SETTING_SCANNER, "scanner", "keyboard", SETTING_CHOICE,
		TR("Scanners that type"),
		TR("Told from people who type, by their speed."),
		TR("switched on"), 0, 0, false, YES_NO},
	{SETTING_SCANNER, "camera", "use", SETTING_PLAIN, TR("Which camera"),
		TR("auto, none, or a node as /dev/video0."), "auto", 0, 0,
		false, {{0}}},
	{SETTING_SCANNER, "camera", "rotate", SETTING_CHOICE,
		TR("Turn the picture"), TR("If the camera hangs askew."), "0",
		0, 0, false,
		{{"0", NULL}, {"90", "90°"}, {"180", "180°"}, {"270", "270°"}}},
	{SETTING_SCANNER, "camera", "mirror", SETTING_CHOICE,
		TR("Mirror the picture"),
		TR("Left and right change places on the screen."),
		TR("switched off"), 0, 0, false, YES_NO},
	{SETTING_SCREEN, "screen", "lang", SETTING_CHOICE,
		TR("Language at first"),
		TR("At the start; key * 8 changes it any time."), "Tiếng Việt",
		0, 0, false, {{"vi", "Tiếng Việt"}, {"en", "English"}}},
	{SETTING_SCREEN, "screen", "theme", SETTING_CHOICE, TR("Colours"),
		TR("High contrast is for bright light and weak eyes."),
		TR("by the terminal"), 0, 0, false,
		{{"mono", TR("without colours")}, {"8", TR("8 colours")},
			{"256", TR("256 colours")},
			{"contrast", TR("high contrast")}}},
	{SETTING_SCREEN, "screen", "lock_after", SETTING_NUMBER,
		TR("Locks after (seconds)"), TR("Seconds without a key."),
		"180", 30, 3600, true, {{0}}},
	{SETTING_SCREEN, "screen", "ascii", SETTING_CHOICE, TR("Plain letters"),
		TR("For terminals that cannot show Vietnamese."),
		TR("switched off"), 0, 0, false, YES_NO},
	{SETTING_SCREEN, "screen", "slow_line", SETTING_CHOICE, TR("Slow line"),
		TR("For a screen at the end of a serial line."),
		TR("switched off"), 0, 0, false, YES_NO},
	{SETTING_SCREEN, "screen", "lines", SETTING_CHOICE, TR("Line by line"),
		TR("For braille displays and serial consoles."),
		TR("switched off"), 0, 0, false, YES_NO},
	{SETTING_SCREEN, "screen", "sound", SETTING_CHOICE, TR("Beeps"),
		TR("One is fine, two are look, three are stop."),
		TR("switched on"), 0, 0, false, YES_NO},
	{SETTING_SCREEN, "screen", "lock_new_keyboard", SETTING_CHOICE,
		TR("New keyboard locks"),
		TR("Whoever plugs a keyboard in finds a locked screen."),
		TR("switched on"), 0, 0, false, YES_NO},
	{SETTING_CONSENT, "consent", "controller", SETTING_WORDS,
		TR("Data controller"),
		TR("Who answers for people's data: stands in the text that is "
		   "read out."),
		TR("not said yet"), 0, 0, true, {{0}}},
	{SETTING_CONSENT, "consent", "address", SETTING_WORDS,
		TR("Its address"), TR("Where people write to."),
		TR("not said yet"), 0, 0, true, {{0}}},
	{SETTING_CONSENT, "consent", "phone", SETTING_PLAIN, TR("Its phone"),
		TR("Whom people call."), TR("not said yet"), 0, 0, true, {{0}}},
	{SETTING_CONSENT, "consent", "keep", SETTING_WORDS, TR("Data are kept"),
		TR("How long, as \"10 năm\"."), TR("not said yet"), 0, 0, true,
		{{0}}},
	{SETTING_CONSENT, "consent", "processor", SETTING_WORDS,
		TR("Data processor"), TR("Who does the work for it."),
		TR("this point"), 0, 0, true, {{0}}},
	{SETTING_CONSENT, "consent", "withdraw_phone", SETTING_PLAIN,
		TR("Phone to withdraw"), TR("Where a consent is taken back."),
		TR("the phone above"), 0, 0, true, {{0}}},
	{SETTING_CONSENT, "consent", "withdraw_place", SETTING_WORDS,
		TR("Place to withdraw"), TR("Where a consent is taken back."),
		TR("the address above"), 0, 0, true, {{0}}},
	{SETTING_CONSENT, "consent", "months", SETTING_NUMBER,
		TR("A consent holds (months)"),
		TR("Months; 0: until it is taken back."), "0", 0, 240, true,
		{{0}}},
	{SETTING_REPORTS, "reports", "target", SETTING_NUMBER,
		TR("Target by account (%)"),
		TR("Percent of people: a line on the board; 0: none."), "0", 0,
		100, true, {{0}}},
	{SETTING_REPORTS, "reports", "before_day", SETTING_NUMBER,
		TR("Forms A, B before day"),
		TR("Of the next month, as the forms say."), "5", 1, 28, true,
		{{0}}},
	{SETTING_REPORTS, "payer", "name", SETTING_WORDS,
		TR("Who pays by account"),
		TR("Holder of the account that people are paid from."),
		TR("not said yet"), 0, 0, true, {{0}}},
	{SETTING_REPORTS, "payer", "bank", SETTING_PLAIN, TR("Payer's bank"),
		TR("Its code of six digits, as 970405."), TR("not said yet"), 0,
		0, true, {{0}}},
	{SETTING_REPORTS, "payer", "account", SETTING_PLAIN,
		TR("Payer's account"),
		TR("Its number; say the bank before it."), TR("not said yet"),
		0, 0, true, {{0}}},
	{SETTING_REPORTS, "centre", "proxy", SETTING_PLAIN,
		TR("Way to the centre"),
		TR("http://HOST:PORT of the network's proxy."),
		TR("straight to it"), 0, 0, false, {{0}}},
};

enum {
	ROWS = sizeof(rows) / sizeof(rows[0])
};

_Static_assert((int)ROWS <= (int)SETTING_MAX, "SETTING_MAX is too small");

const struct setting *setting_at(int i)
{
	return i >= 0 && i < ROWS ? &rows[i] : NULL;
}

int setting_count(void)
{
	return ROWS;
}

void setting_of(enum setting_group g, int *first, int *count)
{
	*first = 0;
	*count = 0;
	while (*first < ROWS && rows[*first].group != g)
		*first += 1;
	while (*first + *count < ROWS && rows[*first + *count].group == g)
		*count += 1;
}

const char *setting_group_title(enum setting_group g)
{
	static const char *const title[SETTING_GROUPS] = {
		[SETTING_PRINTER] = TR("PRINTER AND DRAWER"),
		[SETTING_RECEIPT] = TR("RECEIPT"),
		[SETTING_SCANNER] = TR("SCANNER AND CAMERA"),
		[SETTING_SCREEN] = TR("SCREEN"),
		[SETTING_CONSENT] = TR("WHO ANSWERS FOR DATA"),
		[SETTING_REPORTS] = TR("REPORTS, PAYER, CENTRE"),
	};

	return tr(title[g]);
}

int setting_choices(const struct setting *s)
{
	int n = 0;

	while (n < SETTING_CHOICES && s->choice[n].value)
		n++;
	return n;
}

/* Without the degree, years and the like there is nothing to translate. */
static const char *label_of(const struct setting *s, int i)
{
	return s->choice[i].label ? tr(s->choice[i].label) : s->choice[i].value;
}

const char *setting_value_text(const struct setting *s, const char *value,
	char out[SETTING_TEXT])
{
	if (!*value) {
		snprintf(out, SETTING_TEXT, "(%s)", tr(s->otherwise));
		return out;
	}
	for (int i = 0; i < setting_choices(s); i++)
		if (strcmp(s->choice[i].value, value) == 0)
			value = label_of(s, i);
	str_copy(out, SETTING_TEXT, value);
	return out;
}

void setting_range_text(const struct setting *s, char out[SETTING_TEXT])
{
	out[0] = '\0';
	if (s->kind == SETTING_NUMBER)
		snprintf(out, SETTING_TEXT, tr("A number from %lld to %lld."),
			(long long)s->least, (long long)s->most);
}
