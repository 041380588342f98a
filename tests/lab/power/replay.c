/*
 * replay.c - reads what dm-log-writes recorded, and writes a disk as it was.
 *
 *	replay LOG list                    one line an entry
 *	replay LOG play IMAGE FROM TO      entries FROM to TO-1, all of them
 *	replay LOG torn IMAGE FROM TO SEED the same, but writes that no flush
 *	                                   followed come whole, in part, or not
 *
 * The target logs a write when a later flush makes it safe, a FUA write when
 * it is done, a mark at once: all before an entry is on the disk, whatever
 * else is. So a cut at a mark is the worst case (nothing unflushed came
 * through), and "torn" up to the next flush is any other.
 *
 * Format: drivers/md/dm-log-writes.c of Linux; little-endian, as is this
 * program's machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC UINT64_C(0x6a736677736872)

enum {
	FLUSH = 1,
	FUA = 2,
	DISCARD = 4,
	MARK = 8,
	SECTOR = 512,
	SECTOR_MAX = 4096
};

struct super {
	uint64_t magic;
	uint64_t version;
	uint64_t entries;
	uint32_t sector;
};

struct entry {
	uint64_t sector;
	uint64_t sectors;
	uint64_t flags;
	uint64_t mark_len;
	char mark[SECTOR_MAX]; /* of a mark */
	off_t data;            /* where its bytes are in the log */
	size_t len;
};

struct replay {
	int log;
	int image;
	struct super super;
	off_t at; /* of the next entry */
};

static void die(const char *what)
{
	fprintf(stderr, "replay: %s: %s\n", what,
		errno ? strerror(errno) : "not a log of dm-log-writes");
	exit(3);
}

static void read_at(int fd, void *buf, size_t len, off_t at)
{
	errno = 0;
	if (pread(fd, buf, len, at) != (ssize_t)len)
		die("read");
}

static void open_log(struct replay *r, const char *path)
{
	r->log = open(path, O_RDONLY);
	if (r->log < 0)
		die(path);
	read_at(r->log, &r->super, sizeof(r->super), 0);
	errno = 0;
	if (r->super.magic != MAGIC || r->super.sector < SECTOR ||
		r->super.sector > SECTOR_MAX)
		die(path);
	r->at = r->super.sector;
}

static void next_entry(struct replay *r, struct entry *e)
{
	const size_t head = r->super.sector;
	unsigned char block[SECTOR_MAX];

	read_at(r->log, block, head, r->at);
	memset(e, 0, sizeof(*e));
	memcpy(e, block, 4 * sizeof(uint64_t));
	r->at += (off_t)head;
	if (e->flags & MARK) {
		if (e->mark_len > head - 4 * sizeof(uint64_t))
			die("mark");
		memcpy(e->mark, block + 4 * sizeof(uint64_t), e->mark_len);
		return;
	}
	e->len = e->sectors * head;
	e->data = r->at;
	if (!(e->flags & DISCARD))
		r->at += (off_t)e->len;
}

static const char *kind(const struct entry *e)
{
	if (e->flags & MARK)
		return "mark";
	if (e->flags & FUA)
		return "fua";
	if (e->flags & FLUSH)
		return "flush";
	return e->flags & DISCARD ? "discard" : "write";
}

static void list(struct replay *r)
{
	struct entry e;

	for (uint64_t i = 0; i < r->super.entries; i++) {
		next_entry(r, &e);
		printf("%" PRIu64 " %s %" PRIu64 " %zu %s\n", i, kind(&e),
			e.sector, e.len, e.mark);
	}
}

/* The first len bytes of an entry, to where they belong. */
static void put(struct replay *r, const struct entry *e, size_t len)
{
	const off_t to = (off_t)(e->sector * r->super.sector);
	char *bytes;

	if (len == 0)
		return;
	bytes = calloc(1, len);
	if (!bytes)
		die("memory");
	/* What was discarded reads as zeros. */
	if (!(e->flags & DISCARD))
		read_at(r->log, bytes, len, e->data);
	errno = 0;
	if (pwrite(r->image, bytes, len, to) != (ssize_t)len)
		die("write");
	free(bytes);
}

/* xorshift64*: the same seed, the same cut, on any machine. */
static uint64_t roll(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * UINT64_C(2685821657736338717);
}

/* How much of a write that no flush followed came through. */
static size_t torn_len(uint64_t *seed, const struct entry *e)
{
	const uint64_t dice = roll(seed) >> 32;

	switch (dice % 4) {
	case 0:
		return 0;
	case 1:
		return e->len / SECTOR ? dice / 4 % (e->len / SECTOR) * SECTOR
				       : 0;
	default:
		return e->len;
	}
}

static void play(struct replay *r, uint64_t from, uint64_t to, bool torn,
	uint64_t seed)
{
	struct entry e;

	for (uint64_t i = 0; i < to && i < r->super.entries; i++) {
		next_entry(r, &e);
		if (i < from || (e.flags & MARK))
			continue;
		if (torn && !(e.flags & (FLUSH | FUA)))
			put(r, &e, torn_len(&seed, &e));
		else
			put(r, &e, e.len);
	}
}

int main(int argc, char **argv)
{
	struct replay r = {.log = -1, .image = -1};
	const bool torn = argc == 7 && strcmp(argv[2], "torn") == 0;

	if (argc == 3 && strcmp(argv[2], "list") == 0) {
		open_log(&r, argv[1]);
		list(&r);
		return 0;
	}
	if (!torn && !(argc == 6 && strcmp(argv[2], "play") == 0)) {
		fprintf(stderr, "replay LOG list | play IMAGE FROM TO |"
				" torn IMAGE FROM TO SEED\n");
		return 2;
	}
	open_log(&r, argv[1]);
	r.image = open(argv[3], O_WRONLY);
	if (r.image < 0)
		die(argv[3]);
	/* A seed of xorshift is never 0. */
	play(&r, strtoull(argv[4], NULL, 10), strtoull(argv[5], NULL, 10), torn,
		torn ? strtoull(argv[6], NULL, 10) * 2 + 1 : 1);
	if (close(r.image) != 0)
		die(argv[3]);
	return 0;
}
