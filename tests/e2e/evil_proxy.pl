#!/usr/bin/perl
# evil_proxy.pl PORT MODEFILE LOG PORTFILE - stands between a terminal and the
# centre on PORT of 127.0.0.1, and does to each connection what MODEFILE says
# at that moment:
#	pass            as it should be
#	cut-out N       the line breaks after N bytes of the terminal's
#	cut-in N        and after N bytes of the centre's
#	flip-out N      one bit of byte N, from 0, is another one
#	flip-in N
#	slow N          N bytes a second, both ways
#	stall           nothing goes through, the line stays
#	http STATUS     no TLS at all: a login page, as networks of hotels have
# LOG gets a line "mode out in" for each connection that is over: the bytes that
# the terminal sent, and that it got. What it sent is kept in LOG.sent.
use strict;
use warnings;
use IO::Socket::INET;
use IO::Select;
use Time::HiRes qw(sleep);

my ($port, $modefile, $log, $portfile) = @ARGV;
$SIG{CHLD} = 'IGNORE';
my $door = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 0,
	Listen => 16, ReuseAddr => 1) or die "no port: $!";
open(my $f, '>', "$portfile.new") or die;
print $f $door->sockport, "\n";
close $f;
rename "$portfile.new", $portfile or die;

sub say_over {
	my ($mode, $out, $in, $sent) = @_;
	open(my $l, '>>', "$log.sent") or die;
	syswrite $l, $sent;
	close $l;
	open($l, '>>', $log) or die;
	syswrite $l, "$mode\t$out\t$in\n";
	close $l;
}

sub page {
	my ($line, $status, $mode) = @_;
	my $sent = '';
	my $wait = IO::Select->new($line);
	sysread($line, $sent, 4096) if $wait->can_read(5);
	my $html = '<html><title>Wi-Fi</title>Login</html>';
	my $more = $status eq '302' ? "Location: http://10.0.0.1/login\r\n" : '';
	syswrite $line, "HTTP/1.1 $status Portal\r\nContent-Type: text/html\r\n"
		. "${more}Content-Length: " . length($html) . "\r\n\r\n$html";
	# Whatever else it would say.
	while ($wait->can_read(1)) {
		sysread($line, my $bytes, 4096) or last;
		$sent .= $bytes;
	}
	say_over($mode, length $sent, 0, $sent);
}

sub carry {
	my ($line, $mode) = @_;
	my ($what, $n) = split ' ', $mode;
	return page($line, $n, $mode) if $what eq 'http';
	my $far = IO::Socket::INET->new(PeerAddr => '127.0.0.1',
		PeerPort => $port) or return say_over($mode, 0, 0, '');
	my %gone = (out => 0, in => 0);
	my $sent = '';
	my $both = IO::Select->new($line, $far);
	CARRY: while (1) {
		my @ready = $both->can_read(60) or last;
		for my $from (@ready) {
			my $way = $from == $line ? 'out' : 'in';
			my $to = $from == $line ? $far : $line;
			my $most = $what eq 'slow' ? $n / 20 + 1 : 16384;
			sysread($from, my $bytes, $most) or last CARRY;
			$sent .= $bytes if $way eq 'out';
			next if $what eq 'stall';
			if ($what eq "flip-$way" && $n >= $gone{$way} &&
				$n < $gone{$way} + length $bytes) {
				my $at = $n - $gone{$way};
				substr($bytes, $at, 1) =
					chr(ord(substr($bytes, $at, 1)) ^ 1);
			}
			my $cut = $what eq "cut-$way" &&
				$gone{$way} + length $bytes > $n;
			$bytes = substr($bytes, 0, $n - $gone{$way}) if $cut;
			my $at = 0;
			while ($at < length $bytes) {
				my $k = syswrite($to, $bytes, length($bytes) - $at,
					$at) or last CARRY;
				$at += $k;
			}
			$gone{$way} += length $bytes;
			last CARRY if $cut;
			sleep 0.05 if $what eq 'slow';
		}
	}
	close $far;
	close $line;
	say_over($mode, $gone{out}, $gone{in}, $sent);
}

while (1) {
	my $line = $door->accept or next;
	open(my $m, '<', $modefile) or die;
	chomp(my $mode = <$m>);
	close $m;
	my $child = fork;
	die "no child" unless defined $child;
	if ($child == 0) {
		$SIG{PIPE} = 'IGNORE';
		close $door;
		carry($line, $mode);
		exit 0;
	}
	close $line;
}
