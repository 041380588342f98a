#!/usr/bin/perl
# console_pixels.pl FONT COLUMNS ROWS - has each letter of the console the
# pixels that it has in this font? Reads /dev/vcsu1 and /dev/fb0. Says how many
# letters it compared; status 1 and a line each if one looks otherwise.
use strict;
use warnings;
binmode(STDOUT, ':utf8');

sub whole {
	my ($path) = @_;
	open(my $in, '<:raw', $path) or die "$path: $!\n";
	local $/;
	return <$in>;
}

my ($font, $columns, $rows) = @ARGV;
my $psf = whole($font);
my ($magic, $version, $size, $flags, $count, $bytes, $height, $width) =
	unpack('V8', $psf);
$magic == 0x864ab572 && $flags & 1 or die "$font: no PSF 2 with letters\n";

# The table behind the glyphs: letters in UTF-8, 0xff ends those of a glyph.
my %glyph;
my $index = 0;
for my $of (split /\xff/, substr($psf, $size + $count * $bytes), -1) {
	last if $index == $count;
	utf8::decode($of);
	$glyph{$_} //= $index for split //, $of;
	$index++;
}

my ($stride) = whole('/sys/class/graphics/fb0/stride') =~ /(\d+)/;
my $picture = whole('/dev/fb0');
my @letters = map { chr } unpack('V*', whole('/dev/vcsu1'));
my ($compared, $wrong) = (0, 0);

# Lit pixels of a cell have one colour, dark ones another.
sub same {
	my ($row, $column, $glyph) = @_;
	my $line = ($width + 7) >> 3;
	my %seen;
	for my $y (0 .. $height - 1) {
		my $bits = unpack('B*', substr($psf,
			$size + $glyph * $bytes + $y * $line, $line));
		my @pixels = unpack("V$width", substr($picture,
			($row * $height + $y) * $stride + $column * $width * 4,
			$width * 4));
		$seen{substr($bits, $_, 1)}{$pixels[$_]} = 1
			for 0 .. $width - 1;
	}
	my @lit = keys %{$seen{1} // {}};
	my @dark = keys %{$seen{0} // {}};
	return @lit <= 1 && @dark <= 1 && (!@lit || !@dark ||
		$lit[0] != $dark[0]);
}

for my $row (0 .. $rows - 1) {
	for my $column (0 .. $columns - 1) {
		my $letter = $letters[$row * $columns + $column];
		next if $letter eq ' ';
		my $glyph = $glyph{$letter};
		$compared++;
		next if defined $glyph && same($row, $column, $glyph);
		$wrong++;
		printf "%s in row %d, column %d %s\n", $letter, $row + 1,
			$column + 1, defined $glyph
			? 'has other pixels' : 'is not in the font';
	}
}
print "$compared letters\n";
# The cursor stands on one of them.
exit($compared < 50 || $wrong > 1);
