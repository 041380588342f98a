/*
 * Every setting of chitra.ini: a supervisor changes it at the screen, or the
 * page for technicians says why not; and each row of the screen is a setting.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "terminal/app/config.h"
#include "terminal/flows/setting.h"

static char page[65536];

static int setup(void **state)
{
	FILE *f = fopen("terminal/SETTINGS.md", "r");
	size_t n;

	(void)state;
	assert_non_null(f);
	n = fread(page, 1, sizeof(page) - 1, f);
	fclose(f);
	assert_in_range(n, 1000, sizeof(page) - 2);
	page[n] = '\0';
	return 0;
}

static bool on_screen(const char *section, const char *key)
{
	for (int i = 0; i < setting_count(); i++)
		if (strcmp(setting_at(i)->section, section) == 0 &&
			strcmp(setting_at(i)->key, key) == 0)
			return true;
	return false;
}

/* Under "Not on the screen", in a line of the list. */
static bool left_out(const char *section, const char *key)
{
	const char *from = strstr(page, "\n## Not on the screen\n");
	const char *until;
	const char *found;
	char name[2 * CONFIG_NAME_SIZE + 4];

	assert_non_null(from);
	until = strstr(from + 1, "\n## ");
	assert_non_null(until);
	snprintf(name, sizeof(name), "`%s.%s`", section, key);
	found = strstr(from, name);
	return found && found < until;
}

static void each_is_on_the_screen_or_it_is_said_why_not(void **state)
{
	const char *section;
	const char *key;
	int i;

	(void)state;
	for (i = 0; config_key(i, &section, &key); i++)
		if (on_screen(section, key) == left_out(section, key))
			fail_msg("%s.%s: on the screen %d, left out %d",
				section, key, on_screen(section, key),
				left_out(section, key));
	assert_in_range(i, setting_count(), 64);
}

static void each_row_of_the_screen_is_a_setting(void **state)
{
	(void)state;
	for (int i = 0; i < setting_count(); i++) {
		const struct setting *at = setting_at(i);
		const char *section;
		const char *key;
		bool found = false;

		for (int k = 0; !found && config_key(k, &section, &key); k++)
			found = strcmp(section, at->section) == 0 &&
				strcmp(key, at->key) == 0;
		if (!found)
			fail_msg("%s.%s is no setting", at->section, at->key);
	}
}

/* What a row offers is taken by the file as it is written. */
static void each_choice_is_taken(void **state)
{
	static struct config c;
	struct config_fault fault;
	char text[256];

	(void)state;
	for (int i = 0; i < setting_count(); i++) {
		const struct setting *at = setting_at(i);

		for (int k = 0; k < setting_choices(at); k++) {
			snprintf(text, sizeof(text), "[%s]\n%s = %s\n",
				at->section, at->key, at->choice[k].value);
			config_init(&c);
			if (!config_parse(text, strlen(text), &c, &fault))
				fail_msg("refused: %s", text);
		}
		if (at->kind != SETTING_NUMBER)
			continue;
		for (int k = 0; k < 4; k++) {
			const int64_t n = k < 2 ? at->least - (k == 1)
						: at->most + (k == 3);

			snprintf(text, sizeof(text), "[%s]\n%s = %lld\n",
				at->section, at->key, (long long)n);
			config_init(&c);
			if (config_parse(text, strlen(text), &c, &fault) !=
				(k % 2 == 0))
				fail_msg("at the edge: %s", text);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_is_on_the_screen_or_it_is_said_why_not),
		cmocka_unit_test(each_row_of_the_screen_is_a_setting),
		cmocka_unit_test(each_choice_is_taken),
	};

	return cmocka_run_group_tests_name("settings_doc", tests, setup, NULL);
}
