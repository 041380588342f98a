#!/bin/bash
# scan.sh - scanners at the counter: one that plays keyboard, on every screen
# and with its ENTER into the money step, and two on serial lines that come
# and go. Nothing that a scanner sends ever lands in a field or pays.
. tests/e2e/lib.sh

# The scanner keeps its pace on a busy machine, where that is allowed.
soon=
chrt -R -f 10 true 2>/dev/null && soon='chrt -R -f 10'

far_ends=()
# far_end FIFO NODE [COMMAND...]: the other end of a pseudo-terminal.
far_end() {
	$soon perl tests/e2e/pty.pl "$@" &
	far_ends+=($!)
}

# plug N: a scanner on line N, under a name that stays the same.
plug() {
	rm -f "$dir/node$1"
	far_end "$dir/acm$1" "$dir/node$1"
	comes test -s "$dir/node$1" || fail "no line $1"
	ln -sf "$(cat "$dir/node$1")" "$dir/port$1"
}

# A scanner that halted is none: such a run says nothing, and is done again.
leave() {
	status=$?
	late=$(cat "$dir/screen.late" 2>/dev/null || true)
	kill "${far_ends[@]}" 2>/dev/null || true
	finish
	[ "$status" = 0 ] || [ -z "$late" ] || [ "${TRIES:-1}" -ge 5 ] ||
		TRIES=$((${TRIES:-1} + 1)) exec bash "$0"
}
trap leave EXIT

hex() { printf '%b' "$1" | od -An -v -tx1 | tr -d ' \n'; }
# wedge MS TEXT: typed by the scanner, a key every MS, and ENTER.
wedge() {
	echo "$1 $(hex "$2\r")" >"$dir/wedge"
	sleep 0.6 # nobody scans faster, and nobody types right behind it
}
# acm N TEXT: sent by the scanner on that line.
acm() { echo "0 $(hex "$2\r")" >"$dir/acm$1"; }

lacks() {
	if screen | grep -qF -- "$1"; then fail "the screen shows: $1"; fi
}

none_paid() {
	[ -z "$(find "$dir/book" -name '000*.png')" ] || fail 'somebody was paid'
}

mkfifo "$dir/wedge" "$dir/acm0" "$dir/acm1" "$dir/acm2"
plug 0
plug 1
mkdir -p "$dir/book"
printf '[scanner]\nuse = %s\nuse = %s\n' "$dir/port0" "$dir/port1" \
	>"$dir/book/chitra.ini"
program=$chitra
chitra="$soon perl tests/e2e/pty.pl $dir/wedge $dir/screen $program"
start 80 25 --demo --data "$dir/book" --cards "$dir/cards"
chitra=$program
expect 'Số của bạn'
cards=("$dir"/cards/*.png)
for i in 0 1 2 3; do
	json=$("$chitra" card --image "${cards[$i]}" --json) || true
	name[i]=$(field "$json" name)
	text[i]=$(field "$("$chitra" decode "${cards[$i]}" --json)" 0.text)
done

# In front of a number, and in the middle of a PIN.
wedge 2.5 "${text[0]}"
expect 'Chưa nhận mã quét'
expect 'Số của bạn: ______________'
keys 1 Enter 2 4 6
wedge 3 "${text[0]}"
expect 'Chưa nhận mã quét'
keys 8 0 2 Enter
expect '500.000'
# Where money is counted: goods from a shop.
wedge 2.5 8936036020038
expect 'Chưa nhận mã quét'
keys 2 0 0 Enter 2 0 Enter Enter Enter Enter Enter Enter Enter Enter
rest
keys 1
expect 'MỜI NGƯỜI KẾ TIẾP'
expect '104.000.000'

# Idle, in a search, over a person: the person of the card, never a search.
wedge 2.5 "${text[1]}"
expect "${name[1]^^}"
keys 0
expect 'MỜI NGƯỜI KẾ TIẾP'
keys T h i
wedge 3 "${text[0]}"
expect '[ĐÚNG NGƯỜI]'
expect "${name[0]^^}"

# The money step. ENTER behind a scan pays nobody, whatever was scanned.
wedge 2.5 "${text[0]}"
wedge 2.5 8936036020038
wedge 2.5 11111111112
expect '[ĐÚNG NGƯỜI]'
lacks '[CHƯA ĐƯA TIỀN]'
none_paid
rest
keys Enter
expect '[CHƯA ĐƯA TIỀN]'
# The next card is parked, and its digits and ENTER hand over nothing.
wedge 2.5 "${text[1]}"
expect "Kế tiếp: ${name[1]}"
wedge 2.5 1121121121121
wedge 2.5 8931111111111
expect '[CHƯA ĐƯA TIỀN]'
# As it is from the other scanners.
acm 0 "${text[2]}"
expect "Kế tiếp: ${name[2]}"
acm 1 "]Q1${text[3]}"
expect "Kế tiếp: ${name[3]}"
expect '[CHƯA ĐƯA TIỀN]'
keys 1
expect '[ĐÃ ĐƯA TIỀN]'
expect '1/1'
keys .
expect "${name[3]^^}"

# Two lines; one is pulled out, the other goes on, and it comes back.
acm 0 "${text[2]}"
expect "${name[2]^^}"
acm 1 "${text[1]}"
expect "${name[1]^^}"
lacks 'CHƯA CẮM'
echo quit >"$dir/acm0"
expect 'CHƯA CẮM: máy quét'
acm 1 "${text[0]}"
expect "${name[0]^^}"
plug 0
vanishes 'CHƯA CẮM'
acm 0 "${text[2]}"
expect "${name[2]^^}"
# Nothing was ever sent back to a scanner.
[ ! -s "$dir/node0.out" ] && [ ! -s "$dir/node1.out" ] ||
	fail 'a scanner was sent something'

# What is pasted is neither keys nor a scan.
tmux_ set-buffer "1
${text[0]}
"
tmux_ paste-buffer -p
expect 'Không nhận văn bản dán vào'
expect "${name[2]^^}"
# A person at the same keyboard, as fast as tmux is.
keys 0
expect 'MỜI NGƯỜI KẾ TIẾP'
for k in t h i; do tmux_ send-keys "$k"; done
expect 'thi'
# All of a code in one go, as over a slow line: told by what it looks like.
tmux_ send-keys -l "${text[0]}"
expect "${name[0]^^}"
lacks '[CHƯA ĐƯA TIỀN]'

# What a scanner sends, for whoever sets it up: the verb and the screen.
plug 2
heard() {
	(
		sleep 1
		printf '%s' "0 $(hex "$1")
" >"$dir/acm2"
	) &
	json=$("$chitra" scan-test --json --port "$dir/port2" --seconds 10 \
		--data "$dir" </dev/null 2>/dev/null) || true
}
heard "]Q1${text[0]}\r"
same "$(field "$json" scans.0.marks)" kept "$json"
same "$(field "$json" scans.0.suffix)" cr "$json"
same "$(field "$json" scans.0.symbology)" QR "$json"
same "$(field "$json" scans.0.text)" "${text[0]}" "$json"
same "$(field "$json" scans.0.advice.0)" fine "$json"
heard '001145000112|012345678|Nguyen Thi Thu|02091945|Nu|Ha Noi|15042021'
same "$(field "$json" scans.0.marks)" lost "$json"
same "$(field "$json" scans.0.advice.0)" to_utf8 "$json"
same "$(field "$json" scans.0.advice.1)" set_suffix "$json"
json=$("$chitra" scan-test --json --port "$dir/none" --seconds 1 \
	--data "$dir" </dev/null 2>/dev/null) && fail 'nothing was heard'
same "$(field "$json" code)" nothing_scanned "$json"
keys 0
expect 'MỜI NGƯỜI KẾ TIẾP'
keys '*' '*' 4
expect 'Hãy quét một mã bất kỳ'
wedge 2.5 "${text[0]}"
expect 'gõ như bàn phím'
expect 'Chữ Việt: còn nguyên'
acm 1 "]Q1${text[1]}"
expect 'CR; ]Q1 QR'
keys 0
expect 'MỜI NGƯỜI KẾ TIẾP'
echo 'scan: ok'
