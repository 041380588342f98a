#!/bin/bash
# sample_screen.sh - a supervisor draws receipts by lot on a handheld: the seed
# is on the screen and in the book before any receipt is shown, its slip is
# printed again; people are called back, who says otherwise is among the
# exceptions, and the paper to call from has cells for it all.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none CHITRA_PIN=246802
run() { "$chitra" "$@" --data "$data" --json; }
lan() { CHITRA_PIN=135790 run "$@" --as 1; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }

run init --point P1 --name 'Cẩm Khê' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null 2>&1
run user add --number 9 --name Hùng --role supervisor >/dev/null
CHITRA_NEW_PIN=135790 run user add --number 1 --name Lan --role agent \
	--as 9 >/dev/null
run import list assets/demo/people.csv --as 9 >/dev/null
lan shift open --float 500000x60,200000x20,100000x40,20000x40,10000x40 \
	>/dev/null
for row in 2 4 5 8 10 11 12; do
	out=$(lan pay --id12 "$(person "$row")") || fail "row $row: $out"
done

start 40 24 --data "$data" --printer "file:$dir/slips"
expect 'Số của bạn'
keys 9 Enter 2 4 6 8 0 2
rest
keys Enter
expect '7/189'
keys '*' '*' '.'
expect 'Kiểm tra mẫu'
keys 5
expect 'Chưa rút mẫu lần nào.'

# ---- a draw of the shift: the seed first ----

keys 7
expect 'Rút biên nhận của ngày, tháng'
keys 9 9
rest
keys Enter
expect 'Rút bao nhiêu biên nhận'
keys 3
rest
keys Enter
# There is no such shift: nothing was drawn, and the question stands again.
expect 'Khi đó không chi khoản nào.'
keys 1
rest
keys Enter
expect 'Rút bao nhiêu biên nhận'
keys 3
rest
keys Enter
expect 'ĐÃ IN SỐ BỐC THĂM'
expect 'Số bốc thăm của lần rút'
seed_screen=$(screen)
keys 5
expect 'ĐÃ IN SỐ BỐC THĂM'
rest
keys Enter
expect '3 trong 7 biên nhận'
expect 'còn phải gọi 3'

# ---- called back: right, not reached, another amount ----

keys 1
expect 'Điện thoại:'
keys 1
expect 'Ai đã trả lời?'
rest
keys 1
expect 'Khớp 1, nói khác 0, còn phải gọi 2'
keys 2 2
expect 'Vì sao không gặp được?'
rest
keys 1
expect 'Đã ghi: biên nhận'
expect 'Khớp 1, nói khác 0, còn phải gọi 2'
keys 3 3
expect 'nói đã nhận bao nhiêu?'
keys 1 0 0 0 0 0
rest
keys Enter
expect 'Sẽ ghi: nói chỉ nhận 100.000 đồng'
rest
keys 2
expect 'Khớp 1, nói khác 1, còn phải gọi 1'
keys 7
expect 'Khớp 1, nói khác 1, còn phải gọi 1'

# ---- the paper, and back ----

keys 9
expect 'Ghi tệp của giấy tờ này'
keys '*' '*'
typed "$dir/mau"
rest
keys Enter
either 'Đã ghi 3 tệp' 'Đã ghi 2 tệp'
rest
keys Enter
expect 'còn phải gọi 1'
keys 0
expect 'Các lần rút, mới nhất ở trên'
keys 0
expect '7/189'

# ---- and among the exceptions ----

keys '*' '*' '.' 4
expect 'Gọi lại: nói khác'
rest
keys Enter
expect 'nhà trả lời'
exception=$(screen)
stop

grep -q 'nói chỉ nhận 100.000 đồng; người nhà trả lời' "$dir/mau.csv" ||
	fail "$(cat "$dir/mau.csv")"
out=$(run sample show --as 9)
case $(printf '%s' "$seed_screen" | tr -d ' \n') in
*"$(field "$out" seed)"*) ;;
*) fail "another seed than $(field "$out" seed): $seed_screen" ;;
esac
for i in 0 1 2; do
	printf '%s' "$seed_screen" |
		grep -qF "$(field "$out" receipts.$i.receipt)" &&
		fail "a receipt before its time: $seed_screen"
done
printf '%s' "$exception" | grep -qF "$(field "$out" receipts.2.receipt)" ||
	fail "no receipt: $exception"
same "$(field "$out" receipts.0.note)" self note
same "$(field "$out" receipts.1.note)" no_answer note
same "$(field "$out" receipts.2.said_amount)" 100000 amount
[ -s "$dir/slips" ] || fail 'no slip of the seed'
run selftest >/dev/null || fail 'the store does not hold'
echo 'sample_screen: ok'
