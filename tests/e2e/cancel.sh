#!/bin/bash
# cancel.sh - whatever takes long says how far it is; ^C, or key 0 on the
# screen, stops it and nothing is half done.
. tests/e2e/lib.sh

data=$dir/store
out=$dir/stick
rows=${ROWS:-150000}
mkdir "$out"
run() { "$chitra" "$@" --data "$data" --json; }

run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 2>/dev/null >/dev/null
export CHITRA_PIN=246802
run user add --number 9 --name Hùng --role supervisor >/dev/null
perl -e 'print "period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,",
		"dob,sex,address,group,total\n";
	printf "2026-12,08341,L1,%d,Z%d,,,Lê Thị Thử,1945,Nữ,Thôn 3,BTXH,%d\n",
		$_, $_, 540000 for 1 .. $ARGV[0]' "$rows" >"$dir/list.csv"
run import list "$dir/list.csv" >/dev/null

# after MS ARGS...: the verb, and ^C after so long; its exit status. What it
# does about ^C is not what this script was started with.
after() {
	TO_IT=${TO_IT:-DEFAULT} perl -e 'my $ms = shift; my $p = fork;
		if (!$p) {
			$SIG{INT} = $ENV{TO_IT};
			open STDERR, ">>", "/dev/null";
			exec @ARGV;
		}
		select undef, undef, undef, $ms / 1000; kill INT => $p;
		waitpid $p, 0; exit($? & 127 ? 128 + ($? & 127) : $? >> 8)' \
		"$@" --data "$data" --json >"$dir/said" || status=$?
}

# stops WHAT ARGS...: ^C at several moments. Stopped (130) means that nothing
# is on the stick; else all of it is.
stops() {
	local what=$1 stopped=0 moment
	shift
	# The first is before some of them have begun.
	for moment in 15 60 250 600; do
		status=0
		after "$moment" "$chitra" "$@" --as 9
		case $status in
		130) ;;
		0) ;;
		*) fail "$what left with $status: $(cat "$dir/said")" ;;
		esac
		if [ "$status" = 130 ] && ! grep -q '"ok":true' "$dir/said"; then
			stopped=$((stopped + 1))
			[ -z "$(ls -A "$out")" ] ||
				fail "$what, stopped after $moment ms, left $(ls -A "$out")"
		fi
		rm -rf "${out:?}"/* "$out"/.[!.]* 2>/dev/null || true
	done
	[ "$stopped" -gt 0 ] || fail "$what was never stopped"
	[ ! -e "$data/backup.part" ] || fail "$what left a part in the store"
}
stops 'a backup' backup "$out/copy.db"
# Where ^C is to be ignored, as in the background, it does nothing.
status=0
TO_IT=IGNORE after 250 "$chitra" backup "$out/copy.db" --as 9
same "$status" 0 'a backup that is not to be stopped'
[ -s "$out/copy.db" ] || fail 'no copy where ^C was ignored'
rm "$out/copy.db"
stops 'the journal' export journal --to "$out/j.chitra"
stops 'the roster' export roster --to "$out/roster.csv"
stops 'a list' report list 2026-12 --to "$out/list.xlsx"
stops 'form A' report a 2026-12 --to "$out/a.csv"
stops 'the check' selftest
stops 'a list cut in two' lists split "$dir/list.csv" --by range --parts 2 \
	--to "$out/parts"
run backup "$dir/whole.db" --as 9 >/dev/null
stops 'a copy taken out' restore "$dir/whole.db" --to "$out/back"
run selftest >/dev/null || fail 'the store does not hold'

# Users one by one: who was told his PIN is there, and nobody else.
perl -e 'print "number,name,role\n";
	printf "%d,Người %d,agent\n", 100 + $_, $_ for 1 .. 60' >"$dir/users.csv"
for moment in 300 500 900 1500 3000; do
	status=0
	after "$moment" "$chitra" import users "$dir/users.csv" --as 9 \
		--progress
	[ "$status" = 130 ] || [ "$status" = 0 ] ||
		fail "users left with $status: $(cat "$dir/said")"
done
run import users "$dir/users.csv" --as 9 >/dev/null ||
	fail 'the rest of the users was not taken'
same "$(run user list | grep -o '"number":1[0-9][0-9]' | wc -l)" 60 'users'

# How far it is, into a file if it is asked for; never with --json alone.
"$chitra" backup "$out/one.db" --data "$data" --as 9 --json \
	>"$dir/said" 2>"$dir/err"
[ ! -s "$dir/err" ] || fail "said without being asked: $(cat "$dir/err")"
rm "$out/one.db"

# On the screen: key 0 while the copy is made.
start 80 25 --data "$data" --lang vi
expect 'Số của bạn'
keys 9 Enter
keys 246802 Enter
expect 'VIỆC HÔM NAY'
keys '*' 5
expect 'Ghi bản sao của sổ vào đâu'
keys C-w
typed "$out/"
sleep 0.3
typed 'copy.db'
rest
tmux_ send-keys Enter
expect 'Việc này mất một lúc'
# It stands still until the key is there, or it might be done by then.
pkill -STOP -f -- "^$chitra .*$dir" || fail 'nothing at work'
screen | grep -q '0 Dừng lại: không có gì dở dang' || fail 'no key to stop'
tmux_ send-keys 0
pkill -CONT -f -- "^$chitra .*$dir"
expect 'Đã dừng: không có gì thay đổi'
[ -z "$(ls -A "$out")" ] || fail "key 0 left $(ls -A "$out")"
[ ! -e "$data/backup.part" ] || fail 'key 0 left a part in the store'
# And the same again, to its end.
rest
tmux_ send-keys Enter
expect 'Đã sao lưu xong'
[ -s "$out/copy.db" ] || fail 'there is no copy'
stop
echo 'cancel: ok'
