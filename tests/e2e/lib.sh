# lib.sh - sourced by the stories: a store of its own, a terminal of its own.
#
# Every story runs in a directory that is gone afterwards, and in a tmux
# server of its own. expect waits for a text on the screen and shows the
# screen if it never comes; nothing sleeps for a guess.

set -eu
chitra=$PWD/${BUILD:-build/debug}/chitra
dir=$(mktemp -d)
socket=chitra-e2e-$$
export LC_ALL=C.UTF-8 TERM=xterm-256color XDG_DATA_HOME=$dir
unset CHITRA_PIN CHITRA_PRINTER NO_COLOR

tmux_() { tmux -L "$socket" -f /dev/null "$@"; }

finish() {
	tmux_ kill-server 2>/dev/null || true
	rm -rf "$dir"
}
trap finish EXIT

fail() {
	echo "FAILED: $*" >&2
	tmux_ capture-pane -p >&2 2>/dev/null || true
	exit 1
}

# start COLUMNS ROWS ARGS...: the program in a terminal of that size.
start() {
	cols=$1
	rows=$2
	shift 2
	# A server of its own: an old one may still be going.
	tmux_ kill-server 2>/dev/null || true
	socket=$socket+
	tmux_ new-session -d -x "$cols" -y "$rows" \
		"$chitra $*; echo \"left with \$?\"; sleep 60"
}

# stop: end the program as a shutdown does, and wait until it is gone.
stop() {
	pkill -TERM -f -- "^$chitra .*$dir" || fail 'nothing to stop'
	expect 'left with 0'
}

# closed DATA: nobody has that store any more, 5 s at most: a screen whose
# terminal is gone takes a moment to end.
closed() {
	for _ in $(seq 100); do
		pgrep -f -- "^$chitra .*$1" >/dev/null || return 0
		sleep 0.05
	done
	fail "somebody still has $1"
}

screen() { tmux_ capture-pane -p; }

# expect TEXT: wait for it, 15 s at most.
expect() {
	for _ in $(seq 300); do
		screen | grep -qF -- "$1" && return 0
		sleep 0.05
	done
	fail "the screen never showed: $1"
}

# either TEXT...: wait until the screen shows one of them.
either() {
	local text
	for _ in $(seq 300); do
		for text in "$@"; do
			screen | grep -qF -- "$text" && return 0
		done
		sleep 0.05
	done
	fail "the screen never showed any of: $*"
}

# One key at a time, as a person; never faster than a held key repeats.
keys() {
	for k in "$@"; do
		tmux_ send-keys "$k"
		sleep 0.2
	done
}

# rest: longer than a key that is held down repeats (FLOW_HELD_MS).
rest() { sleep 0.8; }

same() {
	[ "$1" = "$2" ] || fail "expected '$2', got '$1' ($3)"
}

# field JSON NAME: a value of a JSON object, by perl's own JSON module.
field() {
	printf '%s' "$1" | perl -MJSON::PP -0777 -CO -e '
		my $v = decode_json(<STDIN>);
		for my $k (split /\./, $ARGV[0]) {
			$v = $k =~ /^\d+$/ ? $v->[$k] : $v->{$k};
		}
		$v = "true" if ref $v && $v; $v = "false" if ref $v && !$v;
		print $v // "null"' "$2"
}
