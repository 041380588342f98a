# case_screen.sh - the program itself on the console, and a keyboard that is
# plugged in.

# The screen as the kernel has it: letters, not glyphs.
screen() { iconv -f UTF-32LE -t UTF-8 /dev/vcsu1; }
shows() { screen | grep -aqF -- "$1"; }

expect() {
	soon shows "$1" || {
		screen | perl -CS -pe 's/(.{80})/$1\n/g' | grep -av '^ *$'
		return 1
	}
}

make_keyboard() {
	gadget keyboard 1a2c 2124 'USB Keyboard' hid.keys
	cd "$gadgets/keyboard/functions/hid.keys" || return
	echo 1 >protocol
	echo 1 >subclass
	echo 8 >report_length
	printf '%b' '\x05\x01\x09\x06\xa1\x01\x05\x07\x19\xe0\x29\xe7\x15\x00' \
		'\x25\x01\x75\x01\x95\x08\x81\x02\x95\x01\x75\x08\x81\x03' \
		'\x95\x06\x75\x08\x15\x00\x25\x65\x05\x07\x19\x00\x29\x65' \
		'\x81\x00\xc0' >report_desc
	cd "$TREE" || return
}

# burst TEXT: as fast as a scanner types; each key is pressed and let go, a
# report each. \n is ENTER.
burst() {
	printf '%s' "$1" | perl -ne '
		BEGIN { %key = ("\n", 0x28, " ", 0x2c, "-", 0x2d, ",", 0x36,
			".", 0x37, "/", 0x38, "|", 0x31, "0", 0x27) }
		for (split //) {
			my $k = $key{$_} || (/[1-9]/ ? 0x1d + $_
				: /[a-z]/i ? ord(lc) - 0x5d : next);
			print pack("CxCx5x8", /[A-Z|]/ ? 2 : 0, $k) }' >$dir/keys
	dd bs=8 if=$dir/keys of="$keys" status=none
}

# by_hand TEXT: as a person types.
by_hand() {
	local i
	for ((i = 0; i < ${#1}; i++)); do
		burst "${1:i:1}"
		sleep 0.3
	done
}

plug_keyboard() {
	plug keyboard
	# Before the host has its driver at it, nothing can be sent.
	soon exists '/sys/bus/hid/drivers/hid-generic/*:1A2C:2124.*/input'
}

start_screen() {
	cp -r "$TREE/build/lab/devices/book" $dir/book
	# The first look makes the kernel keep letters.
	screen >/dev/null
	setsid -c "$chitra" --data $dir/book --printer none \
		</dev/tty1 >/dev/tty1 2>$dir/screen.err &
	expect 'Số của bạn' || cat $dir/screen.err
}

# A scanner that plays keyboard, where nothing is to be scanned: not one of
# its keys lands in a field, and its ENTER does nothing.
bursts() {
	plug_keyboard
	expect 'Số của bạn: ____' || return
	burst $'025147954966\n'
	expect 'Chưa nhận mã' || return
	shows 'Số của bạn: ____'
}

signs_in() {
	by_hand $'1\n'
	expect 'Mã PIN' || return
	by_hand $'246802\n'
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

# The card of the next person, as a keyboard scanner types it: the marks are
# lost. ENTER behind it is the scanner's, and begins no payout.
opens_person() {
	local card name
	card=$("$chitra" decode "$(echo "$TREE"/build/lab/devices/cards/002-*)")
	name=$(printf '%s' "$card" | cut -d'|' -f3)
	[ -n "$name" ] || is "$card" 'a card' || return
	burst "$(printf '%s' "$card" |
		perl -CS -MUnicode::Normalize -pe '$_ = NFD($_); s/\p{M}//g;
			tr/\x{111}\x{110}/dD/')"$'\n'
	expect "${name^^}" || return
	expect 'làm mất dấu' || return
	sleep 2
	! shows 'CHƯA ĐƯA TIỀN' && shows "${name^^}"
}

locks() {
	unplug keyboard
	soon gone "$keys"
	plug_keyboard
	expect 'Máy đã khoá vì vừa có bàn phím' || return
	by_hand $'246802\n'
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

make_keyboard
keys=$(hid_node keyboard)
start_screen >$dir/start 2>&1 || cat $dir/start
check 'a burst of a keyboard scanner lands in no field of the console' bursts
check 'a person signs in at the same keyboard' signs_in
check 'a card typed by a scanner opens its person, and its ENTER pays nobody' opens_person
check 'T53 a keyboard that is plugged in finds a locked screen' locks
