/* Sealing by a TPM, played by swtpm. */
#include "support/unit.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "drivers/tpm/tpm.h"
#include "support/listening.h"
#include "support/tmpdir.h"

enum {
	PATH_ROOM = 300,
	START_MS = 60 * 1000,
	NO_PROGRAM = 127
};

/* A chip: its state in dir, so that it can be stopped and started again. */
struct chip {
	char dir[PATH_ROOM - 32];
	char at[PATH_ROOM];
	pid_t pid;
};

struct rig {
	struct chip ours;
	struct chip other;
};

static const uint8_t secret[TPM_SECRET_SIZE] =
	"thirty-two bytes nobody may see";

static void become_swtpm(const struct chip *c)
{
	char state[PATH_ROOM];
	char server[PATH_ROOM];
	char ctrl[PATH_ROOM];

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	/* It tells of every connection. */
	if (!freopen("/dev/null", "w", stdout) ||
		!freopen("/dev/null", "w", stderr))
		_exit(1);
	snprintf(state, sizeof(state), "dir=%s", c->dir);
	snprintf(server, sizeof(server), "type=unixio,path=%s/sock", c->dir);
	snprintf(ctrl, sizeof(ctrl), "type=unixio,path=%s/sock.ctrl", c->dir);
	execlp("swtpm", "swtpm", "socket", "--tpm2", "--tpmstate", state,
		"--server", server, "--ctrl", ctrl, "--flags",
		"not-need-init,startup-clear", (char *)NULL);
	_exit(NO_PROGRAM);
}

static void stop(struct chip *c)
{
	char path[PATH_ROOM];

	if (c->pid <= 0)
		return;
	kill(c->pid, SIGTERM);
	waitpid(c->pid, NULL, 0);
	c->pid = 0;
	unlink(tmpdir_path(c->dir, "sock", path, sizeof(path)));
	unlink(tmpdir_path(c->dir, "sock.ctrl", path, sizeof(path)));
}

static bool listens(const struct chip *c, const char *name)
{
	char path[PATH_ROOM];

	return listening_at(tmpdir_path(c->dir, name, path, sizeof(path)));
}

static bool is_there(const struct chip *c)
{
	return listens(c, "sock") && listens(c, "sock.ctrl");
}

/* false: this machine has no swtpm. */
static bool start(struct chip *c)
{
	const struct timespec tick = {.tv_nsec = 10 * 1000 * 1000};
	int status = 0;

	snprintf(c->at, sizeof(c->at), "swtpm:path=%s/sock", c->dir);
	c->pid = fork();
	assert_true(c->pid >= 0);
	if (c->pid == 0)
		become_swtpm(c);
	for (int ms = 0; ms < START_MS && !is_there(c); ms += 10) {
		nanosleep(&tick, NULL);
		if (waitpid(c->pid, &status, WNOHANG) == c->pid) {
			c->pid = 0;
			assert_true(WIFEXITED(status));
			assert_int_equal(WEXITSTATUS(status), NO_PROGRAM);
			return false;
		}
	}
	assert_true(is_there(c));
	return true;
}

static int setup(void **state)
{
	struct rig *r = calloc(1, sizeof(*r));

	assert_non_null(r);
	tmpdir_make(r->ours.dir, sizeof(r->ours.dir));
	tmpdir_make(r->other.dir, sizeof(r->other.dir));
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct rig *r = *state;

	stop(&r->ours);
	stop(&r->other);
	tmpdir_remove(r->ours.dir);
	tmpdir_remove(r->other.dir);
	free(r);
	return 0;
}

static void needs(struct chip *c)
{
	if (!tpm_is_built_in()) {
		printf("SKIP: built without tpm2-tss: no TPM was tried\n");
		skip();
	}
	if (!start(c)) {
		printf("SKIP: no swtpm here: no TPM was tried\n");
		skip();
	}
}

static void seal(const struct chip *c, uint8_t sealed[TPM_SEALED_SIZE])
{
	struct err err = {0};

	if (!tpm_seal(c->at, secret, sealed, &err))
		fail_msg("%s", err.text);
}

static void opens(const struct chip *c, const uint8_t sealed[TPM_SEALED_SIZE])
{
	uint8_t out[TPM_SECRET_SIZE] = {0};
	struct err err = {0};

	if (!tpm_unseal(c->at, sealed, out, &err))
		fail_msg("%s", err.text);
	assert_memory_equal(out, secret, sizeof(out));
}

static void refuses(const struct chip *c, const uint8_t sealed[TPM_SEALED_SIZE],
	enum err_code code, const char *says)
{
	static const uint8_t nothing[TPM_SECRET_SIZE];
	uint8_t out[TPM_SECRET_SIZE] = {0};
	struct err err = {0};

	assert_false(tpm_unseal(c->at, sealed, out, &err));
	if (err.code != code || !strstr(err.text, says))
		fail_msg("%d: %s", err.code, err.text);
	assert_memory_equal(out, nothing, sizeof(out));
}

static void what_is_sealed_opens(void **state)
{
	struct rig *r = *state;
	uint8_t one[TPM_SEALED_SIZE];
	uint8_t two[TPM_SEALED_SIZE];

	needs(&r->ours);
	seal(&r->ours, one);
	seal(&r->ours, two);
	assert_memory_not_equal(one, two, sizeof(one));
	assert_null(memmem(one, sizeof(one), secret, 8));
	opens(&r->ours, one);
	opens(&r->ours, two);
}

static void it_opens_after_a_restart(void **state)
{
	struct rig *r = *state;
	uint8_t sealed[TPM_SEALED_SIZE];

	needs(&r->ours);
	seal(&r->ours, sealed);
	stop(&r->ours);
	refuses(&r->ours, sealed, ERR_GONE, "no TPM");
	assert_true(start(&r->ours));
	opens(&r->ours, sealed);
}

static void another_chip_does_not_open_it(void **state)
{
	struct rig *r = *state;
	uint8_t sealed[TPM_SEALED_SIZE];

	needs(&r->ours);
	assert_true(start(&r->other));
	seal(&r->ours, sealed);
	refuses(&r->other, sealed, ERR_DENIED, "another TPM");
	opens(&r->ours, sealed);
}

/* A chip of its own keeps three objects and three sessions at most. */
static void nothing_is_left_in_the_chip(void **state)
{
	struct rig *r = *state;
	uint8_t sealed[TPM_SEALED_SIZE];

	needs(&r->ours);
	assert_true(start(&r->other));
	seal(&r->ours, sealed);
	for (int i = 0; i < 8; i++) {
		opens(&r->ours, sealed);
		refuses(&r->other, sealed, ERR_DENIED, "another TPM");
	}
}

static size_t used_of(const uint8_t sealed[TPM_SEALED_SIZE])
{
	size_t used = TPM_SEALED_SIZE;

	while (used > 0 && sealed[used - 1] == 0)
		used--;
	assert_in_range(used, 100, TPM_SEALED_SIZE - 1);
	return used;
}

static void no_altered_byte_opens(void **state)
{
	struct rig *r = *state;
	uint8_t sealed[TPM_SEALED_SIZE];
	uint8_t out[TPM_SECRET_SIZE];
	struct err err = {0};
	size_t used;

	needs(&r->ours);
	seal(&r->ours, sealed);
	used = used_of(sealed);
	for (size_t i = 0; i <= used; i++) {
		sealed[i] ^= 1;
		if (tpm_unseal(r->ours.at, sealed, out, &err))
			fail_msg("opened with byte %zu altered", i);
		sealed[i] ^= 1;
	}
	opens(&r->ours, sealed);
	memset(sealed, 0, sizeof(sealed));
	refuses(&r->ours, sealed, ERR_CORRUPT, "never sealed");
}

/* All that went to the chip and came back, as tpm2-tss writes it down. */
static void the_secret_is_not_on_the_wires(void **state)
{
	static uint8_t all[64 * 1024];
	struct rig *r = *state;
	uint8_t sealed[TPM_SEALED_SIZE];
	char heard[PATH_ROOM];
	size_t len;
	FILE *in;

	needs(&r->ours);
	setenv("TCTI_PCAP_FILE",
		tmpdir_path(r->other.dir, "heard", heard, sizeof(heard)), 1);
	snprintf(r->ours.at, sizeof(r->ours.at), "pcap:swtpm:path=%s/sock",
		r->ours.dir);
	seal(&r->ours, sealed);
	opens(&r->ours, sealed);
	in = fopen(heard, "rb");
	assert_non_null(in);
	len = fread(all, 1, sizeof(all), in);
	fclose(in);
	assert_in_range(len, 1000, sizeof(all) - 1);
	/* It has really heard: the public end of the sealed is in it. */
	assert_non_null(memmem(all, len, sealed + used_of(sealed) - 24, 24));
	assert_null(memmem(all, len, secret, 8));
}

static void a_machine_without_a_chip(void **state)
{
	static const uint8_t sealed[TPM_SEALED_SIZE];
	const struct chip none = {.at = "swtpm:path=/nonexistent/sock"};
	uint8_t out[TPM_SEALED_SIZE];
	struct err err = {0};

	(void)state;
	refuses(&none, sealed, ERR_GONE, "no TPM");
	assert_false(tpm_seal(none.at, secret, out, &err));
	assert_int_equal(err.code, ERR_GONE);
	if (access("/dev/tpmrm0", F_OK) == 0)
		return;
	memset(&err, 0, sizeof(err));
	assert_false(tpm_seal(NULL, secret, out, &err));
	assert_int_equal(err.code, ERR_GONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_sealed_opens, setup,
			teardown),
		cmocka_unit_test_setup_teardown(it_opens_after_a_restart, setup,
			teardown),
		cmocka_unit_test_setup_teardown(another_chip_does_not_open_it,
			setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_is_left_in_the_chip,
			setup, teardown),
		cmocka_unit_test_setup_teardown(no_altered_byte_opens, setup,
			teardown),
		cmocka_unit_test_setup_teardown(the_secret_is_not_on_the_wires,
			setup, teardown),
		cmocka_unit_test(a_machine_without_a_chip),
	};

	return cmocka_run_group_tests_name("tpm", tests, NULL, NULL);
}
