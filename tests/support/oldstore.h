/*
 * oldstore.h - a store of the first schema, made of one of today's.
 *
 * The book and what belongs to it are taken over row by row; tables that came
 * later are left out, so that the next start has to bring the schema up to
 * date (db/migrate.c).
 */
#ifndef TESTS_SUPPORT_OLDSTORE_H
#define TESTS_SUPPORT_OLDSTORE_H

/* dir holds a store that is not open. Ends the program if it cannot. */
void oldstore_from(const char *dir);

#endif
