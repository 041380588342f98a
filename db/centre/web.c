#include "db/centre/web.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/str.h"

/* Ours only: nothing older, and no curve or hash that is not needed. */
static const char priorities[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";

enum {
	STEP = 32768 /* bytes of an answer that is sent in pieces */
};

struct web {
	struct web_options o;
	struct MHD_Daemon *daemon;
	struct tls_tickets *tickets; /* NULL: none */
	uint16_t port;
	atomic_uint in_hand;
	atomic_uint in_hand_most;
};

/* A request that is still coming in. */
struct coming {
	uint8_t *body;
	size_t len;
	size_t size;
	bool too_large;
	bool no_memory;
	bool full; /* not in hand: too many are */
};

/* ---- a request comes in ------------------------------------------------------
 */

static struct coming *begin(struct web *w)
{
	struct coming *c = calloc(1, sizeof(*c));
	unsigned most = atomic_load(&w->in_hand_most);
	unsigned n;

	if (!c)
		return NULL;
	n = atomic_fetch_add(&w->in_hand, 1) + 1;
	c->full = w->o.in_hand > 0 && n > w->o.in_hand;
	if (c->full)
		atomic_fetch_sub(&w->in_hand, 1);
	while (!c->full && n > most &&
		!atomic_compare_exchange_weak(&w->in_hand_most, &most, n))
		;
	return c;
}

static void add_body(struct coming *c, const void *bytes, size_t len,
	size_t max)
{
	if (c->len + len > max) {
		/* The rest is read and thrown away, so that who sends it gets
		 * to read the answer. */
		c->too_large = true;
		return;
	}
	if (c->len + len > c->size) {
		size_t size = c->size ? 2 * c->size : 65536;
		uint8_t *more;

		while (size < c->len + len)
			size *= 2;
		more = realloc(c->body, size);
		c->no_memory = !more;
		if (!more)
			return;
		c->body = more;
		c->size = size;
	}
	memcpy(c->body + c->len, bytes, len);
	c->len += len;
}

static void end_of_request(void *arg, struct MHD_Connection *connection,
	void **state, enum MHD_RequestTerminationCode why)
{
	struct coming *c = *state;

	(void)connection;
	(void)why;
	if (!c)
		return;
	if (!c->full)
		atomic_fetch_sub(&((struct web *)arg)->in_hand, 1);
	free(c->body);
	free(c);
	*state = NULL;
}

static bool peer_of(const struct web *w, struct MHD_Connection *connection,
	uint8_t dev[TLS_DEV])
{
	const union MHD_ConnectionInfo *info;

	if (!w->o.ca)
		return false;
	info = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_GNUTLS_SESSION);
	return info && tls_peer(info->tls_session, dev);
}

/* ---- the answer goes out --------------------------------------------------------
 */

/* One that is sent in pieces. */
struct going {
	struct web_rest rest;
	size_t len;
	uint8_t body[];
};

static ssize_t next_of(void *arg, uint64_t at, char *out, size_t max)
{
	struct going *g = arg;
	size_t got = 0;

	if (at >= g->len + g->rest.len)
		return MHD_CONTENT_READER_END_OF_STREAM;
	if (at < g->len) {
		got = g->len - (size_t)at < max ? g->len - (size_t)at : max;
		memcpy(out, g->body + at, got);
		return (ssize_t)got;
	}
	if (!g->rest.read(g->rest.ctx, at - g->len, (uint8_t *)out, max,
		    &got) ||
		got == 0)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	return (ssize_t)got;
}

static void is_gone(void *arg)
{
	struct going *g = arg;

	g->rest.done(g->rest.ctx);
	free(g);
}

static struct MHD_Response *in_pieces(const struct web_answer *a)
{
	struct going *g = malloc(sizeof(*g) + a->len);
	struct MHD_Response *r;

	if (!g) {
		a->rest.done(a->rest.ctx);
		return NULL;
	}
	g->rest = a->rest;
	g->len = a->len;
	memcpy(g->body, a->body, a->len);
	r = MHD_create_response_from_callback(a->len + a->rest.len, STEP,
		next_of, g, is_gone);
	if (!r)
		is_gone(g);
	return r;
}

static enum MHD_Result send_answer(struct MHD_Connection *connection,
	const struct web_answer *a)
{
	struct MHD_Response *r =
		a->rest.ctx ? in_pieces(a)
			    : MHD_create_response_from_buffer(a->len,
				      (void *)(uintptr_t)a->body,
				      MHD_RESPMEM_MUST_COPY);
	enum MHD_Result rc;
	char seconds[16];

	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, "Content-Type", a->type);
	MHD_add_response_header(r, "Cache-Control", "no-store");
	if (a->retry_s > 0) {
		snprintf(seconds, sizeof(seconds), "%u", a->retry_s);
		MHD_add_response_header(r, "Retry-After", seconds);
	}
	rc = MHD_queue_response(connection, a->status, r);
	MHD_destroy_response(r);
	return rc;
}

static void query_of(struct MHD_Connection *connection, const char *name,
	char out[WEB_QUERY])
{
	const char *value = MHD_lookup_connection_value(connection,
		MHD_GET_ARGUMENT_KIND, name);

	if (!value || !str_copy(out, WEB_QUERY, value))
		out[0] = '\0';
}

static enum MHD_Result answer(struct web *w, struct MHD_Connection *connection,
	const char *method, const char *path, const struct coming *c)
{
	struct web_request in = {.method = method,
		.path = path,
		.body = c->body,
		.len = c->len,
		.too_large = c->too_large,
		.full = c->full};
	struct web_answer *out = calloc(1, sizeof(*out));
	enum MHD_Result rc = MHD_NO;

	if (out && !c->no_memory) {
		query_of(connection, "nonce", in.nonce);
		query_of(connection, "from", in.from);
		query_of(connection, "most", in.most);
		in.has_peer = peer_of(w, connection, in.peer);
		out->type = "text/plain; charset=utf-8";
		w->o.handle(w->o.arg, &in, out);
		rc = send_answer(connection, out);
	}
	free(out);
	return rc;
}

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection,
	const char *path, const char *method, const char *version,
	const char *bytes, size_t *len, void **state)
{
	struct web *w = arg;
	struct coming *c = *state;

	(void)version;
	if (!c) {
		*state = begin(w);
		return *state ? MHD_YES : MHD_NO;
	}
	if (*len > 0) {
		/* Else it is read and thrown away, so that who sends it gets to
		 * read the answer. */
		if (!c->full)
			add_body(c, bytes, *len, w->o.body_max);
		*len = 0;
		return MHD_YES;
	}
	return answer(w, connection, method, path, c);
}

/* ---- open, close ------------------------------------------------------------------
 */

static bool address_of(const struct web_options *o,
	struct sockaddr_storage *out, struct err *err)
{
	struct sockaddr_in *four = (struct sockaddr_in *)out;
	struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;

	memset(out, 0, sizeof(*out));
	if (inet_pton(AF_INET, o->address, &four->sin_addr) == 1) {
		four->sin_family = AF_INET;
		four->sin_port = htons(o->port);
		return true;
	}
	if (inet_pton(AF_INET6, o->address, &six->sin6_addr) == 1) {
		six->sin6_family = AF_INET6;
		six->sin6_port = htons(o->port);
		return true;
	}
	return err_set(err, ERR_INVALID, 0, "%s is no address", o->address);
}

/* A socket of our own, so that a port that is taken has its reason. */
static int listen_on(const struct web_options *o, uint16_t *port,
	struct err *err)
{
	struct sockaddr_storage at;
	socklen_t len = sizeof(at);
	const int yes = 1;
	int fd;

	if (!address_of(o, &at, err))
		return -1;
	fd = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
	if (fd < 0 || bind(fd, (struct sockaddr *)&at, sizeof(at)) != 0 ||
		listen(fd, SOMAXCONN) != 0 ||
		getsockname(fd, (struct sockaddr *)&at, &len) != 0) {
		err_set(err, ERR_IO, errno, "%s port %u: %s", o->address,
			(unsigned)o->port, strerror(errno));
		if (fd >= 0)
			close(fd);
		return -1;
	}
	*port = ntohs(at.ss_family == AF_INET
			      ? ((struct sockaddr_in *)&at)->sin_port
			      : ((struct sockaddr_in6 *)&at)->sin6_port);
	return fd;
}

static void new_connection(void *arg, struct MHD_Connection *connection,
	void **state, enum MHD_ConnectionNotificationCode what)
{
	const struct web *w = arg;
	const union MHD_ConnectionInfo *info;

	(void)state;
	if (what != MHD_CONNECTION_NOTIFY_STARTED || !w->tickets)
		return;
	info = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_GNUTLS_SESSION);
	if (info && info->tls_session)
		tls_tickets_on(w->tickets, info->tls_session);
}

static struct MHD_Daemon *start(struct web *w, int fd)
{
	const struct MHD_OptionItem tls[] =
		{{MHD_OPTION_HTTPS_MEM_KEY, 0,
			 w->o.key ? (void *)(uintptr_t)w->o.key->text : NULL},
			{MHD_OPTION_HTTPS_MEM_CERT, 0,
				w->o.cert ? (void *)(uintptr_t)w->o.cert->text
					  : NULL},
			{MHD_OPTION_HTTPS_MEM_TRUST, 0,
				w->o.ca ? (void *)(uintptr_t)w->o.ca->text
					: NULL},
			{MHD_OPTION_HTTPS_PRIORITIES, 0,
				(void *)(uintptr_t)priorities},
			{MHD_OPTION_END, 0, NULL}};
	const struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
	const unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO |
			       (w->o.key ? MHD_USE_TLS : 0);

	return MHD_start_daemon(flags, 0, NULL, NULL, handle, w,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_NOTIFY_COMPLETED,
		end_of_request, w, MHD_OPTION_NOTIFY_CONNECTION, new_connection,
		w, MHD_OPTION_THREAD_POOL_SIZE,
		w->o.threads > 1 ? w->o.threads : 0,
		MHD_OPTION_CONNECTION_TIMEOUT, w->o.idle_s,
		MHD_OPTION_CONNECTION_LIMIT, w->o.connections, MHD_OPTION_ARRAY,
		w->o.key ? tls : none, MHD_OPTION_END);
}

struct web *web_open(const struct web_options *o, struct err *err)
{
	struct web *w = calloc(1, sizeof(*w));
	int fd;

	if (!w) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	w->o = *o;
	if (o->tickets) {
		w->tickets = tls_tickets_new(err);
		if (!w->tickets) {
			free(w);
			return NULL;
		}
	}
	fd = listen_on(o, &w->port, err);
	if (fd >= 0) {
		w->daemon = start(w, fd);
		if (!w->daemon) {
			close(fd);
			err_set(err, ERR_INVALID, 0,
				"the server does not start: key or certificate,"
				" or no memory");
		}
	}
	if (w->daemon)
		return w;
	tls_tickets_free(w->tickets);
	free(w);
	return NULL;
}

uint16_t web_port(const struct web *w)
{
	return w->port;
}

unsigned web_in_hand(const struct web *w)
{
	return atomic_load(&w->in_hand);
}

unsigned web_in_hand_most(const struct web *w)
{
	return atomic_load(&w->in_hand_most);
}

void web_close(struct web *w)
{
	if (!w)
		return;
	MHD_stop_daemon(w->daemon);
	tls_tickets_free(w->tickets);
	free(w);
}
