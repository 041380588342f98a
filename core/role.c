#include "core/role.h"

enum {
	AGENT = 1 << ROLE_AGENT,
	STAFF = 1 << ROLE_STAFF,
	SUPERVISOR = 1 << ROLE_SUPERVISOR
};

static const unsigned allowed[ACT_COUNT] = {
	[ACT_DRAWER] = AGENT,
	[ACT_STAND_IN] = AGENT | SUPERVISOR,
	[ACT_PAY] = AGENT,
	[ACT_REPRINT] = AGENT | SUPERVISOR,
	[ACT_NOT_PAID] = AGENT | STAFF | SUPERVISOR,
	[ACT_TAKE_BACK] = SUPERVISOR,
	[ACT_EXPORT] = AGENT | SUPERVISOR,
	[ACT_BACKUP] = SUPERVISOR,
	[ACT_CLOCK] = SUPERVISOR,
	[ACT_SWEAR] = SUPERVISOR,
	[ACT_IMPORT] = AGENT | SUPERVISOR,
	[ACT_APPROVE] = SUPERVISOR,
	[ACT_ERASE] = SUPERVISOR,
	[ACT_ADD_USER] = SUPERVISOR,
	[ACT_UNLOCK] = SUPERVISOR,
	[ACT_REVOKE] = SUPERVISOR,
	[ACT_LIMIT] = SUPERVISOR,
	[ACT_OFFICE_KEY] = SUPERVISOR,
};

bool role_may(enum role role, enum role_act act)
{
	return (allowed[act] & 1U << role) != 0;
}

unsigned role_who(enum role_act act)
{
	return allowed[act];
}
