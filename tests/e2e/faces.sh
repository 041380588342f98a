#!/bin/bash
# faces.sh - the same program on every kind of terminal that we name: what is
# drawn, in which colours, and that a warning is heard. A whole payment on
# vt100 and on screen. Then a screen that is too small, and large enough again,
# where the work goes on.
. tests/e2e/lib.sh

# face TERM ARGS...: the demo there, in 40x15 as with large letters.
face() {
	local term=$1
	shift
	tmux_ kill-server 2>/dev/null || true
	closed "$dir/faces"
	socket=$socket+
	tmux_ new-session -d -x 40 -y 15 "env TERM=$term $face_env $chitra \
		--demo --data $dir/faces --cards $dir/cards $*; \
		echo \"left with \$?\"; sleep 60"
	tmux_ pipe-pane "cat >$dir/sent"
	expect 'Số của bạn'
	keys 5 Enter
	expect 'Mã PIN'
	typed 000000
	sleep 0.2
	keys Enter
	expect 'Không có người dùng'
}

# sent TEXT / unsent TEXT: what went to the terminal.
sent() { grep -aqF -- "$1" "$dir/sent" || fail "never sent: $(echo "$1" | cat -v)"; }
unsent() { ! grep -aqF -- "$1" "$dir/sent" || fail "sent: $(echo "$1" | cat -v)"; }

bell=$(printf '\a')
face_env=
face linux
sent "$(printf '\033[10;')"
face vt100
sent "$bell"
unsent "$(printf '\033[10;')"
face screen --quiet
unsent "$bell"
face_env='NO_COLOR=1'
face xterm-256color
unsent '38;5;'
sent "$bell"
# The same by the settings file.
face_env=
printf '[screen]\ntheme = contrast\nsound = no\n' >"$dir/faces/chitra.ini"
face xterm-256color
unsent '38;5;'
unsent "$bell"

# A whole payment, from the float to the receipt and the next person, where
# there is neither colour nor an arrow key, and in a window of screen's own.
# whole TERM ROWS COLUMNS FLOAT: the book goes on from one to the other.
whole() {
	tmux_ kill-server 2>/dev/null || true
	closed "$dir/whole"
	socket=$socket+
	tmux_ new-session -d -x "$3" -y "$2" "env TERM=$1 $chitra --demo \
		--data $dir/whole --cards $dir/cards; echo \"left with \$?\"; sleep 60"
	tmux_ pipe-pane "cat >$dir/sent"
	expect 'Số của bạn'
	keys 1 Enter 2 4 6 8 0 2 Enter
	if [ "$4" = float ]; then
		expect '500.000'
		keys 2 0 0 Enter 2 0 Enter Enter Enter Enter Enter Enter Enter Enter
		rest
		keys 1
	fi
	expect 'MỜI NGƯỜI KẾ TIẾP'
	either '[ĐÚNG NGƯỜI]' 'MỜI NGƯỜI KẾ TIẾP'
	until screen | grep -qF '[ĐÚNG NGƯỜI]'; do
		keys .
		expect 'MỜI NGƯỜI KẾ TIẾP'
		rest
		keys Enter
		either '[ĐÚNG NGƯỜI' '■' '[THẺ KHÁC'
	done
	# Help, and back to the same person.
	keys '#'
	expect 'TRỢ GIÚP'
	keys 0
	expect '[ĐÚNG NGƯỜI]'
	rest
	keys Enter
	expect '[CHƯA ĐƯA TIỀN]'
	# ENTER held down, or pressed by a shaking hand, hands nothing over.
	keys Enter
	expect '[CHƯA ĐƯA TIỀN]'
	rest
	keys 1
	expect '[ĐÃ ĐƯA TIỀN]'
	expect 'Biên nhận đã in'
	keys 3
	expect 'BIÊN NHẬN'
	keys 0
	expect '[ĐÃ ĐƯA TIỀN]'
	keys .
	expect 'MỜI NGƯỜI KẾ TIẾP'
	stop
}

# Too small: one sentence, and it goes on where it was.
tmux_ resize-window -x 30 -y 8
expect 'nhỏ quá'
tmux_ resize-window -x 80 -y 25
expect 'Không có người dùng'
keys 1 Enter 2 4 6 8 0 2 Enter
expect 'Đếm tiền đầu ca'
tmux_ kill-server

whole vt100 24 80 float
unsent '38;5;'
! grep -aqP '\x1b\[([0-9]+;)*[34][0-9](;[0-9]+)*m' "$dir/sent" ||
	fail 'a VT100 was sent a colour'
grep -aqP '\x1b\[([0-9]+;)*[17](;[0-9]+)*m' "$dir/sent" ||
	fail 'nothing is bold or reversed'
whole screen 24 40 opened
"$chitra-verify" "$dir/whole" >/dev/null || fail 'the book is not right'
same "$(find "$dir/whole/receipts" -name '000*.png' | wc -l)" 2 'receipts'

status=0
"$chitra" --theme red 2>/dev/null || status=$?
same "$status" 2 'no such theme'
echo 'faces: linux, vt100, screen, xterm-256color; two whole payments; too small'
