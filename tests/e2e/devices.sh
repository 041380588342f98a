#!/bin/bash
# Devices come and go under the running screen: it says so in words, work
# goes on, and a keyboard that is plugged in finds a locked screen (T53).
. tests/e2e/lib.sh

rig=$PWD/${BUILD:-build/debug}/tests/drivers/umock_devices
data=$PWD/tests/data/devices
usb=/sys/devices/pci0000:00/0000:00:14.0/usb1
if ! command -v umockdev-wrapper >/dev/null; then
	echo "SKIP umockdev-wrapper is not installed"
	exit 77
fi

mkfifo "$dir/plugs"
plain=$chitra
chitra="TMPDIR=$dir ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 umockdev-wrapper \
$rig -c $dir/plugs -- $chitra"
plug() { echo "plug $data/$1.umockdev" >"$dir/plugs"; }
unplug() { echo "unplug $usb/$1" >"$dir/plugs"; }

start 80 25 --demo --printer usb --data "$dir/book" --cards "$dir/cards"
expect 'CHƯA CẮM: máy in'
plug printer_usb
vanishes 'CHƯA CẮM'
expect 'Số của bạn'
keys 9 Enter 1 3 5 7 9 1 Enter
expect 'VIỆC HÔM NAY'
plug camera
expect 'Vừa cắm camera (HD Webcam C270)'
unplug 1-1
expect 'CHƯA CẮM: máy in'
expect 'Máy in đã bị rút ra'
plug keyboard
expect 'Máy đã khoá vì vừa có bàn phím cắm vào'
keys 1 3 5 7 9 1 Enter
expect 'VIỆC HÔM NAY'
# Nobody named a printer: the one that comes is used, and goes on being the
# printer when it is pulled out. (A demo would print into its directory.)
tmux_ kill-server
export CHITRA_NEW_PIN=135790
for what in "init --point P1 --name Bưu-cục --pin-kib 1024" \
	'user add --number 1 --name Lan --role agent'; do
	"$plain" $what --data "$dir/real" >/dev/null || fail "$what"
done
CHITRA_PIN=135790 "$plain" shift open --as 1 --float 500000x200 \
	--data "$dir/real" >/dev/null || fail 'no shift'
start 80 25 --data "$dir/real"
expect 'Số của bạn'
keys 1 Enter 1 3 5 7 9 0 Enter
expect 'Chưa cắm máy in: cắm vào là dùng được ngay'
plug printer_usb
expect 'Máy in: TM-T20II (usb:04b8:0e15)'
unplug 1-1
expect 'CHƯA CẮM: máy in'
# Where the settings allow keyboards it is only said.
tmux_ kill-server
printf '[screen]\nlock_new_keyboard = no\n' >"$dir/book/chitra.ini"
start 80 25 --demo --printer usb --data "$dir/book" --cards "$dir/cards"
expect 'Số của bạn'
keys 9 Enter 1 3 5 7 9 1 Enter
expect 'VIỆC HÔM NAY'
plug keyboard
expect 'Vừa cắm bàn phím (USB Keyboard)'
