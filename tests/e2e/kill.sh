#!/bin/bash
# kill.sh - kill -9 at 50 random moments of a paying script (T02).
#
# What was acknowledged is in the book, nobody is paid twice, the chain
# verifies, and every open payout is asked about before another begins.
# SEED=n plays the same moments again; ROUNDS=n more or fewer of them.
. tests/e2e/lib.sh

seed=${SEED:-$RANDOM}
RANDOM=$seed
rounds=${ROUNDS:-50}
data=$dir/store
acks=$dir/acks
export CHITRA_PIN=246802

run() { "$chitra" "$@" --data "$data"; }

run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null
run user add --number 1 --name Lan --role agent >/dev/null
run import list assets/demo/people.csv >/dev/null
run shift open --as 1 --float 500000x2000 >/dev/null
# Everybody with a number whom cash is due to, by the list itself; not those
# whose guardian takes it.
perl -ne 'BEGIN { $h = <>; chomp $h; $h =~ s/^\x{ef}\x{bb}\x{bf}//;
		@n = split /,/, $h; $i{$n[$_]} = $_ for 0 .. $#n }
	chomp; my @c; push @c, defined $1 ? $1 : $2
		while /\G(?:"([^"]*)"|([^,]*))(?:,|$)/g and @c < @n;
	print "$c[$i{id12}]\n" if $c[$i{id12}] =~ /^\d{12}$/ and
		$c[$i{method}] ne "account" and
		$c[$i{payee}] ne "guardian"' assets/demo/people.csv >"$dir/ids"
people=$(wc -l <"$dir/ids")

# The script: pays the next in line, and says so when it was acknowledged.
cat >"$dir/payer" <<SCRIPT
#!/bin/bash
grep -vxFf <(grep -oE '^[0-9]{12}' "$acks" || true) "$dir/ids" |
while read -r id; do
	answer=\$("$chitra" pay --as 1 --id12 "\$id" --data "$data" \
		--printer "file:$dir/paper" --json 2>/dev/null </dev/null)
	case \$answer in
	'{"ok":true'*|*already_paid*) echo "\$id \$answer" >>"$acks" ;;
	esac
done
SCRIPT
chmod +x "$dir/payer"
: >"$acks"

asked() {
	open=$(run recover --json 2>/dev/null) || true
	[ -n "$open" ] && [ "$(field "$open" code)" != busy ]
}

# One payment takes so long here and now: the kill comes within four of them.
begun=$(date +%s%N)
first=$(head -n 1 "$dir/ids")
answer=$(run pay --as 1 --id12 "$first" --printer "file:$dir/paper" --json)
echo "$first $answer" >>"$acks"
span=$((($(date +%s%N) - begun) / 250000))
[ $span -ge 260 ] || span=260

handed=0
voided=0
for round in $(seq "$rounds"); do
	setsid "$dir/payer" &
	payer=$!
	ms=$((RANDOM % span))
	sleep "$((ms / 1000)).$(printf '%03d' $((ms % 1000)))"
	kill -9 -- "-$payer" 2>/dev/null || true
	wait "$payer" 2>/dev/null || true
	# A killed process holds the store until the kernel has buried it.
	comes asked || fail "round $round: the store does not open (seed $seed)"
	same "$(field "$open" ok)" true "round $round, seed $seed: $open"
	[ "$(field "$open" open)" = null ] && continue
	# Rule 2: no other payout before this one is answered.
	other=$(run pay --as 1 --id12 "$(tail -n 1 "$dir/ids")" --json \
		2>/dev/null) && fail "paid while another payout was open"
	case $(field "$other" code) in
	open_payout | already_paid) ;;
	*) fail "not the open payout stood in the way: $other" ;;
	esac
	if [ $((RANDOM % 2)) = 0 ]; then
		run recover --as 1 --answer handed >/dev/null
		handed=$((handed + 1))
	else
		run recover --as 1 --answer not_handed >/dev/null
		voided=$((voided + 1))
	fi
	# Answering twice changes nothing.
	same "$(field "$(run recover --as 1 --answer handed --json \
		2>/dev/null)" open)" null "answered once"
done

# Every acknowledged receipt is in the book, handed over, and unique.
grep '{"ok":true' "$acks" >"$dir/paid" || true
acknowledged=$(wc -l <"$dir/paid")
[ "$acknowledged" -gt 5 ] || fail "only $acknowledged payments: no test"
while read -r id answer; do
	code=$(field "$answer" receipt)
	now=$(run receipt "$code" --json 2>/dev/null) ||
		fail "the acknowledged receipt $code of $id is lost (seed $seed)"
	same "$(field "$now" state)" handed "receipt $code"
done <"$dir/paid"
[ -z "$(cut -d' ' -f1 "$dir/paid" | sort | uniq -d)" ] ||
	fail "somebody was acknowledged twice (seed $seed)"

# Let it finish: everybody once, and the drawer agrees to the đồng.
"$dir/payer"
before=$(run shift status --json)
same "$(field "$before" payouts)" "$people" "payouts of the shift"
"$dir/payer"
same "$(field "$(run shift status --json)" paid)" \
	"$(field "$before" paid)" "nothing moved when paid again"
same "$(field "$before" expected)" \
	$((1000000000 - $(field "$before" paid))) "the drawer"
run selftest >"$dir/selftest" || {
	cat "$dir/selftest"
	fail "the self-test found something (seed $seed)"
}
echo "kill: $rounds kills, $acknowledged acknowledged before the end," \
	"$handed answered handed, $voided not handed (seed $seed)"
