#!/bin/bash
# training.sh - T73: the same program on a store of its own beside the real
# one; the real one is as it was, and no paper and no file passes for real.
. tests/e2e/lib.sh

verify=${chitra}-verify
data=$dir/store
export CHITRA_PIN=246802

run() { "$chitra" "$@" --data "$data" --json >"$dir/out" 2>"$dir/err" ||
	fail "chitra $*: $(cat "$dir/out" "$dir/err")"; }

run init --point P1 --name 'Bưu cục Thật' --pin-kib 1024
run user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 run user add --number 1 --name Lan --role agent --as 9
run import list assets/demo/people.csv --count 200 --as 9
export CHITRA_PIN=135790
run shift open --as 1 --float 500000x100
run pay --as 1 --id12 "$(sed -n 2p assets/demo/people.csv | cut -d, -f6)" \
	--printer none
run export keys --as 1 --to "$dir/keys"
totals() { field "$("$verify" --json "$data")" "$1"; }
before="$(totals records) $(totals totals.paid_gross) $(totals head.hash)"

# From the screen of the real one, before anybody signs in, and no shell.
start 80 25 --data "$data"
expect 'Số của bạn'
keys '*' 1
expect 'TẬP HUẤN'
expect 'Bưu cục Thật'
expect 'Số của bạn'
keys 1 Enter 2 4 6 8 0 2 Enter
expect '500.000'
keys 2 0 0 Enter 2 0 Enter Enter Enter Enter Enter Enter Enter Enter
rest
keys 1
expect 'MỜI NGƯỜI KẾ TIẾP'
expect 'TẬP HUẤN'
keys Enter
expect '[ĐÚNG NGƯỜI]'
rest
keys Enter
expect '[CHƯA ĐƯA TIỀN]'
rest
keys 1
expect '[ĐÃ ĐƯA TIỀN]'
expect '1/1'
rest
keys 3
expect 'TẬP HUẤN'
# Nothing of it leaves: neither by the screen nor by a verb.
keys 0
rest
keys Enter
expect 'MỜI NGƯỜI KẾ TIẾP'
keys '*' 7
expect 'Số của bạn'
keys 9 Enter 1 3 5 7 9 1 Enter
expect 'Thêm'
keys '*' 5
expect '/media'
keys Enter
expect 'Không đưa gì của bản tập huấn'
keys Escape
keys '*' 7
expect 'Số của bạn'
# And back again: the real people, and no word of training.
keys '*' 1
expect 'Số của bạn'
vanishes 'TẬP HUẤN'
stop
for what in journal keys roster; do
	got=0
	out=$(CHITRA_PIN=246802 "$chitra" export $what --to "$dir/$what.out" \
		--data "$data/training" --as 1 --json 2>/dev/null) || got=$?
	same "$got $(field "$out" code)" '1 training' "export $what"
	[ ! -e "$dir/$what.out" ] || fail "$what left the terminal"
done
[ -n "$(find "$data/training/receipts" -name '000*.png')" ] ||
	fail 'no receipt of the training was kept'

# The totals of the real store are what they were.
same "$(totals records) $(totals totals.paid_gross) $(totals head.hash)" \
	"$before" 'the real store'
# The training verifies as what it is, and never as the terminal's own book.
"$verify" "$data/training" >"$dir/verdict" || fail "$(cat "$dir/verdict")"
got=0
out=$("$verify" --json --keys "$dir/keys" "$data/training") || got=$?
same "$got" 1 'a training taken for the book'
case $out in
*'"V38"'*) ;;
*) fail "no V38: $out" ;;
esac
# Its id is worked out from the terminal's (journal.md 2).
dev=$(totals dev)
want=$( (printf TRAIN && printf '%s' "$dev" | perl -ne 'print pack "H*", $_') |
	sha256sum | cut -c1-32)
same "$(field "$("$verify" --json "$data/training")" dev)" "$want" 'its id'
echo 'training: ok'
