# case_screen.sh - the program itself on the console, and a keyboard that is
# plugged in.

# A scanner that plays keyboard, where nothing is to be scanned: not one of
# its keys lands in a field, and its ENTER does nothing.
bursts() {
	plug_keyboard
	expect 'Số của bạn: ____' || return
	burst $'025147954966\n'
	expect 'Chưa nhận mã' && expect 'Số của bạn: ____'
}

# The scanner's ENTER behind the card begins no payout.
opens_person() {
	local name
	name=$(person 002)
	[ -n "$name" ] || is "$name" 'a name' || return
	scan 002
	expect "$name" || return
	expect 'làm mất dấu' || return
	sleep 2
	! shows 'CHƯA ĐƯA TIỀN' && shows "$name" || return
	by_hand '0'
}

locks() {
	unplug keyboard
	soon gone "$keys"
	plug_keyboard
	unlock 'Máy đã khoá vì vừa có bàn phím'
}

need_screen >$dir/start 2>&1 || cat $dir/start
check 'a burst of a keyboard scanner lands in no field of the console' bursts
check 'a person signs in at the same keyboard' sign_in
check 'a card typed by a scanner opens its person, and its ENTER pays nobody' opens_person
check 'T53 a keyboard that is plugged in finds a locked screen' locks
