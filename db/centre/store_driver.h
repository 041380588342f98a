/*
 * store_driver.h - what a database must provide to be the centre's store.
 *
 * A driver embeds struct store as its first member. Included by store*.c
 * only. Every operation but take is mandatory; each does what the function of that
 * name in store.h says, but for those explained here. Policy (what a payment
 * paid twice means, what an error is called) is in store.c, once.
 */
#ifndef DB_CENTRE_STORE_DRIVER_H
#define DB_CENTRE_STORE_DRIVER_H

#include "db/centre/store.h"

struct store_ops {
	const char *name;
	void (*close)(struct store *s);
	bool (*begin)(struct store *s, struct err *err);
	bool (*commit)(struct store *s, struct err *err);
	void (*rollback)(struct store *s);

	enum lookup (*device_get)(struct store *s, const uint8_t *dev,
		bool lock, struct store_device *out, struct err *err);
	bool (*device_add)(struct store *s, const struct store_device *d,
		struct err *err);
	bool (*device_put)(struct store *s, const struct store_device *d,
		struct err *err);
	bool (*devices)(struct store *s,
		bool (*each)(const struct store_device *d, void *arg),
		void *arg, struct err *err);

	bool (*records_add)(struct store *s, const uint8_t *dev,
		const struct store_record *r, size_t n, uint64_t now,
		struct err *err);
	bool (*hashes)(struct store *s, const uint8_t *dev, uint64_t from,
		uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
		struct err *err);
	bool (*records)(struct store *s, const uint8_t *dev, uint64_t from,
		uint64_t to,
		bool (*each)(const struct store_record *r, void *arg),
		void *arg, struct err *err);
	bool (*moves)(struct store *s,
		bool (*each)(const uint8_t *dev, const struct store_record *r,
			void *arg),
		void *arg, struct err *err);
	bool (*key_add)(struct store *s, const uint8_t *dev, uint64_t first,
		uint64_t epoch, const uint8_t *key, struct err *err);
	enum lookup (*key_at)(struct store *s, const uint8_t *dev, uint64_t seq,
		uint8_t *out, struct err *err);
	bool (*pds_add)(struct store *s, const uint8_t *dev,
		const struct batch_pd *pd, size_t n, struct err *err);
	bool (*pds)(struct store *s, const uint8_t *dev, uint64_t from,
		uint64_t to, bool (*each)(const struct batch_pd *pd, void *arg),
		void *arg, struct err *err);
	bool (*handed_add)(struct store *s, const struct store_handed *h,
		struct err *err);
	bool (*handed_each)(struct store *s,
		bool (*each)(const struct store_handed *h, void *arg),
		void *arg, struct err *err);
	enum lookup (*note_get)(struct store *s, const uint8_t *dev,
		uint64_t seq, struct store_note *out, struct err *err);
	bool (*note_put)(struct store *s, const uint8_t *dev, uint64_t seq,
		const struct store_note *note, uint64_t now, struct err *err);

	bool (*notes)(struct store *s, uint64_t from, uint64_t to,
		bool (*each)(const struct store_note *note, uint64_t t,
			void *arg),
		void *arg, struct err *err);

	/*
	 * Enter those of p that nobody has paid; taken[i] says which. Must be
	 * right, too, while others do the same (a unique key). p is in the
	 * order of ent, so that two who wait for each other cannot be.
	 */
	bool (*paid_put)(struct store *s, const struct store_paid *p, size_t n,
		bool *taken, struct err *err);
	/* Take out just this payment. FOUND: it was the one that stands. */
	enum lookup (*paid_drop)(struct store *s, const struct store_paid *p,
		struct err *err);
	enum lookup (*paid_by)(struct store *s, const uint8_t *ent,
		struct store_paid *out, struct err *err);
	/* The oldest open double of ent, which is ended by that number. */
	enum lookup (*double_take)(struct store *s, const uint8_t *ent,
		uint64_t by, struct store_paid *out, struct err *err);
	/* End the open doubles of just this payment. */
	bool (*double_end)(struct store *s, const struct store_paid *p,
		uint64_t by, struct err *err);

	/* NULL: it has no short way. paid is in the order of ent. */
	enum lookup (*take)(struct store *s, const struct store_take *t,
		struct err *err);

	bool (*alert_add)(struct store *s, const struct store_alert *a,
		struct err *err);
	bool (*alerts)(struct store *s,
		bool (*each)(const struct store_alert *a, void *arg), void *arg,
		struct err *err);
	bool (*evidence_add)(struct store *s, const struct store_evidence *e,
		const uint8_t sha[CRYPTO_HASH_SIZE], struct err *err);
	bool (*evidence_each)(struct store *s,
		bool (*each)(const struct store_evidence *e, void *arg),
		void *arg, struct err *err);
	bool (*code_add)(struct store *s, const uint8_t *hash, const char *name,
		uint64_t until, struct err *err);
	enum lookup (*code_take)(struct store *s, const uint8_t *hash,
		uint64_t now, const uint8_t *dev, char *name, struct err *err);
	bool (*counts)(struct store *s, struct store_counts *out,
		struct err *err);

	/* dev NULL: those for all. */
	bool (*parcel_add)(struct store *s, const struct parcel *p,
		struct err *err);
	bool (*parcels)(struct store *s, const uint8_t *dev, uint64_t kind,
		uint64_t above, bool (*each)(const struct parcel *p, void *arg),
		void *arg, struct err *err);
	bool (*parcel_last)(struct store *s, const uint8_t *dev, uint64_t kind,
		uint64_t *version, struct err *err);
	bool (*piece_add)(struct store *s, const uint8_t *sha, uint64_t n,
		const void *bytes, size_t len, struct err *err);
	enum lookup (*piece_get)(struct store *s, const uint8_t *sha,
		uint64_t n, uint8_t *out, size_t *len, struct err *err);
};

struct store {
	const struct store_ops *ops;
};

struct store *store_sqlite_open(const char *path, struct err *err);
struct store *store_pg_open(const char *url, struct err *err);

/*
 * Step after step of db/centre/schema/NNNN_<kind>.sql behind step from: its
 * SQL, or NULL if there is no more. *step: its number.
 */
const char *store_schema_next(const char *kind, int from, int *step);
int store_schema_newest(const char *kind);

/* The six totals as 48 bytes, and back. */
enum {
	STORE_TOT_BYTES = 8 * STORE_TOTALS
};
void store_tot_pack(const int64_t tot[STORE_TOTALS],
	uint8_t out[STORE_TOT_BYTES]);
void store_tot_unpack(const uint8_t in[STORE_TOT_BYTES],
	int64_t tot[STORE_TOTALS]);

#endif
