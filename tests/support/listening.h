/*
 * listening.h - does anybody listen at a socket of this machine? Its name is
 * there a moment before, and who calls then is refused.
 *
 * Used by tests that start a server: test_tpm.c, pgserver.c. Never blocks.
 */
#ifndef SUPPORT_LISTENING_H
#define SUPPORT_LISTENING_H

#include <stdbool.h>

/* path: absolute, as the server named it. */
bool listening_at(const char *path);

#endif
