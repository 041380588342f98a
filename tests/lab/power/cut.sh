# cut.sh - sourced by bash here and by busybox in the guest: one disk as it
# was at a cut, and what the program says to it.
#
# Whoever sources it sets chitra and verify (the programs), dir (scratch),
# store (where take_out puts the store), acks_file, list, last, and gives
# take_out.

# has TEXT NAME VALUE: is this in the JSON on one line?
has() {
	case $1 in
	*"\"$2\":$3"[,}]*) return 0 ;;
	esac
	return 1
}

# ask ARGS...: the program on the store of this cut, $said is its answer.
ask() {
	said=$("$chitra" "$@" --data "$store" --json 2>"$dir/err" \
		</dev/null) || true
}

bad() { wrong="${wrong:+$wrong; }$*"; }

book() { sqlite3 "$store/chitra.db" "$1" 2>>"$dir/err" || true; }

# sound: chain, signatures, totals, as the program sees them.
sound() {
	ask selftest
	case $said in
	'{"ok":true'*) ;;
	*) bad "selftest: $said" ;;
	esac
}

# true_book: the same by a program that has no code in common with it.
true_book() {
	"$verify" "$store" >"$dir/verify" 2>&1 ||
		bad "chitra-verify: $(tail -n 1 "$dir/verify")"
}

# one_more SHIFT: the next person at the counter is paid, and the book is
# right. SHIFT is open, closing (it may be closed) or closed (it is).
one_more() {
	ask pay --as 1 --id12 "$last"
	if has "$said" code '"no_shift"'; then
		[ "$1" != open ] || bad 'the shift is gone'
		ask shift open --as 1 --float 500000x2000
		ask pay --as 1 --id12 "$last"
	elif [ "$1" = closed ]; then
		bad "the shift is open again: $said"
	fi
	has "$said" state '"handed"' || bad "one more: $said $(cat "$dir/err")"
	true_book
}

# check_morning IMAGE: cut while the store was made, the list read, the shift
# opened. Whoever does it all again, as he would, can pay.
check_morning() {
	lost=0 open=0 wrong=
	take_out "$1" || return 0
	ask init --point P1 --name Lab --pin-kib 1024
	ask user add --number 1 --name Lan --role agent
	ask import list "$list" --as 1
	one_more closing
	sound
}

# rule_2: what is open is asked about, and nothing goes on before the answer.
rule_2() {
	ask recover --as 1
	has "$said" ok true || bad "recover: $said $(cat "$dir/err")"
	! has "$said" open null || return 0
	open=1
	ask pay --as 1 --id12 "$last"
	has "$said" code '"open_payout"' || bad "not asked: $said"
	ask recover --as 1 --answer handed
	has "$said" open null || bad "answered: $said"
}

# tried TRIES: so many wrong PINs of user 2 were answered, and count (T65).
tried() {
	local counted
	counted=$(book 'SELECT failures FROM user WHERE number = 2')
	[ "${counted:-0}" -ge "$1" ] ||
		bad "$1 wrong PINs, ${counted:-0} in the book"
	[ "$1" -ge 10 ] || return 0
	ask shift status --as 2
	has "$said" code '"locked"' || bad "not locked: $said"
}

# check IMAGE ACKS PAPERS TRIES SHIFT: sets lost, open, wrong. ACKS: so many
# lines of $acks_file were acknowledged by then; PAPERS: so many receipts were
# seen.
check() {
	local acks=$2 papers=$3 recorded
	lost=$acks open=0 wrong=
	take_out "$1" || return 0
	[ -e "$store/chitra.db" ] || {
		bad 'no store on the disk'
		return 0
	}
	# By SQLite alone, before the program has seen the store.
	book 'SELECT code FROM payout WHERE state = 3' >"$dir/handed"
	head -n "$acks" "$acks_file" >"$dir/acked"
	lost=$(grep -cvxFf "$dir/handed" "$dir/acked" || true)
	recorded=$(book 'SELECT count(*) FROM payout')
	[ "${recorded:-0}" -ge "$papers" ] ||
		bad "$papers receipts on paper, ${recorded:-0} in the book"
	tried "$4"
	rule_2
	sound
	one_more "$5"
}
