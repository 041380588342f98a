/*
 * payee_keys.h - keys of the questions that several flows ask about who comes
 * for somebody: how they are related, until when his paper is good.
 *
 * The digits of relations are those of enum payee_relation. Pure; any thread.
 */
#ifndef FLOWS_PAYEE_KEYS_H
#define FLOWS_PAYEE_KEYS_H

#include "terminal/flows/flow.h"

const struct binding *payee_relation_keys(size_t *count);
const struct binding *payee_until_keys(size_t *count);

#endif
