#include "db/centre/meter.h"

#include <string.h>

static const struct {
	const char *name;
	const char *label;
} metrics[COUNT_END] = {
	[COUNT_ACK] = {"batches_total", "ack"},
	[COUNT_DUP] = {"batches_total", "dup"},
	[COUNT_GAP] = {"batches_total", "gap"},
	[COUNT_FORK] = {"batches_total", "fork"},
	[COUNT_WRONG] = {"batches_total", "wrong"},
	[COUNT_REVOKED] = {"batches_total", "revoked"},
	[COUNT_UNKNOWN] = {"batches_total", "unknown"},
	[COUNT_NO_BATCH] = {"batches_total", "no_batch"},
	[COUNT_TOO_LARGE] = {"batches_total", "too_large"},
	[COUNT_LATER] = {"batches_total", "later"},
	[COUNT_FULL] = {"batches_total", "full"},
	[COUNT_RECORDS] = {"records_total", NULL},
	[COUNT_DOUBLES] = {"doubles_total", NULL},
	[COUNT_BYTES] = {"batch_bytes_total", NULL},
	[COUNT_ENROLLED] = {"enrolments_total", "done"},
	[COUNT_REFUSED] = {"enrolments_total", "refused"},
	[COUNT_OPENED] = {"opens_total", NULL},
	[COUNT_PARCELS] = {"parcels_total", NULL},
	[COUNT_TAILS] = {"tails_total", NULL},
};

static const struct {
	long long ms;
	const char *le; /* seconds */
} buckets[METER_BUCKETS] = {
	{5, "0.005"},
	{10, "0.01"},
	{25, "0.025"},
	{50, "0.05"},
	{100, "0.1"},
	{250, "0.25"},
	{500, "0.5"},
	{1000, "1"},
	{2500, "2.5"},
	{10000, "10"},
};

const char *meter_label(enum counted what)
{
	return metrics[what].label;
}

void meter_add(struct meter *m, enum counted what, uint64_t n)
{
	atomic_fetch_add_explicit(&m->count[what], n, memory_order_relaxed);
}

void meter_time(struct meter *m, long long ms)
{
	size_t i = 0;

	while (i < METER_BUCKETS && ms > buckets[i].ms)
		i++;
	atomic_fetch_add_explicit(&m->bucket[i], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&m->ms, (unsigned long long)ms,
		memory_order_relaxed);
}

static unsigned long long value(atomic_ullong *v)
{
	return atomic_load_explicit(v, memory_order_relaxed);
}

static void put_counts(struct meter *m, struct buf *out)
{
	for (int i = 0; i < COUNT_END; i++) {
		if (i == 0 || strcmp(metrics[i].name, metrics[i - 1].name) != 0)
			buf_printf(out, "# TYPE chitra_centre_%s counter\n",
				metrics[i].name);
		if (metrics[i].label)
			buf_printf(out,
				"chitra_centre_%s{answer=\"%s\"} %llu\n",
				metrics[i].name, metrics[i].label,
				value(&m->count[i]));
		else
			buf_printf(out, "chitra_centre_%s %llu\n",
				metrics[i].name, value(&m->count[i]));
	}
}

/* Each bucket has those of the ones before it, too. */
static void put_times(struct meter *m, struct buf *out)
{
	unsigned long long sum = 0;

	buf_printf(out, "# TYPE chitra_centre_batch_seconds histogram\n");
	for (int i = 0; i < METER_BUCKETS; i++) {
		sum += value(&m->bucket[i]);
		buf_printf(out,
			"chitra_centre_batch_seconds_bucket{le=\"%s\"} %llu\n",
			buckets[i].le, sum);
	}
	sum += value(&m->bucket[METER_BUCKETS]);
	buf_printf(out,
		"chitra_centre_batch_seconds_bucket{le=\"+Inf\"} %llu\n"
		"chitra_centre_batch_seconds_sum %.3f\n"
		"chitra_centre_batch_seconds_count %llu\n",
		sum, (double)value(&m->ms) / 1000, sum);
}

static void put_gauge(struct buf *out, const char *name, uint64_t v)
{
	buf_printf(out,
		"# TYPE chitra_centre_%s gauge\nchitra_centre_%s %llu\n", name,
		name, (unsigned long long)v);
}

void meter_write(struct meter *m, const struct meter_now *now, struct buf *out)
{
	put_counts(m, out);
	put_times(m, out);
	put_gauge(out, "in_hand", now->in_hand);
	put_gauge(out, "in_hand_most", now->in_hand_most);
	put_gauge(out, "store_up", now->up);
	if (!now->up)
		return;
	put_gauge(out, "terminals", now->counts.devices);
	put_gauge(out, "records", now->counts.records);
	put_gauge(out, "evidence", now->counts.evidence);
	put_gauge(out, "alerts_open", now->counts.alerts);
}
