#!/bin/bash
# door.sh - from door to door on handhelds of 40x24 and 53x30: who refuses, who
# is not at home, who agrees, two who go to one person, and the program killed
# in the middle of typing. The verifier accepts what is left.
. tests/e2e/lib.sh

verify=${chitra}-verify
mai=135790
hoa=975310

# status WANTED STORE ARGS...: run the program, keep its JSON in $out.
status() {
	local want=$1 data=$2 got=0
	shift 2
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
accepted() {
	"$verify" "$1" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
}
lacks() {
	screen | grep -qF -- "$1" && fail "the screen shows: $1"
	return 0
}
digits() { printf '%s' "$1" | sed 's/./& /g'; }
kill_it() {
	pkill -KILL -f -- "^$chitra .*$dir" || fail 'nothing to kill'
	for _ in $(seq 100); do
		pgrep -f -- "^$chitra .*$dir" >/dev/null || return 0
		sleep 0.05
	done
	fail 'it does not die'
}

# make_store STORE: Hùng supervises, Mai and Hoa go from door to door.
make_store() {
	export CHITRA_PIN=246802
	status 0 "$1" init --point P1 --name 'Bưu cục Thử' --pin-kib 1024
	status 0 "$1" user add --number 9 --name Hùng --role supervisor
	CHITRA_NEW_PIN=$mai status 0 "$1" user add --number 5 --name Mai \
		--role staff --as 9
	CHITRA_NEW_PIN=$hoa status 0 "$1" user add --number 6 --name Hoa \
		--role staff --as 9
	status 0 "$1" import list assets/demo/people.csv --count 200 --as 9
	cat >"$1/chitra.ini" <<-EOF
		[consent]
		controller = Uỷ ban nhân dân xã Cẩm Khê
		address = Thôn 1, xã Cẩm Khê, Phú Thọ
		phone = 0210 385 1234
		keep = 10 năm
		months = 24
	EOF
	unset CHITRA_PIN
}

# at_door STORE COLS ROWS NUMBER PIN: signed in.
at_door() {
	start "$2" "$3" --data "$1" --printer "file:$1.paper"
	expect 'Số của bạn'
	keys "$4" Enter
	keys $(digits "$5") Enter
}

# visit DIGIT: somebody of the first hamlet, what came of it.
hamlet() {
	expect '1→'
	expect 'Hôm nay'
	keys 1
	expect 'Tất cả mọi người'
}
visit() {
	keys "$1"
	expect 'Bắt đầu'
	keys Enter
	expect 'Kết quả buổi gặp thế nào?'
}
recorded() {
	expect 'Ghi buổi gặp này?'
	# ENTER records nothing.
	rest
	keys Enter
	expect 'Ghi buổi gặp này?'
	keys 1
	expect '[ĐÃ GHI BUỔI GẶP]'
}

# ---- killed in the middle of typing -----------------------------------------

# killed NAME TEXT KEYS...: after those keys and a kill it is all there again.
killed() {
	local name=$1 text=$2
	shift 2
	at_door "$data" 40 24 5 $mai
	either 'Hôm nay' 'chưa xong'
	hamlet
	visit "$person"
	keys "$@"
	expect "$text"
	kill_it
	at_door "$data" 40 24 5 $mai
	expect 'Còn 1 buổi gặp chưa xong'
	keys 1
	expect "$text"
	# And thrown away, which ENTER does not do.
	keys Escape
	for _ in 1 2 3 4; do
		screen | grep -qF 'Tất cả mọi người' && break
		screen | grep -qF 'Buổi gặp còn dở' && break
		keys 0
	done
	kill_it
	at_door "$data" 40 24 5 $mai
	expect 'Còn 1 buổi gặp chưa xong'
	keys 3
	expect 'BỎ NHỮNG GÌ ĐÃ GÕ?'
	rest
	keys Enter
	expect 'BỎ NHỮNG GÌ ĐÃ GÕ?'
	keys 1
	expect 'Hôm nay'
	stop
	echo "  killed $name: found again"
}

data=$dir/killed
make_store "$data"
person=2
killed 'at the reasons' 'Vì sao từ chối?' 4
killed 'in a day' 'Ngày: 24' 5 . 2 4
killed 'in a note' 'con gai o' 9 c o n Space g a i Space o
killed 'before it is recorded' 'Từ chối: chưa tin' 4 2
killed 'in the text of the consent' 'Đoạn 2/' 1 1 1 .
accepted "$data"

# ---- stories ------------------------------------------------------------------

# kinds STORE: the kinds of what the staff made, one a line.
result_of() { field "$out" "visits.$1.result"; }

story() {
	local cols=$1 rows=$2
	local store=$dir/s$1
	make_store "$store"
	at_door "$store" "$cols" "$rows" 5 $mai
	hamlet

	# Refuses: wants cash. Nothing is printed.
	visit 1
	keys 4
	expect 'Vì sao từ chối?'
	keys 1
	expect 'Từ chối: muốn'
	recorded
	[ ! -s "$store.paper" ] || fail 'a slip for who refused'
	keys Enter
	expect 'Hôm nay 1/20'

	# Nobody at home: a day, and a slip to leave there.
	visit 1
	keys 5
	expect 'Bao giờ đến lại?'
	keys 3
	expect 'Hẹn lại ngày'
	recorded
	expect 'Phiếu đã in'
	[ -s "$store.paper" ] || fail 'no slip of the day'
	keys Enter
	expect 'Hôm nay 2/20'

	# The other one who goes there on the same day is told.
	stop
	at_door "$store" "$cols" "$rows" 6 $hoa
	hamlet
	expect 'vắng nhà, hẹn'
	keys 1
	expect 'HÔM NAY ĐÃ CÓ NGƯỜI ĐẾN'
	expect 'Mai: Không có ai'
	rest
	keys Enter
	expect 'HÔM NAY ĐÃ CÓ NGƯỜI ĐẾN'
	keys 1
	expect 'Kết quả buổi gặp thế nào?'
	keys 3
	expect 'Bao giờ đến lại?'
	keys . 
	# A day that is over is none.
	keys 0 1 0 1 2 0 2 0 Enter
	expect 'Phải là một ngày sắp tới'
	keys Escape
	expect 'Bao giờ đến lại?'
	keys Enter
	recorded
	keys 0
	expect 'Hôm nay 1/20'
	stop
	accepted "$store"

	export CHITRA_PIN=246802
	out=$("$verify" --json --records "$store" | grep -c '"kind": *"*VISIT"*\|"kind": *35' || true)
	same "$out" 3 'visits in the book'
	unset CHITRA_PIN
	echo "  stories at ${cols}x$rows"
}

story 40 24
story 53 30
echo 'door: ok'
