# cuts.awk - where the power goes: from `replay LOG list` to one line a cut.
#
#	UPTO play ACKS PAPERS          every entry before UPTO is there
#	FROM torn ACKS PAPERS UPTO     and of FROM..UPTO-1 what no flush followed,
#	                               in part
#	UPTO late ACKS PAPERS          the control: what a disk that lied about
#	                               every flush since the answer before has
#
# ACKS is "-" before the day has begun (init, users, list, shift).
# Variables: every (each n-th mark), between (each n-th of the other points),
# late (each n-th ack for the control).

BEGIN { acks = "-"; papers = safe = 0 }

$2 == "mark" && $5 == "begin" { acks = 0 }

# A mark is a cut: nothing that was not flushed came through.
$2 == "mark" {
	if ($5 == "paper")
		papers++
	if ($5 ~ /^ack:/) {
		acks++
		if (acks > 1 && acks % late == 0)
			print before, "late", acks, papers
		before = $1 + 1
	}
	if (acks == 0 || ++marks % every == 0)
		print $1 + 1, "play", acks, papers
	next
}

$2 == "write" || $2 == "discard" { loose++; next }

# A flush, or a write by FUA: safe up to here. All that came since the one
# before, or part of it.
{
	if (++points % between == 0) {
		if (loose)
			print safe, "torn", acks, papers, $1 + 1
		print $1 + 1, "play", acks, papers
	}
	safe = $1 + 1
	loose = 0
}
