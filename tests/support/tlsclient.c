#include "support/tlsclient.h"

#include <arpa/inet.h>
#include <errno.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

struct line {
	struct tlsclient *c;
	gnutls_session_t session;
	int fd;
};

/* Count them; a broken line takes no more. *n may be cut. */
static int spoil(uint8_t *bytes, size_t *n, long *count, long cut, long flip)
{
	const long first = *count + 1;

	if (cut > 0 && first >= cut)
		return -1;
	if (cut > 0 && first + (long)*n > cut)
		*n = (size_t)(cut - first);
	*count += (long)*n;
	if (flip >= first && flip <= *count)
		bytes[flip - first] ^= 4;
	return 0;
}

static ssize_t push(gnutls_transport_ptr_t p, const void *bytes, size_t n)
{
	struct line *l = p;
	uint8_t copy[65536];
	ssize_t sent;

	if (n > sizeof(copy))
		n = sizeof(copy);
	memcpy(copy, bytes, n);
	if (spoil(copy, &n, &l->c->out, l->c->cut_out, l->c->flip_out) != 0) {
		gnutls_transport_set_errno(l->session, EPIPE);
		return -1;
	}
	sent = send(l->fd, copy, n, MSG_NOSIGNAL);
	if (sent < 0)
		gnutls_transport_set_errno(l->session, errno);
	return sent;
}

static ssize_t pull(gnutls_transport_ptr_t p, void *bytes, size_t n)
{
	struct line *l = p;
	ssize_t got;
	size_t len;

	/* A line that is broken is not waited for. */
	if (l->c->cut_in > 0 && l->c->in + 1 >= l->c->cut_in)
		return 0;
	got = recv(l->fd, bytes, n, 0);
	if (got <= 0) {
		/* Its patience is over: that is not "try again", which GnuTLS
		 * says when it took a ticket. */
		gnutls_transport_set_errno(l->session,
			got < 0 && errno != EAGAIN ? errno : ECONNRESET);
		return got;
	}
	len = (size_t)got;
	if (spoil(bytes, &len, &l->c->in, l->c->cut_in, l->c->flip_in) != 0)
		return 0;
	return (ssize_t)len;
}

static int dial(uint16_t port, int patience_s)
{
	const struct timeval patience = {
		.tv_sec = patience_s > 0 ? patience_s : 1};
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_port = htons(port)};
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

static bool send_all(gnutls_session_t s, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

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

/* Head and body of a whole answer; its status, else -1. */
static int take_apart(struct bytes *got, struct bytes *answer)
{
	const char *text = bytes_string(got);
	const char *body = strstr(text, "\r\n\r\n");
	const char *length = strstr(text, "Content-Length: ");
	size_t len;
	long status;

	if (!body || !length || length > body ||
		strncmp(text, "HTTP/1.1 ", 9) != 0)
		return -1;
	status = strtol(text + 9, NULL, 10);
	len = (size_t)strtol(length + 16, NULL, 10);
	body += 4;
	if (got->len - (size_t)(body - text) < len)
		return -1;
	answer->len = 0;
	bytes_put(answer, body, len);
	return (int)status;
}

static int speak(gnutls_session_t s, const struct tlsclient *c,
	const char *method, const char *path, const void *body, size_t len,
	struct bytes *answer)
{
	struct bytes request = {0};
	struct bytes got = {0};
	uint8_t piece[4096];
	int status = -1;
	ssize_t n;

	bytes_text(&request,
		"%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %zu\r\n"
		"Connection: close\r\n\r\n",
		method, path, c->host, len);
	bytes_put(&request, body, len);
	if (send_all(s, request.at, request.len)) {
		while ((n = gnutls_record_recv(s, piece, sizeof(piece))) > 0 ||
			n == GNUTLS_E_AGAIN)
			bytes_put(&got, piece, n > 0 ? (size_t)n : 0);
		status = take_apart(&got, answer);
	}
	bytes_free(&request);
	bytes_free(&got);
	return status;
}

static gnutls_datum_t datum(const char *text)
{
	return (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)text,
		.size = (unsigned)strlen(text)};
}

static gnutls_certificate_credentials_t credentials(const struct tlsclient *c)
{
	gnutls_certificate_credentials_t cred;
	const gnutls_datum_t ca = datum(c->ca);

	if (gnutls_certificate_allocate_credentials(&cred) < 0 ||
		gnutls_certificate_set_x509_trust_mem(cred, &ca,
			GNUTLS_X509_FMT_PEM) < 1)
		abort();
	if (c->cert) {
		const gnutls_datum_t cert = datum(c->cert);
		const gnutls_datum_t key = datum(c->key);

		if (gnutls_certificate_set_x509_key_mem(cred, &cert, &key,
			    GNUTLS_X509_FMT_PEM) < 0)
			abort();
		/* Show it, whoever the server says that it believes. */
		gnutls_certificate_set_flags(cred,
			GNUTLS_CERTIFICATE_SKIP_KEY_CERT_MATCH);
	}
	return cred;
}

int tlsclient_ask(struct tlsclient *c, const char *method, const char *path,
	const void *body, size_t len, struct bytes *answer)
{
	gnutls_certificate_credentials_t cred;
	struct line l = {.c = c, .fd = dial(c->port, c->patience_s)};
	int status = -1;

	c->out = 0;
	c->in = 0;
	if (l.fd < 0)
		return -1;
	cred = credentials(c);
	if (gnutls_init(&l.session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL |
					    GNUTLS_FORCE_CLIENT_CERT) < 0)
		abort();
	gnutls_set_default_priority(l.session);
	gnutls_credentials_set(l.session, GNUTLS_CRD_CERTIFICATE, cred);
	gnutls_server_name_set(l.session, GNUTLS_NAME_DNS, c->host,
		strlen(c->host));
	gnutls_session_set_verify_cert(l.session, c->host, 0);
	gnutls_transport_set_ptr(l.session, &l);
	gnutls_transport_set_push_function(l.session, push);
	gnutls_transport_set_pull_function(l.session, pull);
	if (gnutls_handshake(l.session) >= 0)
		status = speak(l.session, c, method, path, body, len, answer);
	gnutls_deinit(l.session);
	gnutls_certificate_free_credentials(cred);
	close(l.fd);
	return status;
}
