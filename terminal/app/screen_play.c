#include "terminal/app/screen_play.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"

enum exit_status screen_play_says(const struct screen_play *p, bool stopped)
{
	struct player_score score;

	player_score(p->player, &score);
	fprintf(stderr,
		tr("Played: %d events; %d answers as recorded, %d otherwise."),
		score.events, score.answers, score.otherwise);
	fputc('\n', stderr);
	if (stopped)
		fprintf(stderr, tr("Stopped by a key after line %d.\n"),
			player_line(p->player));
	if (score.otherwise > 0)
		fprintf(stderr,
			tr("The first in line %d: recorded \"%s\", now "
			   "\"%s\".\n"),
			score.first_line, score.recorded, score.now);
	return stopped || score.otherwise > 0 ? EXIT_REFUSED : EXIT_DONE;
}

static bool read_speed(struct screen_play *p)
{
	int64_t speed = 1;

	if (!p->text)
		speed = 1;
	else if (strcmp(p->text, "max") == 0)
		speed = 0;
	else if (!str_to_int(p->text, 1, 1000, &speed))
		return false;
	p->speed = (int)speed;
	return true;
}

/* Only into files: nobody is at the printer when a recording is played. */
static bool is_paper_harmless(const char *printer)
{
	return !printer || strcmp(printer, "none") == 0 ||
	       str_starts(printer, "file:");
}

static enum exit_status open_player(struct screen_play *p,
	const struct options *o)
{
	struct player_fault fault;
	char sentence[256];
	struct err err;

	if ((p->text && !p->replay) || !read_speed(p)) {
		fprintf(stderr, "%s\n",
			tr("--speed goes with --replay: a number from 1 to "
			   "1000, or max"));
		return EXIT_USAGE;
	}
	if (!p->replay)
		return EXIT_DONE;
	if (!is_paper_harmless(o->printer)) {
		fprintf(stderr, "%s\n",
			tr("While a recording is played, papers are files "
			   "only: --printer none or --printer file:DIR"));
		return EXIT_USAGE;
	}
	p->player = player_open(p->replay, &fault, &err);
	if (p->player)
		return EXIT_DONE;
	player_says(&fault, sentence, sizeof(sentence));
	if (fault.wrong != RECORDING_FINE) {
		fprintf(stderr, "%s\n", sentence);
		return EXIT_REFUSED;
	}
	fprintf(stderr, tr("The recording cannot be read.\n(%s)\n"), err.text);
	return EXIT_COULD_NOT;
}

static enum exit_status open_recorder(struct screen_play *p)
{
	struct err err;

	if (!p->record)
		return EXIT_DONE;
	p->recorder = recorder_open(p->record, &err);
	if (p->recorder)
		return EXIT_DONE;
	if (err.code == ERR_BUSY)
		fprintf(stderr, "%s\n",
			tr("That file is there already: a recording is not "
			   "written over another file."));
	else
		fprintf(stderr, tr("The recording cannot be made.\n(%s)\n"),
			err.text);
	return EXIT_COULD_NOT;
}

void screen_play_refuses(void)
{
	fprintf(stderr, "%s\n",
		tr("A recording is played in a demo or in training only: in "
		   "this store people are really paid."));
}

enum exit_status screen_play_open(struct screen_play *p,
	const struct options *o)
{
	const enum exit_status status = open_player(p, o);

	return status == EXIT_DONE ? open_recorder(p) : status;
}

enum exit_status screen_play_close(struct screen_play *p,
	enum exit_status status)
{
	struct err err;

	player_close(p->player);
	if (recorder_close(p->recorder, &err))
		return status;
	fprintf(stderr,
		tr("The recording ends early: it could not be written.\n"
		   "(%s)\n"),
		err.text);
	return status == EXIT_DONE ? EXIT_COULD_NOT : status;
}
