#!/bin/bash
# void.sh - money that comes back, and money that went out by hand: by verbs,
# and on the real screen at two sizes. The verifier accepts what is left.
. tests/e2e/lib.sh

verify=${chitra}-verify
data=$dir/store

# status WANTED ARGS...: run the program as Lan, keep its JSON in $out.
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
id_of() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f6; }
accepted() {
	"$verify" "$1" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
}

export CHITRA_PIN=246802
status 0 init --point P1 --name 'Bưu cục Thử' --pin-kib 1024
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent --as 9
CHITRA_NEW_PIN=975310 status 0 user add --number 2 --name Minh --role agent --as 9
status 0 import list assets/demo/people.csv --count 200 --as 9
export CHITRA_PIN=135790
status 0 shift open --as 1 --float 500000x100,100000x50
status 0 pay --as 1 --id12 "$(id_of 2)" --printer "file:$dir/paper"
qr=$(field "$out" qr)
code=$(field "$out" receipt)
amount=$(field "$out" amount)
status 0 shift status
left=$(field "$out" expected)

# T61, T36: not without the paper, not alone, not by a colleague.
status 2 void --as 1 --receipt "$qr"
status 2 void --as 1 --receipt "$qr" --reason tired
status 1 void --as 1 --receipt "$qr" --reason receipt_back
is code second_person
CHITRA_BY_PIN=246802 status 1 void --as 1 --receipt "$code" \
	--reason receipt_back --by 9
is code receipt_paper
CHITRA_BY_PIN=975310 status 1 void --as 1 --receipt "$qr" \
	--reason receipt_back --by 2
is code second_person
CHITRA_BY_PIN=135790 status 1 void --as 1 --receipt "$qr" \
	--reason receipt_back --by 1
CHITRA_BY_PIN=111111 status 1 void --as 1 --receipt "$qr" \
	--reason receipt_back --by 9
is code wrong_pin
status 1 void --as 1 --receipt 0000-0000-0000-0 --reason receipt_lost --by 9
status 0 shift status
is expected "$left"
# T61: with both, and the cash equation holds.
CHITRA_BY_PIN=246802 status 0 void --as 1 --receipt "$qr" \
	--reason receipt_back --by 9
is state voided
is void_reason receipt_back
is expected $((left + amount))
CHITRA_BY_PIN=246802 status 1 void --as 1 --receipt "$qr" \
	--reason receipt_back --by 9
is code voided
"$chitra" receipt "$code" --as 1 --data "$data" --png "$dir/void.png" >"$dir/text"
grep -q 'ĐÃ HUỶ' "$dir/text" || fail "the copy does not say ĐÃ HUỶ"
# What was out goes out again with a second person only.
status 1 pay --as 1 --id12 "$(id_of 2)" --printer none
is code second_person
CHITRA_BY_PIN=246802 status 0 pay --as 1 --id12 "$(id_of 2)" --by 9 \
	--printer none
# What is lost is said to be lost.
CHITRA_BY_PIN=246802 status 0 void --as 1 \
	--receipt "$(field "$out" receipt)" --reason receipt_lost --by 9
is void_reason receipt_lost

# T17: a sheet of the pad, an hour ago.
hour_ago=$(TZ=UTC-7 date -d '1 hour ago' +%Y-%m-%dT%H:%M)
status 2 pay --as 1 --id12 "$(id_of 3)" --pad 000123
status 1 pay --as 1 --id12 "$(id_of 3)" --pad 000123 \
	--at "$(TZ=UTC-7 date -d '1 hour' +%Y-%m-%dT%H:%M)"
is code late
status 0 pay --as 1 --id12 "$(id_of 3)" --pad 000123 --at "$hour_ago" \
	--printer "file:$dir/by_hand"
is state handed
is pad 000123
is printed none
seq=$(field "$out" seq)
[ ! -s "$dir/by_hand" ] || fail 'an original was printed beside the sheet'
status 1 pay --as 1 --id12 "$(id_of 4)" --pad 123 --at "$hour_ago"
is code pad_used
is prior.seq "$seq"
grep -q "$seq" "$dir/err" || fail 'it does not say which record has the number'
CHITRA_BY_PIN=246802 status 0 void --as 1 --pad 000123 \
	--reason receipt_back --by 9

# The printer's outage is in the book: FAULT_BEGIN, FAULT_END with rsn 2.
kinds() { "$verify" --json --records "$data" | grep -cE "\"kind\": ?\"?$1" || true; }
status 0 pay --as 1 --id12 "$(id_of 5)" --printer tcp:127.0.0.1:9
is printed failed
status 0 pay --as 1 --id12 "$(id_of 6)" --printer "tcp:127.0.0.1:9"
same "$(kinds FAULT_BEGIN) $(kinds FAULT_END)" "1 0" 'faults while it fails'
status 0 pay --as 1 --id12 "$(id_of 7)" --printer "file:$dir/again"
is printed printed
same "$(kinds FAULT_BEGIN) $(kinds FAULT_END)" "1 1" 'faults afterwards'
accepted "$data"
status 0 selftest
is ok true

# What a supervisor should look at.
status 0 report signs --as 1
is taken_back 3
is receipt_lost 1
is sheets 1
is outages 1
status 1 report signs 99 --as 1
is code no_shift
status 2 report nonsense --as 1

# ---- on the screen ---------------------------------------------------------

sign_in() {
	expect 'Số của bạn'
	keys 1 Enter 2 4 6 8 0 2 Enter
	expect '500.000'
	keys 2 0 0 Enter 2 0 Enter Enter Enter Enter Enter Enter Enter Enter
	rest
	keys 1
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

supervisor() {
	expect 'Cần người thứ hai'
	keys 9 Enter 1 3 5 7 9 1 Enter
}

# She says that it was less: noted, and nothing else changes.
complain() {
	keys 5
	expect 'sai ở điểm nào'
	keys 2
	expect 'GHI KHIẾU NẠI NÀY?'
	# ENTER notes nothing.
	rest
	keys Enter
	rest
	expect 'GHI KHIẾU NẠI NÀY?'
	keys 1
	expect 'Đã ghi khiếu nại số'
	expect '[ĐÃ IN PHIẾU]'
	complaint=$(screen | sed -n 's/.*khiếu nại số [0-9a-f]*-\([0-9]*\).*/\1/p')
	keys 0
	either 'huỷ khoản chi' 'Huỷ khoản chi'
}

story() {
	local store=$dir/$1
	start "$1" "$2" --demo --data "$store" --cards "$dir/cards$1"
	sign_in
	keys Enter
	expect '[ĐÚNG NGƯỜI]'
	rest
	keys Enter
	expect '[CHƯA ĐƯA TIỀN]'
	rest
	keys 1
	expect '[ĐÃ ĐƯA TIỀN]'
	expect '1/1'
	keys .
	expect 'MỜI NGƯỜI KẾ TIẾP'
	# The next that is "scanned" is the receipt that she brings back.
	cp "$(find "$store/receipts" -name '000*.png' | head -n 1)" \
		"$dir/cards$1/001-back.png"
	keys Enter
	either 'huỷ khoản chi' 'Huỷ khoản chi'
	complain
	keys 9
	expect 'HUỶ KHOẢN CHI NÀY?'
	# ENTER never voids.
	rest
	keys Enter
	rest
	keys Enter
	expect 'HUỶ KHOẢN CHI NÀY?'
	keys 1
	expect 'Cần người thứ hai'
	# The agent herself, with her own PIN: no.
	keys 1 Enter 2 4 6 8 0 2 Enter
	expect 'phải duyệt khoản'
	supervisor
	expect '[ĐÃ HUỶ]'
	rest
	keys Enter
	expect 'MỜI NGƯỜI KẾ TIẾP'
	expect '0/1'
	# The receipt on the screen says so, and offers it no more.
	keys '*' 1
	expect 'ĐÃ HUỶ'
	if screen | grep -qE 'uỷ khoản chi'; then
		fail 'what is cancelled is offered to be cancelled'
	fi
	keys 0
	expect 'MỜI NGƯỜI KẾ TIẾP'
	# The same person once more: the supervisor stands by.
	id=$(basename "$(find "$dir/cards$1" -name '001-0*.png')" .png)
	keys $(printf '%s' "${id##*-}" | sed 's/./& /g') Enter
	expect '[CHƯA LĨNH'
	rest
	keys Enter
	supervisor
	expect '[CHƯA ĐƯA TIỀN]'
	rest
	keys 1
	expect '[ĐÃ ĐƯA TIỀN]'
	expect '1/1'
	# A sheet of the pad: nothing is printed, no money asked for.
	before=$(find "$store/receipts" -name '*.png' | wc -l)
	keys .
	expect 'MỜI NGƯỜI KẾ TIẾP'
	keys '*' 2
	expect 'Số của tờ viết tay'
	keys 0 0 0 7 0 0 Enter
	expect 'Ngày:'
	yesterday=$(TZ=UTC-7 date -d yesterday +%d%m%Y)
	keys $(printf '%s' "$yesterday" | sed 's/./& /g') Enter
	expect 'Giờ và phút'
	keys 0 9 1 0 Enter
	expect 'Tờ viết tay số 000700'
	rest
	keys Enter
	expect '[ĐÚNG NGƯỜI]'
	rest
	keys Enter
	expect 'ĐÃ CHI BẰNG TỜ VIẾT TAY'
	rest
	keys Enter
	expect 'ĐÃ CHI BẰNG TỜ VIẾT TAY'
	keys 1
	expect '[KHÔNG ĐƯA TIỀN NỮA]'
	expect '2/1'
	same "$(find "$store/receipts" -name '*.png' | wc -l)" "$before" \
		'receipts printed beside the sheet'
	stop
	accepted "$store"
	out=$(CHITRA_PIN=246802 "$chitra" report complaints --data "$store" --json --as 1) ||
		fail "report complaints: $out"
	is complaints.0.number "$complaint"
	is complaints.0.reason amount
	is complaints.0.state voided
	is complaints.1 null
	"$chitra" selftest --data "$store" >"$dir/selftest" ||
		fail "$(cat "$dir/selftest")"
}

story 80 25
story 40 24
echo 'void: ok'
