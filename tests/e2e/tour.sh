#!/bin/bash
# tour.sh - the guided tour, all of it, on the real program in a training: at
# 80x25 and 40x24, and as far as the receipt at 40x15, side by side. What was
# learned is kept, the real store is not touched, papers say TẬP HUẤN.
. tests/e2e/lib.sh

verify=${chitra}-verify
head_of() { field "$("$verify" --json "$data")" head.hash; }

# at LESSON WORDS: the band tells that lesson, and the screen shows the words.
at() {
	expect "$1/14]"
	expect "$2"
}

# Digits and letters that move no money, a bit faster.
type_() {
	for k in "$@"; do
		tmux_ send-keys "$k"
		sleep 0.08
	done
}

sign_in() {
	type_ 1 Enter
	expect 'PIN'
	type_ 2 4 6 8 0 2 Enter
}

# Lessons 1 to 8, from the sign-in to the receipt.
until_receipt() {
	at 1 'Số của bạn'
	sign_in
	at 2 'Đếm tiền đầu ca'
	type_ 9 9 .
	at 2 'Đúng chưa?'
	keys 1
	at 3 '#'
	keys '#'
	at 3 'TRỢ GIÚP'
	keys 0
	at 4 'MỜI NGƯỜI KẾ TIẾP'
	type_ t y Enter
	at 4 'Hà Thị Ty'
	keys 1
	at 4 'ĐINH THỊ TY'
	keys 0
	at 5 'Bấm 0, rồi Esc'
	keys 0
	at 5 'Bấm Esc'
	keys Escape
	at 5 'MỜI NGƯỜI KẾ TIẾP'
	keys Enter
}

# Scan sample cards until one can be paid.
unpaid() {
	until screen | grep -qF '[CHƯA LĨNH'; do
		either '[CHƯA LĨNH' 'ĐÃ LĨNH RỒI' 'MỜI NGƯỜI KẾ TIẾP'
		if ! screen | grep -qF '[CHƯA LĨNH'; then
			rest
			keys Enter
		fi
	done
}

pay_and_preview() {
	unpaid
	at 6 '[ĐÚNG NGƯỜI]'
	rest
	keys Enter
	at 7 '[CHƯA ĐƯA TIỀN]'
	rest
	keys Enter
	at 8 '[ĐÃ ĐƯA TIỀN]'
	keys 3
	at 8 'BIÊN NHẬN'
	expect 'TẬP HUẤN'
}

# Lessons 9 to 14, from the receipt to what was learned.
until_learned() {
	keys 0
	at 9 'Bấm ENTER'
	rest
	keys Enter
	at 9 'MỜI NGƯỜI KẾ TIẾP'
	digits=$(screen | grep -oE ': [0-9]{4},' | tr -dc 0-9)
	for d in $(echo "$digits" | grep -o .); do type_ "$d"; done
	keys Enter
	at 9 'ĐÃ LĨNH RỒI'
	keys Enter
	at 10 'MỜI NGƯỜI KẾ TIẾP'
	until screen | grep -qF 'Danh sách'; do
		rest
		keys Enter
		either 'Danh sách' 'ĐÃ LĨNH RỒI'
	done
	at 10 'Danh sách'
	keys 1
	at 11 '[CHƯA LĨNH'
	rest
	keys Enter
	at 11 '[CHƯA ĐƯA TIỀN]'
	keys 9
	at 11 'TIỀN VẪN CÒN'
	keys 1
	at 11 '[ĐÃ HUỶ]'
	rest
	keys Enter
	at 12 'MỜI NGƯỜI KẾ TIẾP'
	unpaid
	keys 4
	at 12 'Vắng mặt'
	keys 1
	at 12 'GHI LÀ KHÔNG CHI?'
	keys 1
	at 13 'MỜI NGƯỜI KẾ TIẾP'
	unpaid
	rest
	keys Enter
	at 13 '[CHƯA ĐƯA TIỀN]'
	# Nothing is pressed: as if the power went.
	at 13 'Số của bạn'
	sign_in
	at 13 'ĐÃ ĐƯA TIỀN CHƯA?'
	keys 2
	at 13 '[TIỀN CÒN TRONG NGĂN KÉO]'
	rest
	keys Enter
	at 14 'MỜI NGƯỜI KẾ TIẾP'
	keys '*' 5
	at 14 'Đếm hết tiền'
	type_ 9 9 .
	at 14 'Đúng chưa?'
	keys 1
	at 14 'SỐ ĐẾM KHÁC SỔ'
	keys 2
	at 14 'người thứ hai'
	type_ 9 Enter
	expect 'PIN: _'
	type_ 1 3 5 7 9 1 Enter
	at 14 'đã đóng'
	rest
	keys Enter
	expect 'HỌC TỪNG BƯỚC'
	expect 'Đã học 14 trên 14 bài'
}

# With the end of the program in the middle, and begun once more at the end.
wide() {
	start 80 25 --data "$data" --tour
	expect 'HỌC TỪNG BƯỚC'
	expect 'TẬP HUẤN'
	keys Enter
	until_receipt
	at 6 'HÀ THỊ TY'
	stop
	start 80 25 --data "$data" --tour
	expect 'HỌC TỪNG BƯỚC'
	keys Enter
	at 1 'Số của bạn'
	sign_in
	at 6 'MỜI NGƯỜI KẾ TIẾP'
	rest
	keys Enter
	pay_and_preview
	until_learned
	keys 1
	at 2 'Chưa có ca nào mở'
	keys '*' 2
	at 2 'Quét phiếu cuối ca'
	keys 1
	at 2 'Đếm tiền đầu ca'
	stop
}

# Entered before signing in; over, there is no band any more.
narrow() {
	start 40 24 --data "$data" --training
	expect 'Số của bạn'
	keys '*' 2
	expect 'HỌC TỪNG BƯỚC'
	keys Enter
	until_receipt
	pay_and_preview
	until_learned
	rest
	keys Enter
	expect '* Thêm'
	screen | grep -qF '14]' && fail 'the band is still there'
	stop
}

# Where rows are few the band is one line, or stands in the header's rule.
tight() {
	start 40 15 --data "$data" --tour
	expect 'HỌC TỪNG BƯỚC'
	keys Enter
	until_receipt
	pay_and_preview
	stop
}

# story NAME: on a store and a terminal of its own.
story() {
	local before
	dir=$dir/$1
	data=$dir/store
	socket=$socket-$1
	mkdir "$dir"
	trap 'tmux_ kill-server 2>/dev/null || true' EXIT
	"$chitra" init --point P1 --name 'Bưu cục Thật' --pin-kib 1024 \
		--data "$data" >"$dir/out" 2>&1 ||
		fail "init: $(cat "$dir/out")"
	before=$(head_of)
	"$1"
	same "$(head_of)" "$before" 'the real store'
	[ -n "$(find "$data/training/receipts" -name '000*.png')" ] ||
		fail 'no paper of the training was kept'
	"$verify" "$data/training" >"$dir/verdict" ||
		fail "$(cat "$dir/verdict")"
}

pids=()
for name in wide narrow tight; do
	(story "$name") &
	pids+=($!)
done
for pid in "${pids[@]}"; do
	wait "$pid" || failed=1
done
[ -z "${failed-}" ] || exit 1
echo 'tour: ok'
