#!/bin/bash
# daylog.sh - the daily log on a stick: of a day, a shift, a month. Whole or
# not at all, its files agree with each other and with the book, and the
# verifier accepts the journal in it.
. tests/e2e/lib.sh

data=$dir/store
stick=$dir/stick
export CHITRA_PRINTER=none

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }
has() { grep -qF -- "$2" "$1" || fail "$2 is not in $1: $(cat "$1")"; }
# The column "Số tiền" added up, of a table without commas in its cells.
sum_of() { awk -F, 'NR > 1 { s += $20 } END { print s + 0 }' "$1"; }

mkdir "$stick"
export CHITRA_PIN=246802
status 0 init --point 'P/1' --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
CHITRA_NEW_PIN=975315 status 0 user add --number 5 --name Dung --role staff \
	--as 9
status 0 import list assets/demo/people.csv --as 9
export CHITRA_PIN=135790
status 0 shift open --as 1 --float 500000x40,200000x20,100000x20,20000x9,10000x30
status 0 pay --id12 "$(person 2)" --as 1
first=$(field "$out" amount)
status 0 pay --id12 "$(person 4)" --as 1
second=$(field "$out" amount)
receipt=$(field "$out" receipt)
CHITRA_BY_PIN=246802 status 0 void --receipt "$receipt" --reason receipt_lost \
	--by 9 --as 1
status 0 pay --id12 "$(person 6)" --as 1 --payee authorised --payee-name An \
	--payee-id 001150000217 --payee-paper 12
third=$(field "$out" amount)
net=$((first + third))

# ---- a shift, a day, a month ----

status 0 export shift 1 --to "$stick" --as 1
log=$(field "$out" directory)
is paid $((first + second + third))
is voids 1
is visits 0
is accounts 0
is voided "$second"
is signed true
[ "$(ls "$stick")" = "${log##*/}" ] || fail "$(ls -a "$stick")"
case ${log##*/} in chi-tra_P-1_*_ca-1) ;; *) fail "named $log" ;; esac
same "$(stat -c %a "$log")" 700 'mode of the directory'
(cd "$log" && sha256sum --quiet -c SHA256SUMS) || fail 'the sums'
same "$(wc -l <"$log/SHA256SUMS")" "$(($(ls "$log" | wc -l) - 1))" \
	'every file has its sum'
same "$(field "$out" sha256)" "$(sha256sum "$log/SHA256SUMS" | cut -d' ' -f1)" \
	'what the book has of it'
same "$(sum_of "$log/payments.csv")" "$net" 'the sum of the table'
same "$(head -c 3 "$log/payments.csv" | xxd -p)" efbbbf 'the mark'
has "$log/payments.csv" '"An","001150000217"'
has "$log/README.txt" 'huỷ 1 lượt'
has "$log/README.txt" '0 lần đến nhà'
has "$log/visits.csv" '"Kết quả"'
has "$log/accounts.csv" '"Số tài khoản"'
"$chitra"-verify "$log/journal.chitra" >"$dir/said" || fail "$(cat "$dir/said")"
has "$dir/said" ACCEPTED
grep -qa 'Hà Thị' "$log/journal.chitra" && fail 'a name is in the journal'
if command -v pdftotext >/dev/null; then
	pdftotext -layout "$log/chi-tra.pdf" "$dir/text"
	has "$dir/text" 'Hà Thị Ty'
	has "$dir/text" "$("$chitra" words "$net")"
else
	echo 'no pdftotext (poppler-utils): the words of the PDF were not read'
fi

status 0 export day --to "$stick/hom-nay" --as 1
same "$(sum_of "$stick/hom-nay/payments.csv")" "$net" 'the day'
CHITRA_PIN=246802 status 0 export period --to "$stick/thang" --as 9
same "$(sum_of "$stick/thang/payments.csv")" "$net" 'the month'

# ---- what is refused, and leaves nothing ----

# Once more: beside the first, which stays as it is.
before=$(cat "$log/SHA256SUMS")
status 0 export shift 1 --to "$stick" --as 1
is directory "$log-2"
status 0 export shift 1 --to "$stick/" --as 1
is directory "$log-3"
same "$(cat "$log/SHA256SUMS")" "$before" 'the first is as it was'
(cd "$log-2" && sha256sum --quiet -c SHA256SUMS) || fail 'the sums'
rm -r "$log-2" "$log-3"

status 1 export day 2025-01-01 --to "$stick" --as 1
is code no_records
status 1 export shift 7 --to "$stick" --as 1
is code no_records
CHITRA_PIN=975315 status 1 export day --to "$stick/staff" --as 5
is code role
status 2 export day 31/02/2026 --to "$stick" --as 1
status 2 export period 2026-13 --to "$stick" --as 1
status 3 export day --to "$stick/not/there" --as 1
is code gone
same "$(ls -A "$stick" | wc -l)" 3 'what is on the stick'

# A file of a shift is a file still.
status 0 export shift 1 --to "$stick/shift.journal" --as 1
[ -f "$stick/shift.journal" ] || fail 'the file of a shift'

# Killed at any moment, there is nothing that looks whole.
for delay in 0.05 0.1 0.15 0.2 0.3; do
	(timeout -s KILL "$delay" "$chitra" export day --to "$stick/cut" \
		--data "$data" --as 1 || true) >/dev/null 2>&1
	# It is killed before timeout has heard of its end.
	closed "$data"
	if [ -e "$stick/cut" ]; then
		(cd "$stick/cut" && sha256sum --quiet -c SHA256SUMS) ||
			fail 'cut short, and it looks whole'
		rm -rf "$stick/cut"
	fi
done
# What a stick kept of them is away after the next one that is whole.
mkdir "$stick/left" "$stick/left/.chi-tra_P-1_ffffffff_x.00112233.part"
status 0 export day --to "$stick/left" --as 1
own=${out#*chi-tra_P-1_}
own=${own%%_*}
mkdir "$stick/left/.chi-tra_P-1_${own}_ca-1.00112233.part"
echo Lan >"$stick/left/.chi-tra_P-1_${own}_ca-1.00112233.part/.payments.csv.part"
status 0 export day --to "$stick/left" --as 1
same "$(ls -A "$stick/left" | grep -c '^\.')" 1 'only another terminals is left'
# A stick that is too small, however far it gets: nothing is left on it, not
# even hidden, until it is large enough.
mkdir "$dir/small"
cat >"$dir/on-stick" <<-'EOF2'
	#!/bin/sh
	# on-stick SIZE DIR COMMAND...: status of it, then what is on the stick
	size=$1 stick=$2
	shift 2
	mount -t tmpfs -o "size=$size" none "$stick" || exit 77
	"$@" >"$OUT" 2>/dev/null
	echo "$? $(ls -A "$stick" | wc -l) $(find "$stick" -name SHA256SUMS | wc -l)"
EOF2
chmod +x "$dir/on-stick"
try() {
	OUT=$dir/tried unshare -rm "$dir/on-stick" "$1" "$dir/small" "$chitra" \
		export day --to "$dir/small" --data "$data" --as 1 --json
}
if unshare -rm mount -t tmpfs none "$dir/small" 2>/dev/null; then
	for kib in 4 16 32 48 64 80 96 112; do
		got=$(try ${kib}k)
		case $got in
		'0 1 1') break ;;
		'3 0 0') same "$(field "$(cat "$dir/tried")" code)" full "$kib KiB" ;;
		*) fail "a stick of $kib KiB: $got $(cat "$dir/tried")" ;;
		esac
	done
	[ "$kib" -gt 16 ] || fail 'no stick was too small'
	same "$(try 16m)" '0 1 1' 'a large one'
else
	echo 'no namespaces for users here: a full stick was not tried'
fi
"$chitra"-verify -f "$data" >"$dir/said" || fail "$(cat "$dir/said")"
echo 'daylog: ok'
