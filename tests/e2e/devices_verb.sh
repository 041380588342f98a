#!/bin/bash
# `chitra devices`: what is there, what would take it, why not: who holds it,
# what permission lacks, what is refused (T53); and nothing at all.
. tests/e2e/lib.sh

rig=$PWD/${BUILD:-build/debug}/tests/drivers/umock_devices
data=$PWD/tests/data/devices
if ! command -v umockdev-wrapper >/dev/null; then
	echo "SKIP umockdev-wrapper is not installed"
	exit 77
fi
export ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0
export TMPDIR=$dir chitra dir

# with FILE... -- COMMAND...: under these devices.
with() { umockdev-wrapper "$rig" "$@"; }

# device JSON CLASS: that one of the list.
device() {
	printf '%s' "$1" | perl -MJSON::PP -0777 -CO -e '
		my ($d) = grep { $_->{class} eq $ARGV[0] }
			@{decode_json(<STDIN>)->{devices}};
		print encode_json($d // {})' "$2"
}

none=$(with -- "$chitra" devices --data "$dir/none")
case $none in *'Không có thiết bị nào được cắm'*) ;; *) fail "$none" ;; esac
same "$(with -- "$chitra" devices --json --data "$dir/none")" \
	'{"ok":true,"devices":[]}' 'nothing for scripts'

all=$(with "$data"/{camera,keyboard,machine,printer_usb,scanner_hidpos,ups_hiddev}.umockdev -- "$chitra" devices --json --data "$dir/none")
d=$(device "$all" lp)
same "$(field "$d" node)" /dev/usb/lp1 'never hiddev, never lp0'
same "$(field "$d" serial)" J5XK004417 'its serial number'
same "$(field "$d" tcvn3_page)" 30 'what its model is known for'
d=$(device "$all" hidraw)
same "$(field "$d" hid)" scanner 'the keyboard has a hidraw node, too'
same "$(field "$(device "$all" camera)" node)" /dev/video0 'capture only'
same "$(field "$(device "$all" keyboard)" product)" 'USB Keyboard' 'a keyboard'

bad=$(with "$data/hostile_printer.umockdev" -- "$chitra" devices --json)
d=$(device "$bad" usb-printer)
same "$(field "$d" state)" unusable 'T53 no endpoint'
same "$(field "$d" also_keyboard)" true 'T53 it types'
same "$(field "$d" product)" null 'T53 an odd name'
case $bad in *$'\033'*) fail 'T53 an escape came through' ;; esac

narrow=$(with "$data/printer_narrow.umockdev" -- "$chitra" devices --data "$dir/none")
case $narrow in *'Khổ in rộng 512 chấm: giấy in được dàn theo khổ đó'*) ;; *) fail "$narrow" ;; esac
mkdir "$dir/wide"
printf '[printer]\nwidth = 80\n' >"$dir/wide/chitra.ini"
narrow=$(with "$data/printer_narrow.umockdev" -- "$chitra" devices --data "$dir/wide")
case $narrow in *'Khổ in rộng 512 chấm: đặt dots = 512'*) ;; *) fail "$narrow" ;; esac

# Nobody named a printer: the one that is there, unless there are several.
one=$(with "$data/printer_usb.umockdev" -- "$chitra" devices --data "$dir/none")
case $one in *'Tệp chitra.ini chưa ghi máy in nào: đang dùng TM-T20II (usb:04b8:0e15).'*) ;;
*) fail "$one" ;; esac
one=$(with "$data/printer_usb.umockdev" -- "$chitra" devices --json --data "$dir/none")
same "$(field "$one" printer)" usb:04b8:0e15 'the one that is there'
same "$(field "$one" printer_is)" plugged_in 'it is used'
two=$(with "$data"/printer_{usb,narrow}.umockdev -- "$chitra" devices --json --data "$dir/none")
same "$(field "$two" printer_is)" several 'nobody can know which'
same "$(field "$two" printer)" null 'so none is used'
two=$(with "$data"/printer_{usb,narrow}.umockdev -- "$chitra" devices --data "$dir/none")
case $two in *'Đang cắm nhiều máy in nên chưa dùng máy nào'*) ;; *) fail "$two" ;; esac
# Not the office's laser printer, which would print pages of rubbish.
laser=$(with "$data"/printer_{usb,laser}.umockdev -- "$chitra" devices --json --data "$dir/none")
same "$(field "$laser" printer)" usb:04b8:0e15 'the one for receipts'
laser=$(with "$data/printer_laser.umockdev" -- "$chitra" devices --data "$dir/none")
case $laser in *'đang dùng'*) fail "$laser" ;; *'Máy này in cả trang'*) ;; *) fail "$laser" ;; esac

held=$(with "$data/printer_usb.umockdev" -- bash -c \
	'exec 9<>/dev/usb/lp1; "$chitra" devices --json; exec 9>&-')
d=$(device "$held" lp)
same "$(field "$d" state)" held 'somebody has it open'
case $(field "$d" holder) in bash\ \(*) ;; *) fail "held by: $d" ;; esac

# The self-test names them, and is printed.
"$chitra" demo --cards "$dir/cards" >/dev/null
tested=$(with "$data/scanner_hidpos.umockdev" "$data/camera.umockdev" -- "$chitra" selftest \
	--json --data "$dir/chitra-demo" --print --png "$dir/selftest.png")
for what in 6/scanner/'Symbol Bar Code Scanner /dev/hidraw0' \
	7/camera/'HD Webcam C270 /dev/video0'; do
	i=${what%%/*} rest=${what#*/}
	same "$(field "$tested" "checks.$i.check")" "${rest%%/*}" 'a check'
	same "$(field "$tested" "checks.$i.detail")" "${rest#*/}" 'what is there'
done
[ -s "$dir/selftest.png" ] || fail 'no picture of the slip'
same "$(find "$dir/chitra-demo/receipts" -name 'job-*.bin' | wc -l)" 2 \
	'one receipt, one slip'

# As a user without any group; root may do all.
as=; [ "$(id -u)" = 0 ] && as='setpriv --reuid 65534 --regid 65534 --clear-groups'
denied=$(with "$data/scanner_acm.umockdev" -- bash -c "
	chmod 711 \"\$dir\" \"\$UMOCKDEV_DIR\" && chmod 0 \"\$UMOCKDEV_DIR\"/dev/ttyACM0
	$as \"\$chitra\" devices --json --data /nonexistent")
d=$(device "$denied" serial)
same "$(field "$d" state)" denied 'no permission'
same "$(field "$d" udev_rule)" 'SUBSYSTEM=="tty", ATTRS{idVendor}=="0c2e", ATTRS{idProduct}=="0901", GROUP="chitra", MODE="0660"' \
	'the exact line that udev lacks'

# The printer that the settings name is not there.
mkdir "$dir/set"
printf '[printer]\nuse = usb\n' >"$dir/set/chitra.ini"
away=$(with "$data/keyboard.umockdev" -- "$chitra" devices --data "$dir/set" --json)
same "$(field "$away" printer_is)" away 'the printer of the settings'
printf '[printer]\nuse = usb\nwidht = 58\n' >"$dir/set/chitra.ini"
rc=0
said=$("$chitra" devices --data "$dir/set" 2>&1) || rc=$?
same $rc 2 'settings that are wrong'
case $said in *'Dòng 3: không có cài đặt "widht" trong mục [printer].'*) ;;
*) fail "$said" ;; esac
