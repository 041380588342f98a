#include "db/centre/tls.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/buf.h"
#include "core/codec/base64.h"
#include "core/str.h"

enum {
	SERIAL = 16,
	DAY = 86400
};

static bool failed(int rc, const char *doing, struct err *err)
{
	return rc >= 0 || err_set(err,
				  rc == GNUTLS_E_MEMORY_ERROR ? ERR_NO_MEMORY
							      : ERR_INVALID,
				  rc, "%s: %s", doing, gnutls_strerror(rc));
}

/* ---- PEM ----------------------------------------------------------------------
 */

static gnutls_datum_t datum(const struct tls_pem *p)
{
	return (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)p->text,
		.size = (unsigned)p->len};
}

static bool keep(const gnutls_datum_t *d, struct tls_pem *out, struct err *err)
{
	const bool fits = d->size < sizeof(out->text);

	if (fits) {
		memcpy(out->text, d->data, d->size);
		out->text[d->size] = '\0';
		out->len = d->size;
	}
	gnutls_free(d->data);
	return fits || err_set(err, ERR_INVALID, 0, "a PEM text too long");
}

static bool export_cert(gnutls_x509_crt_t crt, struct tls_pem *out,
	struct err *err)
{
	gnutls_datum_t d;

	return failed(gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &d),
		       "write a certificate", err) &&
	       keep(&d, out, err);
}

static bool export_key(gnutls_x509_privkey_t key, struct tls_pem *out,
	struct err *err)
{
	gnutls_datum_t d;

	return failed(gnutls_x509_privkey_export2_pkcs8(key,
			      GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &d),
		       "write a key", err) &&
	       keep(&d, out, err);
}

/* ---- making them -----------------------------------------------------------------
 */

struct making {
	gnutls_x509_privkey_t key; /* of the new one; NULL: only its public */
	gnutls_x509_crt_t crt;
	gnutls_privkey_t by_key; /* who signs */
	gnutls_x509_crt_t by;
};

static void done(struct making *m)
{
	if (m->key)
		gnutls_x509_privkey_deinit(m->key);
	if (m->crt)
		gnutls_x509_crt_deinit(m->crt);
	if (m->by_key)
		gnutls_privkey_deinit(m->by_key);
	if (m->by)
		gnutls_x509_crt_deinit(m->by);
}

static bool new_key(struct making *m, struct err *err)
{
	return failed(gnutls_x509_privkey_init(&m->key), "a key", err) &&
	       failed(gnutls_x509_privkey_generate(m->key, GNUTLS_PK_ECDSA,
			      GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1),
			      0),
		       "make a key", err);
}

/* What all certificates have. */
static bool new_cert(struct making *m, const char *name, int64_t now, int days,
	struct err *err)
{
	uint8_t serial[SERIAL];

	crypto_random(serial, sizeof(serial));
	serial[0] = (serial[0] & 0x7f) | 1;
	return failed(gnutls_x509_crt_init(&m->crt), "a certificate", err) &&
	       failed(gnutls_x509_crt_set_version(m->crt, 3), "version", err) &&
	       failed(gnutls_x509_crt_set_serial(m->crt, serial,
			      sizeof(serial)),
		       "serial", err) &&
	       failed(gnutls_x509_crt_set_activation_time(m->crt,
			      (time_t)(now - DAY)),
		       "begin", err) &&
	       failed(gnutls_x509_crt_set_expiration_time(m->crt,
			      (time_t)(now + (int64_t)days * DAY)),
		       "end", err) &&
	       failed(gnutls_x509_crt_set_dn_by_oid(m->crt,
			      GNUTLS_OID_X520_COMMON_NAME, 0, name,
			      (unsigned)strlen(name)),
		       "name", err);
}

static bool load_ca(struct making *m, const struct tls_ca *ca, struct err *err)
{
	const gnutls_datum_t key = datum(&ca->key);
	const gnutls_datum_t cert = datum(&ca->cert);

	return failed(gnutls_privkey_init(&m->by_key), "a key", err) &&
	       failed(gnutls_privkey_import_x509_raw(m->by_key, &key,
			      GNUTLS_X509_FMT_PEM, NULL, 0),
		       "the authority's key", err) &&
	       failed(gnutls_x509_crt_init(&m->by), "a certificate", err) &&
	       failed(gnutls_x509_crt_import(m->by, &cert, GNUTLS_X509_FMT_PEM),
		       "the authority's certificate", err);
}

static bool for_use(struct making *m, const char *purpose, struct err *err)
{
	return failed(gnutls_x509_crt_set_basic_constraints(m->crt, 0, -1),
		       "constraints", err) &&
	       failed(gnutls_x509_crt_set_key_usage(m->crt,
			      GNUTLS_KEY_DIGITAL_SIGNATURE),
		       "usage", err) &&
	       failed(gnutls_x509_crt_set_key_purpose_oid(m->crt, purpose, 0),
		       "purpose", err);
}

static bool sign(struct making *m, struct err *err)
{
	return failed(gnutls_x509_crt_privkey_sign(m->crt, m->by, m->by_key,
			      GNUTLS_DIG_SHA256, 0),
		"sign a certificate", err);
}

static bool make_ca(struct making *m, const char *name, int64_t now,
	struct tls_ca *out, struct err *err)
{
	return new_key(m, err) && new_cert(m, name, now, TLS_CA_DAYS, err) &&
	       failed(gnutls_x509_crt_set_key(m->crt, m->key), "key", err) &&
	       failed(gnutls_x509_crt_set_basic_constraints(m->crt, 1, 0),
		       "constraints", err) &&
	       failed(gnutls_x509_crt_set_key_usage(m->crt,
			      GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN),
		       "usage", err) &&
	       failed(gnutls_x509_crt_sign2(m->crt, m->crt, m->key,
			      GNUTLS_DIG_SHA256, 0),
		       "sign the authority", err) &&
	       export_key(m->key, &out->key, err) &&
	       export_cert(m->crt, &out->cert, err);
}

bool tls_ca_new(const char *name, int64_t now, struct tls_ca *out,
	struct err *err)
{
	struct making m = {0};
	const bool ok = make_ca(&m, name, now, out, err);

	done(&m);
	return ok;
}

/* A name, or an address of four or sixteen bytes. */
static bool add_host(struct making *m, const char *host, struct err *err)
{
	uint8_t address[16];
	gnutls_x509_subject_alt_name_t kind = GNUTLS_SAN_DNSNAME;
	const void *bytes = host;
	size_t len = strlen(host);

	if (inet_pton(AF_INET, host, address) == 1) {
		len = 4;
	} else if (inet_pton(AF_INET6, host, address) == 1) {
		len = 16;
	} else {
		return failed(gnutls_x509_crt_set_subject_alt_name(m->crt, kind,
				      bytes, (unsigned)len, GNUTLS_FSAN_APPEND),
			"name of the server", err);
	}
	return failed(gnutls_x509_crt_set_subject_alt_name(m->crt,
			      GNUTLS_SAN_IPADDRESS, address, (unsigned)len,
			      GNUTLS_FSAN_APPEND),
		"address of the server", err);
}

static bool make_server(struct making *m, const struct tls_ca *ca,
	const char *const *host, size_t hosts, int64_t now, struct tls_pem *key,
	struct tls_pem *cert, struct err *err)
{
	if (!load_ca(m, ca, err) || !new_key(m, err) ||
		!new_cert(m, host[0], now, TLS_SERVER_DAYS, err) ||
		!failed(gnutls_x509_crt_set_key(m->crt, m->key), "key", err) ||
		!for_use(m, GNUTLS_KP_TLS_WWW_SERVER, err))
		return false;
	for (size_t i = 0; i < hosts; i++)
		if (!add_host(m, host[i], err))
			return false;
	return sign(m, err) && export_key(m->key, key, err) &&
	       export_cert(m->crt, cert, err);
}

bool tls_server_new(const struct tls_ca *ca, const char *const *host,
	size_t hosts, int64_t now, struct tls_pem *key, struct tls_pem *cert,
	struct err *err)
{
	struct making m = {0};
	const bool ok = make_server(&m, ca, host, hosts, now, key, cert, err);

	done(&m);
	return ok;
}

static bool set_device_key(struct making *m,
	const uint8_t pk[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	const gnutls_datum_t x = {.data = (unsigned char *)(uintptr_t)pk,
		.size = CRYPTO_PUBLIC_SIZE};
	gnutls_pubkey_t key;
	bool ok;

	if (!failed(gnutls_pubkey_init(&key), "a key", err))
		return false;
	ok = failed(gnutls_pubkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_ED25519,
			    &x, NULL),
		     "the terminal's key", err) &&
	     failed(gnutls_x509_crt_set_pubkey(m->crt, key), "key", err);
	gnutls_pubkey_deinit(key);
	return ok;
}

bool tls_device_new(const struct tls_ca *ca, const uint8_t dev[TLS_DEV],
	const uint8_t pk[CRYPTO_PUBLIC_SIZE], int64_t now, struct tls_pem *cert,
	struct err *err)
{
	struct making m = {0};
	char name[2 * TLS_DEV + 1];
	bool ok;

	str_to_hex(dev, TLS_DEV, name);
	ok = load_ca(&m, ca, err) &&
	     new_cert(&m, name, now, TLS_DEVICE_DAYS, err) &&
	     set_device_key(&m, pk, err) &&
	     for_use(&m, GNUTLS_KP_TLS_WWW_CLIENT, err) && sign(&m, err) &&
	     export_cert(m.crt, cert, err);
	done(&m);
	return ok;
}

bool tls_device_key(const struct crypto_pair *pair, struct tls_pem *out,
	struct err *err)
{
	/* The seed is the first half of what libsodium calls secret. */
	const gnutls_datum_t k = {.data = (unsigned char *)(uintptr_t)
						  pair->secret,
		.size = CRYPTO_SEED_SIZE};
	const gnutls_datum_t x = {.data = (unsigned char *)(uintptr_t)
						  pair->public,
		.size = CRYPTO_PUBLIC_SIZE};
	struct making m = {0};
	bool ok;

	ok = failed(gnutls_x509_privkey_init(&m.key), "a key", err) &&
	     failed(gnutls_x509_privkey_import_ecc_raw(m.key,
			    GNUTLS_ECC_CURVE_ED25519, &x, NULL, &k),
		     "the terminal's key", err) &&
	     export_key(m.key, out, err);
	done(&m);
	return ok;
}

/* ---- reading them -----------------------------------------------------------------
 */

static bool name_of(gnutls_x509_crt_t crt, uint8_t dev[TLS_DEV])
{
	char name[2 * TLS_DEV + 1];
	size_t size = sizeof(name);
	size_t len;

	return gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME,
		       0, 0, name, &size) >= 0 &&
	       str_from_hex(name, dev, TLS_DEV, &len) && len == TLS_DEV;
}

bool tls_peer(void *session, uint8_t dev[TLS_DEV])
{
	const gnutls_datum_t *der;
	gnutls_x509_crt_t crt;
	unsigned status;
	unsigned count = 0;
	bool ok;

	der = gnutls_certificate_get_peers(session, &count);
	if (!der || count == 0)
		return false;
	/* Signed by our authority, in its time, for a client. */
	gnutls_typed_vdata_st use = {.type = GNUTLS_DT_KEY_PURPOSE_OID,
		.data = (unsigned char *)(uintptr_t)GNUTLS_KP_TLS_WWW_CLIENT};
	if (gnutls_certificate_verify_peers(session, &use, 1, &status) < 0 ||
		status != 0 || gnutls_x509_crt_init(&crt) < 0)
		return false;
	ok = gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) >= 0 &&
	     name_of(crt, dev);
	gnutls_x509_crt_deinit(crt);
	return ok;
}

static bool write_pin(gnutls_x509_crt_t crt, gnutls_pubkey_t key,
	char out[TLS_PIN])
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	gnutls_datum_t der;
	struct buf b;

	if (gnutls_pubkey_import_x509(key, crt, 0) < 0 ||
		gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der) < 0)
		return false;
	crypto_sha256(der.data, der.size, sum);
	gnutls_free(der.data);
	buf_init(&b, out, TLS_PIN);
	buf_printf(&b, "sha256//");
	base64_write(&b, sum, sizeof(sum));
	buf_text(&b);
	return !b.full;
}

bool tls_pin(const struct tls_pem *cert, char out[TLS_PIN])
{
	const gnutls_datum_t pem = datum(cert);
	gnutls_x509_crt_t crt;
	gnutls_pubkey_t key;
	bool ok = false;

	if (gnutls_x509_crt_init(&crt) < 0)
		return false;
	if (gnutls_pubkey_init(&key) >= 0) {
		ok = gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM) >=
			     0 &&
		     write_pin(crt, key, out);
		gnutls_pubkey_deinit(key);
	}
	gnutls_x509_crt_deinit(crt);
	return ok;
}

struct tls_tickets {
	gnutls_datum_t key;
};

struct tls_tickets *tls_tickets_new(struct err *err)
{
	struct tls_tickets *t = calloc(1, sizeof(*t));

	if (!t)
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
	else if (failed(gnutls_session_ticket_key_generate(&t->key),
			 "a key for tickets", err))
		return t;
	free(t);
	return NULL;
}

void tls_tickets_free(struct tls_tickets *t)
{
	if (!t)
		return;
	gnutls_memset(t->key.data, 0, t->key.size);
	gnutls_free(t->key.data);
	free(t);
}

void tls_tickets_on(const struct tls_tickets *t, void *session)
{
	gnutls_session_ticket_enable_server(session, &t->key);
}

int64_t tls_ends(const struct tls_pem *cert)
{
	const gnutls_datum_t pem = datum(cert);
	gnutls_x509_crt_t crt;
	int64_t ends = -1;

	if (gnutls_x509_crt_init(&crt) < 0)
		return -1;
	if (gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM) >= 0)
		ends = (int64_t)gnutls_x509_crt_get_expiration_time(crt);
	gnutls_x509_crt_deinit(crt);
	return ends;
}
