/*
 * umock_devices.c - devices that come and go, on umockdev.
 *
 *	umockdev-wrapper umock_devices [-c FIFO] [FILE...] -- PROGRAM [ARG...]
 *
 * Each FILE describes devices in the format of umockdev-record and is there
 * from the start. Lines written to FIFO while PROGRAM runs:
 *
 *	plug FILE         its devices are added, with their events
 *	unplug /sys/...   that device goes, with its children below it first
 *
 * Ends as PROGRAM ends, with its status.
 */
#include <umockdev.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

static struct rig {
	UMockdevTestbed *testbed;
	GMainLoop *loop;
	int child_status;
} rig;

static gboolean load(const char *file, GError **error)
{
	g_autofree gchar *text = NULL;

	return g_file_get_contents(file, &text, NULL, error) &&
	       umockdev_testbed_add_from_string(rig.testbed, text, error);
}

/* The event of each is sent by adding it. */
static void plug(const char *file)
{
	g_autoptr(GError) error = NULL;

	if (!load(file, &error))
		fprintf(stderr, "umock_devices: %s\n", error->message);
}

/* As the kernel does: what is below goes first. */
static void unplug(const char *sys)
{
	g_autofree gchar *root = umockdev_testbed_get_root_dir(rig.testbed);
	g_autofree gchar *path = g_strconcat(root, sys, NULL);
	g_autofree gchar *uevent = g_strconcat(path, "/uevent", NULL);
	g_autoptr(GDir) below = g_dir_open(path, 0, NULL);
	const gchar *name;

	while (below && (name = g_dir_read_name(below)) != NULL) {
		g_autofree gchar *next = g_strconcat(sys, "/", name, NULL);
		g_autofree gchar *full = g_strconcat(path, "/", name, NULL);

		if (g_file_test(full, G_FILE_TEST_IS_DIR) &&
			!g_file_test(full, G_FILE_TEST_IS_SYMLINK))
			unplug(next);
	}
	if (!g_file_test(uevent, G_FILE_TEST_EXISTS))
		return;
	umockdev_testbed_uevent(rig.testbed, sys, "remove");
	umockdev_testbed_remove_device(rig.testbed, sys);
}

static gboolean on_command(GIOChannel *in, GIOCondition why, gpointer unused)
{
	g_autofree gchar *line = NULL;

	(void)why;
	(void)unused;
	if (g_io_channel_read_line(in, &line, NULL, NULL, NULL) !=
		G_IO_STATUS_NORMAL)
		return TRUE;
	g_strchomp(line);
	if (g_str_has_prefix(line, "plug "))
		plug(line + 5);
	else if (g_str_has_prefix(line, "unplug "))
		unplug(line + 7);
	return TRUE;
}

/* Both ways, so that it never ends while nobody writes. */
static gboolean listen_to(const char *fifo, GError **error)
{
	GIOChannel *in = g_io_channel_new_file(fifo, "r+", error);

	if (!in)
		return FALSE;
	g_io_add_watch(in, G_IO_IN, on_command, NULL);
	return TRUE;
}

static void on_child_exit(GPid pid, gint status, gpointer unused)
{
	(void)pid;
	(void)unused;
	rig.child_status = status;
	g_main_loop_quit(rig.loop);
}

static gboolean run_program(char **argv, GError **error)
{
	GPid pid;

	if (!g_spawn_async(NULL, argv, NULL,
		    G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH |
			    G_SPAWN_CHILD_INHERITS_STDIN,
		    NULL, NULL, &pid, error))
		return FALSE;
	g_child_watch_add(pid, on_child_exit, NULL);
	g_main_loop_run(rig.loop);
	return TRUE;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	gboolean ok = TRUE;
	int i = 1;

	rig.testbed = umockdev_testbed_new();
	rig.loop = g_main_loop_new(NULL, FALSE);
	if (argc > 2 && strcmp(argv[1], "-c") == 0) {
		ok = listen_to(argv[2], &error);
		i = 3;
	}
	for (; ok && i < argc && strcmp(argv[i], "--") != 0; i++)
		ok = load(argv[i], &error);
	if (!ok || i + 1 >= argc || !run_program(argv + i + 1, &error)) {
		fprintf(stderr, "umock_devices: %s\n",
			error ? error->message : "cannot start");
		return 2;
	}
	g_object_unref(rig.testbed); /* removes its folder in /tmp */
	return WIFEXITED(rig.child_status) ? WEXITSTATUS(rig.child_status) : 1;
}
