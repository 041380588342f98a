#!/bin/bash
# upload_screen.sh - a supervisor looks how far the centre has it, and sends it
# now; without network it is no alarm, with it again it goes by itself.
. tests/e2e/lib.sh

centre=${chitra}-centre
home=$dir/centre
data=$dir/store
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2>/dev/null || true; finish' EXIT
export CHITRA_PIN=246802

serve() {
	"$centre" serve --dir "$home" --listen 127.0.0.1 --port "${1:-0}" \
		--metrics 0 >"$dir/out" 2>>"$dir/log" &
	pid=$!
	comes test -s "$dir/out" || true
	port=$(sed -n 's/port \([0-9]*\),.*/\1/p' "$dir/out")
	[ -n "$port" ] || fail "no centre: $(cat "$dir/log")"
}

"$centre" init --dir "$home" --name centre-1 --host localhost >/dev/null
serve
"$chitra" init --data "$data" --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
	--list-window 1200:1200 >/dev/null 2>&1
"$chitra" user add --data "$data" --number 1 --name Hoa --role supervisor \
	>/dev/null
code=$("$centre" code --dir "$home" --point P1 2>/dev/null)
"$chitra" centre join --url "https://localhost:$port" --code "$code" \
	--ca "$home/ca.pem" --as 1 --data "$data" >/dev/null
kill -9 "$pid"
wait "$pid" 2>/dev/null || true
: >"$dir/out"

unset CHITRA_PIN
start 40 24 --data "$data" --printer none
expect 'ĐĂNG NHẬP'
keys 1 Enter
keys 2 4 6 8 0 2 Enter
expect 'VIỆC HÔM NAY'
rest
keys '*'
rest
keys '*'
rest
keys .
rest
keys 8
expect 'Trung tâm xác nhận'
expect 'chưa lần nào'
rest
keys 1
expect 'Đang gửi.'
# Nobody is there: it is said, and the day goes on.
expect 'Hiện không có mạng'
serve "$port"
rest
keys 1
expect 'Trung tâm đã xác nhận tất cả dữ liệu'
expect 'đã gửi hết'
expect 'CÓ MẠNG'
rest
keys 0
expect 'VIỆC HÔM NAY'
echo 'upload_screen: looked, sent without network and with it'
