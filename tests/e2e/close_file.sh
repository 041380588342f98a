#!/bin/bash
# close_file.sh - the agent closes her shift on the screen and takes a signed
# file of it along; chitra-verify accepts it, without the store.
. tests/e2e/lib.sh

verify=${chitra}-verify
lan=135790
store=$dir/store
digits() { printf '%s' "$1" | sed 's/./& /g'; }
run() {
	"$chitra" "$@" --data "$store" >"$dir/out" 2>&1 ||
		fail "chitra $*: $(cat "$dir/out")"
}

export CHITRA_PIN=$lan
run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024
run user add --number 7 --name Lan --role agent
run import list assets/demo/people.csv --count 200 --as 7
run shift open --as 7 --float 500000x10
id=$(sed -n 2p assets/demo/people.csv | cut -d, -f6)
run pay --as 7 --id12 "$id"
run export keys --to "$dir/keys" --as 7
left=$(field "$("$chitra" shift status --as 7 --data "$store" --json)" expected)

start 80 25 --data "$store" --printer none
expect 'Số của bạn'
keys 7 Enter
keys $(digits $lan) Enter
expect 'MỜI NGƯỜI KẾ TIẾP'
keys '*' 5
expect '500.000'
# The count, from the highest note down.
for note in 500000 200000 100000 50000 20000 10000 5000 2000 1000; do
	n=$((left / note))
	left=$((left % note))
	[ $n = 0 ] || keys $(digits $n)
	[ $note = 1000 ] || keys Down
done
keys .
expect 'Số tiền đúng'
rest
keys 1
expect 'Tệp có chữ ký'
keys 5
expect 'Ghi tệp của ca 1'
keys '*' '*'
# Esc of the menu's word leaves the field empty: the name is typed anew.
typed "$dir/lan.journal"
expect 'lan.journal'
rest
keys Enter
expect 'Đã ghi tệp của ca 1'
sum=$(sha256sum <"$dir/lan.journal" | cut -c1-16)
expect "$sum"
keys Enter
expect 'Bưu cục Thử'
stop

"$verify" --keys "$dir/keys" "$dir/lan.journal" >"$dir/verdict" 2>&1 ||
	fail "$(cat "$dir/verdict")"
grep -q ACCEPTED "$dir/verdict" || fail "$(cat "$dir/verdict")"
"$verify" "$store" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
echo "close_file: the agent's file is accepted without the store"
