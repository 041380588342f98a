#!/bin/bash
# bank.sh - ISO 20022 with the banks: a request for their name check, each bank
# its own (acmt.023), what they answer (acmt.024), hostile answers refused, and
# the payments by account (pain.001) once and again with the same names.
. tests/e2e/lib.sh

data=$dir/store
stick=$dir/stick
export CHITRA_PRINTER=none

status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
row() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f"$2"; }
has() { grep -qF -- "$2" "$1" || fail "$2 is not in $1: $(cat "$1")"; }
hasnt() { if grep -qF -- "$2" "$1"; then fail "$2 is in $1"; fi; }
well_formed() {
	command -v xmllint >/dev/null || return 0
	xmllint --noout "$@" || fail "no XML: $*"
}
# take N BIN NUMBER HOLDER: somebody agrees, and his account is taken down.
take() {
	status 0 consent give --as 7 --id12 "$(row "$1" 6)" --yes all \
		--how signature --read
	status 0 account add --as 7 --id12 "$(row "$1" 6)" --bin "$2" \
		--number "$3" --again "$3" --holder "$4" --names bank --confirmed
	record=$(field "$out" seq)
}

mkdir "$stick"
export CHITRA_PIN=246802
status 0 init --point 'P/1' --name 'Bưu cục <Cẩm> & Khê' --pin-kib 1024
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 7 --name Lan --role agent --as 9
status 0 import list assets/demo/people.csv --count 200 --as 9
cat >"$data/chitra.ini" <<-EOF2
	[consent]
	controller = Uỷ ban nhân dân xã Cẩm Khê
	address = Thôn 1, xã Cẩm Khê, Phú Thọ
	phone = 0210 385 1234
	keep = 10 năm
EOF2

# ---- is it his? ----

status 1 export acmt023 --to "$stick" --as 9
is code nobody
same "$(ls -A "$stick" | wc -l)" 0 'on the stick'

export CHITRA_PIN=135790
take 2 970405 1500205123456 'HA THI TY'
first=$record
take 3 970405 1500205123457 'LE QUANG LOI'
second=$record
take 4 970436 0071001234567 'NGUYEN VAN BA'
third=$record

# The same list as a paper, of which asking makes nothing more.
status 2 report accounts --to "$dir/accounts.txt" --as 7
for kind in csv xlsx pdf; do
	status 0 report accounts --to "$dir/accounts.$kind" --as 7
	is rows 3
	is shared 0
done
same "$(wc -l <"$dir/accounts.csv")" 4 'rows of the list'
has "$dir/accounts.csv" '"Lê Quang Lợi"'
has "$dir/accounts.csv" '"1500205123457"'
if command -v pdftotext >/dev/null; then
	pdftotext -layout "$dir/accounts.pdf" "$dir/text"
	has "$dir/text" 'DANH SÁCH ĐĂNG KÝ NHẬN TRỢ CẤP QUA TÀI KHOẢN'
	has "$dir/text" 'Danh sách có 3 tài khoản'
fi

status 0 export acmt023 --to "$stick" --as 7
asked=$(field "$out" directory)
is messages 2
is rows 3
is sent 0
case ${asked##*/} in acmt023_P-1_????????_20??-??-??) ;; *) fail "named $asked" ;; esac
same "$(ls "$asked" | tr '\n' ' ')" \
	'README.txt SHA256SUMS acmt023_970405_1.xml acmt023_970436_2.xml ' 'files'
(cd "$asked" && sha256sum --quiet -c SHA256SUMS) || fail 'the sums'
well_formed "$asked"/*.xml
has "$asked/acmt023_970405_1.xml" 'tech:xsd:acmt.023.001.03'
has "$asked/acmt023_970405_1.xml" '<Nm>BUU CUC CAM KHE</Nm>'
has "$asked/acmt023_970405_1.xml" "<Id>$(row 2 6)</Id>"
has "$asked/acmt023_970405_1.xml" '1500205123457'
hasnt "$asked/acmt023_970405_1.xml" 0071001234567
has "$asked/acmt023_970436_2.xml" 0071001234567
hasnt "$asked/acmt023_970436_2.xml" "$(row 2 6)"
has "$asked/README.txt" 'Vietcombank, 1 tài khoản'
LC_ALL=C grep -qP '[^\x00-\x7f]' "$asked"/*.xml && fail 'not plain letters'
msg=$(sed -n 's/.*<MsgId>\(.*\)<\/MsgId>.*/\1/p' "$asked/acmt023_970405_1.xml")
same "$msg" "${msg%%-*}-$(field "$out" seq)-1" \
	'the message bears the number of its record'

# Asked again while it waits: another message, beside the first.
status 0 export acmt023 --to "$stick" --max 1 --as 7
is messages 3
is sent 0
case $(field "$out" directory) in "$asked-2") ;; *) fail "$out" ;; esac
hasnt "$asked-2/acmt023_970405_1.xml" "<MsgId>$msg<"

# ---- the banks answer ----

id() { printf '%s-%s' "${msg%%-*}" "$1"; }
report() {
	printf '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:acmt.024.001.03"><IdVrfctnRpt><Assgnmt><MsgId>B1</MsgId><CreDtTm>2026-12-03T08:00:00+07:00</CreDtTm></Assgnmt>%s</IdVrfctnRpt></Document>' "$1"
}
rpt() { printf '<Rpt><OrgnlId>%s</OrgnlId>%s</Rpt>' "$(id "$1")" "$2"; }
no() { printf '<Vrfctn>false</Vrfctn><Rsn><Cd>%s</Cd></Rsn>' "$1"; }
yes='<Vrfctn>true</Vrfctn>'

# T49: entities, and files of others, never.
printf '<!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "&a;&a;&a;&a;">]>%s' \
	haha "$(report "$(rpt "$first" "$yes")")" >"$dir/laughs.xml"
report "$(rpt 1 "$yes")" >"$dir/other.xml"
printf '<html></html>' >"$dir/page.xml"
export CHITRA_PIN=246802
for bad in laughs other page; do
	status 1 import acmt024 "$dir/$bad.xml" --as 9 2>/dev/null ||
		fail "$bad: $out"
done
is code not_a_list
status 0 account show --as 9 --id12 "$(row 2 6)"
is state sent

{ report "$(rpt "$first" "$yes")$(rpt "$second" "$(no PN01)")$(rpt "$third" "$(no NORR)")"; } >"$dir/answer.xml"
status 0 import acmt024 "$dir/answer.xml" --check --as 9
status 0 import acmt024 "$dir/answer.xml" --as 9
is rows 3
is new 2
status 0 account show --as 9 --id12 "$(row 2 6)"
is state verified
status 0 account show --as 9 --id12 "$(row 3 6)"
is state refused
status 0 account show --as 9 --id12 "$(row 4 6)"
is state sent
status 0 import acmt024 "$dir/answer.xml" --as 9
is again true
# Only the one that nobody answered is asked about again.
status 0 export acmt023 --to "$stick" --as 9
is rows 1

# ---- paying by account ----

period=2026-12
status 3 export pain001 "$period" --to "$stick" --as 9
is code no_payer
cat >>"$data/chitra.ini" <<-EOF2
	[payer]
	name = Kho bạc Cẩm Khê
	bank = 970415
	account = 3741.0.1
EOF2
status 3 export pain001 "$period" --to "$stick" --as 9
sed -i 's/3741.0.1/374101/' "$data/chitra.ini"
CHITRA_PIN=135790 status 1 export pain001 "$period" --to "$stick" --as 7
is code role
status 0 account pays --as 9 --id12 "$(row 2 6)" --from "$period"
status 0 export pain001 "$period" --to "$stick" --day 2026-12-03 --as 9
paid=$(field "$out" directory)
sum=$(field "$out" sum)
rows=$(field "$out" rows)
is skipped 0
well_formed "$paid/pain001_1.xml"
has "$paid/pain001_1.xml" "<NbOfTxs>$rows</NbOfTxs><CtrlSum>$sum</CtrlSum>"
has "$paid/pain001_1.xml" '<Nm>KHO BAC CAM KHE</Nm>'
has "$paid/pain001_1.xml" '<Dt>2026-12-03</Dt>'
has "$paid/pain001_1.xml" '1500205123456'
has "$paid/pain001_1.xml" '<Nm>H BLIA NIE KDAM</Nm>'
has "$paid/pain001_1.xml" 'TRO CAP KY 12/2026'
amounts() { grep -ho 'VND">[0-9]*' "$@" | cut -d'>' -f2; }
same "$(amounts "$paid/pain001_1.xml" | awk '{s+=$1} END {print s}')" "$sum" 'sum'
same "$(amounts "$paid/pain001_1.xml" | wc -l)" "$rows" 'rows'
# As the settlement has it.
status 0 report settlement "$period" --as 9
is by_account.sum "$sum"
# In pieces, later: every sum is that of its file, every name the same.
status 0 export pain001 "$period" --to "$stick" --max 3 --as 9
again=$(field "$out" directory)
names() { grep -ho '<EndToEndId>[^<]*' "$@" | sort; }
same "$(names "$again"/*.xml)" "$(names "$paid"/*.xml)" 'names of payments'
same "$(names "$paid"/*.xml | uniq -d)" '' 'each once'
for f in "$again"/*.xml; do
	has "$f" "<CtrlSum>$(amounts "$f" | awk '{s+=$1} END {print s}')</CtrlSum>"
done
same "$(grep -ho '<MsgId>[^<]*' "$stick"/*/*.xml | sort | uniq -d)" '' \
	'no message has the name of another'
"$chitra"-verify -f "$data" >"$dir/said" || fail "$(cat "$dir/said")"
echo 'bank: ok'
