/*
 * What a line to the centre costs it: processor time of the server for a full
 * handshake with certificates on both sides, for a session that is taken up
 * again, and for a request on a line that is open (GET /v1/time: one signature
 * of ours). No target: the figures of db/centre/README.md, "Sizing".
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "db/centre/serve.h"
#include "support/tlsline.h"
#include "support/tmpdir.h"

enum {
	TIMES = 300
};

static const char path[] = "/v1/time?nonce=00112233445566778899aabbccddeeff";

static void give_up(const char *what, const struct err *err)
{
	fprintf(stderr, "bench_handshake: %s: %s\n", what,
		err ? err->text : "");
	exit(1);
}

static struct centre_home home;

static pid_t serve_it(const char *dir, uint16_t *port)
{
	struct err err = {0};
	char store[300];
	int ends[2];
	pid_t pid;

	snprintf(store, sizeof(store), "%s/centre.db", dir);
	if (pipe(ends) != 0)
		give_up("pipe", NULL);
	pid = fork();
	if (pid == 0) {
		const struct serve_options o = {.home = &home,
			.store = store,
			.address = "127.0.0.1",
			.metrics = -1,
			.workers = 2,
			.log_fd = -1};
		struct serve *s = serve_open(&o, &err);

		if (!s)
			give_up("serve", &err);
		*port = serve_port(s);
		if (write(ends[1], port, sizeof(*port)) < 0)
			_exit(1);
		for (;;)
			pause();
	}
	if (read(ends[0], port, sizeof(*port)) != sizeof(*port))
		give_up("the server", NULL);
	return pid;
}

/* Seconds of processor that it has used. */
static double used(pid_t pid)
{
	unsigned long user = 0;
	unsigned long system = 0;
	char name[64];
	FILE *in;

	snprintf(name, sizeof(name), "/proc/%d/stat", (int)pid);
	in = fopen(name, "r");
	if (!in || fscanf(in,
			   "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u"
			   " %*u %*u %lu %lu",
			   &user, &system) != 2)
		give_up(name, NULL);
	fclose(in);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static void ask(struct tlsline *l)
{
	struct bytes answer = {0};
	long told;

	if (tlsline_ask(l, "GET", path, "", 0, &answer, &told) != 200)
		give_up("no answer", NULL);
	bytes_free(&answer);
}

/* A line with one request, so often. Milliseconds of the server each. */
static double lines(pid_t pid, uint16_t port, const struct tlsline_caller *who,
	bool again)
{
	struct bytes ticket = {0};
	double begin = used(pid);
	struct tlsline l;

	for (int i = 0; i < TIMES; i++) {
		if (!tlsline_open(&l, port, who, &ticket))
			give_up("no line", NULL);
		if (l.resumed != (again && i > 0))
			give_up("not the handshake that was meant", NULL);
		ask(&l);
		if (again)
			tlsline_ticket(&l, &ticket);
		tlsline_close(&l);
	}
	bytes_free(&ticket);
	return 1000 * (used(pid) - begin) / TIMES;
}

static double requests(pid_t pid, uint16_t port,
	const struct tlsline_caller *who)
{
	const struct bytes none = {0};
	struct tlsline l;
	double begin;

	if (!tlsline_open(&l, port, who, &none))
		give_up("no line", NULL);
	begin = used(pid);
	for (int i = 0; i < TIMES; i++)
		ask(&l);
	begin = used(pid) - begin;
	tlsline_close(&l);
	return 1000 * begin / TIMES;
}

int main(void)
{
	static const char *const host[] = {"localhost"};
	static const uint8_t dev[TLS_DEV] = {1};
	struct tlsline_caller *who;
	struct crypto_pair pair;
	struct tls_pem key;
	struct tls_pem cert;
	struct err err = {0};
	char dir[128];
	char sub[160];
	uint16_t port = 0;
	double full;
	double again;
	double open;
	pid_t pid;

	if (!crypto_start(NULL))
		return 1;
	signal(SIGPIPE, SIG_IGN);
	tmpdir_make(dir, sizeof(dir));
	snprintf(sub, sizeof(sub), "%s/centre", dir);
	crypto_pair_new(&pair);
	if (!centre_home_make(sub, "centre-1", host, 1, &home, &err) ||
		!tls_device_key(&pair, &key, &err) ||
		!tls_device_new(&home.ca, dev, pair.public,
			clock_wall_ms() / 1000, &cert, &err))
		give_up("keys", &err);
	pid = serve_it(sub, &port);
	who = tlsline_caller_new(home.ca.cert.text, cert.text, key.text);
	full = lines(pid, port, who, false);
	again = lines(pid, port, who, true);
	open = requests(pid, port, who);
	printf("handshake: %.2f ms of processor, taken up again %.2f ms, a"
	       " request on an open line %.2f ms: %.0f and %.0f lines/s a"
	       " processor\n",
		full, again, open, 1000 / full, 1000 / again);
	tlsline_caller_free(who);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	tmpdir_remove(dir);
	return 0;
}
