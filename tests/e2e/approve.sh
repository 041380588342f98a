#!/bin/bash
# approve.sh - a supervisor approves from a terminal of his own, in two calls
# of a verb; and users whom a list of the centre, or the calendar, takes out.
. tests/e2e/lib.sh

verify=${chitra}-verify
here=$dir/here   # of Lan, who pays
there=$dir/there # of Hùng, who approves
vector() { sed -n "s/^$1 //p" tests/data/approval_vectors.txt; }

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
hung=246802
lan=135790

export CHITRA_PIN=$hung
on "$here" 0 init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--centre-sign-key "$(vector pk)"
[ ! -e "$here/centre.key" ] || fail 'a secret of the centre is left'
on "$there" 0 init --point KS --name 'Máy kiểm soát' --pin-kib 1024
on "$here" 0 user add --number 9 --name Hùng --role supervisor
on "$there" 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=$lan on "$here" 0 user add --number 7 --name Lan --role agent --as 9
CHITRA_NEW_PIN=$lan on "$here" 0 user add --number 8 --name Minh --role agent \
	--as 9 --until 2026-01-31
on "$here" 0 import list assets/demo/people.csv --count 200 --as 9

# The card, once: shown there, registered here by himself.
on "$there" 0 user card --as 9
card=$(field "$out" card)
CHITRA_PIN=$lan on "$here" 1 user key --from "$card" --as 7
is code role
on "$here" 1 user key --from CU1:000 --as 9
is code card
echo "$card" >"$dir/card"
on "$here" 0 user key --from "$dir/card" --as 9

CHITRA_PIN=$lan
on "$here" 0 shift open --as 7 --float 500000x100,100000x50
on "$here" 0 pay --as 7 --id12 "$(id_of 2)" --printer "file:$dir/paper"
qr=$(field "$out" qr)
amount=$(field "$out" amount)

# T36: asked, said in words there, answered, done.
on "$here" 1 void --as 7 --receipt "$qr" --reason receipt_back --by-qr
is code approval_needed
request=$(field "$out" request)
CHITRA_PIN=$hung on "$there" 0 approve --as 9 --text "$request"
is kind void
is actor 7
is amount "$amount"
answer=$(field "$out" answer)
on "$here" 1 void --as 7 --receipt "$qr" --reason receipt_lost --approval "$answer"
is code approval_other
# That call signed him out, and the book went on: asked anew.
on "$here" 1 void --as 7 --receipt "$qr" --reason receipt_back --approval "$answer"
is code approval_moved
on "$here" 1 void --as 7 --receipt "$qr" --reason receipt_back --by-qr
CHITRA_PIN=$hung on "$there" 0 approve --as 9 --text "$(field "$out" request)"
on "$here" 0 void --as 7 --receipt "$qr" --reason receipt_back \
	--approval "$(field "$out" answer)"
is state voided
on "$here" 1 void --as 7 --receipt "$qr" --reason receipt_back --approval "$answer"
is code approval_other

# Over the limit: paid when it is approved, with card, checks and paper.
CHITRA_PIN=$hung on "$here" 0 limit set single 100000 --as 9
pay() { # pay WANTED ARGS...
	local want=$1
	shift
	on "$here" "$want" pay --as 7 --id12 "$(id_of 3)" --printer "file:$dir/paper" "$@"
}
pay 1
is code second_person
pay 1 --by-qr
is code approval_needed
request=$(field "$out" request)
CHITRA_PIN=$hung on "$there" 0 approve --as 9 --text "$request"
is kind pay
answer=$(field "$out" answer)
pay 1 --approval CA2:000
is code approval_text
# A wrong one signed him out: asked anew.
pay 1 --by-qr
CHITRA_PIN=$hung on "$there" 0 approve --as 9 --text "$(field "$out" request)"
answer=$(field "$out" answer)
pay 0 --approval "$answer"
is state handed
qr=$(field "$out" qr)
pay 1 --approval "$answer"
is code already_paid
CHITRA_BY_PIN=$hung on "$here" 0 void --as 7 --receipt "$qr" \
	--reason receipt_back --by 9

# The close, 500,000 short.
on "$here" 1 shift close --as 7 --count 500000x99,100000x50 --reason unknown --by-qr
is code approval_needed
CHITRA_PIN=$hung on "$there" 0 approve --as 9 --text "$(field "$out" request)"
is kind difference
is amount 500000
on "$here" 0 shift close --as 7 --count 500000x99,100000x50 --reason unknown \
	--approval "$(field "$out" answer)"
is difference -500000

# T67: a last day long past, renewed; then lists of the centre.
on "$here" 1 shift open --as 8 --float 500000x10
is code expired
CHITRA_PIN=$hung on "$here" 0 user renew --number 8 --until 2199-01-01 --as 9
on "$here" 0 selftest --as 8
list() {
	printf 'CHITRA-REVLIST v1\nversion %s\nissued 1764547200000\n' "$1"
	[ "$1" != 9 ] || printf 'user 7 - 1764547200000\n'
	printf 'sig %s\n' "$2"
}
list 9 "$(vector revlist_two_sig)" >"$dir/forged"
list 9 "$(vector revlist_nine_sig)" >"$dir/nine"
list 2 "$(vector revlist_two_sig)" >"$dir/two"
on "$here" 1 import revlist "$dir/forged"
is code revlist
on "$here" 0 import revlist "$dir/nine"
is version 9
is revoked 1
on "$here" 1 shift open --as 7 --float 500000x10
is code revoked
on "$here" 1 import revlist "$dir/two"
is code revlist_old
on "$here" 0 import revlist "$dir/nine"
is same true
on "$there" 1 import revlist "$dir/nine"
is code no_centre_key
CHITRA_PIN=$hung on "$there" 0 centre --sign-key "$(vector pk)" --as 9
on "$there" 0 import revlist "$dir/nine"
is revoked 0

CHITRA_PIN=$hung on "$here" 0 export keys --to "$dir/keys" --as 9
grep -q '^approval 9 ' "$dir/keys" || fail 'the keys file has no card'
accepted "$here"
accepted "$there"
"$verify" "$here" --keys "$dir/keys" >"$dir/verdict" 2>&1 ||
	fail "$(cat "$dir/verdict")"

# The lists beside the books, by the second reader; the office adds the centre.
echo "centre centre $(vector pk)" >>"$dir/keys"
beside() { # beside STATUS LIST [TEXT]
	local got=0
	"$verify" "$here" --keys "$dir/keys" --revlist "$dir/$2" \
		>"$dir/verdict" 2>&1 || got=$?
	same "$got" "$1" "--revlist $2: $(cat "$dir/verdict")"
	grep -qF "${3-}" "$dir/verdict" || fail "$(cat "$dir/verdict")"
}
beside 0 nine
beside 0 two 'is older than the newest one'
beside 1 forged 'no centre of the keys file signed it'
head -c 90 "$dir/nine" >"$dir/cut"
beside 1 cut 'it has no signature'
echo "approve: one terminal asks, another answers, and both books hold"
