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
# Not the one of passwd: that may be nologin.
export SHELL=/bin/sh
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

# comes COMMAND...: until it succeeds. Longer than any machine needs that is
# only slow: who is right never waits for the end of it.
comes() {
	local end=$((SECONDS + 90))
	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		sleep 0.05
	done
}
is_not() { ! "$@"; }

# closed DIR: nobody has that store any more, nor one below it. A screen whose
# terminal is gone takes a moment to end, and one that was killed to be buried:
# its command line is away before its lock.
closed() {
	local lock
	comes is_not pgrep -f -- "^$chitra .*$1" >/dev/null ||
		fail "somebody still has $1"
	for lock in "$1/lock" "$1"/*/lock; do
		[ ! -e "$lock" ] || comes flock -n "$lock" true ||
			fail "somebody still has $lock"
	done
}

screen() { tmux_ capture-pane -p; }

# expect TEXT: wait for it. vanishes TEXT: until it is not there any more.
shows() { screen | grep -qF -- "$1"; }
expect() { comes shows "$1" || fail "the screen never showed: $1"; }
vanishes() { comes is_not shows "$1" || fail "the screen still shows: $1"; }

# either TEXT...: wait until the screen shows one of them.
shows_one_of() {
	local now text
	now=$(screen)
	for text in "$@"; do
		[[ $now != *"$text"* ]] || return 0
	done
	return 1
}
either() { comes shows_one_of "$@" || fail "the screen never showed any of: $*"; }

# One key at a time, as a person; never faster than a held key repeats.
# 246802 is six keys: at once they would be a scan.
keys() {
	local k
	for k in "$@"; do
		while [[ $k =~ ^[0-9][0-9]+$ ]]; do
			tmux_ send-keys "${k:0:1}"
			sleep 0.2
			k=${k:1}
		done
		tmux_ send-keys "$k"
		sleep 0.2
	done
}

# turn KEY: typed, and waited for the screen to be another one.
differs() { [ "$(screen)" != "$1" ]; }
turn() {
	local before
	before=$(screen)
	keys "$1"
	comes differs "$before" || fail "$1 changes nothing"
}

# typed TEXT: into a field, all at once, and waited for; what comes too soon
# behind it would make it a scan.
typed() {
	local before
	before=$(screen)
	tmux_ send-keys -l "$1"
	comes differs "$before" || fail "$1 is typed, and nothing comes"
}

# card TEXT: as a scanner that plays keyboard types it, its ENTER behind it.
card() { tmux_ send-keys -l "$1"$'\r'; }

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
