/*
 * clock.h - the only source of time; tests replace it.
 *
 * Three clocks, because each can lie in its own way: one for time-outs, one
 * that people read (it may be wrong or jump), one that counts since the
 * machine was switched on, sleep included. The journal stores the last two
 * side by side (keys 5, 6 and 7 of its format). Any thread may call.
 */
#ifndef CORE_CLOCK_H
#define CORE_CLOCK_H

#include <stdint.h>

enum {
	CLOCK_BOOT_ID_SIZE = 8
};

/* Milliseconds that never jump back; only differences mean anything. */
long long clock_ms(void);

/* Wall clock: milliseconds since 1970-01-01 UTC. */
int64_t clock_wall_ms(void);

/* Milliseconds since this machine started, sleep included. */
int64_t clock_boot_ms(void);

/*
 * The first 8 bytes of the kernel's boot id: the same until the next start.
 * All zero if the kernel does not tell.
 */
void clock_boot_id(uint8_t out[CLOCK_BOOT_ID_SIZE]);

/* From now on clock_ms() returns ms. For tests; -1 gives real time back. */
void clock_freeze(long long ms);

/* The same for clock_wall_ms(). */
void clock_freeze_wall(int64_t ms);

#endif
