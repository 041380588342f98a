/*
 * flow.h - what every flow speaks: events come in, effects go out.
 *
 * A flow is one task of the user, from its first screen to its last. It is a
 * plain struct and a pure function: it draws nothing, waits for nothing and
 * reads no clock. What it wants done it asks for as an effect; what came of
 * it arrives later as an event. app/run.c does the asking, tests do it too.
 * desk.h holds all flows and moves between them; the loop talks to it only.
 *
 * Every effect is answered by exactly one of the events named beside it, or
 * by EV_FAILED. Only FX_PRINT, FX_SLIP, FX_COMPLAINT_SLIP, FX_MARKS_SLIP, FX_HANDOVER_SLIP,
 * FX_CONSENT_SLIP, FX_ACCOUNT_SLIP, FX_VISIT_SLIP, FX_DRAFT, FX_PRINT_TEST,
 * FX_DEMO_SCAN, FX_BOARD, FX_DUTY, FX_PAPER, FX_PAPER_UNITS, FX_PAPER_WRITE,
 * FX_ROLLS, FX_RECHECK, FX_RECHECK_DRAW, FX_RECHECK_SLIP, FX_USERS_SEEN, FX_STUDY_END,
 * FX_STUDY_STOP, FX_SEND, FX_SIGN_OUT, FX_LANGUAGE, FX_TYPING, FX_TOUR, FX_TRAINING and FX_QUIT are not waited for.
 * While an answer is out, keys are dropped and scans are parked.
 *
 * Keys are the same on all screens: a digit for every action, 0 back, . next,
 * * more, # help. Where text or a number is typed, digits are text; there
 * back is Esc, or the erase key in an empty field. Keys that a handheld may
 * lack (Delete: the whole word) are behind * as well.
 *
 * Held keys: desk.c ignores a repeat where binding.rules says so.
 *
 * Roles: a key that leads to what only some may do says which act that is. To
 * others desk.c and the views do not offer it (binding_is_for()).
 *
 * Secrets: a PIN is in the flow that asks for it until it is in the effect,
 * and is wiped there; who carries the effect out wipes the effect.
 */
#ifndef FLOWS_FLOW_H
#define FLOWS_FLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/approval.h"
#include "core/codec/idcard.h"
#include "core/codec/scanned.h"
#include "core/codec/survey.h"
#include "core/codec/telex.h"
#include "core/err.h"
#include "core/role.h"
#include "db/accounts.h"
#include "db/complaints.h"
#include "db/consents.h"
#include "db/copies.h"
#include "db/down.h"
#include "db/drafts.h"
#include "db/drawers.h"
#include "db/duty.h"
#include "db/elsewhere.h"
#include "db/exceptions.h"
#include "db/handover.h"
#include "db/limits.h"
#include "db/payouts.h"
#include "db/people.h"
#include "db/proof.h"
#include "db/refusal.h"
#include "db/requests.h"
#include "db/rounds.h"
#include "db/samples.h"
#include "db/settings.h"
#include "db/shifts.h"
#include "db/units_here.h"
#include "db/users.h"
#include "db/users_seen.h"
#include "db/visits.h"
#include "terminal/flows/setting.h"
#include "terminal/flows/upload.h"

struct board;        /* db/board.h */
struct paper_grid;   /* core/codec/paper_grid.h */
struct list_shelf;   /* db/list_look.h */
struct list_look;    /* the same */
struct recheck_told; /* recheck.h */

/* Keys beyond the characters, which are their own Unicode code point. */
enum key {
	K_NAMED_FIRST = 0x110000,
	K_ACCEPT = K_NAMED_FIRST,
	K_BACK,
	K_ERASE,
	K_ERASE_WORD, /* in text; elsewhere the same as K_ERASE */
	K_UP,
	K_DOWN,
	K_PAGE_UP,
	K_PAGE_DOWN,
	/* In tables of bindings only; no event has them. */
	K_DIGITS,  /* any of 0-9 */
	K_LETTERS, /* any character that is text */
	K_CHOICES, /* 1-9: the row with that number */
	K_SCAN,    /* what a scan does here */
	K_NAMED_LAST = K_SCAN,
};

enum {
	/*
	 * A key held down repeats after at most 660 ms (X11; console 250 to
	 * 500). Where money moves, ENTER counts only after this much rest,
	 * and any other key only FLOW_REPEAT_MS after the same key.
	 */
	FLOW_HELD_MS = 700,
	FLOW_REPEAT_MS = 150,
	FLOW_MAX_FOUND = 27, /* rows of a result list: three pages of nine */
	FLOW_UNUSUAL_ROWS = 6,
	FLOW_BEFORE_SHIFTS = -1, /* what came before the first shift */
	FLOW_TEAM_ROWS = 8,      /* rows of the list of users: a page */
	FLOW_VISIT_ROWS = 9,  /* rows of a list of visits: each has a digit */
	FLOW_VISITS_SEEN = 4, /* earlier visits of one person */
	FLOW_INTAKE_FILES = 8,
	FLOW_ARRIVAL_TROUBLES = 3,
	FLOW_ARRIVAL_PINS = 6, /* on the smallest screen */
	FLOW_PREVIEW_SIZE = 8192,
	FLOW_VIEW_SIDE = 96, /* pixels of what the camera sees */
	FLOW_QUERY_SIZE = 128,
	FLOW_RIGHT_SIZE = 10,    /* digits 1 to 9 */
	FLOW_HOLDER_SIZE = 64,   /* "cupsd (812)" */
	FLOW_RULE_SIZE = 200,    /* a line of udev's */
	FLOW_PRINTER_SIZE = 128, /* printer_identity() */
	FLOW_WHEN_SIZE = 16,     /* "2026-12-05": day_range.h */
	FLOW_PIN_SIZE = USERS_PIN_DIGITS + 1
};

enum event_kind {
	EV_KEY,    /* key */
	EV_SCAN,   /* scan: what a scanner or the camera read, uncleaned */
	EV_PASTED, /* the terminal pasted text; nobody takes it */
	EV_TICK,   /* now; once a second, and once at the start */
	EV_STATUS, /* status; whenever something in it changed, unasked */
	EV_PRINT,  /* print: how the paper is doing, unasked */
	EV_DRAWER, /* drawer: its sensor, for the book; no flow needs it */
	EV_CAMERA, /* camera: what it sees, while viewfinder_looks() */
	/* answers */
	EV_SIGNED_IN,       /* user, typing, tour */
	EV_SIGN_IN_REFUSED, /* sign_in: user's or second person's PIN */
	EV_SHIFT,           /* shift: the one that is open, after the effect */
	EV_NO_SHIFT,
	EV_SHIFT_CLOSED, /* slip */
	EV_FOUND,        /* found */
	EV_PERSON,       /* person */
	EV_NO_PERSON,
	EV_PAID,         /* payout: recorded, read back; money may move */
	EV_NOT_RECORDED, /* FX_LOOK: that request became no payment */
	EV_HANDED,       /* payout */
	EV_NOT_HANDED,   /* payout: voided, the cash stays in the drawer */
	EV_RECOVERED,    /* payout */
	EV_VOIDED,       /* payout: its money is back in the drawer */
	EV_OPEN_PAYOUT,  /* payout: neither handed nor voided; left */
	EV_NO_OPEN_PAYOUT,
	EV_NOT_PAID_SAVED,
	EV_PREVIEW, /* preview */
	EV_USERS,   /* users */
	EV_USER_SAVED,
	EV_EVIDENCE,      /* evidence: what a paper proves about the book */
	EV_COPY_PLACE,    /* path: where a copy of the book may go */
	EV_COPIED,        /* sha256 of it */
	EV_LIMITS,        /* limits: those in force, after the effect */
	EV_APPROVAL,      /* approval: a text for a QR: a request that waits for
			  its answer, an answer, or a card */
	EV_MARKS,         /* marks: what is paid here, for other terminals */
	EV_MARKS_TAKEN,   /* taken: what came of theirs */
	EV_HANDOVER,      /* handover: where somebody may go, or went */
	EV_EXCEPTIONS,    /* unusual: what was not the plain case */
	EV_RECHECK_SAID,  /* said: what somebody said is in the book */
	EV_ACQUIRED,      /* acquired: who came from another terminal */
	EV_CONFIRMED,     /* what a supervisor said is in the book */
	EV_COMPLAINT,     /* complaint: it is in the book */
	EV_ACCOUNT,       /* account: how it stands in the book */
	EV_CONSENT_STATE, /* consent_state: what holds for a person */
	EV_CONSENT_TEXT,  /* consent_text: what is to be read out */
	EV_CONSENT,       /* consent: it is in the book */
	EV_REQUEST,       /* request: the same, and its last day */
	EV_VISITS,        /* visits: a page of whom to see */
	EV_VISIT_LOOK,    /* visit_look: whoever is to be seen */
	EV_VISIT,         /* visit: it is in the book */
	EV_DRAFT,         /* draft: what was typed of a visit */
	EV_SETTINGS,      /* settings: of this terminal, after the effect */
	EV_SAMPLE,        /* sample: a receipt as it would be printed */
	EV_COPIES,        /* copies: of the book, in a folder */
	EV_INTAKE,        /* intake: list files, or one of them */
	EV_ARRIVALS,      /* arrivals: what came from the centre */
	EV_NO_RECEIPT,    /* no payment has that number or code; evidence: what
			  its text proves, if it was scanned */
	EV_REFUSED, /* refusal: a rule of the book says no; nothing changed */
	EV_FAILED,  /* err: it did not work, or nobody knows whether */
	EV_STUDY,   /* study: how what is counted aside is doing, unasked */
	EV_DEVICE, /* device: something was plugged in or pulled out, unasked */
	EV_KIND_COUNT,
};

/* What was plugged in, as far as it matters to who works here. */
enum plug {
	PLUG_PRINTER,
	PLUG_SCANNER,
	PLUG_CAMERA,
	PLUG_SERIAL, /* a scanner or a printer on a serial line */
	PLUG_KEYBOARD,
	PLUG_COUNT,
};

enum link_state {
	LINK_NONE, /* this terminal has no centre to send to */
	LINK_DOWN,
	LINK_UP,
};

/* What the printer says is wrong with it; else the code of the error tells. */
enum paper_trouble {
	PAPER_FINE,
	PAPER_OUT,
	PAPER_COVER,   /* open */
	PAPER_BROKEN,  /* cutter stuck, or worse */
	PAPER_HOT,     /* goes on by itself when it has cooled down */
	PAPER_OFFLINE, /* its own key says so */
};

/* How the camera is doing. */
enum camera_state {
	CAMERA_SEES,
	CAMERA_TWO_CODES, /* it sees two that differ: none is taken */
	/* From here on it has stopped. */
	CAMERA_ABSENT,
	CAMERA_BUSY,
	CAMERA_DENIED,
	CAMERA_LOST, /* unplugged meanwhile */
	CAMERA_STUCK,
	CAMERA_FAILED,
	CAMERA_STATE_COUNT,
};

/* Why nothing is read, as far as the picture tells. */
enum camera_hint {
	CAMERA_HINT_NONE,
	CAMERA_HINT_DARK,
	CAMERA_HINT_GLARE,
	CAMERA_HINT_MOVING,
	CAMERA_HINT_BLURRED,
	CAMERA_HINT_NEARER, /* viewfinder.c finds that by itself */
	CAMERA_HINT_COUNT,
};

struct camera_view {
	enum camera_state state;
	enum camera_hint hint;
	int width; /* of a small picture in grey; 0: there is none */
	int height;
	struct {
		int x, y, width, height;
	} box; /* where a code is looked for */
	uint8_t pixel[FLOW_VIEW_SIDE * FLOW_VIEW_SIDE]; /* width a row */
};

/* What the header and the last line always show. */
struct status {
	bool has_shift;
	struct shift shift; /* expected is the line "tồn quỹ" */
	int64_t mine;       /* people assigned to who is signed in … */
	int64_t mine_left;  /* … of whom so many have cash to come */
	int64_t done;       /* people, as in people_progress(); */
	int64_t all;        /* both 0 while nobody is signed in */
	uint64_t made;      /* records: the three numbers of rule 7 */
	uint64_t sent;
	uint64_t acked;
	uint64_t acks; /* of made: what the centre said, sent with the next */
	enum upload_trouble upload; /* of the last time something was sent */
	bool has_centre;            /* it is sent somewhere */
	int64_t contact_at; /* wall ms, of the last acknowledgement; 0: never */
	enum link_state link;
	int64_t link_since; /* wall ms; 0: not known */
	bool clock_unsure;  /* warning in the header */
	bool disk_low;
	bool disk_full;      /* nobody is paid until there is room … */
	bool disk_read_only; /* … or until it may be written to */
	bool has_printer;
	bool any_printer; /* none is named: what is plugged in is used … */
	bool several_printers; /* … but they are several, so none is */
	bool paper_trouble;    /* out of paper, cover open, offline */
	bool drawer_open;      /* for too long */
	bool paper_low;        /* the roll is nearly used up */
	bool printer_away;     /* the one in use is not plugged in … */
	bool scanner_away;     /* … nor the one named in the settings … */
	bool camera_away;      /* … nor that camera */
	bool has_camera;       /* there is one that can be asked to look */
	char printer[96];      /* its name; "" if none */
	bool draft_lost;       /* what was typed of a visit is not kept */
	bool frozen;           /* records are missing: nothing is paid */
	bool moved;            /* on another machine: nothing is paid */
	bool lease_soon;       /* paying ends soon without the centre … */
	bool lease_over;       /* … or has ended */
	int arrived;           /* lists of the centre that nobody took yet */
	int64_t last_closed;   /* number of the last shift closed; 0 */
	uint64_t last_receipt; /* seq of the newest PAY of this shift; 0 */
};

/* A page of what was not plain in a shift, the newest first. */
struct unusual_page {
	int64_t shift;    /* 0: before the first */
	int64_t total;    /* of those kinds */
	int64_t first;    /* so many newer ones were left out */
	unsigned present; /* kinds that there are in the shift */
	int rows;
	struct exception row[FLOW_UNUSUAL_ROWS];
};

/* A complaint of the book, and its number as its slip says it. */
struct complaint_noted {
	struct complaint complaint;
	char number[32]; /* "3fa2b1-57" */
};

enum {
	FLOW_LANGS = 6,
	FLOW_LANG_SIZE = 8
};

/* Languages in which there is a text to be read out: "vi". */
struct consent_langs {
	int count;
	char lang[FLOW_LANGS][FLOW_LANG_SIZE];
};

/* Which people to see. */
enum visits_scope {
	VISITS_OF_HAMLETS,
	VISITS_OF_PEOPLE, /* filter, query, from */
	VISITS_OF_PLAN,   /* mine of today, in its order */
	VISITS_OF_DRAFTS, /* my unfinished ones, the newest first */
};

/* A page is asked for: behind the first so many, or from a row on. */
struct visits_ask {
	enum visits_scope scope;
	int first;                   /* all but PEOPLE */
	struct round_cursor from;    /* PEOPLE */
	struct round_filter filter;  /* but its query: */
	char query[FLOW_QUERY_SIZE]; /* "": everybody */
};

struct visits_page {
	int rows;
	bool before; /* there are others before these … */
	bool after;  /* … and behind them */
	struct round_hamlet hamlet[FLOW_VISIT_ROWS]; /* HAMLETS, else: */
	struct round_person person[FLOW_VISIT_ROWS];
	int64_t changed[FLOW_VISIT_ROWS]; /* DRAFTS: wall ms of its last key */
	struct round_today today;
	struct round_counts counts; /* HAMLETS: of all of them */
	int drafts;                 /* unfinished visits of this user */
};

/* Somebody who is to be seen, and what is known of earlier visits. */
struct visit_seen {
	struct person person;
	struct visit_look look;
	struct consent_state consent;
	struct visit visit[FLOW_VISITS_SEEN]; /* the newest first */
	int visits;
	bool more;   /* there are older ones */
	int planned; /* place in the plan of today, from 1; 0: none */
	/* The questionnaire in force, of whoever answers; NULL: there is none.
	 * It stays as it is while somebody is signed in. */
	const struct survey *survey;
};

/* The plan of today: what is to happen to one person in it. */
enum visit_plan_act {
	VISIT_PLAN_ADD,
	VISIT_PLAN_REMOVE,
	VISIT_PLAN_MOVE,    /* to that place, from 0 */
	VISIT_PLAN_SUGGEST, /* no person: fill it up to the target */
};

/* What is counted aside: FX_BOARD, FX_DUTY, FX_PAPER, FX_PAPER_WRITE,
 * FX_PAPER_UNITS, FX_ROLLS, FX_RECHECK, FX_RECHECK_DRAW, FX_USERS_SEEN. */
enum study_state {
	STUDY_RUNS, /* done, all */
	STUDY_DONE,
	STUDY_FAILED, /* code, or why */
};

/* Papers of the month, in the order of their digits. */
enum flow_paper {
	FLOW_PAPER_A,
	FLOW_PAPER_B,
	FLOW_PAPER_LIST,
	FLOW_PAPER_UNPAID,
	FLOW_PAPER_CHANGES,
	FLOW_PAPER_CARDS,
	FLOW_PAPER_SETTLEMENT,
	FLOW_PAPER_LOG,      /* of a day, or a month */
	FLOW_PAPER_ACCOUNTS, /* that wait for the bank; of no month */
	FLOW_PAPER_DIGITS,
	/* Not among them: of the receipts of a draw. */
	FLOW_PAPER_SAMPLE = FLOW_PAPER_DIGITS,
	FLOW_PAPER_COUNT,
};

/* A person's account, as the book has it, and what pays him. */
struct account_told {
	struct account_held held; /* seq 0: none was taken down */
	struct account_method method;
	bool consent;    /* he agreed that one may be taken down */
	char number[32]; /* of held, as its slip says it: "3fa2b1-57" */
};

/* What a preview says beside the paper. */
struct payout_brief {
	char name[VIET_NAME_SIZE];
	char code[SEAL_CODE_SIZE];
	int64_t amount;
	enum payout_state state;
	char pad[PAYOUT_PAD_SIZE]; /* written by hand: the sheet; "" */
	int copies;
};

/* Of a table of users that came from the centre. */
struct arrivals_users {
	int later; /* users whose last day becomes a later one */
	int left;  /* new ones who were not added yet */
	int wrong;
	struct {
		int64_t row;
		enum user_trouble trouble;
		enum roster_fate fate;
	} trouble[FLOW_ARRIVAL_TROUBLES];
	/* Who was added now: in no place but here, and gone with the screen. */
	int pins;
	struct {
		int64_t number;
		char name[DB_NAME_SIZE];
		char pin[ROSTER_PIN_SIZE];
	} pin[FLOW_ARRIVAL_PINS];
};

/* What came from the centre: the first list that waits, or was just taken. */
struct arrivals_told {
	int waiting; /* lists, this one too if it is not taken yet */
	/* None: kind is 0, and so is all below. state: DOWN_WAITS until it is
	 * taken, or refused for good. */
	struct down_row row;
	bool again; /* this very file is here already */
	int64_t fresh;
	int64_t same;
	int64_t sum;
	int32_t period; /* YYYYMM; 0: not a list of money, or empty */
	int troubles;
	struct paylist_error trouble[FLOW_ARRIVAL_TROUBLES];
	struct arrivals_users users;
};

/* List files in a folder and below it, the newest first; and one of them that
 * was looked at, or taken. */
struct intake_told {
	char folder[FLOW_QUERY_SIZE / 2];
	int files;
	bool more;
	struct intake_file {
		char name[FLOW_QUERY_SIZE / 2 - 1]; /* below the folder */
		int64_t size;
		int64_t t; /* ms since 1970 UTC, as the stick says */
	} file[FLOW_INTAKE_FILES];
	/* Of one of them: */
	bool taken;
	bool again; /* this very file is here already */
	int32_t period;
	int64_t rows;
	int64_t fresh;
	int64_t same;
	int64_t sum;
	int64_t errors;
	bool period_differs; /* from that of the list it is to correct */
	int64_t fixed[LIST_FIX_KINDS];
	int64_t more_due;
	int64_t less_due;
	int troubles;
	struct paylist_error trouble[FLOW_ARRIVAL_TROUBLES];
};

enum {
	FLOW_COPIES = 8,
	FLOW_PEERS = 12
};

/* Copies of the book in a folder, the newest first. */
struct copies_found {
	char folder[FLOW_QUERY_SIZE / 2];
	int count;
	bool more;
	struct copy_row {
		char name[FLOW_QUERY_SIZE / 2 - 1];
		struct copy_seen seen;
	} row[FLOW_COPIES];
};

/* The settings of this terminal: setting.h has the rows. */
struct settings_told {
	/* As the file has them; "": it does not say. */
	char value[SETTING_MAX][SETTING_SIZE];
	/* What the book says, for good. */
	char point[DB_CODE_SIZE];
	char name[DB_NAME_SIZE];
	char unit[DB_NAME_SIZE];
	char above[2 * DB_NAME_SIZE]; /* units above the point (units.h) */
	char dev_hex[2 * DB_DEV_SIZE + 1];
	/* Terminals of this office that are believed here. */
	int peers; /* all of them, also those that did not fit */
	struct elsewhere_peer peer[FLOW_PEERS];
};

struct event {
	enum event_kind kind;
	long long at_ms; /* clock_ms() when it happened; never goes back */
	union {
		int key;
		struct {
			uint8_t bytes[IDCARD_MAX_BYTES + 1];
			size_t len;
			struct scanned how;
			bool camera; /* by our own camera: it sees
					only while it may */
		} scan;
		int64_t now; /* wall clock, ms since 1970 UTC */
		struct status status;
		struct camera_view camera;
		struct {
			uint64_t seq;
			enum print_state state;
			int copy;           /* 0: the original */
			enum err_code code; /* why, when FAILED or UNKNOWN */
			bool no_printer;    /* none is set up at all … */
			bool several;       /* … and it is not known which */
			enum paper_trouble trouble;
			bool low; /* the roll is nearly used up */
			/* The printed test, the drawer alone or a complaint's
			   slip: seq is no payment's; printer is which one
			   it was. */
			bool test;
			char printer[FLOW_PRINTER_SIZE];
			char holder[FLOW_HOLDER_SIZE]; /* who has it; "" */
			char rule[FLOW_RULE_SIZE];     /* what udev lacks; "" */
			bool slip; /* seq is a CLOSE: its Z slip */
			int piece; /* test: slip number of paid marks, from 1,
				      of the message of record seq; 0 */
		} print;
		struct {
			enum plug plug;
			bool there;    /* plugged in; false: pulled out */
			char name[64]; /* as it calls itself, cleaned; "" */
		} device;
		struct {
			struct user user;
			enum telex_method typing;  /* as he likes it */
			struct settings_tour tour; /* what he learned */
			int drafts; /* visits that he has not finished */
		};
		struct {
			enum sign_in how;
			int tries_left;
			int wait_seconds;
		} sign_in;
		struct {
			int count;
			bool more; /* others come after these */
			struct user row[FLOW_TEAM_ROWS];
		} users;
		struct shift shift;
		struct {
			uint64_t seq; /* the record it was opened with */
			bool open;    /* false: shut again, after open_ms */
			int64_t open_ms;
		} drawer;
		struct shift_slip slip;
		struct proof_found evidence;
		struct {
			int count;
			bool more; /* others match too */
			struct person_found row[FLOW_MAX_FOUND];
		} found;
		struct {
			struct person_due due;
			uint8_t uid[PAYOUT_UID_SIZE]; /* fresh: payouts_uid() */
			struct refusal_prior prior; /* due.last_seq; or seq 0 */
			char whose
				[DB_NAME_SIZE]; /* another's (assigns.h); "" */
		} person;
		struct {
			struct payout payout;
			struct notes_advice advice; /* EV_PAID after FX_PAY */
			/* EV_OPEN_PAYOUT: why not its agent, but this user
			 * answers, with a second person (payouts.h). */
			enum shift_left left;
		};
		struct {
			uint64_t seq;
			struct payout_brief brief;
			char text[FLOW_PREVIEW_SIZE]; /* lines by '\n' */
		} preview;
		struct complaint_noted complaint;
		struct account_told account;
		struct {
			struct consent_state now;
			struct consent_langs langs;
		} consent_state;
		struct {
			char name[CONSENT_NOTICE_SIZE]; /* "consent-vi-1" */
			size_t len;
			char text[CONSENT_TEXT_MAX];
		} consent_text;
		struct consent consent;
		struct {
			struct request noted;
			int32_t answer_by; /* YYYYMMDD */
		} request;
		struct visits_page visits;
		struct visit_seen visit_look;
		struct visit visit;
		struct {
			int64_t person;
			bool whole; /* false: it is damaged */
			size_t len;
			uint8_t bytes[DRAFT_MAX];
		} draft;
		struct {
			int number; /* as it was asked for */
			enum study_state state;
			int64_t done;
			int64_t all; /* 0: not known */
			/* Until another comes, or FX_STUDY_STOP. */
			const struct board *board;
			const struct paper_grid *grid;
			const struct list_shelf *shelf;
			const struct list_look *look;
			struct duty_counts duty;
			/* Notes go into it: recheck.h. */
			struct recheck_told *recheck;
			const struct users_seen *seen;  /* only meanwhile */
			const struct units_here *units; /* the same */
			int32_t period; /* of the paper; of the log YYYYMMDD */
			int target;     /* of the board: percent; 0: none */
			int sent;       /* accounts, with the files */
			int files;      /* that were written … */
			bool no_pdf;    /* … but none that needs a font */
			enum err_code code;
			enum refusal_code why;
		} study;
		char approval[APPROVAL_TEXT_SIZE];
		struct {
			struct elsewhere_shown shown;
			char card[MARKS_CARD_SIZE]; /* of this terminal */
		} marks;
		struct elsewhere_taken taken;
		struct handover_ways handover;
		struct unusual_page unusual;
		struct intake_told intake;
		struct arrivals_told arrivals;
		struct {
			int64_t t;
			int64_t caller;
			char caller_name[DB_NAME_SIZE];
		} said;
		struct {
			struct handover_taken taken;
			char name[VIET_NAME_SIZE];
		} acquired;
		char path[FLOW_QUERY_SIZE];
		char sha256[2 * CRYPTO_HASH_SIZE + 1];
		struct limits limits;
		struct settings_told settings;
		struct copies_found copies;
		char sample[FLOW_PREVIEW_SIZE]; /* lines by '\n' */
		struct refusal refusal;
		struct err err;
	};
};

enum effect_kind {
	FX_NONE,
	/* who works */
	FX_SIGN_IN,     /* sign_in -> EV_SIGNED_IN, EV_SIGN_IN_REFUSED */
	FX_SIGN_OUT,    /* wipe the session, LOGOUT record; not answered */
	FX_USERS,       /* user.number: those above it -> EV_USERS */
	FX_USER_ADD,    /* user -> EV_USER_SAVED, EV_REFUSED */
	FX_USER_PIN,    /* user.old, user.pin: his own -> EV_USER_SAVED,
			EV_REFUSED, EV_SIGN_IN_REFUSED (the old one) */
	FX_USER_UNLOCK, /* user.number -> EV_USER_SAVED, EV_REFUSED */
	FX_USER_REVOKE, /* user.number -> EV_USER_SAVED, EV_REFUSED */
	FX_USER_RENEW,  /* user.number, user.until -> the same */
	/* the drawer */
	FX_SHIFT_STATE,  /* -> EV_SHIFT, EV_NO_SHIFT */
	FX_SHIFT_OPEN,   /* shift.notes -> EV_SHIFT, EV_REFUSED */
	FX_SHIFT_TOP_UP, /* shift.notes -> EV_SHIFT, EV_REFUSED */
	FX_SHIFT_DROP,   /* shift.notes -> EV_SHIFT, EV_REFUSED */
	FX_SHIFT_CLOSE,  /* shift -> EV_SHIFT_CLOSED, EV_REFUSED,
			    EV_SIGN_IN_REFUSED (of the second person) */
	/* people */
	FX_FIND,   /* query -> EV_FOUND */
	FX_PERSON, /* person -> EV_PERSON, EV_NO_PERSON */
	FX_CARD,   /* card -> EV_PERSON, EV_NO_PERSON */
	/* money */
	FX_PAY,         /* pay -> EV_PAID, EV_REFUSED, EV_SIGN_IN_REFUSED; on
		    EV_FAILED the flow asks FX_LOOK before anything else */
	FX_LOOK,        /* uid -> EV_PAID (any state), EV_NOT_RECORDED */
	FX_HANDED,      /* seq -> EV_HANDED, EV_REFUSED */
	FX_NOT_HANDED,  /* seq -> EV_NOT_HANDED, EV_REFUSED */
	FX_OPEN_PAYOUT, /* -> EV_OPEN_PAYOUT, EV_NO_OPEN_PAYOUT */
	FX_RECOVER,     /* recover -> EV_RECOVERED, EV_REFUSED,
			   EV_SIGN_IN_REFUSED (of the second person) */
	FX_NOT_PAID,    /* not_paid -> EV_NOT_PAID_SAVED, EV_REFUSED */
	FX_VOID,        /* take_back -> EV_VOIDED, EV_REFUSED,
			   EV_SIGN_IN_REFUSED */
	FX_COMPLAIN,    /* complain -> EV_COMPLAINT, EV_REFUSED */
	/* what may be done with people's data (db/consents.h) */
	FX_CONSENT_STATE,    /* person -> EV_CONSENT_STATE */
	FX_CONSENT_TEXT,     /* lang -> EV_CONSENT_TEXT, EV_REFUSED */
	FX_CONSENT_GIVE,     /* consent -> EV_CONSENT, EV_REFUSED */
	FX_CONSENT_REFUSE,   /* consent -> EV_CONSENT, EV_REFUSED */
	FX_CONSENT_WITHDRAW, /* withdrawal -> EV_CONSENT, EV_REFUSED */
	FX_REQUEST,          /* request -> EV_REQUEST, EV_REFUSED */
	/* from door to door */
	FX_VISITS,     /* visits -> EV_VISITS */
	FX_VISIT_LOOK, /* person -> EV_VISIT_LOOK, EV_NO_PERSON */
	FX_VISIT_CARD, /* card -> the same */
	FX_VISIT_PLAN, /* visit_plan -> EV_CONFIRMED */
	FX_VISIT,      /* visit -> EV_VISIT, EV_REFUSED */
	FX_VISIT_SLIP, /* seq: of the visit; reports by EV_PRINT, test, only */
	FX_DRAFT,      /* nothing but the draft, see below */
	FX_DRAFT_TAKE, /* person -> EV_DRAFT */
	FX_DRAFT_DROP, /* person -> EV_CONFIRMED */
	/* counted aside: EV_STUDY tells, with their number; one at a time, the
	 * one before is given up */
	FX_BOARD,        /* study: number, period */
	FX_DUTY,         /* study: number; what waits for a supervisor */
	FX_USERS_SEEN,   /* study: number; when who was here last */
	FX_PAPER_UNITS,  /* study: number; the communes on the lists */
	FX_PAPER,        /* study: number, paper, period, unit */
	FX_PAPER_PLACE,  /* study: the same but number -> EV_COPY_PLACE */
	FX_PAPER_WRITE,  /* study: all of it; path: a name without its end */
	FX_ROLLS,        /* study: number, list */
	FX_INTAKE_FILES, /* path: a folder, "": /media -> EV_INTAKE */
	FX_INTAKE_LOOK,  /* intake: nothing is written -> EV_INTAKE */
	FX_INTAKE_TAKE,  /* intake -> EV_INTAKE, EV_REFUSED */
	FX_ASSIGN,       /* assign -> EV_CONFIRMED, EV_REFUSED */
	FX_RECHECK,      /* study: number, draw */
	FX_RECHECK_DRAW, /* study: number, when, many */
	FX_STUDY_END,    /* what is on its way is not wanted any more … */
	FX_STUDY_STOP,   /* … nor what was counted before */
	/* approving from a terminal of one's own (db/approvals.h) */
	FX_APPROVE,   /* approval: a request -> EV_APPROVAL, EV_REFUSED */
	FX_CARD_SHOW, /* his own -> EV_APPROVAL, EV_REFUSED */
	FX_CARD_TAKE, /* approval: his card -> EV_CONFIRMED, EV_REFUSED */
	/* paid marks, between the terminals of an office (db/elsewhere.h) */
	FX_MARKS_SHOW, /* which: of that list -> EV_MARKS, EV_REFUSED */
	FX_MARKS_TAKE, /* marks: theirs -> EV_MARKS_TAKEN, EV_REFUSED */
	FX_PEER,       /* peer: believe it -> EV_CONFIRMED, EV_REFUSED */
	/* somebody goes to another terminal, or comes (db/handover.h) */
	FX_HANDOVER,     /* person: where to? -> EV_HANDOVER, EV_REFUSED */
	FX_RELEASE,      /* release: he goes -> EV_HANDOVER, EV_REFUSED */
	FX_ACQUIRE,      /* marks: he comes -> EV_ACQUIRED, EV_REFUSED */
	FX_RECHECK_SLIP, /* seed: of that draw; EV_PRINT, test, only */
	FX_RECHECK_SAID, /* said -> EV_RECHECK_SAID, EV_REFUSED */
	FX_EXCEPTIONS,   /* unusual: of a shift -> EV_EXCEPTIONS */
	/* lists from the centre (db/down.h) */
	FX_ARRIVAL_LOOK, /* at the first that waits -> EV_ARRIVALS,
			    EV_REFUSED */
	FX_ARRIVAL_TAKE, /* arrival: that one -> EV_ARRIVALS, EV_REFUSED */
	/* accounts (db/accounts.h) */
	FX_ACCOUNT,      /* person: how it stands -> EV_ACCOUNT */
	FX_ACCOUNT_ADD,  /* take -> EV_ACCOUNT, EV_REFUSED */
	FX_ACCOUNT_CASH, /* cash -> EV_ACCOUNT, EV_REFUSED,
			    EV_SIGN_IN_REFUSED (of the second person) */
	/* paper */
	FX_PRINT, /* print; reports by EV_PRINT only. The original of an
		       open payout opens the cash drawer too */
	FX_SLIP,  /* slip: the Z slip of that shift; reports by EV_PRINT */
	FX_ACCOUNT_SLIP,   /* seq: of ACCOUNT; as the next */
	FX_COMPLAINT_SLIP, /* complaint; reports by EV_PRINT, test, only */
	FX_MARKS_SLIP,     /* marks_slip; reports by EV_PRINT, piece, only */
	FX_HANDOVER_SLIP,  /* handover_slip; the same */
	FX_CONSENT_SLIP,   /* consent_slip; reports by EV_PRINT, test, only */
	FX_EVIDENCE, /* paper: a receipt or Z slip beside the book; freezes it
			if records are missing -> EV_EVIDENCE */
	FX_MOVED,    /* paper, "" if none: a supervisor says that the book may
			be on this machine -> EV_CONFIRMED, EV_REFUSED */
	FX_CLOCK,    /* he says that it is right -> EV_CONFIRMED, EV_REFUSED */
	FX_COPY_PLACE, /* slip: for the file of that shift, 0 for a copy
			  -> EV_COPY_PLACE */
	FX_COPY,       /* path: the book as evidence -> EV_COPIED, EV_REFUSED */
	FX_SHIFT_FILE, /* file: the records of that shift, signed
			  -> EV_COPIED, EV_REFUSED */
	FX_LIMITS,     /* -> EV_LIMITS */
	FX_LIMIT_SET,  /* limit -> EV_LIMITS, EV_REFUSED */
	FX_SETTINGS,   /* -> EV_SETTINGS, EV_REFUSED */
	FX_SETTING_PUT, /* setting: "" takes it out of the file
			   -> EV_SETTINGS, EV_REFUSED */
	FX_PEER_OUT,    /* out: believe it no more -> EV_SETTINGS, EV_REFUSED */
	FX_SAMPLE,      /* -> EV_SAMPLE */
	FX_COPIES,      /* path: a folder, "" where the last copy went
			   -> EV_COPIES, EV_REFUSED */
	FX_COPY_CHECK,  /* path: a copy -> EV_CONFIRMED, EV_REFUSED */
	FX_RESTORE,     /* path: a copy -> EV_COPY_PLACE: path is where it
			   was taken out, EV_REFUSED */
	FX_PRINT_TEST,  /* reports by EV_PRINT, test, only */
	FX_PRINT_KEEP,  /* keep: what came out right -> EV_CONFIRMED */
	FX_DRAWER_OPEN, /* drawer: the reason is recorded -> EV_CONFIRMED,
			   EV_REFUSED; then it opens: EV_PRINT, test */
	FX_RECEIPT,     /* receipt: seq, or the code if seq is 0
		       -> EV_PREVIEW, EV_NO_RECEIPT */
	/* the program */
	FX_DEMO_SCAN, /* demo: the next card image is "scanned": EV_SCAN;
			 other_marks: one whose name has other ones */
	FX_LANGUAGE,  /* the other language from now on: tr_set_lang() */
	FX_TYPING,    /* typing: how the user types names, from now on */
	FX_TOUR,      /* tour: what the user learned of it, to be kept */
	FX_SEND,      /* what waits, to the centre, aside */
	FX_TRAINING,  /* end, and go on in the store for training, or back */
	FX_LEAVE,     /* the flow is over; desk.c deals with it */
	FX_QUIT,
	FX_KIND_COUNT,
};

/* The second person of an act, if there is one: PIN, or QR. */
struct flow_second {
	bool ask;                        /* -> EV_APPROVAL, the request */
	char answer[APPROVAL_TEXT_SIZE]; /* "": none */
};

/* The banknotes that were handed over, if others than the payment says. */
struct flow_given {
	bool told;
	struct notes notes; /* none: nobody counted them */
};

/* A visit that is not finished as it is now: kept before the effect itself is
 * carried out, whichever it is. The bytes are the desk's. */
struct flow_draft {
	int64_t person; /* 0: there is nothing new to keep */
	const uint8_t *bytes;
	size_t len;
};

struct effect {
	enum effect_kind kind;
	struct flow_draft draft;
	/* Throw away keys typed before the answer: no type-ahead here. */
	bool drop_keys;
	/* By QR; FX_SHIFT_CLOSE, FX_PAY, FX_VOID, FX_RECOVER. */
	struct flow_second second;
	struct flow_given given; /* FX_HANDED */
	union {
		struct {
			int64_t number;
			char pin[FLOW_PIN_SIZE];
		} sign_in;
		struct {
			int64_t number;
			enum role role;
			int32_t until; /* his last day, YYYYMMDD; 0 */
			char name[DB_NAME_SIZE];
			char old[FLOW_PIN_SIZE];
			char pin[FLOW_PIN_SIZE];
		} user;
		struct {
			struct notes notes;
			enum shift_reason reason; /* CLOSE only, from here */
			int64_t by;               /* second person; 0: none */
			char pin[FLOW_PIN_SIZE];  /* his */
			/* OPEN: the last Z slip, "" goes without. */
			char slip[PROOF_TEXT_SIZE];
		} shift;
		int which; /* list of the newest month, from 0 */
		struct {
			const uint8_t *bytes; /* of the flow, which waits */
			size_t len;
		} marks;
		struct {
			const struct elsewhere_shown *shown; /* the flow's */
			int piece;                           /* from 1 */
		} marks_slip;
		struct {
			/* 0: the open one, or the last; or
			 * FLOW_BEFORE_SHIFTS. */
			int64_t shift;
			unsigned kinds;
			int64_t first; /* so many newer ones are left out */
		} unusual;
		struct {
			uint64_t seq;
			bool again; /* it was printed before */
		} seed;
		struct {
			struct sample draw;
			struct sample_word word;
		} said;
		struct marks_card peer;
		struct {
			uint8_t dev[MARKS_DEV_SIZE];
			enum peer_why why;
		} out;
		struct down_row arrival;
		struct {
			int64_t person;
			uint8_t to[MARKS_DEV_SIZE];
		} release;
		struct {
			const struct handover_shown *shown; /* the flow's */
			const struct person *who;
			int piece; /* from 1 */
		} handover_slip;
		char approval[APPROVAL_TEXT_SIZE];
		char paper[PROOF_TEXT_SIZE];
		char query[FLOW_QUERY_SIZE];
		char path[FLOW_QUERY_SIZE];
		struct {
			char path[FLOW_QUERY_SIZE];
			int64_t shift;
		} file;
		struct {
			int number;
			enum flow_paper paper;
			int32_t period; /* 0: of the newest list, today */
			char unit[PAYLIST_CODE_SIZE]; /* "": all */
			int64_t list;                 /* 0: all of them */
			uint64_t draw;                /* 0: none of them */
			char when[FLOW_WHEN_SIZE];    /* "": today */
			int many;
			char path[FLOW_QUERY_SIZE];
		} study;
		struct {
			char path[FLOW_QUERY_SIZE];
			int64_t corrects; /* a list that is here; 0: none */
		} intake;
		struct {
			int64_t list;
			int64_t user; /* 0: nobody any more */
			bool by_range;
			int64_t first; /* numbers on the list */
			int64_t last;
			char unit[PAYLIST_CODE_SIZE];
			char hamlet[ROUND_HAMLET_SIZE];
		} assign;
		struct {
			enum limit which;
			int64_t value;
		} limit;
		struct {
			int which; /* row of setting.h */
			char value[SETTING_SIZE];
		} setting;
		int64_t person;
		struct idcard card;
		struct {
			struct pay_request request; /* approver NULL: see by */
			int64_t by;                 /* second person; 0: none */
			char pin[FLOW_PIN_SIZE];
			/* Which notes to give for it is to be worked out. */
			bool suggest;
			int64_t due;
		} pay;
		uint8_t uid[PAYOUT_UID_SIZE];
		uint64_t seq;
		struct {
			bool handed;
			int64_t by; /* second person; 0: none */
			char pin[FLOW_PIN_SIZE];
		} recover;
		enum telex_method typing;
		struct settings_tour tour;
		bool other_marks;
		struct {
			int64_t person;
			enum not_paid reason;
			struct date date;
		} not_paid;
		struct {
			uint64_t seq;
			enum void_reason reason;
			char paper[SEAL_TEXT_SIZE]; /* "": none */
			int64_t by;
			char pin[FLOW_PIN_SIZE];
		} take_back;
		struct {
			uint64_t seq;
			bool copy; /* a copy was asked for: REPRINT */
		} print;
		struct {
			uint64_t seq; /* of the payment */
			enum complaint_reason reason;
		} complain;
		struct complaint complaint;
		struct account_take take;
		struct {
			int64_t person;
			int32_t from;
			enum account_back why;
			int64_t by; /* second person; 0: none */
			char pin[FLOW_PIN_SIZE];
		} cash;
		char lang[FLOW_LANG_SIZE];
		/* text, notice: of the flow, which waits; until is set by who
		 * carries it out. */
		struct consent_request consent;
		struct consent_withdrawal withdrawal;
		struct {
			int64_t person;
			enum request_kind kind;
			char words[REQUEST_WORDS_SIZE];
		} request;
		struct {
			uint64_t seq;
			bool copy; /* again: REPRINT */
			bool text; /* with all of the text behind it */
		} consent_slip;
		struct visits_ask visits;
		struct visit_request visit; /* answers: of the flow */
		struct {
			enum visit_plan_act how;
			int64_t person;
			int place;
		} visit_plan;
		int64_t slip; /* number of the shift */
		struct {
			char right[FLOW_RIGHT_SIZE]; /* "18" */
			char printer[FLOW_PRINTER_SIZE];
		} keep;
		enum drawer_reason drawer;
		struct {
			uint64_t seq;
			char code[SEAL_TEXT_SIZE];
		} receipt;
	};
};

/*
 * One row says what a key does, and is also the help the user reads: the
 * dispatch, the footer and the help screen read the same table. Give does
 * and brief to tr().
 */
struct binding {
	int key;
	const char *key_name; /* "1", "ENTER", "."; not translated */
	const char *does;
	const char *brief; /* for narrow footers; NULL: does */
	unsigned rules; /* BINDING_ONCE, BINDING_NEEDS(); true is the first */
};

/* Moves money or answers for it: a key held down counts once (FLOW_HELD_MS). */
#define BINDING_ONCE 1U

/* Only for roles that may do that. A macro, as tables are made of it. */
#define BINDING_NEEDS(act) (((unsigned)(act) + 1U) << 8)

/* Is the key offered to that role? ROLE_NONE, before anybody has signed in
 * and where a flow plays alone: yes, the book says no itself. */
bool binding_is_for(const struct binding *b, enum role role);

/* The row of a key, NULL if the step has none. Stands for classes too. */
const struct binding *binding_find(const struct binding *b, size_t count,
	int key);

/*
 * The key that an event means where these rows hold: itself if there is a
 * row for it, '0' for Esc and '.' for page down where those have rows.
 * 0: none, or no key event.
 */
int binding_key(const struct binding *b, size_t count, const struct event *ev);

/* Is ev one of the answers to that effect? */
bool flow_answers(enum effect_kind asked, enum event_kind ev);

/* Is the effect waited for? */
bool flow_is_answered(enum effect_kind asked);

/* One line for the user, "" if none. */
enum notice_level {
	NOTICE_NOTE, /* ● */
	NOTICE_WARN, /* ▲ */
	NOTICE_STOP, /* ■ */
};

struct notice {
	enum notice_level level;
	char text[512];
};

void notice_clear(struct notice *n);
void notice_say(struct notice *n, enum notice_level level, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* An effect without anything in it. */
struct effect effect_of(enum effect_kind kind);

#endif
