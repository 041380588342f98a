# screen.sh - the program itself on the console, and the keyboard it is worked
# with.

# The screen as the kernel has it: letters, not glyphs.
screen() { iconv -f UTF-32LE -t UTF-8 /dev/vcsu1; }
shows() { screen | grep -aqF -- "$1"; }

expect() {
	soon shows "$1" || {
		screen | perl -CS -pe 's/(.{80})/$1\n/g' | grep -av '^ *$'
		return 1
	}
}

# What it says for the technician.
screen_log=$dir/book/chitra.log

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

# reports_of PAUSE TEXT: to standard output, each key pressed and let go, a report
# each, and then PAUSE seconds. \n is ENTER. One process for all of them:
# starting one is what takes the time here.
reports_of() {
	perl -e '
		my ($pause, $text) = @ARGV;
		my %key = ("\n", 0x28, " ", 0x2c, "-", 0x2d, ",", 0x36,
			".", 0x37, "/", 0x38, "|", 0x31, "0", 0x27, "*", 0x55,
			"#", 0x20);
		for (split //, $text) {
			my $k = $key{$_} || (/[1-9]/ ? 0x1d + $_
				: /[a-z]/i ? ord(lc) - 0x5d : next);
			for my $report (pack("CxCx5", /[A-Z|#]/ ? 2 : 0, $k),
				"\0" x 8) {
				syswrite(STDOUT, $report) == 8 or die "$!\n";
			}
			select undef, undef, undef, $pause if $pause > 0;
		}' "$1" "$2"
}

# burst TEXT: as fast as a scanner types, so all is ready before the first.
burst() {
	reports_of 0 "$1" >$dir/keys
	dd bs=8 if=$dir/keys of="$keys" status=none
}

# card N: its picture; person N: whose it is, as the screen writes it.
card() { echo "$TREE/build/lab/devices/cards/$1"-*.png; }
person() {
	"$chitra" decode "$(card "$1")" | cut -d'|' -f3 | perl -CS -pe '$_ = uc'
}

# scan N: that card as a keyboard scanner types it: the marks are lost.
scan() {
	burst "$("$chitra" decode "$(card "$1")" |
		perl -CS -MUnicode::Normalize -pe '$_ = NFD($_); s/\p{M}//g;
			tr/\x{111}\x{110}/dD/')"$'\n'
}

# by_hand TEXT: as a person types.
by_hand() { reports_of 0.2 "$1" >"$keys"; }

# In a socket of its own, beside whatever is plugged in.
plug_keyboard() {
	UDC=dummy_udc.2 plug keyboard
	# Before the host has its driver at it, nothing can be sent.
	soon exists '/sys/bus/hid/drivers/hid-generic/*:1A2C:2124.*/input'
}

start_screen() {
	rm -rf $dir/book
	cp -r "$TREE/build/lab/devices/book" $dir/book
	# A quarter of the pixels: QEMU is no terminal. Nor does it lock because
	# a case takes long on a busy machine.
	printf '[camera]\nwidth = 640\nheight = 360\n[screen]\nlock_after = 3600\n' \
		>$dir/book/chitra.ini
	# The first look makes the kernel keep letters.
	screen >/dev/null
	setsid -c "$chitra" --data $dir/book --printer usb \
		</dev/tty1 >/dev/tty1 2>$dir/screen.err &
	screen_pid=$!
	expect 'Số của bạn' || cat $dir/screen.err
}

# need_screen: it is there, and its keyboard made.
need_screen() {
	[ -z "${screen_pid:-}" ] || return 0
	make_keyboard
	keys=$(hid_node keyboard)
	start_screen
}

# end_screen: what it holds is free for others.
end_screen() {
	[ -n "${screen_pid:-}" ] || return 0
	kill $screen_pid
	wait $screen_pid
	screen_pid=
}

sign_in() {
	by_hand $'1\n'
	expect 'Mã PIN' || return
	by_hand $'246802\n'
	expect 'MỜI NGƯỜI KẾ TIẾP'
}

# need_clerk: somebody works at it, and waits for the next person.
need_clerk() {
	need_screen || return
	exists "$keys" || plug_keyboard || return
	if shows 'Số của bạn'; then
		sign_in
	elif ! shows 'MỜI NGƯỜI KẾ TIẾP'; then
		by_hand '0'
		expect 'MỜI NGƯỜI KẾ TIẾP'
	fi
}

# unlock WHY: it is locked, and says so; then it is not.
unlock() {
	expect "$1" || return
	by_hand $'246802\n'
	expect 'MỜI NGƯỜI KẾ TIẾP'
}
