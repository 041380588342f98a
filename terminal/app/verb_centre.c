/*
 * verb_centre.c - `chitra centre`: the centre that this terminal belongs to.
 *
 * join: the first question goes to whoever has the authority of --ca, or the
 * very key of --pin, both of which came with the code, and by another way than
 * this network. What it answers is believed when a second question, over the
 * new certificates, gets an answer signed with the new key.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/outbox.h"
#include "db/revlist.h"
#include "drivers/net/net_curl.h"
#include "terminal/app/json.h"
#include "terminal/app/uplink.h"
#include "terminal/app/verb.h"
#include "terminal/app/verb_tail.h"
#include "terminal/flows/upload_text.h"

enum {
	SKEW_MS = 5 * 60 * 1000 /* said, not refused */
};

struct joining {
	const char *url;
	const char *code;
	const char *ca_path;
	const char *pin;
	char ca[ENROL_CERT_MAX];
	char cert[ENROL_CERT_MAX];
	char key[OUTBOX_KEY_PEM];
	const char *proxy;
	uint8_t reply[UPLINK_BODY];
	struct enrol_answer answer; /* into reply */
	int64_t skew;
};

/* ---- what is wrong ----------------------------------------------------------
 */

static enum exit_status net_failed_so(const struct options *o,
	enum net_trouble trouble, const struct err *err)
{
	const enum upload_trouble t = uplink_trouble(trouble);

	log_err("join", err);
	fprintf(stderr, "(%s)\n", err->text);
	return verb_refuse(o, upload_trouble_name(t), upload_says(t),
		upload_is_alarm(t) ? EXIT_REFUSED : EXIT_COULD_NOT);
}

static enum exit_status no_sense(const struct options *o)
{
	return verb_refuse(o, "no_sense",
		tr("The centre's answer was not as it has to be. Nothing was"
		   " changed; try again."),
		EXIT_COULD_NOT);
}

static enum exit_status by_status(const struct options *o, unsigned status)
{
	switch (status) {
	case 403:
		return verb_refuse(o, "code",
			tr("The centre does not take this code: it is unknown,"
			   " used up or too old. Ask the centre for a new"
			   " one."),
			EXIT_REFUSED);
	case 409:
		return verb_refuse(o, "other_key",
			tr("The centre has another key of this terminal."
			   " Nothing was changed; call the technician."),
			EXIT_REFUSED);
	case 429:
	case 503:
		return verb_refuse(o, "busy", upload_says(UPLOAD_BUSY),
			EXIT_COULD_NOT);
	}
	return no_sense(o);
}

/* ---- two questions ------------------------------------------------------------
 */

static bool ask(const struct options *o, const struct net_curl_options *how,
	const struct net_question *q, struct net_answer *a,
	enum exit_status *status)
{
	enum net_trouble trouble;
	struct err err = {0};
	struct net *net = net_curl_open(how, &trouble, &err);
	const bool ok = net && net_ask(net, q, a, &trouble, &err);

	net_close(net);
	if (!ok)
		*status = net_failed_so(o, trouble, &err);
	else if (a->status != 200)
		*status = by_status(o, a->status);
	return ok && a->status == 200;
}

static bool keep_certificates(struct joining *j)
{
	const struct enrol_answer *a = &j->answer;

	if (a->cert_len >= sizeof(j->cert) || a->ca_len >= sizeof(j->ca))
		return false;
	memcpy(j->cert, a->cert, a->cert_len);
	j->cert[a->cert_len] = '\0';
	memcpy(j->ca, a->ca, a->ca_len);
	j->ca[a->ca_len] = '\0';
	return true;
}

static bool enrol(const struct options *o, struct db *db, struct joining *j,
	enum exit_status *status)
{
	const struct net_curl_options how = {.url = j->url,
		.ca = j->ca_path ? j->ca : NULL,
		.pin = j->pin,
		.proxy = j->proxy};
	uint8_t code[CRYPTO_HASH_SIZE];
	uint8_t request[ENROL_MAX_BYTES];
	struct net_question q = {.method = "POST",
		.path = "/v1/enrol",
		.body = request};
	struct net_answer a = {.body = j->reply, .size = sizeof(j->reply)};
	struct err err = {0};
	struct buf b;

	buf_init(&b, request, sizeof(request));
	if (!enrol_code_hash(j->code, code) ||
		!outbox_enrol(db, code, &b, &err)) {
		*status = err.code == ERR_NONE ? EXIT_USAGE : verb_err(o, &err);
		return false;
	}
	q.len = b.len;
	if (!ask(o, &how, &q, &a, status))
		return false;
	if (enrol_answer_read(a.body, a.len, &j->answer) &&
		keep_certificates(j))
		return true;
	*status = no_sense(o);
	return false;
}

/* Over the new certificates: is it the one whose key that is? */
static bool prove(const struct options *o, struct joining *j,
	enum exit_status *status)
{
	const struct net_curl_options how = {.url = j->url,
		.ca = j->ca,
		.cert = j->cert,
		.key = j->key,
		.proxy = j->proxy};
	uint8_t nonce[CHECKPOINT_NONCE];
	char hex[2 * CHECKPOINT_NONCE + 1];
	char path[80];
	uint8_t text[ENROL_TIME_TEXT];
	const struct net_question q = {.method = "GET", .path = path};
	struct net_answer a = {.body = text, .size = sizeof(text)};
	uint64_t ms = 0;

	crypto_random(nonce, sizeof(nonce));
	str_to_hex(nonce, sizeof(nonce), hex);
	snprintf(path, sizeof(path), "/v1/time?nonce=%s", hex);
	if (!ask(o, &how, &q, &a, status))
		return false;
	if (!enrol_time_read((const char *)a.body, a.len, nonce, j->answer.name,
		    j->answer.sign, &ms)) {
		*status = no_sense(o);
		return false;
	}
	j->skew = clock_wall_ms() - (int64_t)ms;
	return true;
}

/* ---- join -------------------------------------------------------------------
 */

static enum exit_status joined(const struct options *o, const struct joining *j)
{
	const int64_t minutes = j->skew / 60000;
	cJSON *reply = json_ok();

	if (j->skew > SKEW_MS || j->skew < -SKEW_MS) {
		fprintf(stderr,
			tr("The clock of this machine differs from the"
			   " centre's by %lld minutes. Set it right."),
			(long long)minutes);
		fputc('\n', stderr);
	}
	cJSON_AddStringToObject(reply, "centre", j->answer.name);
	cJSON_AddStringToObject(reply, "url", j->url);
	json_int(reply, "clock_ms", j->skew);
	if (!o->json)
		printf(tr("This terminal belongs to the centre %s at %s.\n"),
			j->answer.name, j->url);
	return verb_reply(o, reply, EXIT_DONE);
}

static enum exit_status join(const struct options *o, struct verb_store *v,
	struct joining *j)
{
	enum exit_status status = EXIT_COULD_NOT;
	struct refusal why;
	struct err err = {0};

	if (db_info(v->db)->training)
		return verb_refuse(o, "training",
			tr("This store is for training or is a copy: nothing of"
			   " it goes to a centre."),
			EXIT_REFUSED);
	j->proxy = v->config.centre.proxy[0] ? v->config.centre.proxy : NULL;
	if (!outbox_may(v->db, &v->session, &why))
		return verb_refusal(o, &why);
	if (!outbox_device_key(v->db, j->key, &err))
		return verb_err(o, &err);
	if (!enrol(o, v->db, j, &status) || !prove(o, j, &status))
		return status;
	switch (outbox_join(v->db, &v->session, j->url, &j->answer, &why,
		&err)) {
	case VERDICT_FAILED:
		return verb_err(o, &err);
	case VERDICT_REFUSED:
		return verb_refusal(o, &why);
	case VERDICT_DONE:
		break;
	}
	return joined(o, j);
}

static bool read_ca(struct joining *j)
{
	const int fd = open(j->ca_path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, j->ca, sizeof(j->ca) - 1);
	close(fd);
	if (n <= 0 || (size_t)n == sizeof(j->ca) - 1)
		return false;
	j->ca[n] = '\0';
	return strstr(j->ca, "-----BEGIN CERTIFICATE-----") != NULL;
}

/* What can be said without asking anybody. */
static bool is_in_order(const struct options *o, struct joining *j,
	enum exit_status *status)
{
	uint8_t code[CRYPTO_HASH_SIZE];

	if (!net_curl_url_is_good(j->url)) {
		*status = verb_refuse(o, "url",
			tr("The address of the centre has to begin with"
			   " https:// and has a name or number only, as"
			   " https://centre.example:8443."),
			EXIT_USAGE);
		return false;
	}
	if (!enrol_code_hash(j->code, code)) {
		*status = verb_refuse(o, "code",
			tr("The one-time code is not right: 16 letters and"
			   " digits, as the centre read it out."),
			EXIT_USAGE);
		return false;
	}
	if (j->ca_path && !read_ca(j)) {
		*status = verb_refuse(o, "ca",
			tr("The file of the centre's authority cannot be read."
			   " It is called ca.pem and comes from the centre."),
			EXIT_USAGE);
		return false;
	}
	return true;
}

static enum exit_status start_join(const struct options *o, struct joining *j)
{
	enum exit_status status;
	struct verb_store v;

	if (!is_in_order(o, j, &status))
		return status;
	if (!verb_open(o, true, &v, &status))
		return status;
	status = join(o, &v, j);
	verb_close(&v);
	return status;
}

/* ---- show -------------------------------------------------------------------
 */

static enum exit_status show(const struct options *o)
{
	struct outbox_centre *c = calloc(1, sizeof(*c));
	enum exit_status status = EXIT_COULD_NOT;
	struct outbox_state s;
	struct verb_store v;
	struct err err = {0};
	enum lookup got;
	cJSON *reply;

	if (!c)
		return EXIT_COULD_NOT;
	if (!verb_open(o, false, &v, &status)) {
		free(c);
		return status;
	}
	got = outbox_centre(v.db, c, &err);
	if (got == LOOKUP_FAILED || !outbox_state(v.db, &s, &err)) {
		status = verb_err(o, &err);
	} else if (got == LOOKUP_ABSENT) {
		status = verb_refuse(o, "no_centre",
			tr("This terminal belongs to no centre yet. A"
			   " supervisor joins it: chitra centre join --url …"
			   " --code …"),
			EXIT_REFUSED);
	} else {
		reply = json_ok();
		cJSON_AddStringToObject(reply, "centre", c->name);
		cJSON_AddStringToObject(reply, "url", c->url);
		json_int(reply, "made", (int64_t)s.made);
		json_int(reply, "sent", (int64_t)s.sent);
		json_int(reply, "acked", (int64_t)s.acked);
		json_int(reply, "waiting", (int64_t)s.waiting);
		json_int(reply, "contact_at", s.contact_at);
		cJSON_AddStringToObject(reply, "trouble", s.trouble);
		if (!o->json) {
			printf(tr("This terminal belongs to the centre %s at"
				  " %s.\n"),
				c->name, c->url);
			printf(tr("Recorded %llu, sent %llu, confirmed by the"
				  " centre %llu.\n"),
				(unsigned long long)s.made,
				(unsigned long long)s.sent,
				(unsigned long long)s.acked);
		}
		status = verb_reply(o, reply, EXIT_DONE);
	}
	verb_close(&v);
	free(c);
	return status;
}

/* ---- the key of lists alone ----------------------------------------------------
 */

static enum exit_status sign_key(const struct options *o, const char *hex)
{
	uint8_t key[CRYPTO_PUBLIC_SIZE];
	enum exit_status status;
	struct verb_store v;
	struct refusal why;
	struct err err = {0};
	enum verdict got;
	size_t len;

	if (!str_from_hex(hex, key, sizeof(key), &len) || len != sizeof(key))
		return verb_usage("centre");
	if (!verb_open(o, true, &v, &status))
		return status;
	got = revlist_set_key(v.db, &v.session, key, &why, &err);
	if (got == VERDICT_DONE)
		status = verb_reply(o, json_ok(), EXIT_DONE);
	else
		status = got == VERDICT_FAILED ? verb_err(o, &err)
					       : verb_refusal(o, &why);
	verb_close(&v);
	return status;
}

enum exit_status verb_centre(int argc, char **argv)
{
	struct joining *j = calloc(1, sizeof(*j));
	const char *hex = NULL;
	const char *from = NULL;
	bool yes = false;
	enum exit_status status = EXIT_USAGE;
	struct options o;

	if (!j)
		return EXIT_COULD_NOT;
	const struct option_spec own[] = {{"--sign-key", OPTION_TEXT, &hex},
		{"--url", OPTION_TEXT, &j->url},
		{"--code", OPTION_TEXT, &j->code},
		{"--ca", OPTION_TEXT, &j->ca_path},
		{"--pin", OPTION_TEXT, &j->pin}, {"--from", OPTION_TEXT, &from},
		{"--yes", OPTION_FLAG, &yes}};

	if (!verb_options(&o, "centre", argc, argv, own, 7))
		status = EXIT_USAGE;
	else if (o.words == 0 && hex)
		status = sign_key(&o, hex);
	else if (o.words == 1 && strcmp(o.word[0], "show") == 0)
		status = show(&o);
	else if (o.words == 1 && strcmp(o.word[0], "tail") == 0)
		status = tail_show(&o, from, yes);
	else if (o.words == 1 && strcmp(o.word[0], "join") == 0 && j->url &&
		 j->code && (j->ca_path || j->pin))
		status = start_join(&o, j);
	else
		status = verb_usage("centre");
	crypto_wipe(j, sizeof(*j));
	free(j);
	return status;
}
