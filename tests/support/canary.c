#include "support/canary.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/codec/viet.h"

static const char *const names[CANARIES] = {"Nguyễn Thị Quỳnh Xoan",
	"Trần Văn Khuýp", "Lê Thị Ngoẵng", "Phạm Hữu Quẫy", "Hoàng Thị Ưởn",
	"Phan Văn Nghuệch", "Vũ Thị Xoắc", "Đặng Đình Khoẳm", "Bùi Thị Oẹp",
	"Đỗ Văn Thuỵp", "Hồ Thị Ngoáo", "Ngô Bá Quắp", "Dương Thị Xuýnh",
	"Lý A Chớ Pua", "Đinh Thị Khoèo", "Hà Văn Nguẩy", "Quách Thị Oằn",
	"Lò Văn Huỡn", "Giàng Thị Sùng Vừ", "Tạ Văn Xoạch"};

void canary_get(int i, struct canary *out)
{
	memset(out, 0, sizeof(*out));
	snprintf(out->name, sizeof(out->name), "%s", names[i]);
	snprintf(out->code, sizeof(out->code), "CNRY%05d", 70001 + 37 * i);
	snprintf(out->id12, sizeof(out->id12), "025144%06u",
		(731849U + 7919U * (unsigned)i) % 1000000U);
	snprintf(out->old_id, sizeof(out->old_id), "13%07u",
		(5813971U + 104729U * (unsigned)i) % 10000000U);
	snprintf(out->address, sizeof(out->address),
		"Xóm Gò Chuồn %d, xã Tiên Lương, tỉnh Phú Thọ", 301 + i);
	snprintf(out->account, sizeof(out->account), "27519%08d",
		46183927 + 15485863 * i % 50000000);
	snprintf(out->guardian, sizeof(out->guardian), "Kiều Thị Ngoẻo %s",
		names[(i + 7) % CANARIES]);
	snprintf(out->guardian_id, sizeof(out->guardian_id), "025144%06u",
		(518273U + 6007U * (unsigned)i) % 1000000U);
	snprintf(out->note, sizeof(out->note), "Giấy xác nhận số XN-%d",
		88031 + i);
}

/* ---- looking ------------------------------------------------------------- */

enum {
	MAX_PATTERNS = CANARIES * 40
};

struct pattern {
	unsigned char bytes[256];
	size_t len;
};

/* By their first two bytes: a file is gone through once for all of them. */
struct patterns {
	struct pattern p[MAX_PATTERNS];
	int count;
	int first[65536]; /* 0: none, else its number and 1 */
	int next[MAX_PATTERNS];
};

static int head_of(const unsigned char *at)
{
	return at[0] << 8 | at[1];
}

static void add(struct patterns *all, const void *bytes, size_t len)
{
	struct pattern *p = &all->p[all->count];
	int *first;

	if (all->count == MAX_PATTERNS || len < 2 || len > sizeof(p->bytes))
		abort();
	memcpy(p->bytes, bytes, len);
	p->len = len;
	first = &all->first[head_of(p->bytes)];
	all->next[all->count] = *first;
	*first = ++all->count;
}

/* UTF-16, little-endian: what is beyond it is not in these names. */
static void add_utf16(struct patterns *all, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	unsigned char out[256];
	size_t len = 0;

	while (*at && len + 2 <= sizeof(out)) {
		unsigned c = *at++;

		if (c >= 0xe0) {
			c = (c & 15) << 12 | (at[0] & 63u) << 6 | (at[1] & 63u);
			at += 2;
		} else if (c >= 0xc0) {
			c = (c & 31) << 6 | (*at++ & 63u);
		}
		out[len++] = (unsigned char)c;
		out[len++] = (unsigned char)(c >> 8);
	}
	add(all, out, len);
}

static void add_text(struct patterns *all, const char *text)
{
	char folded[256];

	add(all, text, strlen(text));
	add_utf16(all, text);
	if (viet_fold(text, folded, sizeof(folded)) && folded[0] &&
		strcmp(folded, text) != 0)
		add(all, folded, strlen(folded));
}

static void add_number(struct patterns *all, const char *digits)
{
	const size_t len = strlen(digits);
	char turned[32];

	add(all, digits, len);
	add_utf16(all, digits);
	for (size_t i = 0; i < len; i++)
		turned[i] = digits[len - 1 - i];
	add(all, turned, len);
}

/* The number itself, as SQLite keeps integers: six bytes, big-endian. */
static void add_integer(struct patterns *all, const char *digits, int turned)
{
	const size_t len = strlen(digits);
	unsigned char out[6];
	uint64_t v = 0;

	for (size_t i = 0; i < len; i++)
		v = v * 10 +
		    (unsigned char)(digits[turned ? len - 1 - i : i] - '0');
	for (int i = 5; i >= 0; i--, v >>= 8)
		out[i] = (unsigned char)v;
	if (out[0] || out[1])
		add(all, out, sizeof(out));
}

static void add_canary(struct patterns *all, const struct canary *c)
{
	add_text(all, c->name);
	add_text(all, c->code);
	add_text(all, c->address);
	add_text(all, c->guardian);
	add_text(all, c->note);
	add_number(all, c->id12);
	add_number(all, c->old_id);
	add_number(all, c->account);
	add_number(all, c->guardian_id);
	add_integer(all, c->id12, 0);
	add_integer(all, c->id12, 1);
}

static int look_at(const struct patterns *all, const unsigned char *at,
	size_t left, const char *path)
{
	int hits = 0;

	for (int i = all->first[head_of(at)]; i > 0; i = all->next[i - 1]) {
		const struct pattern *p = &all->p[i - 1];

		if (p->len > left || memcmp(at, p->bytes, p->len) != 0)
			continue;
		if (getenv("CANARY_SHOW"))
			fprintf(stderr, "%s: %.*s\n", path, (int)p->len,
				(const char *)p->bytes);
		hits++;
	}
	return hits;
}

static int look(const struct patterns *all, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	unsigned char *bytes;
	size_t len;
	int hits = 0;

	if (!f || fstat(fileno(f), &st) != 0)
		abort();
	bytes = malloc((size_t)st.st_size + 1);
	if (!bytes)
		abort();
	len = fread(bytes, 1, (size_t)st.st_size, f);
	fclose(f);
	for (size_t at = 0; at + 2 <= len; at++)
		hits += look_at(all, bytes + at, len - at, path);
	free(bytes);
	return hits;
}

static int look_below(const struct patterns *all, const char *dir, char *where,
	size_t size)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	int hits = 0;

	if (!d)
		abort();
	while ((e = readdir(d)) != NULL) {
		char path[600];
		struct stat st;
		int n;

		if (e->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (lstat(path, &st) != 0)
			abort();
		if (S_ISDIR(st.st_mode))
			n = look_below(all, path, where, size);
		else
			n = S_ISREG(st.st_mode) ? look(all, path) : 0;
		if (n > 0 && hits == 0 && S_ISREG(st.st_mode))
			snprintf(where, size, "%s", path);
		hits += n;
	}
	closedir(d);
	return hits;
}

int canary_hits(const char *dir, char *where, size_t size)
{
	struct patterns *all = calloc(1, sizeof(*all));
	int hits;

	if (!all)
		abort();
	for (int i = 0; i < CANARIES; i++) {
		struct canary c;

		canary_get(i, &c);
		add_canary(all, &c);
	}
	where[0] = '\0';
	hits = look_below(all, dir, where, size);
	free(all);
	return hits;
}
