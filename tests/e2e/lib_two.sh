# lib_two.sh - for stories of two terminals side by side: each has a store with
# Hùng (9), Lan (7) comes where she is wanted, and a scanner on a line of its
# own; codes are read out of what stands on the screen. LOOK=DIR keeps every
# screen there, for somebody to look at.
. tests/e2e/lib.sh

verify=${chitra}-verify
hung=246802
lan=135790
base=$socket
declare -A sockets far_ends

leave() {
	local name
	for name in "${!far_ends[@]}"; do
		kill "${far_ends[$name]}" 2>/dev/null || true
		tmux -L "${sockets[$name]:-none}" kill-server 2>/dev/null || true
	done
	rm -rf "$dir"
}
trap leave EXIT

run() {
	"$chitra" "$@" >"$dir/out" 2>&1 || fail "chitra $*: $(cat "$dir/out")"
}
id_of() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f6; }
digits() { printf '%s' "$1" | sed 's/./& /g'; }

# make_terminal STORE POINT
make_terminal() {
	export CHITRA_PIN=$hung
	run init --point "$2" --name 'Bưu cục Thử' --pin-kib 1024 --data "$1"
	run user add --number 9 --name Hùng --role supervisor --data "$1"
	mkfifo "$1.scan"
	perl tests/e2e/pty.pl "$1.scan" "$1.node" &
	far_ends[${1##*/}]=$!
	comes test -s "$1.node" || fail 'no scanner'
	ln -sf "$(cat "$1.node")" "$1.port"
	printf '[scanner]\nuse = %s\n' "$1.port" >"$1/chitra.ini"
}

# let_lan_pay STORE: she has the list, and a drawer.
let_lan_pay() {
	CHITRA_NEW_PIN=$lan run user add --number 7 --name Lan --role agent \
		--as 9 --data "$1"
	run import list assets/demo/people.csv --count 200 --as 9 --data "$1"
	CHITRA_PIN=$lan run shift open --as 7 --float 500000x100,100000x50 \
		--data "$1"
}

# at NAME: who is looked at and types from now on. boot NAME COLS ROWS PRINTER.
at() {
	name=$1
	socket=${sockets[$1]}
}
boot() {
	socket=$base-$1-$2
	start "$2" "$3" --data "$dir/$1" --printer "$4"
	sockets[$1]=$socket
	at "$1"
}

# code PREFIX [OTHER]: what stands on the screen as a code, once it is there
# whole and is not OTHER.
code() {
	local text end=$((SECONDS + 90))
	while [ $SECONDS -lt $end ]; do
		screen | perl tests/e2e/qr_of_screen.pl >"$dir/screen.pgm"
		text=$(field "$("$chitra" decode "$dir/screen.pgm" --json 2>/dev/null)" \
			0.text 2>/dev/null || true)
		case $text in
		"${2:-nothing}") ;;
		"$1"*)
			printf '%s' "$text"
			return 0
			;;
		esac
		sleep 0.05
	done
	fail "no $1 can be read off the screen"
}

# scan TEXT: the scanner of the terminal that is looked at.
scan() {
	echo "0 $(printf '%s\r' "$1" | od -An -v -tx1 | tr -d ' \n')" \
		>"$dir/$name.scan"
}

shown=0
look() {
	shown=$((shown + 1))
	[ -z "${LOOK:-}" ] ||
		screen >"$LOOK/$(printf %02d $shown)-$name-$1${size:+-$size}"
}

sign_in() {
	expect 'Số của bạn'
	keys "$1" Enter
	keys $(digits "$2") Enter
}
