/*
 * Image files, good and hostile, through the real child in its sandbox. This
 * program is also that child, and under other names a child gone wrong.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "core/clock.h"
#include "drivers/camera/image_reader.h"
#include "drivers/camera/image_wire.h"
#include "drivers/sandbox/child.h"
#include "support/picture.h"
#include "support/tmpdir.h"

#define CARD                                                      \
	"001145000112||Nguyễn Thị Ngọc Ánh|05031945|Nữ|" \
	"Thôn Đoài, Xã Phù Đổng, Huyện Gia Lâm, Hà Nội|25122021"

enum {
	PATIENCE = 60 * 1000 /* under a sanitizer, on a loaded machine */
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum {
	SANITIZED = 1
};
#else
enum {
	SANITIZED = 0
};
#endif

static char dir[PATH_MAX];
static struct decode_result found;

static int setup(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

static const char *in_dir(const char *name)
{
	static char path[PATH_MAX];

	return tmpdir_path(dir, name, path, sizeof(path));
}

static struct image_reader *must_open(const char *program)
{
	struct err err = {0};
	struct image_reader *r = image_reader_open(program, &err);

	if (!r)
		fail_msg("%s", err.text);
	return r;
}

static void assert_reads_card(struct image_reader *r, const char *name)
{
	struct err err = {0};

	if (!image_reader_scan(r, in_dir(name), PATIENCE, &found, &err))
		fail_msg("%s: %s", name, err.text);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.code[0].symbology, "QR-Code");
	assert_int_equal(found.code[0].len, strlen(CARD));
	assert_string_equal((char *)found.code[0].bytes, CARD);
}

static void assert_refuses(struct image_reader *r, const char *name,
	enum err_code code)
{
	struct err err = {0};

	if (image_reader_scan(r, in_dir(name), PATIENCE, &found, &err))
		fail_msg("%s was taken", name);
	if (err.code != code)
		fail_msg("%s: %s", name, err.text);
	assert_int_equal(found.count, 0);
}

static void save_card(const char *name)
{
	struct picture p = picture_of(CARD, strlen(CARD), 3);
	const char *path = in_dir(name);
	bool ok;

	if (strstr(name, ".png"))
		ok = picture_save_png(&p, path);
	else if (strstr(name, ".jpg"))
		ok = picture_save_jpeg(&p, path, 85);
	else
		ok = picture_save_pgm(&p, path);
	assert_true(ok);
	picture_free(&p);
}

static void png_jpeg_and_pgm_give_the_exact_bytes(void **state)
{
	struct image_reader *r = must_open(NULL);

	(void)state;
	save_card("card.png");
	save_card("card.jpg");
	save_card("card.pgm");
	for (int i = 0; i < 3; i++) {
		assert_reads_card(r, "card.png");
		assert_reads_card(r, "card.jpg");
		assert_reads_card(r, "card.pgm");
	}
	image_reader_close(r);
	image_reader_close(NULL);
}

static void an_image_without_a_code_is_no_failure(void **state)
{
	struct image_reader *r = must_open(NULL);
	struct picture p = picture_new(300, 200);
	struct err err = {0};

	(void)state;
	assert_true(picture_save_png(&p, in_dir("white.png")));
	picture_free(&p);
	assert_true(image_reader_scan(r, in_dir("white.png"), PATIENCE, &found,
		&err));
	assert_int_equal(found.count, 0);
	image_reader_close(r);
}

static void two_codes_are_both_given(void **state)
{
	struct image_reader *r = must_open(NULL);
	struct picture p = picture_new(640, 480);
	struct err err = {0};

	(void)state;
	picture_qr(&p, 30, 30, 4, "first", 5, QR_MEDIUM);
	picture_qr(&p, 330, 230, 4, "second", 6, QR_MEDIUM);
	assert_true(picture_save_png(&p, in_dir("two.png")));
	picture_free(&p);
	assert_true(image_reader_scan(r, in_dir("two.png"), PATIENCE, &found,
		&err));
	assert_int_equal(found.count, 2);
	assert_int_equal(found.code[0].len + found.code[1].len, 11);
	image_reader_close(r);
}

/* ---- T45: files that ask for too much ----------------------------------- */

static uint32_t crc(const uint8_t *bytes, size_t len)
{
	uint32_t c = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		c ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			c = (c >> 1) ^ (c & 1 ? 0xedb88320 : 0);
	}
	return ~c;
}

static void put_be32(uint8_t *out, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		out[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* A PNG that says it is this big, with a start of pixels. */
static void save_png_of_size(const char *name, uint32_t side)
{
	uint8_t png[8 + 25 + 12 + 4] = "\x89PNG\r\n\x1a\n";
	uint8_t *ihdr = png + 8;
	uint8_t *idat = ihdr + 25;

	put_be32(ihdr, 13);
	memcpy(ihdr + 4, "IHDR", 4);
	put_be32(ihdr + 8, side);
	put_be32(ihdr + 12, side);
	memcpy(ihdr + 16, "\x08\x00\x00\x00\x00", 5);
	put_be32(ihdr + 21, crc(ihdr + 4, 17));
	put_be32(idat, 4);
	memcpy(idat + 4, "IDAT\x78\x9c\x03\x00", 8);
	put_be32(idat + 12, crc(idat + 4, 8));
	tmpdir_write(dir, name, png, sizeof(png));
}

static void save_sparse(const char *name, const char *start, size_t len,
	off_t size)
{
	tmpdir_write(dir, name, start, len);
	assert_int_equal(truncate(in_dir(name), size), 0);
}

/* The first part of another file. */
static void save_cut(const char *name, const char *of, int percent)
{
	static uint8_t bytes[1 << 20];
	FILE *in = fopen(in_dir(of), "rb");
	size_t len;

	assert_non_null(in);
	len = fread(bytes, 1, sizeof(bytes), in);
	fclose(in);
	tmpdir_write(dir, name, bytes, len * (size_t)percent / 100);
}

/* The only child that this process has. */
static pid_t the_child(void)
{
	char path[64];
	int pid = 0;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children",
		(int)getpid());
	in = fopen(path, "r");
	assert_non_null(in);
	assert_int_equal(fscanf(in, "%d", &pid), 1);
	fclose(in);
	return pid;
}

/* What the child has worked: others on this machine do not count. */
static long long work_ms(void)
{
	clockid_t clock;
	struct timespec t;

	assert_int_equal(clock_getcpuclockid(the_child(), &clock), 0);
	assert_int_equal(clock_gettime(clock, &t), 0);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

static void T45_hostile_files_are_refused_at_once(void **state)
{
	static const struct {
		const char *name;
		const char *why;
	} files[] = {
		{"huge.png", "30000 x 30000 pixels"},
		{"lying.png", "the size of 8000 x 3000 pixels, no content"},
		{"cut30.png", "truncated"},
		{"cut90.png", "truncated"},
		{"cut30.jpg", "truncated"},
		{"cut90.jpg", "truncated"},
		{"cut90.pgm", "truncated"},
		{"50mb.jpg", "50 MB"},
		{"huge.pgm", "999999 x 999999 pixels"},
		{"huge.jpg", "65500 x 65500 pixels"},
		{"zeroes.jpg", "15 MB of nothing after the start"},
		{"text.png", "no image at all"},
		{"empty.png", "no bytes"},
		{"bitmap.pbm", "a format we do not read"},
	};
	static const char jpeg_head[] =
		"\xff\xd8\xff\xc0\x00\x0b\x08\xff\xdc\xff\xdc\x01\x01\x11\x00"
		"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00";
	struct image_reader *r = must_open(NULL);
	struct rusage used;

	(void)state;
	save_card("card.png");
	save_card("card.jpg");
	save_card("card.pgm");
	save_png_of_size("huge.png", 30000);
	save_png_of_size("lying.png", 4800);
	save_cut("cut30.png", "card.png", 30);
	save_cut("cut90.png", "card.png", 90);
	save_cut("cut30.jpg", "card.jpg", 30);
	save_cut("cut90.jpg", "card.jpg", 90);
	save_cut("cut90.pgm", "card.pgm", 90);
	save_sparse("50mb.jpg", "\xff\xd8\xff", 3, 50 * 1000 * 1000);
	save_sparse("zeroes.jpg", "\xff\xd8\xff", 3, 15 * 1000 * 1000);
	tmpdir_write(dir, "huge.pgm", "P5 999999 999999 255\n", 21);
	tmpdir_write(dir, "huge.jpg", jpeg_head, sizeof(jpeg_head) - 1);
	tmpdir_write(dir, "text.png", "hello, world", 12);
	tmpdir_write(dir, "empty.png", "", 0);
	tmpdir_write(dir, "bitmap.pbm", "P4 8 1\n\xff", 8);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		const long long start = work_ms();

		assert_refuses(r, files[i].name, ERR_INVALID);
		if (!SANITIZED && work_ms() - start >= 100)
			fail_msg("%s (%s) took %lld ms", files[i].name,
				files[i].why, work_ms() - start);
	}
	assert_reads_card(r, "card.png");
	image_reader_close(r);
	getrusage(RUSAGE_CHILDREN, &used);
	if (!SANITIZED)
		assert_true(used.ru_maxrss < 64 * 1024); /* KiB */
}

static void what_is_no_file_is_refused(void **state)
{
	struct image_reader *r = must_open(NULL);

	(void)state;
	assert_refuses(r, "missing.png", ERR_GONE);
	assert_int_equal(mkfifo(in_dir("fifo.png"), 0600), 0);
	assert_refuses(r, "fifo.png", ERR_INVALID);
	assert_refuses(r, ".", ERR_INVALID);
	image_reader_close(r);
}

/* ---- T44: the child dies, the parent does not --------------------------- */

static void T44_a_dead_child_is_replaced(void **state)
{
	struct image_reader *r = must_open(NULL);
	siginfo_t ended;
	pid_t first;

	(void)state;
	save_card("card.png");
	assert_reads_card(r, "card.png");
	first = the_child();
	kill(first, SIGKILL);
	/* Until it is dead, but leave the burial to the reader. */
	assert_int_equal(waitid(P_PID, (id_t)first, &ended, WEXITED | WNOWAIT),
		0);
	assert_reads_card(r, "card.png");
	assert_int_not_equal(the_child(), first);
	image_reader_close(r);
}

static void T44_a_stuck_child_is_killed_and_replaced(void **state)
{
	struct image_reader *r = must_open(NULL);
	const long long start = clock_ms();
	struct err err = {0};

	(void)state;
	save_card("card.png");
	kill(the_child(), SIGSTOP);
	assert_false(image_reader_scan(r, in_dir("card.png"), 100, &found,
		&err));
	assert_int_equal(err.code, ERR_TIMEOUT);
	assert_true(clock_ms() - start < PATIENCE);
	assert_reads_card(r, "card.png");
	image_reader_close(r);
}

struct wrong {
	const char *name;
	const char *manner; /* the name of the link to this program */
	enum err_code code;
};

static struct wrong wrongs[] = {
	{"T44 an image that kills the child", "dies", ERR_IO},
	{"T44 a child that never answers", "silent", ERR_TIMEOUT},
	{"T44 an answer with too many codes", "counts", ERR_IO},
	{"T44 an answer with too long a code", "long", ERR_IO},
	{"T44 an answer shorter than its codes", "short", ERR_IO},
	{"T44 an answer of one byte", "byte", ERR_IO},
	{"T44 an answer with a made-up error", "error", ERR_IO},
	{"T44 an error text that would tear the screen", "text", ERR_INVALID},
	{"T44 a picture larger than there is room", "wide", ERR_IO},
	{"T44 a picture that is not there", "blind", ERR_IO},
	{"T44 a hint that there is not", "hint", ERR_IO},
};

/* Each time anew, so the reader gets over it and meets it again. */
static void run_wrong(void **state)
{
	const struct wrong *w = *state;
	char self[PATH_MAX] = "";
	struct image_reader *r;

	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	assert_int_equal(symlink(self, in_dir(w->manner)), 0);
	save_card("card.png");
	r = must_open(in_dir(w->manner));
	for (int i = 0; i < 2; i++) {
		struct err err = {0};

		assert_false(image_reader_scan(r, in_dir("card.png"),
			w->code == ERR_TIMEOUT ? 300 : PATIENCE, &found, &err));
		assert_int_equal(err.code, w->code);
		assert_int_equal(found.count, 0);
		assert_null(strchr(err.text, '\x1b'));
	}
	image_reader_close(r);
}

static void a_program_that_is_no_child_is_an_error(void **state)
{
	struct err err = {0};

	(void)state;
	assert_null(image_reader_open("/bin/true", &err));
	assert_int_equal(err.code, ERR_IO);
	assert_null(image_reader_open("/no/such/program", &err));
	assert_int_equal(err.code, ERR_IO);
}

/* What a child gone wrong does, by its name. */
static int misbehave(const char *manner)
{
	static struct image_reply reply;
	size_t size = offsetof(struct image_reply, bytes);
	char request[64];

	send(CHILD_FD, &reply, size, 0);
	while (recv(CHILD_FD, request, sizeof(request), 0) > 0) {
		reply.count = 1;
		reply.len[0] = 10;
		if (strcmp(manner, "dies") == 0)
			raise(SIGKILL);
		else if (strcmp(manner, "silent") == 0)
			continue;
		else if (strcmp(manner, "counts") == 0)
			reply = (struct image_reply){
				.count = DECODE_MAX_CODES + 1};
		else if (strcmp(manner, "long") == 0)
			reply.len[0] = 0xffffffff;
		else if (strcmp(manner, "byte") == 0)
			size = 1;
		else if (strcmp(manner, "error") == 0)
			reply = (struct image_reply){.code = 0xffffffff};
		else if (strcmp(manner, "text") == 0)
			reply = (struct image_reply){.code = ERR_INVALID,
				.text = "\x1b[2J\n"};
		else if (strcmp(manner, "wide") == 0)
			reply = (struct image_reply){.view_width =
							     FRAME_VIEW_SIDE +
							     1,
				.view_height = 1};
		else if (strcmp(manner, "blind") == 0)
			reply = (struct image_reply){.view_width = 9,
				.view_height = 9};
		else if (strcmp(manner, "hint") == 0)
			reply = (struct image_reply){.hint = FRAME_HINTS};
		send(CHILD_FD, &reply, size, 0);
	}
	return 0;
}

/* ---- the child's sandbox; what it forbids: test_sandbox.c ---------- */

static void the_child_is_really_inside(void **state)
{
	struct image_reader *r = must_open(NULL);
	char path[64];
	char line[128];
	int filters = 0, privileges = 0;
	FILE *in;

	(void)state;
	snprintf(path, sizeof(path), "/proc/%d/status", (int)the_child());
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof(line), in)) {
		if (strcmp(line, "Seccomp:\t2\n") == 0)
			filters = 1;
		if (strcmp(line, "NoNewPrivs:\t1\n") == 0)
			privileges = 1;
	}
	fclose(in);
	assert_true(filters && privileges);
	image_reader_close(r);
}

/* The store, the terminal: nothing the parent has open may reach the child. */
static void the_child_inherits_nothing(void **state)
{
	const int leak = open("/dev/null", O_RDONLY); /* no O_CLOEXEC */
	struct image_reader *r = must_open(NULL);
	char path[64];
	int open_files = 0;

	(void)state;
	for (int fd = 0; fd < 64; fd++) {
		struct stat info;

		snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)the_child(),
			fd);
		if (lstat(path, &info) == 0)
			open_files++;
	}
	/* 0: the kernel hides it, which is better still. */
	assert_true(open_files == 4 || open_files == 0);
	image_reader_close(r);
	close(leak);
}

/* ---- frames of a camera -------------------------------------------------- */

static struct frame_look look;

/* A card as a camera sends it: grey and colour by turns. */
static uint8_t *yuyv_of_card(struct frame_shape *shape, size_t *len)
{
	struct picture p = picture_new(640, 480);
	uint8_t *bytes;

	assert_true(picture_qr(&p, 220, 150, 4, CARD, strlen(CARD), QR_MEDIUM) >
		    0);
	*shape = (struct frame_shape){.format = FRAME_YUYV,
		.width = 640,
		.height = 480,
		.stride = 1280};
	*len = (size_t)1280 * 480;
	bytes = malloc(*len);
	assert_non_null(bytes);
	for (size_t i = 0; i < *len; i++)
		bytes[i] = i % 2 ? 128 : p.grey[i / 2];
	picture_free(&p);
	return bytes;
}

static void a_frame_gives_its_code_and_a_small_picture(void **state)
{
	struct image_reader *r = must_open(NULL);
	struct frame_shape shape;
	struct err err = {0};
	size_t len;
	uint8_t *bytes = yuyv_of_card(&shape, &len);

	(void)state;
	for (int i = 0; i < 3; i++) {
		if (!image_reader_frame(r, &shape, bytes, len, PATIENCE, &found,
			    &look, &err))
			fail_msg("%s", err.text);
		assert_int_equal(found.count, 1);
		assert_string_equal((char *)found.code[0].bytes, CARD);
		assert_int_equal(look.width, 91);
		assert_int_equal(look.height, 68);
		assert_int_equal(look.pixel[0], 255);
		assert_in_range(look.pixel[34 * 91 + 45], 1, 250);
	}
	image_reader_close(r);
	free(bytes);
}

/* Files and frames by turns: neither is taken for the other. */
static void a_damaged_frame_is_refused_and_the_next_is_read(void **state)
{
	struct image_reader *r = must_open(NULL);
	struct frame_shape shape, jpeg;
	struct err err = {0};
	size_t len;
	uint8_t *bytes = yuyv_of_card(&shape, &len);

	(void)state;
	jpeg = shape;
	jpeg.format = FRAME_MJPEG;
	save_card("card.png");
	assert_false(image_reader_frame(r, &shape, bytes, len - 2, PATIENCE,
		&found, &look, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_int_equal(found.count, 0);
	assert_int_equal(look.width, 0);
	assert_reads_card(r, "card.png");
	assert_false(image_reader_frame(r, &jpeg, bytes, len, PATIENCE, &found,
		&look, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(image_reader_frame(r, &shape, bytes, 0, PATIENCE, &found,
		&look, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_true(image_reader_frame(r, &shape, bytes, len, PATIENCE, &found,
		&look, &err));
	assert_int_equal(found.count, 1);
	image_reader_close(r);
	free(bytes);
}

/* What is held before the camera may be made to kill a decoder. */
static void T44_a_frame_that_kills_the_child(void **state)
{
	struct image_reader *r = must_open(NULL);
	struct frame_shape shape;
	struct err err = {0};
	size_t len;
	uint8_t *bytes = yuyv_of_card(&shape, &len);

	(void)state;
	kill(the_child(), SIGSTOP);
	assert_false(image_reader_frame(r, &shape, bytes, len, 100, &found,
		&look, &err));
	assert_int_equal(err.code, ERR_TIMEOUT);
	assert_true(image_reader_frame(r, &shape, bytes, len, PATIENCE, &found,
		&look, &err));
	assert_int_equal(found.count, 1);
	image_reader_close(r);
	free(bytes);
}

/* Rule 10: memory that a frame was handed over in is empty afterwards. */
static void nothing_is_left_of_a_frame(void **state)
{
	struct image_reader *r = must_open(NULL);
	struct frame_shape shape;
	struct err err = {0};
	size_t len;
	uint8_t *bytes = yuyv_of_card(&shape, &len);
	int frames = 0;

	(void)state;
	assert_true(image_reader_frame(r, &shape, bytes, len, PATIENCE, &found,
		&look, &err));
	for (int fd = 0; fd < 64; fd++) {
		char path[64], to[64] = "";
		struct stat info;

		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
		if (readlink(path, to, sizeof(to) - 1) < 0 ||
			strncmp(to, "/memfd:frame", 12) != 0)
			continue;
		assert_int_equal(fstat(fd, &info), 0);
		assert_int_equal(info.st_size, 0);
		assert_int_equal(info.st_blocks, 0);
		frames++;
	}
	assert_int_equal(frames, 1);
	image_reader_close(r);
	free(bytes);
}

#define IN_DIR(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static const struct CMUnitTest others[] = {
	IN_DIR(png_jpeg_and_pgm_give_the_exact_bytes),
	IN_DIR(an_image_without_a_code_is_no_failure),
	IN_DIR(two_codes_are_both_given),
	IN_DIR(T45_hostile_files_are_refused_at_once),
	IN_DIR(what_is_no_file_is_refused),
	IN_DIR(T44_a_dead_child_is_replaced),
	IN_DIR(T44_a_stuck_child_is_killed_and_replaced),
	cmocka_unit_test(a_program_that_is_no_child_is_an_error),
	cmocka_unit_test(the_child_is_really_inside),
	cmocka_unit_test(the_child_inherits_nothing),
	cmocka_unit_test(a_frame_gives_its_code_and_a_small_picture),
	IN_DIR(a_damaged_frame_is_refused_and_the_next_is_read),
	cmocka_unit_test(T44_a_frame_that_kills_the_child),
	cmocka_unit_test(nothing_is_left_of_a_frame),
};

int main(int argc, char **argv)
{
	struct CMUnitTest tests[COUNT_OF(wrongs) + COUNT_OF(others)];
	const char *name = strrchr(argv[0], '/');

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0) {
		for (size_t i = 0; name && i < COUNT_OF(wrongs); i++)
			if (strcmp(name + 1, wrongs[i].manner) == 0)
				return misbehave(name + 1);
		return image_reader_child();
	}
	for (size_t i = 0; i < COUNT_OF(wrongs); i++)
		tests[i] = (struct CMUnitTest){.name = wrongs[i].name,
			.test_func = run_wrong,
			.setup_func = setup,
			.teardown_func = teardown,
			.initial_state = &wrongs[i]};
	memcpy(tests + COUNT_OF(wrongs), others, sizeof(others));
	return cmocka_run_group_tests_name("image_reader", tests, NULL, NULL);
}
