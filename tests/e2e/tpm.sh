#!/bin/bash
# tpm.sh - a terminal whose key is sealed by a TPM (swtpm): it pays, and pays
# after a restart; without the TPM, and with another, the book does not open.
. tests/e2e/lib.sh

if ! command -v swtpm >/dev/null; then
	echo 'SKIP: no swtpm here: no store was sealed by a TPM'
	exit 77
fi
if ! ldd "$chitra" | grep -q libtss2-esys; then
	echo 'SKIP: built without tpm2-tss: no store was sealed by a TPM'
	exit 77
fi
data=$dir/store
export CHITRA_PIN=246802

# Its name is there a moment before anybody listens.
listens() { grep -q " 00010000 .* $1\$" /proc/net/unix; }

# chip NAME: start the TPM of that name, its state kept in a directory.
chip() {
	mkdir -p "$dir/$1"
	swtpm socket --tpm2 --tpmstate dir="$dir/$1" \
		--server type=unixio,path="$dir/$1/sock" \
		--ctrl type=unixio,path="$dir/$1/sock.ctrl" \
		--flags not-need-init,startup-clear >"$dir/$1.log" 2>&1 &
	pids[$1]=$!
	comes listens "$dir/$1/sock" && comes listens "$dir/$1/sock.ctrl" ||
		fail "no swtpm: $(cat "$dir/$1.log")"
	export CHITRA_TPM=swtpm:path=$dir/$1/sock
}
unplug() {
	kill "${pids[$1]}"
	wait "${pids[$1]}" 2>/dev/null || true
	unset "pids[$1]"
	rm -f "$dir/$1/sock" "$dir/$1/sock.ctrl"
}
declare -A pids=()
trap 'for c in "${!pids[@]}"; do unplug "$c"; done; finish' EXIT

# status WANTED ARGS...: run the program, keep its JSON in $out.
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
# The number on the card of that line of the demo's list who may be paid.
id() { perl -F, -lane 'print $1 if /,"?(\d{12})"?,/ and !/account/' \
	assets/demo/people.csv | sed -n "$1p"; }
init() {
	status "$1" init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
		--list-window 1200:1200 --device-key tpm
}
# says TEXT: the screen, too, ends with that sentence.
says() {
	start 80 24 --data "$data"
	expect 'left with 3'
	expect "$1"
}

# No TPM: nothing is made that could be taken for a store.
CHITRA_TPM=swtpm:path=$dir/none/sock init 3
is code no_tpm
[ ! -e "$data/chitra.db" ] || fail 'a store without its key'

chip ours
init 0
[ ! -e "$data/device.key" ] || fail 'the key lies there unsealed'
same "$(stat -c '%s %a' "$data/device.tpm")" '512 600' device.tpm
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
status 0 import list assets/demo/people.csv --count 200 --as 9
export CHITRA_PIN=135790
status 0 shift open --as 1 --float 500000x200
status 0 pay --as 1 --id12 "$(id 1)"
is ok true

# A restart of the TPM, as of the machine: the next payout.
unplug ours
chip ours
status 0 pay --as 1 --id12 "$(id 2)"
is ok true
status 0 selftest
status 0 export journal --to "$dir/journal" --as 1

# The disk in a machine that has none, and in one that has another.
unplug ours
status 3 pay --as 1 --id12 "$(id 3)"
is code no_tpm
same "$(head -n 1 "$dir/err" | grep -c '^(.*no TPM')" 1 "$(cat "$dir/err")"
says 'chip TPM nào dùng được'
chip other
status 3 pay --as 1 --id12 "$(id 3)"
is code other_tpm
says 'do một chip TPM khác niêm phong'

# An init in the same place makes no second store, with this TPM or without.
status 1 init --point P1 --name 'Bưu cục Thử'
is code invalid
init 3
is code other_tpm
unplug other

# Back in its own machine nothing is lost.
chip ours
status 0 pay --as 1 --id12 "$(id 3)"
is ok true

# A terminal that was set up without: its key moves into the chip, whole.
data=$dir/late
export CHITRA_PIN=246802
status 0 init --point P2 --name 'Bưu cục Cũ' --pin-kib 1024 \
	--list-window 1200:1200
cp "$data/device.key" "$dir/stolen.key"
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
CHITRA_PIN=135790 status 3 seal-key --as 1
is code denied
[ -s "$data/device.key" ] || fail 'an agent took the key away'
status 0 seal-key --as 9
[ ! -e "$data/device.key" ] || fail 'the key lies there unsealed'
same "$(stat -c '%s %a' "$data/device.tpm")" '512 600' device.tpm
perl -0777 -e 'my ($k, @f) = map { open my $h, "<:raw", $_ or die; <$h> } @ARGV;
	exit grep { index($_, $k) >= 0 } @f' "$dir/stolen.key" \
	$(find "$data" -type f) || fail 'the key is in some file'
status 0 user list
status 1 seal-key --as 9
is code invalid
unplug ours
status 3 user list
is code no_tpm
