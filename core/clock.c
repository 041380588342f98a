#include "core/clock.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/str.h"

enum {
	HEX_DIGITS = 2 * CLOCK_BOOT_ID_SIZE
};

/* Set by tests only, while other threads may ask for the time. */
static _Atomic(long long) frozen_ms = -1;
static _Atomic(int64_t) frozen_wall_ms = -1;

static int64_t read_clock(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

long long clock_ms(void)
{
	const long long ms = frozen_ms;

	return ms >= 0 ? ms : read_clock(CLOCK_MONOTONIC);
}

int64_t clock_wall_ms(void)
{
	const int64_t ms = frozen_wall_ms;

	return ms >= 0 ? ms : read_clock(CLOCK_REALTIME);
}

int64_t clock_boot_ms(void)
{
	return read_clock(CLOCK_BOOTTIME);
}

void clock_boot_id(uint8_t out[CLOCK_BOOT_ID_SIZE])
{
	char text[64] = "";
	char hex[HEX_DIGITS + 1];
	size_t n = 0;
	FILE *in = fopen("/proc/sys/kernel/random/boot_id", "r");

	memset(out, 0, CLOCK_BOOT_ID_SIZE);
	if (!in)
		return;
	if (!fgets(text, sizeof(text), in))
		text[0] = '\0';
	fclose(in);
	for (const char *s = text; *s && n < HEX_DIGITS; s++)
		if (*s != '-' && *s != '\n')
			hex[n++] = *s;
	hex[n] = '\0';
	if (n == HEX_DIGITS)
		str_from_hex(hex, out, CLOCK_BOOT_ID_SIZE, &n);
}

void clock_freeze(long long ms)
{
	frozen_ms = ms;
}

void clock_freeze_wall(int64_t ms)
{
	frozen_wall_ms = ms;
}
