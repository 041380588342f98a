#!/bin/bash
# faces.sh - the same program on every kind of terminal that we name: what is
# drawn, in which colours, and that a warning is heard. Then a screen that is
# too small, and large enough again, where the work goes on.
. tests/e2e/lib.sh

# face TERM ARGS...: the demo there, in 40x15 as with large letters.
face() {
	local term=$1
	shift
	tmux_ kill-server 2>/dev/null || true
	socket=$socket+
	tmux_ new-session -d -x 40 -y 15 "env TERM=$term $face_env $chitra \
		--demo --data $dir/faces --cards $dir/cards $*; \
		echo \"left with \$?\"; sleep 60"
	tmux_ pipe-pane "cat >$dir/sent"
	expect 'Số của bạn'
	keys 5 Enter
	expect 'Mã PIN'
	tmux_ send-keys -l 000000
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

# Too small: one sentence, and it goes on where it was.
tmux_ resize-window -x 30 -y 8
expect 'nhỏ quá'
tmux_ resize-window -x 80 -y 25
expect 'Không có người dùng'
keys 1 Enter 2 4 6 8 0 2 Enter
expect 'Đếm tiền đầu ca'
tmux_ kill-server

status=0
"$chitra" --theme red 2>/dev/null || status=$?
same "$status" 2 'no such theme'
echo 'faces: linux, vt100, screen, xterm-256color, and too small'
