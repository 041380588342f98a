/*
 * peak.h - the most that this program had in memory, for the benches.
 *
 * Linux counts it anew only if asked to (/proc/self/clear_refs).
 */
#ifndef SUPPORT_PEAK_H
#define SUPPORT_PEAK_H

/* Count anew. Returns what is in memory now, KiB. */
long peak_begin(void);

/* KiB, since peak_begin(). */
long peak_kib(void);

#endif
