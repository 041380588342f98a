#!/bin/bash
# lines.sh - the line mode (chitra --lines): a whole day by a pipe, then on a
# dumb terminal of 40 columns; what it sends is text and line feeds only, a PIN
# is never echoed, and an empty line pays nobody. Kill -9 with a payout open,
# and the question of rule 2.
. tests/e2e/lib.sh

said=$dir/said # all that it has written
known=0        # bytes of that which were waited for already

# hear TEXT: wait until it has said that, after what was heard before.
hear() {
	local at
	local end=$((SECONDS + 90))
	while [ $SECONDS -lt $end ]; do
		at=$(tail -c "+$((known + 1))" "$said" 2>/dev/null |
			grep -abF -m 1 -- "$1" | cut -d: -f1) || true
		if [ -n "$at" ]; then
			known=$((known + at + ${#1}))
			return 0
		fi
		sleep 0.05
	done
	tail -c "+$((known + 1))" "$said" >&2
	fail "it never said: $1"
}

# quiet TEXT: it has not said that since the last hear.
quiet() {
	! tail -c "+$((known + 1))" "$said" | grep -aqF -- "$1" ||
		fail "it said: $1"
}

say() { printf '%s\n' "$1" >&7; }

# heard again and again: a line, and what has to be said of it.
ask() {
	sleep 0.2
	say "$1"
	hear "$2"
}

only_text() {
	! grep -aqP '[\x00-\x09\x0b-\x1f\x7f]' "$said" ||
		fail 'control characters were sent'
}

# Every part of the day that a pipe and a terminal have in common.
sign_in() {
	hear 'Số của bạn:'
	say 1
	hear 'Mã PIN:'
	say 246802
}

float() {
	hear 'Đếm tiền đầu ca'
	hear '500.000 x'
	say 200
	hear '500.000 x  200 =  100.000.000'
	say 20
	hear 'Cộng:  104.000.000 đồng'
	ask . 'Đúng chưa?'
	hear '1 Số tiền đúng'
	# Nothing is recorded by an empty line.
	ask '' 'Ở đây không có lựa chọn đó'
	ask 1 'MỜI NGƯỜI KẾ TIẾP'
}

pay() {
	hear '1 CHI TIỀN'
	# An empty line, however often, pays nobody.
	ask '' 'Ở đây không có lựa chọn đó'
	ask '' 'Ở đây không có lựa chọn đó'
	quiet 'ĐƯA TIỀN'
	rest
	ask 1 '[CHƯA ĐƯA TIỀN]'
	ask '' 'Ở đây không có lựa chọn đó'
	ask 1 '[ĐÃ ĐƯA TIỀN]'
}

through_a_pipe() {
	mkfifo "$dir/in"
	"$chitra" --lines --demo --data "$dir/pipe" --cards "$dir/cards" \
		<"$dir/in" >"$said" 2>"$dir/errors" &
	pid=$!
	exec 7>"$dir/in"
	sign_in
	float
	rest
	ask '' '[ĐÚNG NGƯỜI]'
	pay
	hear '● Biên nhận đã in'
	# The person next to her, by number: a scanner that types her card is
	# stopped, with when and where.
	ask . 'MỜI NGƯỜI KẾ TIẾP'
	id=$(basename "$(ls "$dir"/cards/*.png | head -n 1)" .png)
	ask "${id##*-}" 'ĐÃ LĨNH'
	hear 'Người chi: Lan'
	# Said whole again, with the header.
	ask '?' 'Bưu cục Cẩm Khê'
	hear 'ĐÃ LĨNH'
	ask '#' 'TRỢ GIÚP'
	hear '.  Người kế tiếp'
	ask 0 'ĐÃ LĨNH'
	ask . 'MỜI NGƯỜI KẾ TIẾP'
	# Typed ahead: the second 1 is thrown away when the money is recorded.
	rest
	ask '' '1 CHI TIỀN'
	rest
	printf '1\n1\n1\n' >&7
	hear '[CHƯA ĐƯA TIỀN]'
	rest
	quiet '[ĐÃ ĐƯA TIỀN]'
	# The line is cut: it ends in order, and asks when it is back.
	exec 7>&-
	wait "$pid" || fail "it left with $?"
	only_text
	same "$(tail -c 200000 "$said" | grep -ac 246802)" 1 \
		'the PIN is said by the demo alone'
	"$chitra-verify" "$dir/pipe" >/dev/null || fail 'the book is not right'
}

# The same on a terminal that knows nothing but lines.
on_a_dumb_terminal() {
	said=$dir/terminal
	known=0
	tmux_ new-session -d -x 40 -y 24 "env TERM=dumb $chitra --lines --demo \
		--data $dir/pipe --cards $dir/cards; echo \"left with \$?\"; \
		sleep 60"
	tmux_ pipe-pane "cat >$said"
	say() { tmux_ send-keys -l "$1"; tmux_ send-keys Enter; }
	expect 'Số của bạn:'
	say 1
	hear 'Mã PIN:'
	say 246802
	# What the other line left open.
	hear 'ĐÃ ĐƯA TIỀN CHƯA?'
	tmux_ send-keys Enter
	hear 'Ở đây không có lựa chọn đó'
	ask 1 '2 Tiếp tục'
	ask 2 'MỜI NGƯỜI KẾ TIẾP'
	same "$(tr -d '\r' <"$said" | grep -c 246802)" 1 'the PIN was echoed'
	# The demo's cards begin anew: paid, paid, and one that is not.
	rest
	ask '' 'ĐÃ LĨNH'
	ask . 'MỜI NGƯỜI KẾ TIẾP'
	rest
	ask '' 'ĐÃ LĨNH'
	ask . 'MỜI NGƯỜI KẾ TIẾP'
	rest
	ask '' '1 CHI TIỀN'
	# Ctrl-C, Ctrl-D and Ctrl-Z are no way out.
	tmux_ send-keys C-c C-d C-z Enter
	hear 'Ở đây không có lựa chọn đó'
	tr -d '\r' <"$said" | grep -aqP '\x1b' && fail 'escape sequences'
	tr -d '\r' <"$said" | perl -CSD -ne 'exit 1 if length > 42' ||
		fail 'a line is longer than the terminal'
	rest
	# The program dies in the middle, and the terminal is as it was.
	ask 1 '[CHƯA ĐƯA TIỀN]'
	pkill -ABRT -f -- "^$chitra --lines --demo --data $dir/pipe " ||
		fail 'nothing to kill'
	expect 'left with'
	tmux_ send-keys -l 'stty -a'
	expect 'stty -a' # echoed again
}

through_a_pipe
on_a_dumb_terminal
echo 'lines: a day through a pipe and on a dumb terminal'
