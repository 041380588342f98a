# case_font.sh - our fonts on the console of a bare machine: a picture of each
# screen, for eyes, and each letter's pixels, by console_pixels.pl.

# told: what QEMU's monitor says, at the other end of the second serial line,
# until it is silent for a second.
told() {
	local said= c
	while IFS= read -r -t 1 -N 1 c <&3; do
		said+=$c
	done
	echo "$said"
}

# picture NAME: what a monitor would show, as the host keeps it.
picture() {
	local file=$TREE/build/lab/devices/pictures/$1.png said
	[ -n "${PICTURES:-}" ] || return 0
	echo "LAB picture $1.png" >/dev/console
	stty -F /dev/ttyS1 raw -echo
	exec 3<>/dev/ttyS1
	# What the line echoed before it was told not to is no command.
	echo >&3
	told >/dev/null
	echo "screendump $file -f png" >&3
	said=$(told)
	exec 3>&-
	case $said in
	*Error* | *unknown* | '')
		echo "no picture: $said"
		return 1
		;;
	esac
}

# console FONT: it is on, and the program in it.
console() {
	font=$TREE/$BUILD/console/chitra-$1.psf
	end_screen
	setfont -C /dev/tty1 "$font" || return
	columns=$(stty size </dev/tty1)
	rows=${columns% *}
	columns=${columns#* }
	start_screen
}

# letters: all that is on the screen just now.
letters() {
	soon perl "$here/console_pixels.pl" "$font" "$columns" "$rows" ||
		perl "$here/console_pixels.pl" "$font" "$columns" "$rows"
}

# Each screen of a payout, as somebody sees it who pays.
looks() {
	local size=$1 name
	letters && picture "$size-signin" || return
	sign_in && letters && picture "$size-idle" || return
	name=$(person 002)
	by_hand "$("$chitra" decode "$(card 002)" | cut -d'|' -f1)"$'\n'
	expect "$name" && letters && picture "$size-check" || return
	by_hand '#'
	expect 'Các phím của màn hình' && letters &&
		picture "$size-help" || return
	by_hand '0'
	expect "$name" || return
	sleep 1
	by_hand $'\n'
	expect 'CHƯA ĐƯA TIỀN' && letters && picture "$size-money"
}
small() { looks 12x24; }
large() { looks 16x32; }

need_screen >$dir/start 2>&1 || cat $dir/start
exists "$keys" || plug_keyboard >$dir/start 2>&1 || cat $dir/start
end_screen
modprobe bochs
soon exists /dev/fb0
console 12x24 >$dir/start 2>&1 || cat $dir/start
check 'letters of 12x24 are on the console as the font has them' small
console 16x32 >$dir/start 2>&1 || cat $dir/start
check 'letters of 16x32 are on the console as the font has them' large
end_screen
