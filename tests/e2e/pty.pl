#!/usr/bin/perl
# pty.pl FIFO NODE [COMMAND...] - the far end of a pseudo-terminal.
#
# Without COMMAND it is a serial scanner: the name of its near end is written
# to the file NODE, and what it is sent to NODE.out. With COMMAND that runs at
# the near end, shown on this terminal, which types for it too: a terminal
# with a scanner beside its keyboard.
#
# Lines from FIFO say what the scanner sends: "MS HEX", the bytes of HEX, one
# every MS milliseconds (0: in one piece). "quit" hangs up.
use strict;
use warnings;
use Fcntl;
use POSIX ();
use Time::HiRes qw(sleep time);

use constant {
	TIOCGPTN   => 0x80045430,
	TIOCSPTLCK => 0x40045431,
	TIOCGWINSZ => 0x5413,
	TIOCSWINSZ => 0x5414,
};

my ($fifo, $node, @command) = @ARGV;
sysopen(my $master, '/dev/ptmx', O_RDWR | O_NOCTTY) or die "ptmx: $!";
my $number = pack('i', 0);
my $unlocked = pack('i', 0);
ioctl($master, TIOCSPTLCK, $unlocked) or die "unlock: $!";
ioctl($master, TIOCGPTN, $number) or die "number: $!";
my $slave = '/dev/pts/' . unpack('i', $number);

sub become_command {
	POSIX::setsid();
	open(STDIN, '+<', $slave) or die "$slave: $!";
	open(STDOUT, '>&', \*STDIN);
	open(STDERR, '>&', \*STDIN);
	close($master);
	exec(@command) or die "$command[0]: $!";
}

# Raw, as a real scanner's line is from the start.
sub make_raw {
	my ($tty) = @_;
	my $t = POSIX::Termios->new;
	$t->getattr(fileno($tty));
	$t->setlflag(0);
	$t->setiflag(0);
	$t->setoflag(0);
	$t->setattr(fileno($tty), POSIX::TCSANOW());
}

my ($keep, $back, $child);
if (@command) {
	my $size = pack('S4', 0, 0, 0, 0);
	ioctl(STDIN, TIOCGWINSZ, $size) or die "size: $!";
	ioctl($master, TIOCSWINSZ, $size) or die "size: $!";
	$child = fork() // die "fork: $!";
	become_command() if $child == 0;
	make_raw(\*STDIN);
	$back = \*STDOUT;
} else {
	sysopen($keep, $slave, O_RDWR | O_NOCTTY) or die "$slave: $!";
	make_raw($keep);
	open($back, '>', "$node.out") or die "$node.out: $!";
	open(my $out, '>', "$node.new") or die "$node: $!";
	print $out $slave;
	close($out);
	rename("$node.new", $node);
}

sysopen(my $orders, $fifo, O_RDWR | O_NONBLOCK) or die "$fifo: $!";
my $text = '';

# Carry what comes from either side. False: the command has ended.
sub carry {
	my ($wait) = @_;
	my $in = '';
	vec($in, fileno($_), 1) = 1
		for $master, $orders, @command ? (\*STDIN) : ();
	return 1 if select($in, undef, undef, $wait) <= 0;
	if (vec($in, fileno($master), 1)) {
		sysread($master, my $bytes, 65536) or return 0;
		syswrite($back, $bytes);
	}
	if (@command && vec($in, fileno(STDIN), 1)) {
		sysread(STDIN, my $bytes, 65536) or return 0;
		syswrite($master, $bytes);
	}
	sysread($orders, $text, 4096, length $text)
		if vec($in, fileno($orders), 1);
	return 1;
}

sub late {
	open(my $out, '>>', "$node.late") or die "$node.late: $!";
	printf $out "%.0f ms\n", $_[0] * 1000;
}

sub send_bytes {
	my ($ms, $bytes) = @_;

	# In one piece: whoever is late, it is one scan.
	if ($ms == 0) {
		while (length $bytes) {
			my $n = syswrite($master, $bytes) // die "line: $!";
			substr($bytes, 0, $n) = '';
		}
		return;
	}
	my $before = time;
	for my $byte (split //, $bytes) {
		late(time - $before) if time - $before > 0.012;
		$before = time;
		syswrite($master, $byte);
		carry(0);
		sleep($ms / 1000);
	}
}

while (carry(1) && getppid() != 1) {
	while ($text =~ s/^(.*)\n//) {
		my $line = $1;
		exit 0 if $line eq 'quit';
		send_bytes($1, pack('H*', $2))
			if $line =~ /^([\d.]+) ([0-9a-f]*)$/;
	}
}
exit 0 unless $child;
waitpid($child, 0);
exit $? >> 8;
