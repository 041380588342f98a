#!/bin/bash
# carry.sh - paid marks from one terminal of an office to another, by verbs:
# text, pictures and paper; whom they believe; what is refused (T60b).
. tests/e2e/lib.sh

verify=${chitra}-verify
here=$dir/here   # quầy 1, which takes
there=$dir/there # quầy 2, which has paid

# on STORE WANTED ARGS...: run the program there, keep its JSON in $out.
on() {
	local store=$1 want=$2 got=0
	shift 2
	out=$("$chitra" "$@" --data "$store" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
id_of() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f6; }
accepted() {
	"$verify" "$1" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
}

export CHITRA_PIN=246802
for store in "$here" "$there"; do
	on "$store" 0 init --point "${store##*/}" --name 'Bưu cục Thử' --pin-kib 1024
	on "$store" 0 user add --number 9 --name Hùng --role supervisor
	CHITRA_NEW_PIN=135790 on "$store" 0 user add --number 7 --name Lan \
		--role agent --as 9
	on "$store" 0 import list assets/demo/people.csv --count 200 --as 9
	CHITRA_PIN=135790 on "$store" 0 shift open --as 7 \
		--float 500000x100,100000x50
done
hung=$CHITRA_PIN
CHITRA_PIN=135790

for n in 3 4 5; do
	on "$there" 0 pay --as 7 --id12 "$(id_of $n)"
done
on "$there" 0 carry show --as 7 --png "$dir/marks.png" --width 58
# Some of them have several kinds of money.
paid=$(field "$out" paid)
[ "$paid" -ge 3 ] || fail "$paid"
is lists 1
[ -e "$dir/marks.png" ] || fail 'no picture of the slip'

# Nobody here knows that terminal yet.
on "$here" 1 carry take --as 7 --image "$dir/marks.png"
is code marks_unknown
on "$there" 0 carry card --as 7
card=$(field "$out" card)
on "$here" 1 carry know --as 7 --text "$card"
is code role
CHITRA_PIN=$hung on "$here" 1 carry know --as 9 --text CD1:000
is code peer
CHITRA_PIN=$hung on "$here" 0 carry know --as 9 --text "$card"
CHITRA_PIN=$hung on "$there" 0 export keys --to "$dir/keys" --as 9
CHITRA_PIN=$hung on "$here" 0 carry know --as 9 --keys "$dir/keys"

# The picture of the paper is read back, and what is paid there stays so.
on "$here" 0 carry take --as 7 --image "$dir/marks.png"
is paid "$paid"
is new "$paid"
is both 0
on "$here" 0 carry take --as 7 --image "$dir/marks.png"
is same true
on "$here" 1 pay --as 7 --id12 "$(id_of 3)"
is code elsewhere
grep -q 'ĐÃ\|Đã chi ở máy khác' "$dir/err" || fail "$(cat "$dir/err")"
CHITRA_BY_PIN=$hung on "$here" 0 pay --as 7 --id12 "$(id_of 3)" --by 9
on "$here" 0 pay --as 7 --id12 "$(id_of 6)"

# As text, line by line; what both have paid is said, and the status too.
on "$there" 0 pay --as 7 --id12 "$(id_of 6)"
"$chitra" carry show --as 7 --data "$there" >"$dir/text" 2>/dev/null ||
	fail 'carry show'
on "$here" 1 carry take --as 7 --text "$(cat "$dir/text")"
both=$(field "$out" both)
[ "$both" -ge 2 ] || fail "$both of both"
is new $(($(field "$out" paid) - paid))
grep -q 'CẢ HAI' "$dir/err" || fail "$(cat "$dir/err")"

# Not ours, not a message, an older one, another list.
on "$there" 1 carry take --as 7 --text "$(cat "$dir/text")"
is code marks_own
on "$here" 1 carry take --as 7 --text "$card"
is code marks
on "$here" 1 carry take --as 7 --image "$dir/marks.png"
is code marks_old
on "$there" 1 carry show --as 7 --period 2020-01
is code no_list
on "$there" 2 carry show --as 7 --text x
on "$here" 2 carry take --as 7

# Taken out: by a supervisor, for a reason; then nothing of it is taken, what
# was taken before holds, and its card is refused as well.
dev=$("$chitra" carry card --as 7 --data "$there" --json 2>/dev/null)
dev=$(field "$dev" device)
on "$here" 1 carry drop "${dev:0:6}" --reason lost --as 7
is code role
on "$here" 2 carry drop "${dev:0:6}" --reason none --as 7
on "$here" 2 carry drop "${dev:0:6}" --as 7
CHITRA_PIN=$hung on "$here" 1 carry drop ffffff --reason lost --as 9
is code marks_unknown
CHITRA_PIN=$hung on "$here" 0 carry drop "${dev:0:6}" --reason lost --as 9
is device "$dev"
CHITRA_PIN=$hung on "$here" 1 carry drop "$dev" --reason closed --as 9
is code peer_gone
on "$here" 1 carry take --as 7 --text "$(cat "$dir/text")"
is code peer_gone
CHITRA_PIN=$hung on "$here" 1 carry know --as 9 --text "$card"
is code peer_gone
on "$here" 1 pay --as 7 --id12 "$(id_of 4)"
is code elsewhere

accepted "$here"
accepted "$there"
on "$here" 0 selftest --as 7
echo "carry: what one terminal paid, the other one does not pay again"
