#include "drivers/tpm/tpm.h"

#ifdef HAVE_TSS2

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_rc.h>
#include <tss2/tss2_tctildr.h>
#include <unistd.h>

#include "core/crypto.h"

/* The kernel's resource manager: it drops what a killed program left. */
static const char node[] = "/dev/tpmrm0";
static const char node_at[] = "device:/dev/tpmrm0";

/* The chip, the key that seals, and a session that encrypts parameters. */
struct tpm {
	TSS2_TCTI_CONTEXT *tcti;
	ESYS_CONTEXT *esys;
	ESYS_TR parent;
	ESYS_TR session;
};

static const TPMT_SYM_DEF_OBJECT aes = {.algorithm = TPM2_ALG_AES,
	.keyBits.aes = 128,
	.mode.aes = TPM2_ALG_CFB};

/* The TCG's template of a storage root key: ECC P-256, no password. Stores are
 * sealed under what comes of it, so it must never change. */
static const TPM2B_PUBLIC parent_template = {
	.publicArea = {.type = TPM2_ALG_ECC,
		.nameAlg = TPM2_ALG_SHA256,
		.objectAttributes =
			TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT |
			TPMA_OBJECT_SENSITIVEDATAORIGIN |
			TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA |
			TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT,
		.parameters.eccDetail = {.symmetric = {.algorithm =
							       TPM2_ALG_AES,
						 .keyBits.aes = 128,
						 .mode.aes = TPM2_ALG_CFB},
			.scheme.scheme = TPM2_ALG_NULL,
			.curveID = TPM2_ECC_NIST_P256,
			.kdf.scheme = TPM2_ALG_NULL}}};

static const TPM2B_PUBLIC sealed_template = {
	.publicArea = {.type = TPM2_ALG_KEYEDHASH,
		.nameAlg = TPM2_ALG_SHA256,
		.objectAttributes = TPMA_OBJECT_FIXEDTPM |
				    TPMA_OBJECT_FIXEDPARENT |
				    TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA,
		.parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL}};

/* Without the layer, the parameter and its number. */
static TSS2_RC bare(TSS2_RC rc)
{
	return rc & TPM2_RC_FMT1 ? rc & (TPM2_RC_FMT1 | 0x3f) : rc;
}

static bool failed(TSS2_RC rc, const char *what, struct err *err)
{
	return err_set(err, ERR_IO, (int)rc, "the TPM: %s: %s", what,
		Tss2_RC_Decode(rc));
}

static bool connect_to(struct tpm *t, const char *at, struct err *err)
{
	TSS2_RC rc;

	if (!at && access(node, R_OK | W_OK) != 0)
		return err_set(err, ERR_GONE, errno, "no TPM: %s: %s", node,
			strerror(errno));
	/* It would write over the screen; errors come back to us anyway. */
	setenv("TSS2_LOG", "all+none", 0);
	rc = Tss2_TctiLdr_Initialize(at ? at : node_at, &t->tcti);
	if (rc != TSS2_RC_SUCCESS)
		return err_set(err, ERR_GONE, (int)rc, "no TPM: %s: %s",
			at ? at : node, Tss2_RC_Decode(rc));
	rc = Esys_Initialize(&t->esys, t->tcti, NULL);
	return rc == TSS2_RC_SUCCESS || failed(rc, "start", err);
}

static bool make_parent(struct tpm *t, struct err *err)
{
	const TPM2B_SENSITIVE_CREATE no_password = {0};
	const TPM2B_DATA outside = {0};
	const TPML_PCR_SELECTION pcrs = {0};
	const TSS2_RC rc = Esys_CreatePrimary(t->esys, ESYS_TR_RH_OWNER,
		ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &no_password,
		&parent_template, &outside, &pcrs, &t->parent, NULL, NULL, NULL,
		NULL);

	return rc == TSS2_RC_SUCCESS || failed(rc, "its storage key", err);
}

/* Salted to the parent: who only listens cannot know its keys. */
static bool start_session(struct tpm *t, struct err *err)
{
	const TPMT_SYM_DEF symmetric = {.algorithm = aes.algorithm,
		.keyBits.aes = aes.keyBits.aes,
		.mode.aes = aes.mode.aes};
	const TPMA_SESSION attributes = TPMA_SESSION_CONTINUESESSION |
					TPMA_SESSION_DECRYPT |
					TPMA_SESSION_ENCRYPT;
	TSS2_RC rc = Esys_StartAuthSession(t->esys, t->parent, ESYS_TR_NONE,
		ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, NULL, TPM2_SE_HMAC,
		&symmetric, TPM2_ALG_SHA256, &t->session);

	if (rc == TSS2_RC_SUCCESS)
		rc = Esys_TRSess_SetAttributes(t->esys, t->session, attributes,
			0xff);
	return rc == TSS2_RC_SUCCESS || failed(rc, "a session", err);
}

static bool tpm_open(struct tpm *t, const char *at, struct err *err)
{
	*t = (struct tpm){.parent = ESYS_TR_NONE, .session = ESYS_TR_NONE};
	return connect_to(t, at, err) && make_parent(t, err) &&
	       start_session(t, err);
}

/* A chip without a resource manager has room for three objects. */
static void tpm_close(struct tpm *t)
{
	if (t->session != ESYS_TR_NONE)
		Esys_FlushContext(t->esys, t->session);
	if (t->parent != ESYS_TR_NONE)
		Esys_FlushContext(t->esys, t->parent);
	if (t->esys)
		Esys_Finalize(&t->esys);
	if (t->tcti)
		Tss2_TctiLdr_Finalize(&t->tcti);
}

static bool put_sealed(const TPM2B_PRIVATE *private, const TPM2B_PUBLIC *public,
	uint8_t sealed[TPM_SEALED_SIZE], struct err *err)
{
	size_t at = 0;
	TSS2_RC rc;

	memset(sealed, 0, TPM_SEALED_SIZE);
	rc = Tss2_MU_TPM2B_PRIVATE_Marshal(private, sealed, TPM_SEALED_SIZE,
		&at);
	if (rc == TSS2_RC_SUCCESS)
		rc = Tss2_MU_TPM2B_PUBLIC_Marshal(public, sealed,
			TPM_SEALED_SIZE, &at);
	return rc == TSS2_RC_SUCCESS || failed(rc, "what it sealed", err);
}

bool tpm_seal(const char *at, const uint8_t secret[TPM_SECRET_SIZE],
	uint8_t sealed[TPM_SEALED_SIZE], struct err *err)
{
	TPM2B_SENSITIVE_CREATE in = {.sensitive.data.size = TPM_SECRET_SIZE};
	const TPM2B_DATA outside = {0};
	const TPML_PCR_SELECTION pcrs = {0};
	TPM2B_PRIVATE *private = NULL;
	TPM2B_PUBLIC *public = NULL;
	struct tpm t;
	bool ok = tpm_open(&t, at, err);
	TSS2_RC rc;

	if (ok) {
		memcpy(in.sensitive.data.buffer, secret, TPM_SECRET_SIZE);
		rc = Esys_Create(t.esys, t.parent, t.session, ESYS_TR_NONE,
			ESYS_TR_NONE, &in, &sealed_template, &outside, &pcrs,
			&private, &public, NULL, NULL, NULL);
		ok = rc == TSS2_RC_SUCCESS
			     ? put_sealed(private, public, sealed, err)
			     : failed(rc, "seal", err);
	}
	crypto_wipe(&in, sizeof(in));
	Esys_Free(private);
	Esys_Free(public);
	tpm_close(&t);
	return ok;
}

static bool load(const struct tpm *t, const uint8_t sealed[TPM_SEALED_SIZE],
	ESYS_TR *object, struct err *err)
{
	uint8_t again[TPM_SEALED_SIZE];
	TPM2B_PRIVATE private = {0};
	TPM2B_PUBLIC public = {0};
	size_t at = 0;
	TSS2_RC rc;

	/* Byte for byte what it writes: no other form is taken. */
	if (Tss2_MU_TPM2B_PRIVATE_Unmarshal(sealed, TPM_SEALED_SIZE, &at,
		    &private) != TSS2_RC_SUCCESS ||
		Tss2_MU_TPM2B_PUBLIC_Unmarshal(sealed, TPM_SEALED_SIZE, &at,
			&public) != TSS2_RC_SUCCESS ||
		!put_sealed(&private, &public, again, err) ||
		!crypto_equal(again, sealed, sizeof(again)) ||
		public.publicArea.type != TPM2_ALG_KEYEDHASH)
		return err_set(err, ERR_CORRUPT, 0,
			"what the TPM is to open was never sealed by one");
	rc = Esys_Load(t->esys, t->parent, t->session, ESYS_TR_NONE,
		ESYS_TR_NONE, &private, &public, object);
	if (bare(rc) == TPM2_RC_INTEGRITY)
		return err_set(err, ERR_DENIED, (int)rc,
			"sealed by another TPM, or this one was cleared since");
	return rc == TSS2_RC_SUCCESS || failed(rc, "load", err);
}

bool tpm_unseal(const char *at, const uint8_t sealed[TPM_SEALED_SIZE],
	uint8_t secret[TPM_SECRET_SIZE], struct err *err)
{
	TPM2B_SENSITIVE_DATA *out = NULL;
	ESYS_TR object = ESYS_TR_NONE;
	struct tpm t;
	bool ok = tpm_open(&t, at, err) && load(&t, sealed, &object, err);
	TSS2_RC rc;

	if (ok) {
		rc = Esys_Unseal(t.esys, object, t.session, ESYS_TR_NONE,
			ESYS_TR_NONE, &out);
		ok = rc == TSS2_RC_SUCCESS || failed(rc, "unseal", err);
	}
	if (ok && out->size != TPM_SECRET_SIZE)
		ok = err_set(err, ERR_CORRUPT, 0,
			"the TPM opened what is not ours");
	if (ok)
		memcpy(secret, out->buffer, TPM_SECRET_SIZE);
	if (out)
		crypto_wipe(out, sizeof(*out));
	Esys_Free(out);
	if (object != ESYS_TR_NONE)
		Esys_FlushContext(t.esys, object);
	tpm_close(&t);
	return ok;
}

bool tpm_is_built_in(void)
{
	return true;
}

#else

static bool none(struct err *err)
{
	return err_set(err, ERR_GONE, 0,
		"no TPM: this program was built without tpm2-tss");
}

bool tpm_seal(const char *at, const uint8_t secret[TPM_SECRET_SIZE],
	uint8_t sealed[TPM_SEALED_SIZE], struct err *err)
{
	(void)at;
	(void)secret;
	(void)sealed;
	return none(err);
}

bool tpm_unseal(const char *at, const uint8_t sealed[TPM_SEALED_SIZE],
	uint8_t secret[TPM_SECRET_SIZE], struct err *err)
{
	(void)at;
	(void)sealed;
	(void)secret;
	return none(err);
}

bool tpm_is_built_in(void)
{
	return false;
}

#endif
