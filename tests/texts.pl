# texts.pl - see texts.sh.
use strict;
use warnings;
use utf8;
binmode STDOUT, ':utf8';
binmode STDERR, ':utf8';

my $quoted = qr/"(?:[^"\\]|\\.)*"/;
my (%used, %vi, $bad);

sub joined { # "a" "b" -> ab, with \n and \" as written
	my ($from) = @_; # $_[0] may be $1, which the match below sets
	my $text = '';
	$text .= substr($1, 1, -1) while $from =~ /($quoted)/g;
	return $text;
}

for my $file (split /\n/, `find terminal core db drivers -name '*.[ch]'`) {
	next if $file eq 'core/tr.h';
	open my $in, '<:utf8', $file or die "$file: $!";
	local $/;
	my $c = <$in>;
	$c =~ s{/\*.*?\*/}{}gs;
	$used{joined($1)} //= $file
		while $c =~ /\b(?:tr|TR)\(\s*((?:$quoted\s*)+)\)/g;
}
for my $file (glob 'assets/locale/vi/*.po') {
	open my $in, '<:utf8', $file or die "$file: $!";
	local $/;
	my $po = <$in>;
	$po =~ s/^#.*$//mg;
	while ($po =~ /msgid\s+((?:$quoted\s*)+)msgstr\s+((?:$quoted\s*)+)/g) {
		my ($id, $str) = (joined($1), joined($2));
		next if $id eq '';
		if (exists $vi{$id}) {
			print STDERR "texts: twice in the catalogue: $id\n";
			$bad = 1;
		}
		$vi{$id} = $str;
	}
}
for my $id (sort keys %used) {
	if (!defined $vi{$id} || $vi{$id} eq '') {
		print STDERR "texts: no Vietnamese ($used{$id}): $id\n";
		$bad = 1;
		next;
	}
	my $formats = qr/%[-+ #0]*[\d*]*(?:\.[\d*]+)?(?:hh|h|ll|l|z|j)?[a-zA-Z%]/;
	my $a = join ' ', $id =~ /$formats/g;
	my $b = join ' ', $vi{$id} =~ /$formats/g;
	if ($a ne $b) {
		print STDERR "texts: formats differ: $id | $vi{$id}\n";
		$bad = 1;
	}
}
for my $id (sort keys %vi) {
	next if exists $used{$id};
	print STDERR "texts: in the catalogue, but nobody says it: $id\n";
	$bad = 1;
}
print scalar(keys %used), " texts, all in both languages\n" unless $bad;
exit($bad ? 1 : 0);
