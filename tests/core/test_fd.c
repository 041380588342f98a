/* All of it is written, or it says that it is not. */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "core/fd.h"

enum {
	MANY = 300 * 1000 /* more than a pipe holds */
};

static uint8_t sent[MANY];

/* Takes little at a time: each write is short. */
static void *read_slowly(void *arg)
{
	const int fd = *(int *)arg;
	static uint8_t got[MANY];
	size_t len = 0;
	ssize_t n;

	while ((n = read(fd, got + len, 1000)) > 0)
		len += (size_t)n;
	return len == MANY && memcmp(got, sent, MANY) == 0 ? got : NULL;
}

static void more_than_a_pipe_holds_arrives_whole(void **state)
{
	pthread_t reader;
	void *same;
	int end[2];

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		sent[i] = (uint8_t)(i * 31 / 7);
	assert_int_equal(pipe(end), 0);
	assert_int_equal(pthread_create(&reader, NULL, read_slowly, &end[0]),
		0);
	assert_true(fd_write_all(end[1], sent, MANY));
	close(end[1]);
	pthread_join(reader, &same);
	assert_non_null(same);
	close(end[0]);
}

static void nothing_is_written_of_nothing(void **state)
{
	(void)state;
	assert_true(fd_write_all(-1, "", 0));
}

static void a_full_disk_is_said(void **state)
{
	const int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);

	(void)state;
	assert_true(fd >= 0);
	assert_false(fd_write_all(fd, "x", 1));
	assert_int_equal(errno, ENOSPC);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(more_than_a_pipe_holds_arrives_whole),
		cmocka_unit_test(nothing_is_written_of_nothing),
		cmocka_unit_test(a_full_disk_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
