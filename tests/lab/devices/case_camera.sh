# case_camera.sh - cameras: vivid's, which gives grey and sees what is written
# into its output; webcams that give YUYV or JPEGs only. By the verb, and on
# the screen.

vivid=/sys/bus/platform/drivers/vivid

# hold_up [PICTURE]: before the camera from now on.
hold_up() {
	echo "${1:-}" >&$to_show
	read -r -t "$SOON" said <&$from_show
	is "$said" shown
}

# There is always something to see: noise, as vivid gives without it, takes
# the processor for itself.
start_show() {
	soon exists /dev/video1 || return
	coproc SHOW {
		exec "$tools/show_card" /dev/video1 /dev/video0 GREY
	}
	exec {from_show}<&"${SHOW[0]}" {to_show}>&"${SHOW[1]}"
	hold_up
}

# looks: the program has the first picture.
looks() {
	by_hand '**3'
	expect 'QUÉT BẰNG CAMERA' && soon eval "! shows 'Đang mở camera'" &&
		shows 'QUÉT BẰNG CAMERA'
}

reads_card() {
	hold_up "$(card 003)" || return
	said=$("$chitra" decode --camera --seconds 60)
	is "$said" "$("$chitra" decode "$(card 003)")"
}

sees_nothing() {
	hold_up || return
	said=$("$chitra" decode --camera --seconds 2 --json 2>/dev/null)
	is "$?" 1 && is "$said" '[]'
}

opens_by_camera() {
	looks || return
	hold_up "$(card 003)" || return
	expect "$(person 003)"
}

# While it looks: it says so, and looks again when it is back.
is_pulled_out() {
	hold_up || return
	by_hand '0'
	expect 'MỜI NGƯỜI KẾ TIẾP' || return
	looks || return
	echo vivid.0 >$vivid/unbind
	# By the news of devices, or by the camera's own thread.
	expect 'bị rút ra' && expect 'ENTER  Mở lại camera' || return
	"$chitra" decode --camera >$dir/out 2>&1
	is "$?" 3 && has "$(cat $dir/out)" 'Chưa cắm camera' || return
	echo vivid.0 >$vivid/bind
	start_show && hold_up "$(card 004)" || return
	by_hand $'\n'
	expect "$(person 004)" || return
	by_hand '0'
}

# ---- webcams ------------------------------------------------------------------

# plug_webcam FORMAT [PICTURE]: pulled out at the end of the case.
plug_webcam() {
	"$tools/uvc_camera" "$1" "${2:-}" &
	webcam=$!
	trap unplug_webcam EXIT
	soon exists /dev/video0
}

unplug_webcam() {
	kill $webcam
	wait $webcam
	trap - EXIT
	soon gone /dev/video0
}

reads_webcam() {
	plug_webcam "$1" "$(card 005)" || return
	said=$("$chitra" decode --camera --seconds 60)
	is "$said" "$("$chitra" decode "$(card 005)")"
}

reads_yuyv() { reads_webcam yuyv; }
reads_mjpeg() { reads_webcam mjpeg; }

loses_webcam() {
	local looking
	plug_webcam mjpeg || return
	"$chitra" decode --camera --seconds 60 >$dir/out 2>&1 &
	looking=$!
	soon is_open /dev/video0 || return
	unplug_webcam
	wait $looking
	is "$?" 3 && has "$(cat $dir/out)" camera
}

modprobe vivid n_devs=1 node_types=0x101 num_inputs=1 input_types=3 \
	num_outputs=1 output_types=1 no_error_inj=1 multiplanar=1
start_show
need_clerk >$dir/start 2>&1 || cat $dir/start
check 'a card held before a camera is read, byte by byte what a picture of it says' reads_card
check 'before a camera that sees no card there is nothing to read' sees_nothing
check 'on the screen, a card before the camera opens its person' opens_by_camera
check 'a camera unplugged while it looks is said, and looks again when it is back' is_pulled_out
kill $SHOW_PID 2>/dev/null
modprobe -r vivid
modprobe uvcvideo
check 'a webcam that gives YUYV only is read' reads_yuyv
check 'a webcam that gives JPEGs without tables is read' reads_mjpeg
check 'a webcam pulled out while the verb looks ends it, with a sentence' loses_webcam
