/* lookup.h - a look-up that finds nothing has not failed. */
#ifndef CORE_LOOKUP_H
#define CORE_LOOKUP_H

enum lookup {
	LOOKUP_FAILED = -1, /* *err says why */
	LOOKUP_ABSENT = 0,
	LOOKUP_FOUND = 1,
};

#endif
