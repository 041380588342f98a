/*
 * oldstore.h - a store of an older schema, made of one of today's.
 *
 * The book and what belongs to it are taken over row by row; tables that came
 * later are left out, so that the next start has to bring the schema up to
 * date (db/migrate.c). What is sealed today is left out, too: the people, and
 * who came for them.
 */
#ifndef TESTS_SUPPORT_OLDSTORE_H
#define TESTS_SUPPORT_OLDSTORE_H

/* dir holds a store that is not open; version: the last file of db/schema/
 * it knows. Ends the program if it cannot. */
void oldstore_from(const char *dir, int version);

#endif
