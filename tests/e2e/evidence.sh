#!/bin/bash
# evidence.sh - what leaves the terminal, and what comes back as evidence.
. tests/e2e/lib.sh

data=$dir/store
verify=${chitra}-verify
export CHITRA_PIN=135790

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
hung() { CHITRA_PIN=246802 status "$@" --as 9; }

notes=500000x10
CHITRA_PIN=246802 status 0 init --point P1 --name 'Bưu cục Thử' --pin-kib 1024
CHITRA_PIN=246802 status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 hung 0 user add --number 1 --name Lan --role agent

# A shift, its slip on paper, and the next one opened with it.
status 0 shift open --float $notes --as 1
status 0 shift close --count $notes --as 1 --printer "file:$dir/paper" \
	--png "$dir/slip.png"
is printed printed
slip1=$(field "$out" qr)
status 0 decode "$dir/slip.png"
is 0.text "$slip1"
status 0 shift slip --again --as 1 --printer "file:$dir/paper"
is copy 1
status 0 evidence "$slip1"
is code agrees

# T29: the whole directory on a second machine reads, closes, and pays nothing
# before a supervisor has said that it is the same terminal.
cp -r "$data" "$dir/moved"
data=$dir/moved
other=22222222222222222222222222222222
export CHITRA_MACHINE=$other
status 1 shift open --float $notes --as 1
is code moved
status 1 moved
is code moved
status 1 selftest
start 80 25 --data "$data"
expect 'Số của bạn'
keys 9 Enter
expect 'PIN'
keys 2 4 6 8 0 2 Enter
expect 'Sổ này gắn với máy khác'
keys 2
expect 'TÌM'
keys Escape
expect 'Vẫn là máy cũ'
keys 1
expect 'và máy cũ không chi nữa'
keys 1
expect 'Quét tờ phiếu cuối cùng'
stop
status 1 moved --as 1 --slip "$slip1"
is code role
hung 1 moved
is code last_paper
hung 1 moved --slip "${slip1%??}00"
is code last_paper
hung 0 moved --slip "$slip1"
is code bound
status 0 shift open --float $notes --slip "$slip1" --as 1
"$verify" "$data" >"$dir/said" || fail "moved: $(cat "$dir/said")"
unset CHITRA_MACHINE
status 1 moved
is code moved
data=$dir/store

# A printer that is not there does not keep a shift open.
cp -r "$data" "$dir/yesterday"
status 0 shift open --float $notes --slip "$slip1" --as 1
status 0 shift close --count $notes --as 1 --printer "tcp:127.0.0.1:1"
is printed failed
slip2=$(field "$out" qr)

# Files: whole, signed, recorded, never replaced; the other reader agrees.
status 0 export journal --to "$dir/journal" --as 1
is signed true
status 1 export journal --to "$dir/journal" --as 1
is code exists
status 0 export keys --to "$dir/keys" --as 1
"$verify" "$dir/journal" --keys "$dir/keys" >"$dir/said" ||
	fail "chitra-verify: $(cat "$dir/said")"

# A supervisor at the screen: the clock, the last slip, a copy of the book.
start 80 25 --data "$data"
expect 'Số của bạn'
keys 9 Enter
expect 'PIN'
keys 2 4 6 8 0 2 Enter
expect 'VIỆC HÔM NAY'
keys '*' 4
expect 'Đồng hồ chỉ'
keys 1
expect 'Đã ghi: đồng hồ đúng'
keys '*' 3
expect 'Chưa cài máy in'
keys '*' 5
expect 'Ghi bản sao của sổ vào đâu'
keys C-w
typed "$dir/none/copy"
expect 'none/copy'
keys Enter
expect 'Không có thư mục này'
keys C-w
typed "$dir/screen"
rest
keys Enter
expect 'Đã sao lưu xong'
rest
keys Enter '*' 5
expect "$dir/chitra-"
stop
out=$("$chitra" restore "$dir/screen" --to "$dir/screencopy" --json)
is ok true

# A backup is evidence: it verifies, and nobody works in it.
status 1 backup "$dir/backup" --as 1
is code role
hung 0 backup "$dir/backup"
data=$dir/copy
out=$("$chitra" restore "$dir/backup" --to "$data" --json)
status 0 selftest
status 1 shift open --float $notes --as 1
is code evidence
start 80 25 --data "$data"
expect 'Đây là bản sao làm bằng chứng'
keys 9 Enter
expect 'không ai đăng nhập'
stop
status 0 export journal --to "$dir/journal2"
is signed false
"$verify" "$data" >"$dir/said" || fail "the copy: $(cat "$dir/said")"
CHITRA_MACHINE=22222222222222222222222222222222 status 0 moved

# T28: yesterday's disk. A forged paper does nothing, the real one stops it.
data=$dir/yesterday
status 1 evidence "${slip2%??}00"
is frozen false
status 1 shift open --float $notes --slip "$slip2" --as 1
is code tail_lost
status 1 evidence "$slip2"
is code tail_lost
is frozen true
status 1 shift open --float $notes --as 1
is code tail_lost

# The screen says so, over a restart, and lets nobody pay.
start 80 25 --data "$data"
expect 'Số của bạn'
keys 1 Enter
expect 'PIN'
keys 1 3 5 7 9 0 Enter
expect 'KHÔNG ĐƯỢC CHI TRÊN MÁY NÀY'
stop

# The end of that terminal; its book still verifies.
hung 0 retire --reason tail_lost
CHITRA_PIN=246802 status 3 shift open --float $notes --as 1
"$verify" "$data" >"$dir/said" || fail "retired: $(cat "$dir/said")"

# T31: a deleted book is not silently a new one.
data=$dir/store
rm "$data"/chitra.db*
status 3 init --point P1 --name 'Bưu cục Thử'
[ ! -e "$data/chitra.db" ] || fail 'a new book in the place of the old'

echo 'evidence: ok'
