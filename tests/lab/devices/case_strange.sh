# case_strange.sh - T53: devices that no honest maker makes. What they are is
# said in a sentence, what they say harms nothing, and the screen lives.

vendor=1209

# Its directory in sysfs.
strange_at() {
	local id
	id=$(grep -lx $vendor /sys/bus/usb/devices/*/idVendor) &&
		echo "${id%/*}"
}

# has_interface N
has_interface() { exists "$(strange_at):1.$1/bInterfaceClass"; }

# plug_strange KIND [LAST]: until its last interface is there; pulled out at
# the end of the case.
plug_strange() {
	rm -f $dir/strange_paper
	"$tools/strange_usb" "$1" $dir/strange_paper &
	strange=$!
	trap unplug_strange EXIT
	soon has_interface "${2:-0}"
	list_devices
}

unplug_strange() {
	kill $strange
	wait $strange
	trap - EXIT
	soon eval '! strange_at'
}

# What `chitra devices` says, in both forms.
list_devices() {
	"$chitra" devices --data $dir/none >$dir/words &&
		"$chitra" devices --data $dir/none --json >$dir/list
}

# told FIELD: of the strange printer, for scripts. Dies of what is no JSON.
told() {
	perl -MJSON::PP -CO -0777 -e '
		my @all = grep { $_->{class} eq "usb-printer" }
			@{decode_json(<STDIN>)->{devices}};
		my ($d) = grep { $_->{usb} =~ /^$ARGV[0]:/ } @all;
		print $ARGV[1] eq "count" ? scalar @all
			: $d->{$ARGV[1]} // "none"' $vendor "$1" <$dir/list
}

says() { has "$(cat $dir/words)" "$1"; }

# Letters only: nothing that a terminal obeys, or that turns text round.
is_plain() {
	perl -CSD -0777 -ne 'exit 1 if /[^\P{C}\n]/' "$1" || {
		echo "$1:"
		od -c "$1"
		return 1
	}
}

# prints_on KIND_NUMBER: byte by byte, as on any other printer.
prints_on() {
	send 10000 "usb:$vendor:$1"
	is "$said" printed || return
	cmp $job $dir/strange_paper
}

# Nothing that was plugged in has ended it, or left a mark on it.
lives() {
	kill -0 $screen_pid && expect 'MỜI NGƯỜI KẾ TIẾP'
}

# It types as soon as it is asked for keys: ENTER, digits, ENTER.
types_as_well() {
	plug_strange twin 1 || return
	expect 'Máy đã khoá vì vừa có bàn phím' || return
	expect 'Mã PIN: ______' || return
	unlock 'Máy đã khoá' || return
	is "$(told also_keyboard)" 1 || return
	says 'Nó gõ được cả phím' || return
	prints_on 0001 && lives
}

is_a_crowd() {
	plug_strange crowd 11 || return
	is "$(told count)" 12 && is "$(told state)" ready || return
	says '[TỪ CHỐI]' && prints_on 0002 && lives
}

is_short() {
	plug_strange short || return
	is "$(told state)" ready && prints_on 0003 && lives
}

# takes_nothing KIND NUMBER
takes_nothing() {
	plug_strange "$1" || return
	is "$(told state)" unusable && is "$(told use)" none || return
	says '[TỪ CHỐI] tự nhận là máy in nhưng không nhận dữ liệu' || return
	send 3000 "usb:$vendor:$2"
	has "$said" 'failed: gone: ' && lives
}

has_no_mouth() { takes_nothing mouthless 0004 && unplug_strange && takes_nothing deaf 0008; }

# By each of its names it is another printer: what a printed test has shown of
# one counts for no other.
changes() {
	local one other
	plug_strange changing || return
	one=$("$tools/job" "usb:$vendor:0005")
	other=$("$tools/job" "usb:$vendor:0005")
	has "$one" "usb:$vendor:0005:SN000" || return
	[ "$one" != "$other" ] || is "$one" 'another number' || return
	prints_on 0005 && lives
}

# has_odd_strings KIND NUMBER
has_odd_strings() {
	local name
	plug_strange "$1" || return
	is_plain $dir/words && is_plain $dir/list || return
	is "$(told state)" ready || return
	name=$("$tools/job" "usb:$vendor:$2")
	printf '%s' "$name" >$dir/name
	is_plain $dir/name && has "$name" "usb:$vendor:$2" || return
	prints_on "$2" && lives
}

shouts() {
	has_odd_strings controls 0006 || return
	is "$(told odd_name)" 1 && is "$(told maker)" none || return
	says 'Tên của nó có ký tự lạ' &&
		! grep -aq 'owned\|reboot' $screen_log
}

# A thousand codes a second, more than a screen can draw: it is closed for a
# minute, and the keys work.
floods() {
	plug_strange flood 1 || return
	soon grep -q 'sends codes without end' $screen_log || {
		tail -n 5 $screen_log
		return 1
	}
	by_hand '**3'
	expect 'QUÉT BẰNG CAMERA' || return
	by_hand '0'
	lives
}

mumbles() { has_odd_strings cut 0007; }

make_job
need_clerk >$dir/start 2>&1 || cat $dir/start
check 'T53 a printer that types as well finds a locked screen, and its keys land nowhere' types_as_well
check 'T53 65,535 bytes of descriptors and a dozen printers in one: the one that can prints' is_a_crowd
check 'T53 one that says 65,535 bytes and gives 32 is what those say' is_short
check 'T53 a printer without endpoints, or with none to send to, is refused in words and for scripts' has_no_mouth
check 'T53 a serial number that changes is another printer each time' changes
check 'T53 names of escapes, halves of letters and quotes are shown nowhere' shouts
check 'T53 strings shorter than they say, or none, harm nothing' mumbles
check 'T53 a scanner that sends codes without end is closed, and the keys work' floods
