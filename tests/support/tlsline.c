#include "support/tlsline.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	PATIENCE_MS = 20000
};

struct tlsline_caller {
	gnutls_certificate_credentials_t cred;
};

static gnutls_datum_t datum(const char *text)
{
	return (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)text,
		.size = (unsigned)strlen(text)};
}

struct tlsline_caller *tlsline_caller_new(const char *ca, const char *cert,
	const char *key)
{
	struct tlsline_caller *c = calloc(1, sizeof(*c));
	const gnutls_datum_t a = datum(ca);
	const gnutls_datum_t b = datum(cert);
	const gnutls_datum_t k = datum(key);

	if (!c || gnutls_certificate_allocate_credentials(&c->cred) < 0 ||
		gnutls_certificate_set_x509_trust_mem(c->cred, &a,
			GNUTLS_X509_FMT_PEM) < 1 ||
		gnutls_certificate_set_x509_key_mem(c->cred, &b, &k,
			GNUTLS_X509_FMT_PEM) < 0)
		abort();
	return c;
}

void tlsline_caller_free(struct tlsline_caller *c)
{
	gnutls_certificate_free_credentials(c->cred);
	free(c);
}

static int dial(uint16_t port)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons(port)};
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const int yes = 1;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

bool tlsline_open(struct tlsline *l, uint16_t port,
	const struct tlsline_caller *c, const struct bytes *ticket)
{
	gnutls_session_t s;
	int rc;

	*l = (struct tlsline){.fd = dial(port)};
	if (l->fd < 0)
		return false;
	if (gnutls_init(&s, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL) < 0)
		abort();
	l->session = s;
	gnutls_set_default_priority(s);
	gnutls_credentials_set(s, GNUTLS_CRD_CERTIFICATE, c->cred);
	gnutls_server_name_set(s, GNUTLS_NAME_DNS, "localhost", 9);
	gnutls_session_set_verify_cert(s, "localhost", 0);
	gnutls_transport_set_int(s, l->fd);
	gnutls_handshake_set_timeout(s, PATIENCE_MS);
	gnutls_record_set_timeout(s, PATIENCE_MS);
	if (ticket->len > 0)
		gnutls_session_set_data(s, ticket->at, ticket->len);
	do
		rc = gnutls_handshake(s);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	if (rc < 0) {
		tlsline_close(l);
		return false;
	}
	l->resumed = gnutls_session_is_resumed(s) != 0;
	return true;
}

void tlsline_close(struct tlsline *l)
{
	gnutls_deinit(l->session);
	close(l->fd);
}

static bool send_all(gnutls_session_t s, const uint8_t *at, size_t len)
{
	while (len > 0) {
		const ssize_t n = gnutls_record_send(s, at, len);

		if (n == GNUTLS_E_INTERRUPTED || n == GNUTLS_E_AGAIN)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}

static long number_behind(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	return at ? strtol(at + strlen(name), NULL, 10) : 0;
}

/* 0: more is to come. */
static int take_apart(struct bytes *got, struct bytes *answer, long *retry_s)
{
	const char *text = bytes_string(got);
	const char *body = strstr(text, "\r\n\r\n");
	size_t len;

	if (!body)
		return 0;
	if (strncmp(text, "HTTP/1.1 ", 9) != 0)
		return -1;
	body += 4;
	len = (size_t)number_behind(text, "Content-Length: ");
	if (got->len < (size_t)(body - text) + len)
		return 0;
	*retry_s = number_behind(text, "Retry-After: ");
	answer->len = 0;
	bytes_put(answer, body, len);
	return (int)strtol(text + 9, NULL, 10);
}

int tlsline_ask(struct tlsline *l, const char *method, const char *path,
	const void *body, size_t len, struct bytes *answer, long *retry_s)
{
	struct bytes request = {0};
	struct bytes got = {0};
	uint8_t piece[4096];
	int status = 0;

	*retry_s = 0;
	bytes_text(&request,
		"%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %zu\r\n"
		"\r\n",
		method, path, len);
	bytes_put(&request, body, len);
	if (!send_all(l->session, request.at, request.len))
		status = -1;
	while (status == 0) {
		const ssize_t n =
			gnutls_record_recv(l->session, piece, sizeof(piece));

		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n <= 0)
			status = -1;
		else
			bytes_put(&got, piece, (size_t)n);
		if (status == 0)
			status = take_apart(&got, answer, retry_s);
	}
	bytes_free(&request);
	bytes_free(&got);
	return status;
}

void tlsline_ticket(struct tlsline *l, struct bytes *ticket)
{
	gnutls_datum_t d;

	ticket->len = 0;
	if (gnutls_session_get_data2(l->session, &d) < 0)
		return;
	bytes_put(ticket, d.data, d.size);
	gnutls_free(d.data);
}
