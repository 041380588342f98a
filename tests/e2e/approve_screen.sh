#!/bin/bash
# approve_screen.sh - two terminals side by side: what the agent may not do
# alone is asked for by a code on the screen, the supervisor scans it off
# there with his own scanner, reads what it is, says yes, and the answer is
# scanned back. Each code is read out of what stands on the screen.
. tests/e2e/lib.sh

verify=${chitra}-verify
hung=246802
lan=135790
base=$socket
declare -A sockets far_ends

leave() {
	local name
	for name in "${!far_ends[@]}"; do
		kill "${far_ends[$name]}" 2>/dev/null || true
		tmux -L "${sockets[$name]:-none}" kill-server 2>/dev/null || true
	done
	rm -rf "$dir"
}
trap leave EXIT

run() {
	"$chitra" "$@" >"$dir/out" 2>&1 || fail "chitra $*: $(cat "$dir/out")"
}
id_of() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f6; }
digits() { printf '%s' "$1" | sed 's/./& /g'; }

# make_store STORE: with Hùng, and a scanner on a line of its own.
make_store() {
	export CHITRA_PIN=$hung
	run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 --data "$1"
	run user add --number 9 --name Hùng --role supervisor --data "$1"
	mkfifo "$1.scan"
	perl tests/e2e/pty.pl "$1.scan" "$1.node" &
	far_ends[${1##*/}]=$!
	for _ in $(seq 200); do
		[ -s "$1.node" ] && break
		sleep 0.05
	done
	ln -sf "$(cat "$1.node")" "$1.port"
	printf '[scanner]\nuse = %s\n' "$1.port" >"$1/chitra.ini"
}

# at NAME: who is looked at and types from now on. boot NAME COLS ROWS.
at() {
	name=$1
	socket=${sockets[$1]}
}
boot() {
	socket=$base-$1-$2
	start "$2" "$3" --data "$dir/$1" --printer "file:$dir/paper"
	sockets[$1]=$socket
	at "$1"
}

# What stands on the screen as a code, once it is there whole.
code() {
	local text
	for _ in $(seq 100); do
		screen | perl tests/e2e/qr_of_screen.pl >"$dir/screen.pgm"
		text=$(field "$("$chitra" decode "$dir/screen.pgm" --json 2>/dev/null)" \
			0.text 2>/dev/null || true)
		case $text in
		"$1"*)
			printf '%s' "$text"
			return 0
			;;
		esac
		sleep 0.05
	done
	fail "no $1 can be read off the screen"
}

# scan TEXT: the scanner of the terminal that is looked at.
scan() {
	echo "1 $(printf '%s\r' "$1" | od -An -v -tx1 | tr -d ' \n')" \
		>"$dir/$name.scan"
}

# LOOK=DIR keeps every screen there, for somebody to look at.
shown=0
look() {
	shown=$((shown + 1))
	[ -z "${LOOK:-}" ] ||
		screen >"$LOOK/$(printf %02d $shown)-$name-$1-$size"
}

sign_in() {
	expect 'Số của bạn'
	keys "$1" Enter
	keys $(digits "$2") Enter
}

# By QR, from the question for the second person to the answer's being in:
# approve WORDS...: each of them stands on the supervisor's screen.
approve() {
	local request answer word
	expect 'duyệt bằng mã QR'
	look second
	keys .
	request=$(code CA1:)
	look request
	at there
	scan "$request"
	for word in "$@"; do
		expect "$word"
	done
	look ask
	# A scanner's ENTER approves nothing.
	keys Enter
	expect "$1"
	keys 1
	answer=$(code CA2:)
	look answer
	keys 0
	at here
	scan "$answer"
}

# Her receipt comes back (T36): asked, and approved.
take_back() { # take_back RECEIPT
	scan "$1"
	either 'huỷ khoản chi' 'Huỷ khoản chi'
	look receipt
	keys 9
	expect 'HUỶ KHOẢN CHI NÀY?'
	look reason
	rest
	keys 1
	approve 'THU HỒI KHOẢN ĐÃ CHI' 'số 7'
	expect '[ĐÃ HUỶ]'
	look voided
	keys Enter
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

# The next person, by the end of the number.
person() {
	local id
	id=$(id_of "$1")
	keys $(digits "${id: -6}") Enter
	expect '[CHƯA LĨNH'
	look person
	rest
	keys Enter
}

for s in here there; do make_store "$dir/$s"; done
CHITRA_NEW_PIN=$lan run user add --number 7 --name Lan --role agent --as 9 \
	--data "$dir/here"
run import list assets/demo/people.csv --count 200 --as 9 --data "$dir/here"
CHITRA_PIN=$lan run shift open --as 7 --float 500000x100,100000x50 \
	--data "$dir/here"
for row in 2 3; do
	out=$(CHITRA_PIN=$lan "$chitra" pay --as 7 --id12 "$(id_of $row)" \
		--printer "file:$dir/paper" --data "$dir/here" --json) ||
		fail "pay: $out"
	receipts[row]=$(field "$out" qr)
done

# His card, once: from there to here, where he signs in himself.
size=80x25
boot there 80 25
sign_in 9 $hung
expect 'Hùng'
keys '*' '*'
look menu
keys 5
card=$(code CU1:)
look card
keys 0
boot here 80 25
sign_in 9 $hung
expect 'Hùng'
scan "$card"
expect 'Thẻ duyệt'
look take
keys 1
expect 'Đã ghi'
look taken
keys '*' 7
sign_in 7 $lan
expect 'MỜI NGƯỜI KẾ TIẾP'
take_back "${receipts[2]}"

# Out once more: not without him.
person 2
approve 'người dùng số 7'
expect '[CHƯA ĐƯA TIỀN]'
look paid
rest
keys 1
expect '2/'
keys .
expect 'MỜI NGƯỜI KẾ TIẾP'

size=40x24
for s in here there; do
	at $s
	tmux_ resize-window -x 40 -y 24
done
at here
take_back "${receipts[3]}"

at here
stop # both: their stores are under one directory
at there
expect 'left with 0'
for s in here there; do
	"$verify" "$dir/$s" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
done
echo "approve_screen: asked, answered and scanned back at two sizes"
