#!/bin/bash
# import.sh - a long import says how far it is, and ^C leaves nothing of it.
. tests/e2e/lib.sh

data=$dir/store
list=$dir/list.csv
rows=${ROWS:-60000}
run() { "$chitra" "$@" --data "$data" --json; }
people() { run import list "$list" --check | perl -ne 'print $1 if /"new":(\d+)/'; }

run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null
export CHITRA_PIN=246802
run user add --number 9 --name Hùng --role supervisor >/dev/null
perl -e 'print "period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,",
		"dob,sex,address,group,total\n";
	printf "2026-12,08341,L1,%d,Z%d,,,Lê Thị Thử,1945,Nữ,Thôn 3,BTXH,%d\n",
		$_, $_, 540000 for 1 .. $ARGV[0]' "$rows" >"$list"

# In a terminal: rows and per cent, and ^C is heard.
# The shell around it must outlive the ^C to say the status.
tmux_ new-session -d -x 80 -y 10 "trap : INT
	$chitra import list $list --data $data; echo \"left with \$?\"; sleep 60"
expect '%)'
screen | grep -qE 'Đã làm [0-9.]+ dòng \([0-9]+%\)' || fail 'no figures'
keys C-c
expect 'Đã dừng: không dòng nào của danh sách được nhận.'
expect 'left with 130'
[ -z "$(screen | grep -F 'Đã làm')" ] || fail 'the line is still there'

# Nothing of it is there, the book holds, and all of it is new next time.
run selftest >/dev/null || fail 'the store does not hold'
same "$(people)" "$rows" 'people that are new'

# Into a file, a line a second, if it is asked for; never with --json alone.
run import list "$list" --check >"$dir/out" 2>"$dir/err"
[ ! -s "$dir/err" ] || fail "said without being asked: $(cat "$dir/err")"
run import list "$list" --progress >"$dir/out" 2>"$dir/err"
grep -qv 'Đã làm' "$dir/err" && fail "more than progress: $(cat "$dir/err")"
same "$(field "$(cat "$dir/out")" new)" "$rows" 'people taken'
echo 'import: ok'
