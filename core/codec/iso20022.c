#include "core/codec/iso20022.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/codec/viet.h"
#include "core/str.h"

enum {
	DEV_DIGITS = 16,
	RUN_SIZE = 512
};

/* ---- texts ---------------------------------------------------------------- */

static const char kept[] = "/-?:().,'+";

struct line {
	char *text;
	size_t size;
	size_t len;
};

static void add(struct line *l, char c)
{
	const char last = l->len > 0 ? l->text[l->len - 1] : ' ';

	if ((c == ' ' && last == ' ') || l->len + 1 >= l->size)
		return;
	if (c == '/' && (last == '/' || l->len == 0))
		return;
	l->text[l->len++] = c;
}

/* Letters and digits between two signs, folded. */
static void add_run(struct line *l, const char *run, size_t len)
{
	char part[RUN_SIZE];
	char folded[RUN_SIZE];

	if (len == 0 || len >= sizeof(part))
		return;
	memcpy(part, run, len);
	part[len] = '\0';
	if (!viet_fold(part, folded, sizeof(folded)))
		return;
	if (part[0] == ' ')
		add(l, ' ');
	for (const char *c = folded; *c; c++)
		add(l, (char)toupper((unsigned char)*c));
	if (part[len - 1] == ' ')
		add(l, ' ');
}

void iso20022_text(const char *text, char *out, size_t size)
{
	struct line l = {out, size, 0};

	while (*text) {
		const size_t len = strcspn(text, kept);

		add_run(&l, text, len);
		text += len;
		if (*text)
			add(&l, *text++);
	}
	while (l.len > 0 && strchr(" /", l.text[l.len - 1]))
		l.len--;
	out[l.len] = '\0';
}

void iso20022_id(const char *dev_hex, uint64_t seq, int part,
	char out[ISO20022_ID_SIZE])
{
	if (part > 0)
		snprintf(out, ISO20022_ID_SIZE, "%.*s-%" PRIu64 "-%d",
			DEV_DIGITS, dev_hex, seq, part);
	else
		snprintf(out, ISO20022_ID_SIZE, "%.*s-%" PRIu64, DEV_DIGITS,
			dev_hex, seq);
}

bool iso20022_id_read(const char *id, const char *dev_hex, uint64_t *seq)
{
	char again[ISO20022_ID_SIZE];
	const char *dash = strchr(id, '-');
	int64_t number;

	if (!dash || !str_to_int(dash + 1, 1, INT64_MAX, &number))
		return false;
	/* Banks may change case, but nothing else. */
	iso20022_id(dev_hex, (uint64_t)number, 0, again);
	*seq = (uint64_t)number;
	return strcasecmp(id, again) == 0;
}

/* ---- pieces of both -------------------------------------------------------- */

static void put(struct buf *out, const char *text)
{
	buf_put(out, text, strlen(text));
}

/* <tag>text</tag>, nothing if the text comes to nothing. */
static void put_text(struct buf *out, const char *tag, const char *text,
	size_t size)
{
	char clean[ISO20022_NOTE_SIZE];

	iso20022_text(text, clean, size < sizeof(clean) ? size : sizeof(clean));
	if (clean[0])
		buf_printf(out, "<%s>%s</%s>", tag, clean, tag);
}

static void put_name(struct buf *out, const char *name)
{
	put_text(out, "Nm", name, ISO20022_NAME_SIZE);
}

/* A holder's name as the bank itself has it. */
static void put_holder(struct buf *out, const char *name)
{
	char folded[ISO20022_NOTE_SIZE];

	put_name(out, account_name_fold(name, folded, sizeof(folded)) ? folded
								      : name);
}

static void put_agent(struct buf *out, const char *tag, const char *bin)
{
	const struct bank *bank = bank_by_bin(bin);

	buf_printf(out, "<%s><FinInstnId><ClrSysMmbId><ClrSysId>", tag);
	put(out, "<Prtry>NAPAS</Prtry></ClrSysId>");
	put_text(out, "MmbId", bin, ISO20022_ID_SIZE);
	put(out, "</ClrSysMmbId>");
	if (bank)
		put_name(out, bank->short_name);
	buf_printf(out, "</FinInstnId></%s>\n", tag);
}

/* What is inside of a CashAccount; holder NULL: no name. */
static void put_account(struct buf *out, const char *tag,
	const struct account *a, const char *currency, const char *holder)
{
	buf_printf(out, "<%s><Id><Othr>", tag);
	put_text(out, "Id", a->number, ISO20022_ID_SIZE - 1);
	put(out, "</Othr></Id>");
	if (currency)
		buf_printf(out, "<Ccy>%s</Ccy>", currency);
	if (holder)
		put_holder(out, holder);
	buf_printf(out, "</%s>\n", tag);
}

/* Inside of a party: the office, by its name and code. */
static void put_office(struct buf *out, const struct iso20022_head *h)
{
	char code[ISO20022_ID_SIZE];

	put_name(out, h->office);
	iso20022_text(h->office_id, code, sizeof(code));
	if (code[0])
		buf_printf(out,
			"<Id><OrgId><Othr><Id>%s</Id></Othr></OrgId></Id>",
			code);
}

static void put_begin(struct buf *out, const char *message, const char *root,
	const char *group, const struct iso20022_head *h)
{
	char when[32];

	buf_printf(out,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document"
		" xmlns=\"urn:iso:std:iso:20022:tech:xsd:%s\">\n<%s>\n<%s>"
		"<MsgId>%s</MsgId><CreDtTm>%s</CreDtTm>\n",
		message, root, group, h->id, date_time_iso(h->t, when));
}

/* ---- acmt.023 --------------------------------------------------------------- */

void iso20022_acmt023_head(struct buf *out, const struct iso20022_head *h,
	const char *bin)
{
	put_begin(out, "acmt.023.001.03", "IdVrfctnReq", "Assgnmt", h);
	put(out, "<Assgnr><Pty>");
	put_office(out, h);
	put(out, "</Pty></Assgnr>\n<Assgne>");
	put_agent(out, "Agt", bin);
	put(out, "</Assgne></Assgnmt>\n");
}

void iso20022_acmt023_one(struct buf *out, const struct iso20022_check *c)
{
	char number[ISO20022_ID_SIZE];

	buf_printf(out, "<Vrfctn><Id>%s</Id><PtyAndAcctId>\n<Pty>", c->id);
	put_holder(out, c->owner);
	iso20022_text(c->owner_id, number, sizeof(number));
	/* NIDN: a number that a state gives its people. */
	if (number[0])
		buf_printf(out,
			"<Id><PrvtId><Othr><Id>%s</Id><SchmeNm><Cd>NIDN</Cd>"
			"</SchmeNm></Othr></PrvtId></Id>",
			number);
	put(out, "</Pty>\n");
	put_account(out, "Acct", c->account, NULL, c->holder);
	put_agent(out, "Agt", c->account->bin);
	put(out, "</PtyAndAcctId></Vrfctn>\n");
}

void iso20022_acmt023_end(struct buf *out)
{
	put(out, "</IdVrfctnReq>\n</Document>\n");
}

/* ---- pain.001 --------------------------------------------------------------- */

/* How many, and what they come to: đồng have no fraction. */
static void put_sums(struct buf *out, const struct iso20022_debtor *d)
{
	buf_printf(out,
		"<NbOfTxs>%" PRId64 "</NbOfTxs><CtrlSum>%" PRId64
		"</CtrlSum>\n",
		d->count, d->sum);
}

void iso20022_pain001_head(struct buf *out, const struct iso20022_head *h,
	const struct iso20022_debtor *d)
{
	char day[DATE_TEXT_SIZE];

	put_begin(out, "pain.001.001.09", "CstmrCdtTrfInitn", "GrpHdr", h);
	put_sums(out, d);
	put(out, "<InitgPty>");
	put_office(out, h);
	put(out, "</InitgPty></GrpHdr>\n");
	/* One batch a message, so its name is that of the message. */
	buf_printf(out, "<PmtInf><PmtInfId>%s</PmtInfId><PmtMtd>TRF</PmtMtd>\n",
		h->id);
	put_sums(out, d);
	/* SSBE: a benefit of social security. */
	buf_printf(out,
		"<PmtTpInf><CtgyPurp><Cd>SSBE</Cd></CtgyPurp></PmtTpInf>\n"
		"<ReqdExctnDt><Dt>%s</Dt></ReqdExctnDt>\n<Dbtr>",
		date_iso(d->day, day));
	put_name(out, d->name);
	put(out, "</Dbtr>\n");
	put_account(out, "DbtrAcct", &d->account, "VND", NULL);
	put_agent(out, "DbtrAgt", d->account.bin);
}

void iso20022_pain001_one(struct buf *out, const struct iso20022_debtor *d,
	const struct iso20022_payment *p)
{
	buf_printf(out,
		"<CdtTrfTxInf><PmtId><EndToEndId>%s</EndToEndId></PmtId>"
		"<Amt><InstdAmt Ccy=\"VND\">%" PRId64 "</InstdAmt></Amt>\n",
		p->id, p->amount);
	put_agent(out, "CdtrAgt", p->account->bin);
	put(out, "<Cdtr>");
	put_holder(out, p->name);
	put(out, "</Cdtr>\n");
	put_account(out, "CdtrAcct", p->account, NULL, NULL);
	put(out, "<RmtInf>");
	put_text(out, "Ustrd", d->note, ISO20022_NOTE_SIZE);
	put(out, "</RmtInf></CdtTrfTxInf>\n");
}

void iso20022_pain001_end(struct buf *out)
{
	put(out, "</PmtInf>\n</CstmrCdtTrfInitn>\n</Document>\n");
}
