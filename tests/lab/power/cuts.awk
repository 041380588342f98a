# cuts.awk - where the power goes: from `replay LOG list` to one line a cut.
#
#	UPTO play SEEN       every entry before UPTO is there
#	FROM torn SEEN UPTO  and of FROM..UPTO-1 what no flush followed, in part
#	UPTO late SEEN       the control: what a disk has that lied about every
#	                     flush since the answer before
#
# SEEN is what the world had seen by then: ACKS PAPERS TRIES SHIFT of cut.sh.
# ACKS is "-" before the day has begun (init, users, list, shift).
#
# Variables: payouts; every (each n-th mark; odd, since receipt and answer
# alternate), between and phase (each n-th of the other points, and which),
# late (each n-th answer for the control).

BEGIN {
	acks = "-"
	papers = tries = safe = 0
}

function seen() {
	return acks " " papers " " tries " " shift()
}

function shift() {
	return closed ? "closed" : acks == payouts ? "closing" : "open"
}

function lie(n) {
	if (before && n % late == 0)
		print before, "late", seen()
	before = $1 + 1
}

$2 == "mark" && $5 == "begin" { acks = 0 }
# After the last receipt it is the slip of the closed shift.
$2 == "mark" && $5 == "paper" {
	if (acks == payouts)
		closed = 1
	else
		papers++
}
$2 == "mark" && $5 == "try" {
	tries++
	lie(tries)
}
$2 == "mark" && $5 ~ /^ack:/ {
	acks++
	lie(acks)
}
$2 == "mark" && $5 == "closed" {
	closed = 1
	lie(0)
}

# A mark is a cut: nothing that was not flushed came through.
$2 == "mark" {
	if (acks == 0 || closed || ++marks % every == 0)
		print $1 + 1, "play", seen()
	next
}

$2 == "write" || $2 == "discard" {
	loose++
	next
}

# A flush, or a write by FUA: safe up to here. All that came since the one
# before, or part of it.
{
	if ((++points + phase) % between == 0) {
		if (loose)
			print safe, "torn", seen(), $1 + 1
		print $1 + 1, "play", seen()
	}
	safe = $1 + 1
	loose = 0
}
