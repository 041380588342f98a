#include "support/pgserver.h"

#include <fcntl.h>
#include <glob.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/listening.h"
#include "support/tmpdir.h"

enum {
	WAIT_TENTHS = 300
};

static void short_nap(void)
{
	const struct timespec t = {.tv_nsec = 50 * 1000 * 1000};

	nanosleep(&t, NULL);
}

/* The newest /usr/lib/postgresql/N/bin with N >= 15; "" if there is none. */
static void find_programs(char out[64])
{
	glob_t g;
	int newest = 14;

	out[0] = '\0';
	if (glob("/usr/lib/postgresql/*/bin/postgres", 0, NULL, &g) != 0)
		return;
	for (size_t i = 0; i < g.gl_pathc; i++) {
		const int n =
			(int)strtol(g.gl_pathv[i] +
					    strlen("/usr/lib/postgresql/"),
				NULL, 10);

		if (n > newest) {
			newest = n;
			snprintf(out, 64, "/usr/lib/postgresql/%d/bin", n);
		}
	}
	globfree(&g);
}

/* In the child: never root, and never longer than the test lives. */
static void become_nobody_special(int log)
{
	const struct passwd *p = getuid() == 0 ? getpwnam("postgres") : NULL;

	if (getuid() == 0 &&
		(!p || setgroups(0, NULL) != 0 || setgid(p->pw_gid) != 0 ||
			setuid(p->pw_uid) != 0))
		_exit(126);
	prctl(PR_SET_PDEATHSIG, SIGQUIT);
	dup2(log, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
}

static pid_t start(const char *dir, const char *const argv[])
{
	char path[256];
	pid_t pid;
	int log;

	log = open(tmpdir_path(dir, "log", path, sizeof(path)),
		O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	pid = fork();
	if (pid == 0) {
		become_nobody_special(log);
		execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	close(log);
	return pid;
}

/* The last line of postmaster.pid says so. */
static bool is_ready(const struct pgserver *s)
{
	char path[256];
	char text[1024] = "";
	FILE *in = fopen(tmpdir_path(s->dir, "data/postmaster.pid", path,
				 sizeof(path)),
		"r");

	if (!in)
		return false;
	text[fread(text, 1, sizeof(text) - 1, in)] = '\0';
	fclose(in);
	return strstr(text, "ready") || strstr(text, "standby");
}

static bool run_server(struct pgserver *s)
{
	char programs[64];
	char program[80];
	char data[256];
	char socket[160];

	find_programs(programs);
	snprintf(program, sizeof(program), "%s/postgres", programs);
	snprintf(data, sizeof(data), "%s/data", s->dir);
	snprintf(socket, sizeof(socket), "unix_socket_directories=%s", s->dir);
	{
		const char *argv[] = {program, "-D", data, "-c", socket, "-c",
			"listen_addresses=", "-c", "shared_buffers=16MB", "-c",
			"max_connections=60", NULL};

		s->pid = start(s->dir, argv);
	}
	for (int i = 0; i < WAIT_TENTHS; i++) {
		if (is_ready(s))
			return true;
		if (waitpid(s->pid, NULL, WNOHANG) != 0)
			break;
		short_nap();
	}
	s->pid = 0;
	return false;
}

static bool make_database(struct pgserver *s, const char *programs)
{
	char program[80];
	char data[256];
	int status = -1;
	pid_t pid;

	snprintf(program, sizeof(program), "%s/initdb", programs);
	snprintf(data, sizeof(data), "%s/data", s->dir);
	{
		const char *argv[] = {program, "-D", data, "-U", "postgres",
			"-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync",
			NULL};

		pid = start(s->dir, argv);
	}
	waitpid(pid, &status, 0);
	return status == 0;
}

bool pgserver_start(struct pgserver *s)
{
	const struct passwd *p = getpwnam("postgres");
	char programs[64];

	*s = (struct pgserver){0};
	find_programs(programs);
	if (!programs[0] || (getuid() == 0 && !p)) {
		printf("SKIP no PostgreSQL 15 here (package postgresql-15)\n");
		return false;
	}
	tmpdir_make(s->dir, sizeof(s->dir));
	if (getuid() == 0 && chown(s->dir, p->pw_uid, p->pw_gid) != 0)
		abort();
	snprintf(s->url, sizeof(s->url),
		"postgresql:///postgres?host=%s&user=postgres", s->dir);
	if (make_database(s, programs) && run_server(s))
		return true;
	printf("SKIP PostgreSQL does not start here\n");
	pgserver_stop(s);
	return false;
}

void pgserver_sql(const struct pgserver *s, const char *sql)
{
	char programs[64];
	char program[80];
	char host[160];
	int status = -1;
	pid_t pid;

	find_programs(programs);
	snprintf(program, sizeof(program), "%s/psql", programs);
	snprintf(host, sizeof(host), "--host=%s", s->dir);
	{
		const char *argv[] = {program, host, "-X", "-U", "postgres",
			"-v", "ON_ERROR_STOP=1", "-c", sql, NULL};

		pid = start(s->dir, argv);
	}
	waitpid(pid, &status, 0);
	if (status != 0) {
		fprintf(stderr, "psql failed: %s/log\n", s->dir);
		abort();
	}
}

bool pgserver_standby(const struct pgserver *of, struct pgserver *s)
{
	const struct passwd *p = getpwnam("postgres");
	char programs[64];
	char program[80];
	char data[256];
	int status = -1;
	pid_t pid;

	*s = (struct pgserver){0};
	tmpdir_make(s->dir, sizeof(s->dir));
	if (getuid() == 0 && chown(s->dir, p->pw_uid, p->pw_gid) != 0)
		abort();
	snprintf(s->url, sizeof(s->url),
		"postgresql:///postgres?host=%s&user=postgres", s->dir);
	find_programs(programs);
	snprintf(program, sizeof(program), "%s/pg_basebackup", programs);
	snprintf(data, sizeof(data), "%s/data", s->dir);
	{
		const char *argv[] = {program, "-h", of->dir, "-U", "postgres",
			"-D", data, "-R", "-X", "stream", "-c", "fast", NULL};

		pid = start(s->dir, argv);
	}
	waitpid(pid, &status, 0);
	return status == 0 && run_server(s);
}

bool pgserver_bouncer(const struct pgserver *of, int pool, char *url,
	size_t size, pid_t *pid)
{
	static const char program[] = "/usr/sbin/pgbouncer";
	const struct timespec moment = {.tv_nsec = 50 * 1000 * 1000};
	char path[256];
	char socket[256];
	FILE *out;

	if (access(program, X_OK) != 0) {
		printf("SKIP no pgbouncer here (package pgbouncer)\n");
		return false;
	}
	out = fopen(tmpdir_path(of->dir, "bouncer.ini", path, sizeof(path)),
		"w");
	if (!out)
		abort();
	fprintf(out,
		"[databases]\npostgres = host=%s user=postgres\n"
		"[pgbouncer]\nunix_socket_dir = %s\nlisten_port = 6432\n"
		"auth_type = any\npool_mode = transaction\n"
		"default_pool_size = %d\n",
		of->dir, of->dir, pool);
	fclose(out);
	{
		const char *argv[] = {program, path, NULL};

		*pid = start(of->dir, argv);
	}
	snprintf(socket, sizeof(socket), "%s/.s.PGSQL.6432", of->dir);
	for (int i = 0; i < WAIT_TENTHS && !listening_at(socket); i++)
		nanosleep(&moment, NULL);
	snprintf(url, size,
		"postgresql:///postgres?host=%s&port=6432&user=postgres",
		of->dir);
	return true;
}

void pgserver_schema(struct pgserver *s, unsigned n, char *url, size_t size)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "CREATE SCHEMA test_%u", n);
	pgserver_sql(s, sql);
	snprintf(url, size, "%s&options=-csearch_path%%3Dtest_%u", s->url, n);
}

void pgserver_kill(struct pgserver *s)
{
	char path[256];

	if (s->pid == 0)
		return;
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
	s->pid = 0;
	/* Its processes see that it is gone and end; the next one waits for
	 * the last of them by itself, but for the file that names it. */
	unlink(tmpdir_path(s->dir, "data/postmaster.pid", path, sizeof(path)));
}

void pgserver_again(struct pgserver *s)
{
	for (int i = 0; i < 100; i++) {
		if (run_server(s))
			return;
		short_nap();
	}
	fprintf(stderr, "PostgreSQL does not come back: %s/log\n", s->dir);
	abort();
}

void pgserver_stop(struct pgserver *s)
{
	if (s->pid != 0) {
		kill(s->pid, SIGQUIT);
		waitpid(s->pid, NULL, 0);
		s->pid = 0;
	}
	tmpdir_remove(s->dir);
	s->dir[0] = '\0';
}
