#!/bin/bash
# reports.sh - the papers of a month by verb: forms A and B, payment list, not
# collected, changes, cards, settlement, as PDF, workbook and CSV. What was
# paid shows on all of them alike.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }
# has FILE TEXT
has() { grep -qF -- "$2" "$1" || fail "$2 is not in $1: $(cat "$1")"; }

export CHITRA_PIN=246802
status 0 init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
CHITRA_NEW_PIN=975315 status 0 user add --number 5 --name Dung --role staff \
	--as 9
status 0 import list assets/demo/people.csv --as 9
listed=$(field "$out" sum)
printf 'kind,period,unit_code,id12,name,reason\nleft,2026-12,08341,%s,,moved\n' \
	"$(person 7)" >"$dir/came.csv"
status 0 import changes "$dir/came.csv" --as 9
CHITRA_PIN=135790 status 0 shift open --as 1 \
	--float 500000x40,200000x20,100000x20,20000x9,10000x30
CHITRA_PIN=135790 status 0 pay --id12 "$(person 2)" --as 1
CHITRA_PIN=135790 status 0 pay --id12 "$(person 4)" --not-paid absent --as 1

# ---- forms ----

status 0 report a 2026-12 --as 9
is lines.0.row I
is lines.0.total 199 # one of them has left
is lines.3.khac.within 8
is lines.7.row III.2
is lines.7.total 12316 # 4.320.000 + 6.916.000 + 1.080.000 dong by account
status 0 report a 2026-11 --as 9
is lines.0.total 0
status 0 report b 12/2026 --unit 08341 --as 9
is lines.0.people.until 19
is lines.5.people.until 5 # disabled soldiers
is no_row 0
status 0 report a 2026-12 --unit 00001 --as 9
is lines.0.total 0

# ---- the cycle ----

status 0 report list 2026-12 --as 9
cash=$(field "$out" sum)
status 0 report unpaid 2026-12 --as 9
same "$(field "$out" three_or_more)" 0 'months in a row'
status 0 report settlement 2026-12 --as 9
is listed.sum "$listed"
is paid.sum 700000
is paid.people 1
is difference 0
is even true
same $((cash - 700000)) "$(field "$out" not_collected.sum)" \
	'the list less what was paid is not collected'
same "$(field "$out" stopped.people)" 1 'who has left'
status 0 report changes 2026-12 --as 9
is rows 1
status 0 report cards 2026-12 --as 9

# ---- files ----

for what in a b list unpaid changes cards settlement; do
	for kind in pdf xlsx csv; do
		status 0 report $what 2026-12 --as 9 --to "$dir/$what.$kind"
		same "$(field "$out" sha256)" \
			"$(sha256sum "$dir/$what.$kind" | cut -d' ' -f1)" \
			"$what.$kind"
		same "$(stat -c %a "$dir/$what.$kind")" 600 "$what.$kind"
	done
	head -c 5 "$dir/$what.pdf" | grep -q '%PDF-' || fail "$what.pdf"
	head -c 2 "$dir/$what.xlsx" | grep -q PK || fail "$what.xlsx"
done
has "$dir/list.csv" 'Đã chi'
has "$dir/unpaid.csv" 'Vắng mặt'
has "$dir/changes.csv" 'Chuyển đi'
if command -v pdftotext >/dev/null; then
	pdftotext -layout "$dir/list.pdf" "$dir/text"
	has "$dir/text" 'DANH SÁCH CHI TRẢ'
	has "$dir/text" 'Cộng chuyển sang trang sau'
	has "$dir/text" 'Hà Thị Ty'
	has "$dir/text" "$("$chitra" words "$cash")"
	pdftotext -layout "$dir/settlement.pdf" "$dir/text"
	has "$dir/text" 'Chênh lệch bằng 0'
else
	echo 'no pdftotext (poppler-utils): the words of the PDFs were not read'
fi
# A bare machine, without any font: workbooks as ever, a PDF is refused with
# what is to be installed, and a log says that it has none.
cat >"$dir/bare-chitra" <<-EOF2
	#!/bin/sh
	exec unshare -rm sh -c 'mount -t tmpfs none /usr/share/fonts && exec "\$@"' \\
		sh "\${RUN:-$chitra}" "\$@"
EOF2
chmod +x "$dir/bare-chitra"
if RUN=true "$dir/bare-chitra" 2>/dev/null; then
	real=$chitra
	chitra=$dir/bare-chitra
	status 3 report list 2026-12 --as 9 --to "$dir/bare.pdf"
	is code no_font
	[ ! -e "$dir/bare.pdf" ] || fail 'a PDF without letters'
	status 0 report list 2026-12 --as 9 --to "$dir/bare.xlsx"
	status 0 export day --as 9 --to "$dir/bare"
	is pdf false
	[ ! -e "$dir/bare/chi-tra.pdf" ] || fail 'a PDF without letters'
	has "$dir/bare/README.txt" 'KHÔNG có'
	has "$dir/err" 'fonts-liberation2'
	(cd "$dir/bare" && sha256sum --quiet -c SHA256SUMS) || fail 'the sums'
	chitra=$real
else
	echo 'no namespaces for users here: a machine without fonts was not tried'
fi
# Evidence is never replaced; a supervisor or an agent takes it, staff do not.
status 1 report a 2026-12 --as 9 --to "$dir/a.pdf"
is code exists
CHITRA_PIN=975315 status 1 report a 2026-12 --as 5 --to "$dir/staff.pdf"
is code role
[ ! -e "$dir/staff.pdf" ] || fail 'staff took a paper along'
status 2 report a 2026-12 --as 9 --to "$dir/a.doc"
status 2 report a 2026-13 --as 9
status 2 report z 2026-12 --as 9

"$chitra"-verify "$data" >/dev/null || fail 'the verifier refuses the book'
echo "reports: ok"
