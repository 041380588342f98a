#include "support/evilserver.h"

#include <gnutls/gnutls.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/tlsclient.h"
#include "support/unit.h"

enum {
	REQUEST = 512 * 1024,
	PATIENCE_MS = 60000,
	ENDLESS = 64 * 1024 * 1024 /* then it gives up */
};

struct talk {
	struct evilserver *s;
	gnutls_session_t tls;
	struct bytes request; /* head and body */
	size_t head;          /* bytes before the body */
	size_t len;           /* of the body */
};

static gnutls_datum_t datum(const struct tls_pem *p)
{
	return (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)p->text,
		.size = (unsigned)strlen(p->text)};
}

/* ---- TLS ------------------------------------------------------------------ */

static bool send_bytes(struct talk *t, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	while (len > 0) {
		const ssize_t n = gnutls_record_send(t->tls, at, len);

		if (n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_AGAIN)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static bool send_text(struct talk *t, const char *text)
{
	return send_bytes(t, text, strlen(text));
}

static long length_of(struct bytes *b)
{
	const char *at = strcasestr(bytes_string(b), "content-length: ");

	return at ? strtol(at + 16, NULL, 10) : 0;
}

/* A whole request; false: no more of them. */
static bool hear(struct talk *t)
{
	uint8_t piece[8192];

	t->request.len = 0;
	t->head = 0;
	for (;;) {
		ssize_t n;

		if (t->head > 0 && t->request.len >= t->head + t->len)
			return true;
		do
			n = gnutls_record_recv(t->tls, piece, sizeof(piece));
		while (n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_AGAIN);
		if (n <= 0 || t->request.len + (size_t)n > REQUEST)
			return false;
		bytes_put(&t->request, piece, (size_t)n);
		if (t->head == 0) {
			const char *text = bytes_string(&t->request);
			const char *body = strstr(text, "\r\n\r\n");

			if (!body)
				continue;
			t->head = (size_t)(body - text) + 4;
			t->len = (size_t)length_of(&t->request);
		}
	}
}

/* ---- what it says ------------------------------------------------------------ */

/* The centre's own answer to this request. */
static int ask(struct talk *t, struct bytes *answer)
{
	struct tlsclient c = {.port = t->s->to,
		.host = "localhost",
		.patience_s = 60,
		.ca = t->s->ca,
		.cert = t->s->device_cert,
		.key = t->s->device_key};
	char method[8];
	char path[128];

	if (sscanf(bytes_string(&t->request), "%7s %127s", method, path) != 2)
		return -1;
	return tlsclient_ask(&c, method, path, t->request.at + t->head, t->len,
		answer);
}

static bool say(struct talk *t, int status, const struct bytes *body)
{
	char head[160];

	snprintf(head, sizeof(head),
		"HTTP/1.1 %d Said\r\nContent-Type: application/cbor\r\n"
		"Content-Length: %zu\r\n\r\n",
		status, body->len);
	return send_text(t, head) && send_bytes(t, body->at, body->len);
}

/* As the centre says it, as often as it is asked. */
static bool pass(struct talk *t, enum evil_answer how)
{
	struct evilserver *s = t->s;
	struct bytes answer = {0};
	struct bytes second = {0};
	int status = ask(t, &answer);
	bool ok = status > 0;

	if (ok && (how == EVIL_TWICE || how == EVIL_FIRST_OF_TWO))
		ok = ask(t, &second) > 0;
	pthread_mutex_lock(&s->lock);
	if (ok && s->first.len == 0)
		bytes_put(&s->first, answer.at, answer.len);
	if (how == EVIL_AGAIN) {
		answer.len = 0;
		bytes_put(&answer, s->first.at, s->first.len);
		status = 200;
	}
	pthread_mutex_unlock(&s->lock);
	ok = ok && how != EVIL_NEVER &&
	     say(t, status, how == EVIL_TWICE ? &second : &answer);
	bytes_free(&answer);
	bytes_free(&second);
	return ok;
}

static bool say_page(struct talk *t, const char *head)
{
	static const char page[] = "<html><title>Wi-Fi</title>Login</html>";
	char text[300];

	snprintf(text, sizeof(text),
		"HTTP/1.1 %s\r\nContent-Type: text/html\r\n"
		"Content-Length: %zu\r\n\r\n%s",
		head, sizeof(page) - 1, page);
	return send_text(t, text);
}

/* Until who listens has enough. */
static bool never_end(struct talk *t, const char *head, const char *piece)
{
	bool ok = send_text(t, head);

	atomic_store(&t->s->put, 0);
	while (ok && atomic_load(&t->s->put) < ENDLESS) {
		ok = send_text(t, piece);
		atomic_fetch_add(&t->s->put, (long)strlen(piece));
	}
	return false;
}

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\n"
#define OF_64 "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
#define OF_256 OF_64 OF_64 OF_64 OF_64

static bool say_to_home(struct talk *t)
{
	char head[160];

	snprintf(head, sizeof(head),
		"307 Moved\r\nLocation: https://localhost:%u/v1/batch",
		(unsigned)t->s->to);
	return say_page(t, head);
}

/* False: the line is gone behind it. */
static bool answer(struct talk *t, enum evil_answer how)
{
	switch (how) {
	case EVIL_PASS:
	case EVIL_TWICE:
	case EVIL_FIRST_OF_TWO:
	case EVIL_AGAIN:
	case EVIL_NEVER:
		return pass(t, how);
	case EVIL_PAGE:
		return say_page(t, "200 OK");
	case EVIL_MOVED:
		return say_page(t,
			"302 Found\r\nLocation: http://10.0.0.1/login");
	case EVIL_MOVED_HOME:
		return say_to_home(t);
	case EVIL_LOGIN:
		return say_page(t, "511 Network Authentication Required");
	case EVIL_BAD_GATEWAY:
		return say_page(t, "502 Bad Gateway");
	case EVIL_EMPTY:
		return send_text(t, OK_HEAD "Content-Length: 0\r\n\r\n");
	case EVIL_SHORT:
		send_text(t, OK_HEAD "Content-Length: 500\r\n\r\nshort");
		return false;
	case EVIL_ENDLESS_BODY:
		return never_end(t, OK_HEAD "Connection: close\r\n\r\n",
			OF_256);
	case EVIL_ENDLESS_PIECES:
		return never_end(t,
			OK_HEAD "Transfer-Encoding: chunked\r\n\r\n",
			"40\r\n" OF_64 "\r\n");
	case EVIL_ENDLESS_HEADERS:
		return never_end(t, OK_HEAD, "X-More: " OF_256 "\r\n");
	case EVIL_ENDLESS_WAIT:
		return never_end(t, "", "HTTP/1.1 100 Continue\r\n\r\n");
	case EVIL_LONG_HEADER:
		return never_end(t, OK_HEAD "X-Long: ", OF_256);
	case EVIL_NO_HTTP:
		send_text(t, "SSH-2.0-OpenSSH_9.2\r\n");
		return false;
	case EVIL_PACKED:
		return send_text(t, OK_HEAD "Content-Encoding: gzip\r\n"
					    "Content-Length: 5\r\n\r\nshort");
	}
	return false;
}

/* ---- a call --------------------------------------------------------------------- */

static bool shake_hands(struct talk *t, gnutls_certificate_credentials_t cred,
	int fd)
{
	char priority[128];
	int rc;

	snprintf(priority, sizeof(priority), "NORMAL:-VERS-ALL:%s",
		t->s->versions ? t->s->versions : "+VERS-TLS1.3:+VERS-TLS1.2");
	if (gnutls_init(&t->tls, GNUTLS_SERVER | GNUTLS_NO_SIGNAL) < 0 ||
		gnutls_priority_set_direct(t->tls, priority, NULL) < 0)
		abort();
	gnutls_credentials_set(t->tls, GNUTLS_CRD_CERTIFICATE, cred);
	gnutls_certificate_server_set_request(t->tls, GNUTLS_CERT_REQUEST);
	gnutls_transport_set_int(t->tls, fd);
	gnutls_handshake_set_timeout(t->tls, PATIENCE_MS);
	gnutls_record_set_timeout(t->tls, PATIENCE_MS);
	do
		rc = gnutls_handshake(t->tls);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	return rc >= 0;
}

/* Who said so waits for the end of the line. */
static bool is_the_last(struct talk *t)
{
	const char *text = bytes_string(&t->request);
	const char *at = strcasestr(text, "\nconnection: close");

	return at && at < text + t->head;
}

static void be_server(void *arg, int fd)
{
	struct talk t = {.s = arg};
	const gnutls_datum_t cert = datum(t.s->cert);
	const gnutls_datum_t key = datum(t.s->key);
	gnutls_certificate_credentials_t cred;

	if (gnutls_certificate_allocate_credentials(&cred) < 0 ||
		gnutls_certificate_set_x509_key_mem(cred, &cert, &key,
			GNUTLS_X509_FMT_PEM) < 0)
		abort();
	if (shake_hands(&t, cred, fd))
		while (hear(&t)) {
			atomic_fetch_add(&t.s->heard, 1);
			if (!answer(&t, (enum evil_answer)
						atomic_load(&t.s->does)) ||
				is_the_last(&t))
				break;
		}
	gnutls_deinit(t.tls);
	gnutls_certificate_free_credentials(cred);
	bytes_free(&t.request);
}

void evilserver_open(struct evilserver *s)
{
	pthread_mutex_init(&s->lock, NULL);
	s->port.call = be_server;
	s->port.arg = s;
	evilport_open(&s->port);
}

void evilserver_close(struct evilserver *s)
{
	evilport_close(&s->port);
	bytes_free(&s->first);
	pthread_mutex_destroy(&s->lock);
}
