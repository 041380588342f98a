#!/usr/bin/perl
# qr_of_screen.pl - a screen of half blocks on standard input, as a picture
# (PGM) on standard output: a cell is 8 by 16 pixels, as on the console, and
# letters are grey noise beside the code.
use strict;
use warnings;
binmode(STDIN, ':utf8');

my %light = ("\x{2588}" => [1, 1], "\x{2580}" => [1, 0], "\x{2584}" => [0, 1]);
my @lines = map { chomp; $_ } <STDIN>;
my ($cols) = sort { $b <=> $a } map { length } @lines;
my $pixels = '';
for my $line (@lines) {
	my @cells = split //, sprintf('%-*s', $cols, $line);
	for my $half (0, 1) {
		my $row = join '', map {
			my $l = $light{$_};
			$l ? chr($l->[$half] ? 200 : 10) x 8
			   : $_ eq ' ' ? chr(10) x 8
				       : chr(10) x 3 . chr(120) x 2 . chr(10) x 3
		} @cells;
		$pixels .= $row x 8;
	}
}
printf "P5\n%d %d\n255\n%s", 8 * $cols, 16 * @lines, $pixels;
