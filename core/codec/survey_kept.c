#include "core/codec/survey_kept.h"

#include <inttypes.h>
#include <string.h>

#include "core/asset.h"
#include "core/codec/list_in.h"
#include "core/codec/survey_in.h"
#include "core/str.h"

static const char folder[] = "assets/questions/";

struct bytes {
	const uint8_t *bytes;
	size_t len;
};

/* The reader, and what it said first. */
struct kept {
	struct survey_in *in;
	struct survey_error first;
	struct err *err;
};

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	const struct bytes *b = ctx;

	if (at < 0 || (size_t)at >= b->len)
		return 0;
	if (len > b->len - (size_t)at)
		len = b->len - (size_t)at;
	memcpy(out, b->bytes + at, len);
	return (int64_t)len;
}

static bool on_row(void *ctx, const struct cells *row)
{
	struct kept *k = ctx;

	return survey_in_row(k->in, row, k->err);
}

static bool on_trouble(void *ctx, const struct survey_error *e)
{
	struct kept *k = ctx;

	if (k->first.trouble == SURVEY_TROUBLE_NONE)
		k->first = *e;
	return true;
}

static bool read_all(struct kept *k, const struct cells_file *file,
	struct survey *out, struct err *err)
{
	const struct cells_sink sink = {k, on_row};
	const struct survey *s;

	if (!list_in_read_sheets(file, &sink, err))
		return false;
	s = survey_in_end(k->in, err);
	if (s) {
		*out = *s;
		return true;
	}
	return err_set(err, ERR_INVALID, 0,
		"questions: sheet %s, row %" PRId64 ", column %s: %s [%s]",
		survey_in_sheets[k->first.sheet], k->first.row, k->first.column,
		survey_trouble_code(k->first.trouble), k->first.value);
}

bool survey_kept_read(const void *bytes, size_t len, struct survey *out,
	struct err *err)
{
	struct bytes b = {bytes, len};
	const struct cells_file file = {&b, (int64_t)len, read_at};
	struct kept k = {.err = err};
	bool ok;

	k.in = survey_in_new(&k, on_trouble, err);
	if (!k.in)
		return false;
	ok = read_all(&k, &file, out, err);
	survey_in_free(k.in);
	return ok;
}

/* They stand in the order of their names; NULL: none is left. */
static const struct asset *asset_before(const struct asset *a)
{
	while (a-- > assets)
		if (str_starts(a->path, folder))
			return a;
	return NULL;
}

bool survey_kept_builtin(struct survey *out, struct err *err)
{
	const struct asset *a = asset_before(assets + assets_count);

	if (!a)
		return err_set(err, ERR_INVALID, 0,
			"no questions are built in");
	return survey_kept_read(a->data, a->size, out, err);
}

enum lookup survey_kept_builtin_by(const uint8_t sha256[SURVEY_KEPT_SHORT],
	struct survey *out, struct err *err)
{
	const struct asset *a = assets + assets_count;

	while ((a = asset_before(a)) != NULL) {
		if (!survey_kept_read(a->data, a->size, out, err))
			return LOOKUP_FAILED;
		if (memcmp(out->sha256, sha256, SURVEY_KEPT_SHORT) == 0)
			return LOOKUP_FOUND;
	}
	return LOOKUP_ABSENT;
}
