#include "terminal/flows/err_text.h"

#include "core/tr.h"

static const char *reading(enum err_code code)
{
	switch (code) {
	case ERR_NONE:
		return "";
	case ERR_INVALID:
		return tr("This cannot be used as it is. Check what was given "
			  "and try again.");
	case ERR_BUSY:
		return tr("Another program is using the book. Close it, then "
			  "try again.");
	case ERR_TIMEOUT:
		return tr("There was no answer in time. Try again.");
	case ERR_GONE:
		return tr("It is not there. Check the folder and the device, "
			  "then try again.");
	case ERR_DENIED:
		return tr("This user of the machine may not open the book, "
			  "or the disk is read-only. Call the technician.");
	case ERR_FULL:
		return tr("The disk is full. Free some space before going "
			  "on.");
	case ERR_IO:
		return tr("The disk could not be read. Stop paying and call "
			  "the technician.");
	case ERR_CORRUPT:
		return tr("The book is damaged. Stop paying, switch nothing "
			  "off and call the technician.");
	case ERR_NO_MEMORY:
		return tr("The machine is out of memory. Close other "
			  "programs, then try again.");
	}
	return "";
}

static const char *writing(enum err_code code)
{
	switch (code) {
	case ERR_FULL:
		return tr("The disk is full: it may not have been recorded. "
			  "Free some space, then look again.");
	case ERR_IO:
	case ERR_TIMEOUT:
	case ERR_GONE:
		return tr("The disk failed while recording. Move no money "
			  "before the screen says what was recorded.");
	case ERR_DENIED:
		return tr("The book may not be written to. Move no money "
			  "before the screen says what was recorded, and call "
			  "the technician.");
	case ERR_NONE:
	case ERR_INVALID:
	case ERR_BUSY:
	case ERR_CORRUPT:
	case ERR_NO_MEMORY:
		break;
	}
	return reading(code);
}

static const char *printing(enum err_code code)
{
	switch (code) {
	case ERR_NONE:
		return "";
	case ERR_BUSY:
		return tr("Another program holds the printer. Close it, then "
			  "print again.");
	case ERR_TIMEOUT:
		return tr("The printer takes no data: see to paper and cover, "
			  "then print again.");
	case ERR_GONE:
		return tr("The printer is not connected: see to cable and "
			  "power, then print again.");
	case ERR_DENIED:
		return tr("This program may not use the printer. Call the "
			  "technician; write the receipt by hand meanwhile.");
	case ERR_INVALID:
		return tr("This receipt cannot be printed. Write it by hand "
			  "and call the technician.");
	case ERR_FULL:
	case ERR_IO:
	case ERR_CORRUPT:
	case ERR_NO_MEMORY:
		break;
	}
	return tr("The printer failed. Switch it off and on, then print "
		  "again.");
}

const char *err_text(enum err_code code, enum err_situation situation)
{
	switch (situation) {
	case ERR_WHILE_READING:
		return reading(code);
	case ERR_WHILE_WRITING:
		return writing(code);
	case ERR_WHILE_PRINTING:
		return printing(code);
	case ERR_SITUATION_COUNT:
		break;
	}
	return "";
}
