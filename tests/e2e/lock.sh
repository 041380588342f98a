#!/bin/bash
# lock.sh - a terminal that nobody touches (T66): after the lock no name and
# no number of the last person stands on the screen or in what scrolled out
# of it, also where there is no second screen (TERM=linux). An open payment
# is asked about again afterwards.
. tests/e2e/lib.sh

# Screen and scroll-back.
everything() { tmux_ capture-pane -p -S -; }

nobody_left() {
	if everything | grep -E 'NGUYỄN|Nguyễn|●●●●[0-9]|ĐÚNG NGƯỜI'; then
		fail 'somebody is still there'
	fi
}

sign_in() {
	expect 'Mã PIN'
	keys 2 4 6 8 0 2 Enter
}

program=$chitra
for type in linux xterm-256color; do
	chitra="env TERM=$type $program"
	# The same store: the second time a payment of the first is open.
	start 80 25 --demo --data "$dir/demo" --cards "$dir/cards" \
		--lock-after 6
	expect 'Số của bạn'
	keys 1 Enter
	sign_in
	either '500.000' '[CHƯA ĐƯA TIỀN]' 'ĐƯA'
	if screen | grep -qF '200.000'; then
		keys 2 0 0 Enter 2 0 Enter Enter Enter Enter Enter Enter \
			Enter Enter
		rest
		keys 1
		expect 'MỜI NGƯỜI KẾ TIẾP'
		# People on the screen, one list after another.
		typed nguyen
		keys Enter
		expect 'Nguyễn'
		expect 'đã khoá'
		nobody_left
		sign_in
		expect 'MỜI NGƯỜI KẾ TIẾP'
		rest
		keys Enter
		expect '[ĐÚNG NGƯỜI]'
		rest
		keys Enter
		expect '[CHƯA ĐƯA TIỀN]'
	fi
	# The question waits; nobody reads its name meanwhile.
	expect 'đã khoá'
	nobody_left
	sign_in
	expect 'đưa'
	tmux_ kill-server
done
echo 'lock: ok'
