#!/bin/bash
# down_screen.sh - a list that came from the centre, on the screen: the agent
# is told and cannot take it; the supervisor looks at it, stops, takes it; one
# with errors is put aside.
. tests/e2e/lib.sh

centre=${chitra}-centre
home=$dir/centre
stick=$dir/stick
data=$dir/store
export CHITRA_PRINTER=none CHITRA_PIN=246802
mkdir "$stick"

at_centre() { "$centre" "$@" --dir "$home" >"$dir/said" 2>&1 || fail "$*"; }
run() { "$chitra" "$@" --data "$data" --json; }
sign_in() { # NUMBER PIN
	expect 'ĐĂNG NHẬP'
	keys "$1" Enter
	keys $(echo "$2" | sed 's/./& /g') Enter
}

# ---- a centre that knows this terminal, and what it sends -----------------------

at_centre init --name centre-1 --host localhost
run init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 --centre-sign-key \
	"$(sed -n 's/^centre centre-1 //p' "$home/centre.pub")" >/dev/null 2>&1
run user add --number 9 --name Hùng --role supervisor >/dev/null
CHITRA_NEW_PIN=135790 run user add --number 1 --name Lan --role agent \
	--as 9 >/dev/null
run export keys --to "$dir/keys" --as 9 >/dev/null
# As /v1/enrol enters them (tests/centre/test_serve.c does that over TLS).
perl -ne 'next unless /^device (\S+) (\S+)/;
	my $zero = "00" x 32;
	print "INSERT INTO device VALUES (x\x27$1\x27, x\x27$2\x27,",
		" \x27P1\x27, 1, 0, x\x27$zero\x27, x\x27$2\x27,",
		" 0, zeroblob(48), 0, 0, 0, 1, 0);"' "$dir/keys" |
	sqlite3 "$home/centre.db"

head=period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob,sex,address,group,total
row() { echo "2026-12,08341,L1,$1,Z$1,,,Lê Thị Thử,1945,Nữ,Thôn 3,BTXH,$2"; }
{ echo $head; row 1 540000; row 2 500000; } >"$dir/list.csv"
{ echo $head; row 3 'năm trăm'; row 4 500000; } >"$dir/bad.csv"
at_centre put list --file "$dir/list.csv" --all --out "$stick"
at_centre put list --file "$dir/bad.csv" --all --out "$stick"
out=$(run down --from "$stick")
same "$(field "$out" waiting)" 2 'lists that wait'
# An agent takes none, whoever asks.
out=$(CHITRA_PIN=135790 run down --take --as 1)
same "$(field "$out" waiting)" 2 'lists that an agent left there'

CHITRA_PIN=135790 run shift open --as 1 \
	--float 500000x40,200000x20,100000x20,20000x9,10000x30 >/dev/null
unset CHITRA_PIN

# ---- the agent is told -----------------------------------------------------------

start 40 24 --data "$data"
sign_in 1 135790
expect 'MỜI NGƯỜI KẾ TIẾP'
expect 'kiểm soát viên nhận'
rest
keys Enter
rest
screen | grep -qF 'DANH SÁCH TỪ TRUNG TÂM' && fail 'the agent looks at it'
stop
closed "$data"

# ---- the supervisor looks at it, leaves it, takes it -------------------------------

start 40 24 --data "$data"
sign_in 9 246802
expect 'VIỆC HÔM NAY'
expect 'Có danh sách mới từ trung tâm'
rest
keys Enter
expect 'Số 1: danh sách chi trả'
expect '1.040.000'
expect 'sau danh sách này: 1'
rest
keys 0
expect 'VIỆC HÔM NAY'
# At the counter it waits, too.
keys 0
expect 'CA CỦA NGƯỜI KHÁC'
expect 'ENTER  Danh sách mới'
rest
keys Enter
expect '1.040.000'
rest
keys Enter
expect 'Đã nhận danh sách'

# ---- the next one has an error: it says where, and is put aside ----------------------

rest
keys Enter
expect 'có 1 lỗi nên không nhận'
expect 'Dòng 2, cột total'
rest
keys Enter
expect 'Đã bỏ qua danh sách này'
rest
keys Enter
expect 'CA CỦA NGƯỜI KHÁC'
screen | grep -qF 'Danh sách mới' && fail 'it is offered still'
stop
closed "$data"

# ---- what the book has of it ---------------------------------------------------------

export CHITRA_PIN=246802
out=$(run down)
echo "$out" | grep -q '"version":1,"state":"taken"' || fail "not taken: $out"
echo "$out" | grep -q '"version":2,"state":"refused"' || fail "not aside: $out"
run find 'Lê Thị Thử' --as 9 | grep -q 540000 || fail 'nobody of that list'

# ---- a table of users: first PINs, six at a time -------------------------------------

echo number,name,role >"$dir/users.csv"
for n in 21 22 23 24 25 26 27 28; do
	echo "$n,Người Mới,agent" >>"$dir/users.csv"
done
at_centre put users --file "$dir/users.csv" --all --out "$stick"
run down --from "$stick" >/dev/null
unset CHITRA_PIN
start 40 24 --data "$data" --record "$dir/record"
sign_in 9 246802
expect 'Có danh sách mới từ trung tâm'
rest
keys Enter
expect 'Số 1: bảng người dùng'
rest
keys Enter
expect ': 26 Người Mới'
expect 'Còn người mới chờ cấp PIN: 2'
rest
keys 0
rest
expect ': 26 Người Mới'
pin=$(screen | sed -n 's/^PIN \([0-9]*\): 21 .*/\1/p')
keys Enter
expect ': 28 Người Mới'
screen | grep -qF ': 26 Người' && fail 'a PIN is shown again'
rest
keys Enter
expect 'Đã nhận danh sách'
stop
closed "$data"
grep -rq "$pin" "$dir/record" && fail 'a PIN was recorded'
CHITRA_PIN=$pin run find 'Lê Thị Thử' --as 21 >/dev/null ||
	fail 'the PIN that was shown is not the one'
CHITRA_PIN=246802 run selftest >/dev/null || fail 'the book does not hold'
echo 'down_screen: ok'
