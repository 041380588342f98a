#!/usr/bin/perl
# xlsx.pl FILE <lines: a workbook with one sheet, cells parted by tabs.
use strict;
use warnings;
use IO::Compress::Zip qw($ZipError);

my $file = shift or die "xlsx.pl FILE\n";
my $head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
my $main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
my $rel  = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
my $pack = 'http://schemas.openxmlformats.org/package/2006';
my $type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

my $rows = '';
my $n = 0;
while (my $line = <STDIN>) {
	chomp $line;
	$n++;
	my $col = 'A';
	$rows .= "<row r=\"$n\">";
	for my $cell (split /\t/, $line, -1) {
		$cell =~ s/&/&amp;/g;
		$cell =~ s/</&lt;/g;
		$rows .= "<c r=\"$col$n\" t=\"inlineStr\"><is><t>$cell</t></is></c>";
		$col++;
	}
	$rows .= '</row>';
}
my @part = (
	['[Content_Types].xml', "<Types xmlns=\"$pack/content-types\">"
		. '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
		. '<Default Extension="xml" ContentType="application/xml"/>'
		. "<Override PartName=\"/xl/workbook.xml\" ContentType=\"$type.sheet.main+xml\"/>"
		. "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"$type.worksheet+xml\"/></Types>"],
	['_rels/.rels', "<Relationships xmlns=\"$pack/relationships\">"
		. "<Relationship Id=\"rId1\" Type=\"$rel/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"],
	['xl/workbook.xml', "<workbook xmlns=\"$main\" xmlns:r=\"$rel\"><sheets>"
		. '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'],
	['xl/_rels/workbook.xml.rels', "<Relationships xmlns=\"$pack/relationships\">"
		. "<Relationship Id=\"rId1\" Type=\"$rel/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"],
	['xl/worksheets/sheet1.xml', "<worksheet xmlns=\"$main\"><sheetData>$rows</sheetData></worksheet>"],
);
my $zip;
for my $p (@part) {
	if ($zip) {
		$zip->newStream(Name => $p->[0]) or die $ZipError;
	} else {
		$zip = IO::Compress::Zip->new($file, Name => $p->[0])
			or die $ZipError;
	}
	$zip->print($head . $p->[1]) or die $ZipError;
}
$zip->close or die $ZipError;
