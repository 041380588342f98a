#include "db/verify/evidence.h"

void evidence_init(struct evidence *e)
{
	*e = (struct evidence){0};
}

void evidence_clear(struct evidence *e)
{
	evidence_init(e);
}
