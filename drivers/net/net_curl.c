#include "drivers/net/net_curl.h"

/* Its macros that check types know of the linked functions only. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "core/str.h"
#include "drivers/net/net_driver.h"

#undef curl_easy_setopt
#undef curl_easy_getinfo

#define LIBRARY "libcurl.so.4"

enum {
	URL_SIZE = 300,
	HEADER_MAX = 64 * 1024 /* all of an answer's, that is */
};

/* X509_V_ERR_…, which CURLINFO_SSL_VERIFYRESULT says: not begun, over. */
enum {
	NOT_YET_VALID = 9,
	HAS_EXPIRED = 10
};

struct library {
	__typeof__(&curl_global_init) curl_global_init;
	__typeof__(&curl_easy_init) curl_easy_init;
	__typeof__(&curl_easy_setopt) curl_easy_setopt;
	__typeof__(&curl_easy_perform) curl_easy_perform;
	__typeof__(&curl_easy_getinfo) curl_easy_getinfo;
	__typeof__(&curl_easy_cleanup) curl_easy_cleanup;
	__typeof__(&curl_easy_strerror) curl_easy_strerror;
	__typeof__(&curl_slist_append) curl_slist_append;
	__typeof__(&curl_slist_free_all) curl_slist_free_all;
};

struct net_curl {
	struct net base;
	struct library lib;
	struct net_curl_options o;
	CURL *easy;
	struct curl_slist *headers;
	/* Of the exchange that is out. */
	struct net_answer *answer;
	bool too_long;
	size_t header_bytes;
	char why[CURL_ERROR_SIZE];
};

/* ---- the library ------------------------------------------------------------
 */

/* A function of the library into its place; false: it has none. */
static bool look_up(void *handle, const char *name, void *place)
{
	void *call = dlsym(handle, name);

	memcpy(place, &call, sizeof(call));
	return call != NULL;
}

/* It stays loaded: OpenSSL below it has state of its own. */
static bool load(struct library *lib)
{
	void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_NODELETE);
	const struct {
		const char *name;
		void *place;
	} calls[] = {
		{"curl_global_init", &lib->curl_global_init},
		{"curl_easy_init", &lib->curl_easy_init},
		{"curl_easy_setopt", &lib->curl_easy_setopt},
		{"curl_easy_perform", &lib->curl_easy_perform},
		{"curl_easy_getinfo", &lib->curl_easy_getinfo},
		{"curl_easy_cleanup", &lib->curl_easy_cleanup},
		{"curl_easy_strerror", &lib->curl_easy_strerror},
		{"curl_slist_append", &lib->curl_slist_append},
		{"curl_slist_free_all", &lib->curl_slist_free_all},
	};

	for (size_t i = 0; handle && i < sizeof(calls) / sizeof(calls[0]); i++)
		if (!look_up(handle, calls[i].name, calls[i].place))
			handle = NULL;
	return handle && lib->curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

/* ---- what comes in -----------------------------------------------------------
 */

static size_t take_body(char *bytes, size_t one, size_t len, void *arg)
{
	struct net_curl *c = arg;
	struct net_answer *a = c->answer;

	(void)one;
	if (len > a->size - a->len) {
		c->too_long = true;
		return 0;
	}
	memcpy(a->body + a->len, bytes, len);
	a->len += len;
	return len;
}

/* "Retry-After: 120"; a date is not what our centre says, and is passed. */
static void hear_retry(struct net_answer *a, const char *line, size_t len)
{
	static const char name[] = "retry-after:";
	const size_t skip = sizeof(name) - 1;
	char text[16];
	int64_t seconds;

	if (len <= skip || strncasecmp(line, name, skip) != 0)
		return;
	line += skip;
	len -= skip;
	while (len > 0 && (*line == ' ' || *line == '\t')) {
		line++;
		len--;
	}
	while (len > 0 && (unsigned char)line[len - 1] <= ' ')
		len--;
	if (len == 0 || len >= sizeof(text))
		return;
	memcpy(text, line, len);
	text[len] = '\0';
	if (str_to_int(text, 0, NET_RETRY_MAX_S, &seconds))
		a->retry_s = (unsigned)seconds;
}

static size_t take_header(char *bytes, size_t one, size_t len, void *arg)
{
	struct net_curl *c = arg;

	(void)one;
	c->header_bytes += len;
	if (c->header_bytes > HEADER_MAX) {
		c->too_long = true;
		return 0;
	}
	hear_retry(c->answer, bytes, len);
	return len;
}

/* Called at least once a second. */
static int look_whether_stopped(void *arg, curl_off_t all_in, curl_off_t in,
	curl_off_t all_out, curl_off_t out)
{
	struct net_curl *c = arg;

	(void)all_in;
	(void)in;
	(void)all_out;
	(void)out;
	return atomic_load(&c->base.stopped);
}

/* ---- setting it up ----------------------------------------------------------
 */

static bool number(struct net_curl *c, CURLoption option, long value)
{
	return c->lib.curl_easy_setopt(c->easy, option, value) == CURLE_OK;
}

static bool text(struct net_curl *c, CURLoption option, const char *value)
{
	return c->lib.curl_easy_setopt(c->easy, option, value) == CURLE_OK;
}

static bool pointer(struct net_curl *c, CURLoption option, void *value)
{
	return c->lib.curl_easy_setopt(c->easy, option, value) == CURLE_OK;
}

/* From memory, never from a file; not copied: it may be a secret. */
static bool blob(struct net_curl *c, CURLoption option, const char *pem)
{
	struct curl_blob b = {.data = (void *)(uintptr_t)pem,
		.len = strlen(pem),
		.flags = CURL_BLOB_NOCOPY};

	return c->lib.curl_easy_setopt(c->easy, option, &b) == CURLE_OK;
}

/* Nobody is believed but whom we were told of. */
static bool set_trust(struct net_curl *c)
{
	const bool by_ca = c->o.ca != NULL;

	return number(c, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2) &&
	       text(c, CURLOPT_CAINFO, NULL) && text(c, CURLOPT_CAPATH, NULL) &&
	       (!by_ca || blob(c, CURLOPT_CAINFO_BLOB, c->o.ca)) &&
	       (!c->o.pin || text(c, CURLOPT_PINNEDPUBLICKEY, c->o.pin)) &&
	       (by_ca || c->o.pin) &&
	       number(c, CURLOPT_SSL_VERIFYPEER, by_ca) &&
	       number(c, CURLOPT_SSL_VERIFYHOST, by_ca ? 2 : 0) &&
	       number(c, CURLOPT_SSL_SESSIONID_CACHE, 0) &&
	       number(c, CURLOPT_SSL_OPTIONS, 0);
}

static bool set_ourselves(struct net_curl *c)
{
	if (!c->o.cert)
		return true;
	return c->o.key && text(c, CURLOPT_SSLCERTTYPE, "PEM") &&
	       blob(c, CURLOPT_SSLCERT_BLOB, c->o.cert) &&
	       text(c, CURLOPT_SSLKEYTYPE, "PEM") &&
	       blob(c, CURLOPT_SSLKEY_BLOB, c->o.key);
}

static bool set_limits(struct net_curl *c)
{
	const long low = c->o.low_s > 0 ? c->o.low_s : NET_LOW_S;
	const long total = c->o.total_s > 0 ? c->o.total_s : NET_TOTAL_S;

	return number(c, CURLOPT_CONNECTTIMEOUT, NET_CONNECT_S) &&
	       number(c, CURLOPT_LOW_SPEED_LIMIT, NET_LOW_BYTES) &&
	       number(c, CURLOPT_LOW_SPEED_TIME, low) &&
	       number(c, CURLOPT_TIMEOUT, total) &&
	       number(c, CURLOPT_NOSIGNAL, 1) &&
	       number(c, CURLOPT_FOLLOWLOCATION, 0) &&
	       number(c, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1) &&
	       number(c, CURLOPT_NETRC, CURL_NETRC_IGNORED) &&
	       text(c, CURLOPT_PROTOCOLS_STR, "https") &&
	       text(c, CURLOPT_PROXY, c->o.proxy ? c->o.proxy : "") &&
	       text(c, CURLOPT_NOPROXY, "");
}

static bool set_calls(struct net_curl *c)
{
	CURL *e = c->easy;
	const struct library *l = &c->lib;

	return l->curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, take_body) ==
		       CURLE_OK &&
	       pointer(c, CURLOPT_WRITEDATA, c) &&
	       l->curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, take_header) ==
		       CURLE_OK &&
	       pointer(c, CURLOPT_HEADERDATA, c) &&
	       l->curl_easy_setopt(e, CURLOPT_XFERINFOFUNCTION,
		       look_whether_stopped) == CURLE_OK &&
	       pointer(c, CURLOPT_XFERINFODATA, c) &&
	       number(c, CURLOPT_NOPROGRESS, 0) &&
	       pointer(c, CURLOPT_ERRORBUFFER, c->why);
}

static bool set_up(struct net_curl *c)
{
	/* Without "Expect: 100-continue" nothing waits before a long body. */
	static const char *const line[] = {"Content-Type: application/cbor",
		"Expect:", "Accept: */*"};

	for (size_t i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		struct curl_slist *more =
			c->lib.curl_slist_append(c->headers, line[i]);

		if (!more)
			return false;
		c->headers = more;
	}
	return set_trust(c) && set_ourselves(c) && set_limits(c) &&
	       set_calls(c) && pointer(c, CURLOPT_HTTPHEADER, c->headers) &&
	       text(c, CURLOPT_USERAGENT, "chitra/1");
}

/* ---- an exchange ------------------------------------------------------------
 */

static enum net_trouble of_verification(struct net_curl *c)
{
	long why = 0;

	c->lib.curl_easy_getinfo(c->easy, CURLINFO_SSL_VERIFYRESULT, &why);
	return why == NOT_YET_VALID || why == HAS_EXPIRED ? NET_CLOCK
							  : NET_NOT_OURS;
}

/*
 * No handshake: somebody speaks no TLS, or none that is good enough; or the
 * line broke in the middle of it, which is no reason for an alarm. OpenSSL
 * says the latter in words only.
 */
static enum net_trouble of_handshake(struct net_curl *c)
{
	long sys = 0;

	c->lib.curl_easy_getinfo(c->easy, CURLINFO_OS_ERRNO, &sys);
	return sys != 0 || strstr(c->why, "SYSCALL") ||
			       strstr(c->why, "unexpected eof")
		       ? NET_CUT
		       : NET_NOT_OURS;
}

/* A header without end is "out of memory" to libcurl, later "too large". */
static enum net_trouble of_memory(struct net_curl *c)
{
	return c->header_bytes > 0 ? NET_NO_ANSWER : NET_SETTINGS;
}

static enum net_trouble trouble_of(struct net_curl *c, CURLcode rc)
{
	switch (rc) {
	case CURLE_PEER_FAILED_VERIFICATION:
		return of_verification(c);
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
	case CURLE_SSL_ISSUER_ERROR:
		return NET_NOT_OURS;
	case CURLE_SSL_CONNECT_ERROR:
		return of_handshake(c);
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_PROXY:
		return NET_NO_NETWORK;
	case CURLE_OPERATION_TIMEDOUT:
		return NET_TIMEOUT;
	case CURLE_ABORTED_BY_CALLBACK:
		return NET_STOPPED;
	case CURLE_WRITE_ERROR:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_HTTP2:
	case CURLE_BAD_CONTENT_ENCODING:
		return NET_NO_ANSWER;
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CIPHER:
	case CURLE_URL_MALFORMAT:
	case CURLE_FAILED_INIT:
		return NET_SETTINGS;
	case CURLE_OUT_OF_MEMORY:
		return of_memory(c);
	default:
		return NET_CUT;
	}
}

/* Before the connection stood it was the line, not the load. */
static bool was_connected(struct net_curl *c)
{
	curl_off_t us = 0;

	c->lib.curl_easy_getinfo(c->easy, CURLINFO_CONNECT_TIME_T, &us);
	return us > 0;
}

static bool name_question(struct net_curl *c, const struct net_question *q)
{
	char url[URL_SIZE];
	const int n = snprintf(url, sizeof(url), "%s%s", c->o.url, q->path);
	const bool post = strcmp(q->method, "POST") == 0;

	return n < (int)sizeof(url) && text(c, CURLOPT_URL, url) &&
	       number(c, CURLOPT_HTTPGET, 1) &&
	       (!post ||
		       (number(c, CURLOPT_POST, 1) &&
			       pointer(c, CURLOPT_POSTFIELDS,
				       (void *)(uintptr_t)(q->body ? q->body
								   : "")) &&
			       number(c, CURLOPT_POSTFIELDSIZE, (long)q->len)));
}

/*
 * What is written to a line that is gone raises SIGPIPE, which would end the
 * program: blocked for this thread meanwhile, and taken if it came.
 */
static CURLcode perform(struct net_curl *c)
{
	const struct timespec now = {0};
	sigset_t pipe_only;
	sigset_t before;
	CURLcode rc;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	rc = c->lib.curl_easy_perform(c->easy);
	if (!sigismember(&before, SIGPIPE))
		while (sigtimedwait(&pipe_only, NULL, &now) > 0)
			;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

static bool curl_ask(struct net *n, const struct net_question *q,
	struct net_answer *a, enum net_trouble *trouble, struct err *err)
{
	struct net_curl *c = (struct net_curl *)n;
	enum net_trouble why;
	long status = 0;
	CURLcode rc;

	c->answer = a;
	c->too_long = false;
	c->header_bytes = 0;
	c->why[0] = '\0';
	if (!name_question(c, q))
		return net_failed(trouble, NET_SETTINGS, err, 0,
			"libcurl does not take the address");
	rc = perform(c);
	if (rc == CURLE_OK) {
		c->lib.curl_easy_getinfo(c->easy, CURLINFO_RESPONSE_CODE,
			&status);
		a->status = (unsigned)status;
		return true;
	}
	why = c->too_long ? NET_NO_ANSWER : trouble_of(c, rc);
	if (why == NET_TIMEOUT && !was_connected(c))
		why = NET_NO_NETWORK;
	return net_failed(trouble, why, err, (int)rc, "%s",
		c->why[0] ? c->why : c->lib.curl_easy_strerror(rc));
}

static void curl_close(struct net *n)
{
	struct net_curl *c = (struct net_curl *)n;

	if (c->easy)
		c->lib.curl_easy_cleanup(c->easy);
	if (c->headers)
		c->lib.curl_slist_free_all(c->headers);
	free(c);
}

static const struct net_ops ops = {
	.name = "https",
	.ask = curl_ask,
	.close = curl_close,
};

/* ---- open -------------------------------------------------------------------
 */

bool net_curl_url_is_good(const char *url)
{
	static const char scheme[] = "https://";
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				      ".-:[]_";
	const char *host = url + sizeof(scheme) - 1;

	return str_starts(url, scheme) && host[0] && host[0] != ':' &&
	       strlen(host) < 200 && strspn(host, letters) == strlen(host);
}

struct net *net_curl_open(const struct net_curl_options *o,
	enum net_trouble *trouble, struct err *err)
{
	struct net_curl *c = calloc(1, sizeof(*c));

	*trouble = NET_SETTINGS;
	if (!c) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	net_init(&c->base, &ops);
	c->o = *o;
	if (!net_curl_url_is_good(o->url)) {
		net_failed(trouble, NET_SETTINGS, err, 0,
			"%.100s is no https:// address", o->url);
	} else if (!load(&c->lib)) {
		net_failed(trouble, NET_NO_PART, err, 0,
			LIBRARY " is not installed");
	} else {
		c->easy = c->lib.curl_easy_init();
		if (c->easy && set_up(c)) {
			*trouble = NET_FINE;
			return &c->base;
		}
		net_failed(trouble, NET_SETTINGS, err, 0,
			"libcurl does not take what it is told");
	}
	curl_close(&c->base);
	return NULL;
}
