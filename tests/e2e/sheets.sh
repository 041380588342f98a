#!/bin/bash
# sheets.sh - T48: what we write for spreadsheets, opened by LibreOffice. Cells
# of a list that would be formulas come out as text, letter by letter, and
# numbers as numbers; the same cells bare are formulas, or this proves nothing.
. tests/e2e/lib.sh

if ! command -v soffice >/dev/null; then
	echo 'SKIP: no LibreOffice here: no table was opened by it'
	exit 77
fi
data=$dir/store
export CHITRA_PIN=246802
"$chitra" init --data "$data" --point P1 --name Thu --pin-kib 1024 2>/dev/null
"$chitra" user add --data "$data" --number 9 --name Hung --role supervisor

# What a cell may try; TAB and the rest are the ones of faults.md.
attacks=("=cmd|'/c calc'!A1" '+1' '-1' '@SUM(1+1)' '=1+1' '=HYPERLINK("x")'
	$'\t=1+1' '=2*3' '-1+1|cmd')
bare() {
	local text
	for text in "${attacks[@]}"; do
		printf '7,"%s"\r\n' "${text//\"/\"\"}"
	done
}

# Each of them as somebody's amount, which it cannot be.
{
	head -1 assets/demo/people.csv
	for text in "${attacks[@]}"; do
		TEXT=$text perl -CA -MText::ParseWords -e '
			open my $in, "<", "assets/demo/people.csv" or die;
			my @head = parse_line(",", 0, scalar <$in>);
			my @row = parse_line(",", 0, scalar <$in>);
			chomp(@head, @row);
			for (0 .. $#head) {
				$row[$_] = $ENV{TEXT} if $head[$_] eq "monthly_amount";
			}
			s/"/""/g for @row;
			print join(",", map { "\"$_\"" } @row), "\n"'
	done
} >"$dir/list.csv"
status=0
"$chitra" import list "$dir/list.csv" --data "$data" --as 9 \
	--errors "$dir/errors.csv" >/dev/null 2>&1 || status=$?
same "$status" 1 'a list of attacks'
bare >"$dir/bare.csv"

# cells FILE: kind, formula and text of each cell, as LibreOffice has it.
cells() {
	soffice "-env:UserInstallation=file://$dir/office" --headless \
		--convert-to fods --infilter=CSV:44,34,76 --outdir "$dir/out" \
		"$1" >/dev/null 2>&1 || fail "LibreOffice does not open $1"
	perl -0777 -CSA -ne '
		while (m{<table:table-cell([^>]*?)(/>|>(.*?)</table:table-cell>)}gs) {
			my ($is, $in) = ($1, $3 // "");
			my ($kind) = $is =~ /office:value-type="(\w+)"/;
			my $text = join "", $in =~ m{<text:p>(.*?)</text:p>}gs;
			$text =~ s{<text:tab/>}{\t}g;
			$text =~ s{<[^>]*>}{}g;
			$text =~ s/&apos;/\x27/g;
			$text =~ s/&quot;/"/g;
			printf "%s %s %s\n", $kind // "none",
				$is =~ /table:formula/ ? "formula" : "plain", $text;
		}' "$dir/out/$(basename "${1%.csv}").fods"
}

# The attacks themselves: LibreOffice does take them for formulas.
cells "$dir/bare.csv" >"$dir/bare"
[ "$(grep -c ' formula ' "$dir/bare")" -ge 4 ] ||
	fail "no attack works at all: $(cat "$dir/bare")"

cells "$dir/errors.csv" >"$dir/ours"
grep ' formula ' "$dir/ours" && fail 'a formula came through'
for text in '=cmd|' '+1' '-1' '@SUM(1+1)' '=1+1' '=HYPERLINK("x")' '=2*3' \
	'-1+1|cmd'; do
	grep -qF "string plain '$text" "$dir/ours" ||
		fail "$text is not there as text: $(cat "$dir/ours")"
done
# Row numbers are numbers still.
for row in 2 3 9; do
	grep -qx "float plain $row" "$dir/ours" ||
		fail "row $row is no number: $(cat "$dir/ours")"
done
echo 'sheets: a spreadsheet finds no formula in what we write'
