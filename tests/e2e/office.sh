#!/bin/bash
# office.sh - T48: every workbook and CSV that the program writes, opened by
# LibreOffice: the sums that the program says, letters composed as on the list,
# and no formula, whatever stands in a name or an address.
. tests/e2e/lib.sh

if ! command -v soffice >/dev/null; then
	echo 'SKIP: no LibreOffice here: no paper was opened by it'
	exit 77
fi
data=$dir/store
stick=$dir/stick
month=2026-12
this=$(TZ=UTC-7 date +%Y-%m)
export CHITRA_PRINTER=none

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }
has() { grep -qF -- "$2" "$1" || fail "$2 is not in $1"; }

# ---- a month with everything, and attacks in it ----

export CHITRA_PIN=246802
mkdir "$stick" "$dir/books" "$dir/tables"
status 0 init --point P1 --name 'Bưu cục =Thử' --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 --name Lan --role agent \
	--as 9
# Addresses and codes that a spreadsheet would run.
sed -e "2s#\"Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ\"#\"=cmd|'/c calc'!A1\"#" \
	-e '3s#,PT260018,#,+1+1,#' -e '4s#,PT260036,#,-2,#' \
	-e '6s#"Thôn [^"]*"#"@SUM(1+1)"#' assets/demo/people.csv >"$dir/list.csv"
cmp -s "$dir/list.csv" assets/demo/people.csv && fail 'no attack is in the list'
status 0 import list "$dir/list.csv" --as 9
printf 'kind,period,unit_code,id12,name,reason,note\nleft,2026-12,08341,%s,,moved,=1+1\n' \
	"$(person 7)" >"$dir/came.csv"
status 0 import changes "$dir/came.csv" --as 9
cat >"$data/chitra.ini" <<-EOF2
	[consent]
	controller = Uỷ ban nhân dân xã Cẩm Khê
	address = Thôn 1, xã Cẩm Khê, Phú Thọ
	phone = 0210 385 1234
	keep = 10 năm
EOF2
export CHITRA_PIN=135790
status 0 shift open --as 1 \
	--float 500000x40,200000x20,100000x20,20000x9,10000x30
for n in 2 3 4; do
	status 0 pay --id12 "$(person $n)" --as 1
	receipt=$(field "$out" receipt)
done
CHITRA_BY_PIN=246802 status 0 void --receipt "$receipt" --reason receipt_lost \
	--by 9 --as 1
status 0 consent give --as 1 --id12 "$(person 5)" --yes all --how signature --read
status 0 account add --as 1 --id12 "$(person 5)" --bin 970405 --names bank \
	--number 0012345678 --again 0012345678 --holder "=1+1 AN" --confirmed

# ---- all that is written ----

cd "$dir/books"
for what in a b list unpaid changes cards settlement; do
	for kind in xlsx csv; do
		(cd "$OLDPWD" && status 0 report "$what" "$month" --as 1 \
			--to "$dir/books/$what.$kind"; echo "$out" >"$dir/$what.json")
	done
done
cd "$OLDPWD"
for kind in xlsx csv; do
	status 0 report accounts --as 1 --to "$dir/books/accounts.$kind"
done
status 0 export period "$this" --to "$stick/log" --as 1
log=$out
cp "$stick/log/chi-tra.xlsx" "$stick/log"/*.csv "$dir/tables"
for f in payments visits accounts; do
	mv "$dir/tables/$f.csv" "$dir/books/log-$f.csv"
done
mv "$dir/tables/chi-tra.xlsx" "$dir/books"

# ---- as LibreOffice has them ----

office() {
	soffice "-env:UserInstallation=file://$dir/office" --headless \
		--convert-to fods "$@" >/dev/null 2>&1 ||
		fail "LibreOffice does not open $*"
}
office --outdir "$dir/of-xlsx" "$dir"/books/*.xlsx
office --infilter=CSV:44,34,76 --outdir "$dir/of-csv" "$dir"/books/*.csv
same "$(ls "$dir/of-xlsx" | wc -l)" "$(ls "$dir"/books/*.xlsx | wc -l)" workbooks
same "$(ls "$dir/of-csv" | wc -l)" "$(ls "$dir"/books/*.csv | wc -l)" tables

# rows FILE: each row of it, "n:540000|s:An|…"; a formula is "F:".
rows() {
	perl -MUnicode::Normalize -0777 -CSDA -ne '
		while (m{<table:table-row[^>]*>(.*?)</table:table-row>}gs) {
			my $row = $1;
			my @cells;
			while ($row =~ m{<table:(?:covered-)?table-cell([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)}gs) {
				my ($is, $in) = ($1, $2 // "");
				my ($kind) = $is =~ /office:value-type="(\w+)"/;
				my ($value) = $is =~ /office:value="([^"]*)"/;
				my $text = join " ", $in =~ m{<text:p[^>]*>(.*?)</text:p>}gs;
				$text =~ s{<[^>]*>}{}g;
				$text =~ s/&apos;/\x27/g;
				$text =~ s/&lt;/</g;
				$text =~ s/\|/!/g; # it parts cells here
				die "not composed: $text" if NFC($text) ne $text;
				my ($times) = $is =~ /number-columns-repeated="(\d+)"/;
				$times = 1 if !$times || $times > 30;
				push @cells, ($is =~ /table:formula/ ? "F:$text"
					: !defined $kind ? ""
					: $kind eq "string" ? "s:$text"
					: "n:$value") x $times;
			}
			print join("|", @cells), "\n" if grep { length } @cells;
		}' "$1"
}
for f in "$dir"/of-*/*.fods; do
	rows "$f" >"${f%.fods}.rows"
	if grep -q 'F:' "${f%.fods}.rows"; then
		fail "a formula in $f: $(grep 'F:' "${f%.fods}.rows")"
	fi
	[ -s "${f%.fods}.rows" ] || fail "nothing is in $f"
done

# ---- the sums ----

# Rows of people begin with their number, as text or not; the column summed.
sum_of() {
	awk -F'|' -v at="$2" '$1 ~ /^[ns]:[0-9]+$/ && $at ~ /^n:/ {
		s += substr($at, 3) } END { printf "%d", s }' "$1"
}
json() { field "$(cat "$dir/$1.json")" "$2"; }
for kind in xlsx csv; do
	of=$dir/of-$kind
	same "$(sum_of "$of/list.rows" 10)" "$(json list sum)" "list.$kind"
	same "$(sum_of "$of/unpaid.rows" 9)" "$(json unpaid sum)" "unpaid.$kind"
	has "$of/settlement.rows" "n:$(json settlement listed.sum)"
	has "$of/settlement.rows" "n:$(json settlement paid.sum)"
	has "$of/list.rows" 's:Hà Thị Ty'
	has "$of/changes.rows" 'Chuyển đi; =1+1'
done
has "$dir/of-xlsx/list.rows" "n:$(json list sum)"
for f in list unpaid; do
	has "$dir/of-xlsx/$f.rows" "s:@SUM(1+1)"
	has "$dir/of-csv/$f.rows" "s:'@SUM(1+1)"
done
has "$dir/of-xlsx/list.rows" "s:=cmd!'/c calc'!A1"
net=$(($(field "$log" paid) - $(field "$log" voided)))
[ "$net" -gt 0 ] || fail "nothing was paid: $log"
# The column of money below its name, to the next table.
logged() {
	awk -F'|' '/s:Số tiền(\||$)/ && !at { for (i = 1; i <= NF; i++)
			if ($i == "s:Số tiền") at = i; next }
		at && $1 !~ /^[ns]:[0-9]+$/ { exit }
		at { s += substr($at, 3) } END { printf "%d", s }' "$1"
}
same "$(logged "$dir/of-csv/log-payments.rows")" "$net" 'the log as CSV'
same "$(logged "$dir/of-xlsx/chi-tra.rows")" "$net" 'the log as a workbook'
has "$dir/of-xlsx/chi-tra.rows" 's:+1+1'
has "$dir/of-csv/log-payments.rows" "s:'+1+1"
# A CSV keeps the zeros in front, a spreadsheet takes them from it: hence the
# workbook, and a sentence in the README.
has "$dir/books/log-accounts.csv" '"0012345678"'
has "$dir/of-xlsx/accounts.rows" 's:0012345678'
has "$dir/of-xlsx/chi-tra.rows" 's:0012345678'
has "$stick/log/README.txt" 'mất các số 0 ở đầu'

# ---- and the PDFs give their words back, composed ----

if command -v pdftotext >/dev/null; then
	status 0 report list "$month" --as 1 --to "$dir/list.pdf"
	for f in "$dir/list.pdf" "$stick/log/chi-tra.pdf"; do
		pdftotext -layout "$f" - |
			perl -Mutf8 -MUnicode::Normalize -0777 -CSA -ne '
				die "not composed" if NFC($_) ne $_;
				die "no words" if !/Thị/' || fail "$f"
		if command -v pdffonts >/dev/null; then
			same "$(pdffonts "$f" | awk 'NR > 2 && !/yes yes yes/')" '' \
				"fonts of $f are inside, what is needed of them"
		fi
	done
fi
echo 'office: ok'
