#!/bin/bash
# supervisor.sh - he signs in on a handheld and sees what waits for him: what
# was not plain today, calls that are still to be made, how far the list is.
# Each digit leads there and back; 0 is the counter, and "*" "." comes back.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }
run() { "$chitra" "$@" --data "$data" --json >"$dir/out" 2>"$dir/err" ||
	fail "chitra $*: $(cat "$dir/out" "$dir/err")"; }
hung() { CHITRA_PIN=246802 run "$@" --as 9; }
lan() { CHITRA_PIN=135790 run "$@" --as 1; }

CHITRA_PIN=246802 run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200
CHITRA_PIN=246802 run user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 hung user add --number 1 --name Lan --role agent
hung import list assets/demo/people.csv
lan shift open --float 500000x40,200000x20,100000x20

# work COLUMNS ROWS: he signs in, and it was counted.
work() {
	start "$1" "$2" --data "$data" --lang vi --printer none
	expect 'Số của bạn'
	keys 9 Enter
	keys 246802 Enter
	expect 'VIỆC HÔM NAY'
	expect '8  Gửi'
}

# A new morning: nobody is paid, nothing was drawn.
work 40 24
expect '0/189'
! screen | grep -q 'đã gọi đủ' || fail 'called, and nothing was drawn'
stop

# Two are paid, two are drawn, one is called; a card that differs is no plain
# case. Then it says so.
lan pay --id12 "$(person 2)"
lan pay --id12 "$(person 4)"
hung sample draw 1 --count 2
code=$(field "$(cat "$dir/out")" receipts.0.receipt)
other=$(field "$(cat "$dir/out")" receipts.1.receipt)
hung sample result --receipt "$code" --said confirmed
CHITRA_PIN=246803 "$chitra" sample draw 1 --count 2 --as 9 --data "$data" \
	--json >/dev/null 2>&1 && fail 'a wrong PIN draws'
work 40 24
expect '2/189'
expect 'hôm nay'

# There and back, by the digits of the page behind * * .
go() { # KEY TEXT
	keys "$1"
	expect "$2"
	rest
	keys 0
	expect 'VIỆC HÔM NAY'
}
go 2 'BẢNG THEO DÕI'
go 4 'NGOẠI LỆ'
go 5 'KIỂM TRA MẪU'
go 7 'Máy in, khổ giấy'
go 8 'TRUNG TÂM'
keys '*' '*' .
expect 'Cài đặt của máy này'
keys 7
expect 'Máy in, khổ giấy'
keys 0
expect 'VIỆC HÔM NAY'

# Help says the rows; a letter looks for somebody; a number does at the counter.
keys '#'
expect 'Ra quầy: tìm người'
keys 0
expect 'VIỆC HÔM NAY'
keys v
expect 'TÌM NGƯỜI'
keys Escape
expect 'VIỆC HÔM NAY'
keys 0
expect 'CA CỦA NGƯỜI KHÁC'
id=$(person 2)
for d in $(printf '%s' "${id: -4}" | sed 's/./& /g'); do keys "$d"; done
keys Enter
either '[ĐÃ LĨNH' 'ĐÃ LĨNH'
keys 0
expect 'TÌM NGƯỜI'
keys Escape
expect 'CA CỦA NGƯỜI KHÁC'
keys '*'
expect 'Việc hôm nay'
keys .
expect 'VIỆC HÔM NAY'
stop

# An agent begins as ever.
start 40 15 --data "$data" --lang vi --printer none
expect 'Số của bạn'
keys 1 Enter
keys 135790 Enter
expect 'MỜI NGƯỜI KẾ TIẾP'
stop

# The last call is made: nothing is left, on the smallest screen, too.
hung sample result --receipt "$other" --said confirmed
work 40 15
expect 'Ngoại lệ'
expect '0 Ra quầy'
stop
echo 'supervisor: sees what waits, goes there and back'
