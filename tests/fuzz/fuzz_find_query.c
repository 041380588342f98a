/* What an agent may type: always understood the same way, never too long. */
#include <assert.h>
#include <string.h>

#include "core/str.h"
#include "db/names_internal.h"
#include "db/people_internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const char *query, const struct people_query *q)
{
	int64_t first;
	int64_t last;

	assert(people_query_kind(query) == q->by);
	switch (q->by) {
	case PEOPLE_BY_NOTHING:
		break;
	case PEOPLE_BY_SEQ:
		assert(q->seq > 0);
		break;
	case PEOPLE_BY_ID12:
	case PEOPLE_BY_OLD_ID:
	case PEOPLE_BY_LAST:
		assert(str_is_digits(q->digits) && strlen(q->digits) >= 4);
		first = people_back(q->digits, 12, &last);
		assert(first >= 0 && first <= last &&
			last < INT64_C(1000000000000));
		break;
	case PEOPLE_BY_NAME:
		assert(q->folded[0] && strlen(q->folded) < VIET_NAME_SIZE);
		break;
	}
}

/* A person of just this name is found by it. */
static void search(const struct people_query *q)
{
	const struct names_person person[] = {
		{.id = 7, .seq = 1, .name = q->folded, .folded = q->folded},
		{.id = 8,
			.seq = 2,
			.name = "Nguyễn Thị Đẹp",
			.folded = "nguyen thi dep"},
	};
	struct names *n = names_new();
	int64_t id[4];
	bool more;
	int count;

	assert(n && names_add(n, &person[0]) && names_add(n, &person[1]));
	names_added(n);
	count = names_search(n, q->folded, id, 4, &more);
	assert(count >= 1 && !more);
	assert(id[0] == 7 || (count == 2 && id[1] == 7));
	names_free(n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char query[512];
	struct people_query q;

	if (size >= sizeof(query))
		return 0;
	memcpy(query, data, size);
	query[size] = '\0';
	people_query_read(query, &q);
	check(query, &q);
	if (q.by == PEOPLE_BY_NAME)
		search(&q);
	return 0;
}
