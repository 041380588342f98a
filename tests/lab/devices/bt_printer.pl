#!/usr/bin/perl
# bt_printer.pl - a receipt printer on Bluetooth: one of btvirt's two
# controllers, with a serial channel. The other one is this machine's, and
# /dev/rfcomm0 is bound to the printer.
#
#	bt_printer.pl PAPER
#
# Told by lines on stdin, each answered by a line on stdout:
#
#	fresh    nothing printed, nobody has called, no trouble
#	drop N   after N bytes the link is dropped, once
#	off      nobody answers; the link is dropped
#	on       answers again
#	taken    how many bytes were printed
#	calls    how often it was called
#
# It answers no question of a printer's, as most on Bluetooth.
use strict;
use warnings;

use Errno qw(EALREADY);
use IO::Select;
use IO::Handle;

# <bluetooth/bluetooth.h>, <bluetooth/hci.h>, <bluetooth/rfcomm.h>
use constant {
	AF_BLUETOOTH    => 31,
	SOCK_STREAM     => 1,
	SOCK_RAW        => 3,
	BTPROTO_HCI     => 1,
	BTPROTO_RFCOMM  => 3,
	HCIDEVUP        => 0x400448c9,
	HCIGETDEVINFO   => 0x800448d3,
	HCISETSCAN      => 0x400448dd,
	SCAN_PAGE       => 2,
	RFCOMMCREATEDEV => 0x400452c8,
	CHANNEL         => 1,
};

# Write Simple Pairing Mode: none. There is nobody to ask.
my $no_pairing = pack 'C*', 0x01, 0x56, 0x0c, 0x01, 0x00;

# start N: that controller. Returns its address, as the kernel packs it.
sub start {
	my ($n) = @_;
	my $info = pack 'S x90', $n;

	socket my $hci, AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI or die "hci: $!";
	ioctl $hci, HCIDEVUP, $n or $!{EALREADY} or die "hci$n up: $!";
	ioctl $hci, HCIGETDEVINFO, $info or die "hci$n: $!";
	ioctl $hci, HCISETSCAN, pack 'S x2 L', $n, SCAN_PAGE
		or die "hci$n scan: $!";
	# The channel of the user's own commands: hci_dev, HCI_CHANNEL_RAW.
	bind $hci, pack 'S3', AF_BLUETOOTH, $n, 0 or die "hci$n: $!";
	syswrite $hci, $no_pairing or die "hci$n pairing: $!";
	return substr $info, 10, 6;
}

my ($path) = @ARGV;
my $printer = start(0);
my $machine = start(1);
my ($listener, $link, $drop_at);
my ($taken, $calls) = (0, 0);
my $all = IO::Select->new(\*STDIN);

open my $paper, '>:raw', $path or die "$path: $!";

sub close_one {
	my ($socket) = @_;

	return unless $$socket;
	$all->remove($$socket);
	close $$socket;
	undef $$socket;
}

sub on {
	return if $listener;
	socket $listener, AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM
		or die "rfcomm: $!";
	bind $listener, pack 'S a6 C x', AF_BLUETOOTH, $printer, CHANNEL
		or die "bind: $!";
	listen $listener, 1 or die "listen: $!";
	$all->add($listener);
}

sub off { close_one(\$link); close_one(\$listener); }

sub fresh {
	($taken, $calls, $drop_at) = (0, 0, undef);
	seek $paper, 0, 0;
	truncate $paper, 0;
	on();
}

sub take_call {
	close_one(\$link);
	accept $link, $listener or die "accept: $!";
	$all->add($link);
	$calls++;
}

# No more than up to where the link is dropped.
sub take_bytes {
	my $most = defined $drop_at ? $drop_at - $taken : 4096;
	my $got = sysread $link, my $bytes, $most < 4096 ? $most : 4096;

	return close_one(\$link) unless $got;
	print {$paper} $bytes;
	$paper->flush;
	$taken += $got;
	return unless defined $drop_at && $taken >= $drop_at;
	undef $drop_at;
	close_one(\$link);
}

sub obey {
	my ($word, $n) = split ' ', $_[0];

	fresh()       if $word eq 'fresh';
	$drop_at = $n if $word eq 'drop';
	off()         if $word eq 'off';
	on()          if $word eq 'on';
	print $word eq 'calls' ? $calls : $taken, "\n";
}

# dev_id, flags, from, to, channel
socket my $control, AF_BLUETOOTH, SOCK_RAW, BTPROTO_RFCOMM or die "rfcomm: $!";
ioctl $control, RFCOMMCREATEDEV,
	pack 's x2 L a6 a6 C x3', 0, 0, $machine, $printer, CHANNEL
	or die "rfcomm0: $!";
on();
STDOUT->autoflush;
print "ready\n";
for (;;) {
	for my $ready ($all->can_read) {
		if ($ready == \*STDIN) {
			defined(my $line = <STDIN>) or exit;
			obey($line);
		} elsif ($listener && $ready == $listener) {
			take_call();
		} elsif ($link && $ready == $link) {
			take_bytes();
		}
	}
}
