#!/usr/bin/perl
# morning.pl - a morning at the counter: the keys and scans of 200 people.
#
# Reads the list of the demo, writes a recording (terminal/app/recording.h)
# without answers to standard output. Played into the demo and recorded again
# it becomes morning_200.txt, with all that the program answered:
#
#	GENERATE=1 tests/e2e/replay.sh
#
# The agent calls the list from its top. Most have their card; who has none is
# found by his old number. Some come twice, some do not get their money, one
# hands over while the next one scans; once the paper ends, once nobody
# touches the terminal for four minutes.
use strict;
use warnings;

my ($seed, $person) = (42, 0);
my @note = (500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000);

# The same times every time.
sub ms {
	my ($least, $most) = @_;
	$seed = ($seed * 1103515245 + 12345) % 2147483648;
	return $least + int($seed / 65536) % ($most - $least + 1);
}

sub line { print join(' ', @_), "\n" }
sub key { line($_[1] // ms(150, 400), 'key', $_[0]) }
sub typed { line(ms(140, 320), 'type', $_[0], $_[1] // 9) }

sub sign_in {
	typed('user') unless $_[0];
	key('ENTER') unless $_[0];
	typed('pin') for 1 .. 6;
	key('ENTER');
	line(0, '= signed-in agent');
}

# Pieces by row, as counted; then that it is right.
sub count_notes {
	my @pieces = @_;
	for my $i (0 .. $#pieces) {
		key($_) for split //, $pieces[$i];
		key('ENTER');
	}
	key('.') if @pieces < @note;
	key('1', 1200);
}

# The receipt of the one before is on the screen: put it away.
sub next_please { key('.', ms(700, 2000)) }

sub menu { next_please(); key('*', 900); key($_[0], 500) }

sub found { line(0, "= person $_[0] $_[1]") }

# The card has the number that the person has in this recording.
sub scan {
	my ($n, $cash) = @_;
	line(ms(900, 4000), sprintf('scan serial %012d|000000000|xxxx\x20xxx' .
		'\x20xxx|00000000|xx|xxxx\x200|00000000', $n));
	found($n, $cash) if $cash;
}

sub old_number {
	my ($n) = @_;
	next_please();
	typed('person') for 1 .. 9;
	key('ENTER', 300);
	found($n, 'cash');
}

sub printed { line(ms(500, 900), 'print printed fine fine') }

# ENTER pays, the receipt comes, the money is counted, 1: handed over.
sub pay {
	key('ENTER', ms(900, 2500));
	printed();
	key('1', ms(4000, 14000));
}

# The paper ends in the middle; a new roll, and 1 prints it again.
sub pay_without_paper {
	key('ENTER', 1400);
	line(2000, 'print failed io out');
	key('1', 9000);
	key('1', 30000);
	printed();
}

# The next one scans while the money of this one is counted.
sub pay_with_next {
	my ($n) = @_;
	key('ENTER', 1100);
	printed();
	scan($n);
	key('1', 7000);
	key('.', 800);
	found($n, 'cash');
}

# A child's guardian, as the list names him: name and number are right.
sub guardian {
	my ($row) = @_;
	my ($born) = $row->{dob} =~ /(\d{4})$/;
	return if $row->{payee} ne 'guardian' || $born < 2009;
	key('3', 1500);
	key('ENTER', 1800);
	key('ENTER', 1100);
}

sub not_paid { key('4', 2500); key($_[0], 3000); key('1', 1500) }

# Nobody is there: the screen locks by itself, and the PIN is asked for.
sub pause {
	line(181000, 'tick');
	line(60000, 'type pin 9');
	typed('pin') for 2 .. 6;
	key('ENTER');
	line(0, '= sign-in-refused wrong-pin');
	sign_in(1);
}

# Beginnings of a name, then it is given up: nobody is called.
sub look_in_vain {
	next_please();
	typed('person', 'a') for 1 .. 4;
	key('ENTER', 500);
	key('0', 2500);
	key('ESC', 900);
}

sub read_list {
	open(my $in, '<', $_[0]) or die "$_[0]: $!";
	my @names = split /,/, <$in>;
	my @rows;
	while (my $line = <$in>) {
		my @field;
		push @field, defined $1 ? $1 : $2
			while $line =~ /\G(?:"([^"]*)"|([^,\n]*))(?:,|\n)/g;
		my %row;
		@row{@names} = @field;
		push @rows, \%row;
	}
	return @rows;
}

my @list = read_list($ARGV[0] // 'assets/demo/people.csv');
my $cash = 600 * $note[0] + 100 * $note[1] + 100 * $note[2] + 100 * $note[3] +
	200 * $note[5];
my $parked = 0;
my $open = $cash;

line('chitra-recording', 1, '80x25');
print "# A made-up morning of the 200 people of assets/demo/people.csv: made by\n",
	"# tests/data/morning.pl, played into the demo and recorded there again.\n";
sign_in();
count_notes(600, 100, 100, 100, 0, 200);
for my $i (1 .. @list) {
	my $row = $list[$i - 1];
	my $due = $row->{method} eq 'cash' ? 'cash' : 'none';
	if ($parked) {
		$parked = 0;
	} elsif ($row->{id12} eq '') {
		old_number($i);
	} else {
		scan($i, $due);
	}
	if ($due eq 'none') {
		key('ENTER', 3000);
		next;
	}
	# 1: absent, as guardians are whose wards came alone; 4: refuses.
	if ($i == 45 || $i == 111 || $row->{payee} eq 'guardian') {
		not_paid($i == 111 ? 4 : 1);
		next;
	}
	guardian($row);
	my $next = $list[$i] // {};
	if ($i % 20 == 5 && ($next->{id12} // '') ne '' &&
		$next->{method} eq 'cash') {
		pay_with_next($i + 1);
		$parked = 1;
	} elsif ($i == 77) {
		pay_without_paper();
	} else {
		pay();
	}
	$open -= $row->{total};
	if ($i % 40 == 7) {
		scan($i - 3, 'cash');
		key('ENTER', 4000);
	}
	pause() if $i == 120;
	look_in_vain() if $i == 60;
	if ($i == 100) {
		menu('3');
		count_notes(20);
		$open += 20 * $note[0];
	}
}
# Counted blindly, as few notes as there can be.
menu('5');
my @pieces;
for my $value (@note) {
	push @pieces, int($open / $value);
	$open %= $value;
}
count_notes(@pieces);
printed();
key('ENTER', 5000);
key('*', 900);
key('7', 500);
