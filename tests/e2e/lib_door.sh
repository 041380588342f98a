# lib_door.sh - for stories from door to door: a store with two of the campaign
# staff, what is pressed for a consent, an account, a visit. At the end nothing
# but who does what.
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
	closed "$dir"
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

# The notice to its end, all four purposes, her signature; then the account.
consents() {
	expect 'Đọc thông báo'
	keys 1
	expect '1  Tiếng Việt'
	keys 1
	expect 'Đoạn 1/'
	for _ in $(seq 60); do
		shows 'Người dân nghe đủ chưa' && break
		turn .
	done
	expect 'Người dân nghe đủ chưa'
	keys 1 1 1 1 1
	expect 'Ai trả lời?'
	keys 1
	expect 'Xác nhận bằng cách nào?'
	keys 1
	expect 'toàn văn không?'
	keys 2
	expect 'GHI SỔ SỰ ĐỒNG Ý NÀY?'
	keys 1
	expect 'ĐÃ IN PHIẾU'
	keys 0
	expect 'Chưa ghi tài khoản nào'
}

# By the code of the bank's application, as a scanner that plays keyboard.
account_by_qr() {
	card "$vietqr"
	expect 'đứng tên ai?'
	keys 1
	expect 'Tên chủ'
	keys Enter
	expect 'xem từng chữ số'
	keys 1
	expect 'ĐÃ IN PHIẾU'
	keys 0
}

# Typed twice, the second time wrong once; it is her daughter's.
account_of_guardian() {
	keys 1
	expect '6  Agribank'
	keys 6
	expect 'Số:'
	keys $(digits 1500205123456) Enter
	expect 'Nhập lần nữa'
	keys $(digits 1500205123457) Enter
	expect 'không giống nhau'
	keys $(digits 1500205123450) Enter
	expect 'Nhập lần nữa'
	keys $(digits 1500205123450) Enter
	expect 'đứng tên ai?'
	keys 2
	expect 'Họ tên:'
	keys l e Space t h i Space h o a Enter
	expect 'là gì của người'
	keys 1
	expect 'Tên chủ'
	keys Enter
	expect 'xem từng chữ số'
	keys 1
	expect 'ĐÃ IN PHIẾU'
	keys 0
}

# Whoever answers, and nothing else that may be left out.
questions() {
	expect 'Câu 1/'
	keys Enter
	expect 'Ai trả lời?'
	keys 1
	for _ in $(seq 20); do
		shows 'Câu ' || break
		turn Enter
	done
	keys Enter
	expect 'Ghi buổi gặp này?'
	expect 'Phiếu hỏi: đã trả lời'
}

agrees() {
	local way=$1 row=$2
	visit "$row"
	keys 1
	consents
	$way
	questions
	expect 'Tài khoản: Agribank'
	recorded
	keys Enter
}

# Next month she wants cash again: taken back at her door.
withdraws() {
	local chitra_now=$chitra
	chitra="env $next_month $chitra"
	at_door "$1" "$2" "$3" 5 $mai
	chitra=$chitra_now
	expect 'Hôm nay 0/20'
	keys '*' 2
	expect 'Muốn xem những ai?'
	keys 4
	expect 'Đồng ý, hoặc đã'
	visit 1
	keys 4
	expect 'Vì sao từ chối?'
	keys 1
	expect 'đã đồng ý từ trước'
	keys 3
	expect 'ĐÃ ĐỒNG Ý'
	keys 2
	expect 'Chuyển tiền vào tài khoản'
	keys 2 2 2 2
	expect 'báo bằng cách nào?'
	keys 2
	expect 'Ai trả lời?'
	keys 1
	expect '[RÚT LẠI]'
	keys 1
	expect 'Đã ghi sổ: số'
	keys 0
	recorded
	stop
	env $next_month "$verify" --json --records "$1" >"$dir/records" ||
		fail "$(cat "$dir/records")"
	same "$(grep -c '"kind": *"*CONSENT_WITHDRAWN"*' "$dir/records")" 1 \
		'withdrawals'
	same "$(grep -c '"kind": *"*VISIT"*' "$dir/records")" 6 'visits'
	env $next_month "$verify" "$1" >"$dir/verdict" 2>&1 ||
		fail "$(cat "$dir/verdict")"
}

fake=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
[ -n "$fake" ] || fail 'libfaketime is not installed: make deps-test'
next_month="LD_PRELOAD=$fake FAKETIME=+30d FAKETIME_DONT_FAKE_MONOTONIC=1"
vietqr=00020101021138570010A00000072701270006970405011315002051234560208QRIBFTTA53037045802VN6304FE3C

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

	# Two agree: by the code of her bank, and typed, her daughter's account.
	at_door "$store" "$cols" "$rows" 5 $mai
	hamlet
	agrees account_by_qr 3
	expect 'Hôm nay 3/20'
	agrees account_of_guardian 1
	expect 'Hôm nay 4/20'
	stop
	accepted "$store"
	counts "$store"
	withdraws "$store" "$cols" "$rows"
	echo "  stories at ${cols}x$rows"
}

# What forms A and B count: four were met, two have an account now.
counts() {
	local month
	month=$(TZ=UTC-7 date +%Y-%m)
	export CHITRA_PIN=246802
	same "$("$verify" --json --records "$1" | grep -c '"kind": *"*VISIT"*' ||
		true)" 5 'visits in the book'
	status 0 "$1" report a "$month" --as 9
	is lines.4.row II.1
	is lines.4.total 4
	is lines.5.row II.2
	is lines.5.total 2
	status 0 "$1" report b "$month" --as 9
	# One of them is of the people with merit.
	is lines.0.row I
	is lines.0.reviewed 1
	is lines.0.account 1
	status 0 "$1" report visits "$month" --as 9
	unset CHITRA_PIN
}
