# udev.pl - is a file of udev rules well made? By udev(7); Debian 12's udevadm
# cannot check a file. Says the first line that is not, and ends with 1.
#
# Usage: perl tests/udev.pl FILE
use strict;
use warnings;

my %match = map { $_ => 1 } qw(ACTION DEVPATH KERNEL KERNELS NAME SYMLINK
	SUBSYSTEM SUBSYSTEMS DRIVER DRIVERS ATTR ATTRS SYSCTL ENV CONST TAG TAGS
	TEST PROGRAM RESULT);
my %assign = map { $_ => 1 } qw(NAME SYMLINK OWNER GROUP MODE SECLABEL ATTR
	SYSCTL ENV TAG RUN LABEL GOTO IMPORT OPTIONS);
my %named = map { $_ => 1 } qw(ATTR ATTRS SYSCTL ENV CONST);
my (%labels, %gotos);

sub bad { print STDERR "$ARGV[0]:$.: $_[0]\n"; exit 1 }

# One token of a rule: KEY{name}=="value".
sub token {
	my ($key, $name, $op, $value) = @_;
	my $is_match = $op eq '==' || $op eq '!=';
	bad "no such key: $key" unless $match{$key} || $assign{$key};
	bad "$key is no match" if $is_match && !$match{$key};
	bad "$key cannot be set" if !$is_match && !$assign{$key};
	bad "$key wants a name" if $named{$key} && !defined $name;
	bad "$key takes no name: $name"
		if defined $name && !$named{$key} && $key !~ /^(TEST|SECLABEL|RUN|IMPORT)$/;
	bad "no mode: $value" if $key eq 'MODE' && $value !~ /^0[0-7]{3}$/;
	bad "world may write" if $key eq 'MODE' && $value =~ /[2367]$/;
	bad "PROGRAM needs a whole path" if $key eq 'PROGRAM' && $value !~ m{^/};
	$labels{$value} = $. if $key eq 'LABEL';
	$gotos{$value} = $. if $key eq 'GOTO';
}

open my $in, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
my $rule = '';
while (my $line = <$in>) {
	chomp $line;
	bad 'not ASCII' if $line =~ /[^\x20-\x7e]/;
	next if $rule eq '' && $line =~ /^\s*(#.*)?$/;
	$rule .= $line;
	next if $rule =~ s/\\$//;
	my ($tokens, $sets) = (0, 0);
	while ($rule =~ s/^\s*([A-Z]+)(?:\{([^}]+)\})?\s*(==|!=|\+=|-=|:=|=)\s*"([^"]*)"\s*(?:,|$)//) {
		token($1, $2, $3, $4);
		$tokens++;
		$sets++ if $3 !~ /^[!=]=$/;
	}
	bad "not understood: $rule" if $rule ne '';
	bad 'sets nothing' if $sets == 0;
}
bad 'ends in the middle of a rule' if $rule ne '';
for my $label (keys %gotos) {
	bad "no LABEL $label behind its GOTO"
		unless ($labels{$label} // 0) > $gotos{$label};
}
exit 0;
