#!/bin/bash
# users.sh - people and PINs on the real screen, at two sizes: the first user
# of an empty store, others, a locked one, a revoked one, a new PIN; and
# another agent at a drawer that is not his; and a payment left open by somebody
# who is out. Every no says who can say yes.
. tests/e2e/lib.sh

# spell TEXT: into a field, where letters and digits may come at once.
spell() {
	tmux_ send-keys -l "$1"
	sleep 0.1
}

sign_in() { # number PIN
	expect 'Số của bạn'
	spell "$1"
	keys Enter
	spell "$2"
	keys Enter
}

sign_out() {
	keys '*' 7
	expect 'Số của bạn'
}

# A new user: number, name, role, PIN, last day if any, from the list on the
# screen.
add() {
	keys 9
	spell "$1"
	keys Enter
	spell "$2"
	keys Enter "$3"
	[ -z "${5-}" ] || spell "$5"
	keys Enter
	spell "$4"
	keys Enter
	spell "$4"
	keys Enter
}

users() {
	keys '*' '*' 2
	expect 'Thêm'
}

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>/dev/null) || got=$?
	same "$got" "$want" "chitra $*: $out"
}

first_user() {
	expect 'NGƯỜI DÙNG ĐẦU TIÊN'
	keys 9 Enter
	spell hung
	keys Enter
	# Too easy; then another the second time; then right.
	spell 121212
	keys Enter
	expect 'dễ'
	spell 246802
	keys Enter
	spell 246803
	keys Enter
	expect 'khác nhau'
	spell 246802
	keys Enter
	spell 246802
	screen | grep -qF '246802' && fail 'a PIN is on the screen'
	keys Enter
}

# Mai pays, the plug is pulled before she says that the money is out, and she
# is taken out. A supervisor answers for her, with another one; then the drawer
# is closed as any that was left, and the book is whole.
orphan() { # COLUMNS ROWS KEY: 1 handed over, 2 not
	CHITRA_PIN=246802 status 0 import list assets/demo/people.csv \
		--count 200 --as 9
	CHITRA_PIN=864297 status 0 shift open --as 3 --float 500000x4
	start "$1" "$2" --data "$data"
	sign_in 3 864297
	expect 'MỜI NGƯỜI KẾ TIẾP'
	keys 4 9 6 6 Enter
	expect 'HÀ THỊ TY'
	rest
	keys Enter
	expect '[CHƯA ĐƯA TIỀN]'
	stop
	CHITRA_PIN=246802 status 0 user revoke --number 3 --as 9
	CHITRA_PIN=246802 status 1 recover --as 9 --answer handed
	same "$(field "$out" code)" second_person 'alone'
	start "$1" "$2" --data "$data"
	sign_in 9 246802
	expect 'ĐÃ ĐƯA TIỀN CHƯA?'
	expect 'người khác trả lời'
	# ENTER never answers; nor does anybody alone, nor a wrong PIN.
	keys Enter
	rest
	keys "$3"
	expect 'Cần người thứ hai'
	spell 9
	keys Enter
	spell 246802
	keys Enter
	expect 'phải là người khác'
	spell 8
	keys Enter
	spell 999999
	keys Enter
	expect 'Sai mã PIN'
	spell 753198
	rest
	keys Enter
	if [ "$3" = 1 ]; then
		expect '[ĐÃ ĐƯA TIỀN]'
		rest_of=500000x2,100000x3
	else
		expect 'TIỀN CÒN TRONG'
		rest_of=500000x4
	fi
	rest
	keys Enter
	expect 'không còn được làm việc'
	stop
	CHITRA_PIN=246802 CHITRA_BY_PIN=753198 status 0 shift close --as 9 \
		--count "$rest_of" --by 8
}

story() {
	data=$dir/$1
	status 0 init --point P1 --name Thu --pin-kib 1024
	start "$1" "$2" --data "$data"
	first_user
	sign_in 9 246802
	expect 'VIỆC HÔM NAY'
	users
	add 1 lan 1 135790
	expect 'lan (1)'
	add 2 minh 1 975318
	expect 'minh (2)'
	# A number is given once.
	add 2 an 3 864297
	expect 'đã có người'
	keys Escape
	expect 'minh (2)'
	keys 0
	sign_out

	# A PIN of his own; the users are not his to change.
	sign_in 1 135790
	expect '500.000'
	keys Escape
	expect 'MỜI NGƯỜI KẾ TIẾP'
	keys '*' '*'
	expect 'Đổi mã PIN'
	screen | grep -qF 'thu hồi' && fail 'users are offered to an agent'
	keys 2
	keys 1
	spell 135790
	keys Enter
	spell 905314
	keys Enter
	spell 905314
	keys Enter
	expect 'Đã đổi mã PIN'
	stop
	CHITRA_PIN=135790 status 1 find 4578 --as 1
	same "$(field "$out" code)" wrong_pin 'the old PIN'
	for _ in 1 2 3 4 5 6 7 8 9; do
		CHITRA_PIN=135790 status 1 find 4578 --as 1
	done
	same "$(field "$out" code)" locked 'ten tries'
	CHITRA_PIN=905314 status 1 find 4578 --as 1
	same "$(field "$out" code)" locked 'the right one'

	# Locked, and who can unlock it; then unlocked, and minh revoked.
	start "$1" "$2" --data "$data"
	sign_in 1 905314
	expect 'mở khoá được'
	stop
	start "$1" "$2" --data "$data"
	sign_in 9 246802
	expect 'VIỆC HÔM NAY'
	users
	expect '[ĐANG KHOÁ]'
	keys 1
	expect 'Đăng nhập gần nhất: 0 phút trước'
	expect 'Mã PIN: đã đổi 0 ngày trước'
	keys 1
	expect 'Đã ghi vào sổ'
	screen | grep -qF '[ĐANG KHOÁ]' && fail 'still locked'
	# With a last day, which is put off; lan has none.
	add 3 mai 1 864297 31122098
	expect 'mai (3)'
	keys 3
	expect '31/12/2098'
	keys 3
	spell 31122098
	keys Enter
	expect 'phải sau ngày'
	keys BSpace
	spell 9
	keys Enter
	expect 'Đã ghi vào sổ'
	keys 1 3
	expect 'không có hạn'
	keys 0
	keys 2 2
	expect 'VĨNH VIỄN'
	keys 1
	expect '[ĐÃ THU HỒI]'
	keys 3
	expect '31/12/2099'
	keys 0 0
	sign_out
	sign_in 2 975318
	expect 'bị thu hồi'

	# Quick change of user: the drawer stays lan's.
	keys BSpace
	stop
	start "$1" "$2" --data "$data"
	sign_in 1 905314
	expect '500.000'
	keys 2 Enter Enter Enter Enter Enter Enter Enter Enter Enter
	rest
	keys 1
	expect 'MỜI NGƯỜI KẾ TIẾP'
	sign_out
	sign_in 3 864297
	expect 'lan'
	keys '*'
	expect 'Mở ca của tôi'
	keys 2
	expect 'số 1'
	stop
	CHITRA_PIN=864297 status 1 shift drop 500000x1 --as 3
	same "$(field "$out" code)" not_your_shift "lan's drawer"
	CHITRA_PIN=864297 status 1 shift open --as 3 --float 500000x1
	same "$(field "$out" code)" shift_open 'a second drawer'

	# Lan is gone and the drawer stands open: a supervisor counts it, with
	# another one; alone he does not. Then mai opens a drawer of her own.
	CHITRA_PIN=246802 CHITRA_NEW_PIN=753198 status 0 user add --number 8 \
		--name hoa --role supervisor --as 9
	CHITRA_PIN=246802 status 0 user revoke --number 1 --as 9
	CHITRA_PIN=246802 status 1 shift close --as 9 --count 500000x2
	same "$(field "$out" code)" second_person 'alone'
	CHITRA_PIN=246802 CHITRA_BY_PIN=864297 status 1 shift close --as 9 \
		--count 500000x2 --by 3
	same "$(field "$out" code)" second_person 'with an agent'
	start "$1" "$2" --data "$data"
	sign_in 3 864297
	expect 'không còn được làm việc'
	sign_out
	sign_in 9 246802
	expect 'không còn được làm việc'
	keys '*' '*' 8
	expect 'Ngăn tiền của'
	keys 2 .
	rest
	keys 1
	expect 'phải có hai người'
	spell 8
	keys Enter
	spell 753198
	keys Enter
	expect 'Người đóng ca thay'
	rest
	keys Enter
	expect 'MỜI NGƯỜI KẾ TIẾP'
	stop
	CHITRA_PIN=864297 status 0 shift open --as 3 --float 500000x1
	CHITRA_PIN=864297 status 0 shift close --as 3 --count 500000x1
	orphan "$1" "$2" "$3"
	status=0
	"${chitra}-verify" -f "$data" >"$dir/said" || status=$?
	[ "$status" = 0 ] || fail "not accepted: $(cat "$dir/said")"
}

story 80 25 1
story 40 24 2
echo 'users: ok'
