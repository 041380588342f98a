#!/bin/bash
# consent_screen.sh - what may be done with people's data: asked on a handheld
# of 40x24, refused, taken back, seen; requests with their days. The verifier
# accepts what is left, and finds a text that is not the one.
. tests/e2e/lib.sh

verify=${chitra}-verify
data=$dir/store

# status WANTED ARGS...: run the program, keep its JSON in $out.
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	[ "$got" = "$want" ] ||
		fail "chitra $*: status $got, not $want: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
id_of() { sed -n "${1}p" assets/demo/people.csv | cut -d, -f6; }
accepted() {
	"$verify" "$1" >"$dir/verdict" 2>&1 || fail "$(cat "$dir/verdict")"
}

export CHITRA_PIN=246802
status 0 init --point P1 --name 'Bưu cục Thử' --pin-kib 1024
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 5 --name Dung --role staff --as 9
CHITRA_NEW_PIN=975310 status 0 user add --number 6 --name Kỳ --role technician --as 9
status 0 import list assets/demo/people.csv --count 200 --as 9
an=$(id_of 2)
binh=$(id_of 3)

# In nobody's name nobody is asked: chitra.ini says whose it is.
status 1 consent text --as 9
is code no_text
case $out in *controller*) ;; *) fail "which setting is missing: $out" ;; esac
cat >"$data/chitra.ini" <<-EOF
	[consent]
	controller = Uỷ ban nhân dân xã Cẩm Khê
	address = Thôn 1, xã Cẩm Khê, Phú Thọ
	phone = 0210 385 1234
	keep = 10 năm
	months = 24
EOF
status 0 consent text --as 9
is notice consent-vi-1
is draft true
sum=$(field "$out" sha256)
same "$(printf '%s' "$(field "$out" text)
" | sha256sum | cut -d' ' -f1)" "$sum" 'the hash of the text'
status 0 consent text --notice en --as 9
is notice consent-en-1
status 1 consent text --notice fr --as 9

# By a script: whole, or not at all.
export CHITRA_PIN=135790
status 2 consent give --as 5 --id12 "$an" --yes all
status 1 consent give --as 5 --id12 000000000000 --yes all --how signature
is code not_found
status 1 consent give --as 5 --id12 "$an" --yes none --how signature
is code consent_incomplete
status 1 consent give --as 5 --id12 "$an" --yes all --how thumbprint
is code consent_incomplete
status 1 consent give --as 5 --id12 "$an" --yes all --how signature \
	--sum 0000000000000000000000000000000000000000000000000000000000000000
is code other_text
CHITRA_PIN=975310 status 1 consent give --as 6 --id12 "$an" --yes all --how signature
is code role
status 0 consent show --as 5 --id12 "$an"
is consent none
status 0 consent give --as 5 --id12 "$an" --yes payout,share --how thumbprint \
	--read --witness-name 'Lê Thị Hoa' --witness-id 001172000777 \
	--sum "$sum" --print --printer "file:$dir/paper" --png "$dir/slip.png"
is sha256 "$sum"
is yes.1 share
is printed printed
[ -s "$dir/paper" ] || fail 'no slip was printed'
code=$(field "$out" code)
status 0 consent show --as 5 --code "$code"
is witness_name 'Lê Thị Hoa'
status 1 consent refuse --as 5 --id12 "$an" --reason cash
is code consent_holds
status 0 consent refuse --as 5 --id12 "$binh" --reason family
status 0 consent show --as 5 --id12 "$binh"
is consent refused
accepted "$data"

# On the handheld: found, * 5, the text to its end, each purpose, the slip.
start 40 24 --data "$data" --printer "file:$dir/slips"
expect 'Số của bạn'
keys 5 Enter 1 3 5 7 9 0 Enter
# The campaign staff begins with the list of visits.
expect 'ĐI GẶP'
expect 'Hôm nay'
keys 0
expect 'CHI TIỀN'
typed "${binh:8:4}"
keys Enter
either 'CCCD' 'Chọn'
screen | grep -q 'CCCD' || keys 1
expect 'CCCD'
keys '*'
expect 'Đồng ý về dữ liệu'
keys 5
expect 'KHÔNG ĐỒNG Ý'
expect '1  Đọc thông báo'
keys 1
expect '1  Tiếng Việt'
keys 1
expect 'Đoạn 1/'
# The key that goes on is not there before the end.
keys 1 2
expect 'Đoạn 1/'
for _ in $(seq 60); do
	shows 'Người dân nghe đủ chưa' && break
	turn .
done
expect 'Im lặng không'
keys 1
expect 'Câu 1/4'
keys Enter
expect 'Câu 1/4'
keys 1
expect 'Câu 2/4'
keys 1
expect 'Câu 3/4'
keys 2
expect 'Câu 4/4'
keys 1
expect 'Ai trả lời?'
keys 1
expect 'Xác nhận bằng cách nào?'
keys 3
expect 'gõ CÓ rồi'
typed 'co'
keys Enter
expect 'toàn văn không?'
keys 1
expect 'GHI SỔ SỰ ĐỒNG Ý NÀY?'
expect '[KHÔNG] Gửi dữ liệu cho xã'
keys Enter
expect 'GHI SỔ SỰ ĐỒNG Ý NÀY?'
keys 1
expect 'Đã ghi sổ: số'
expect 'ĐÃ IN PHIẾU'
[ -s "$dir/slips" ] || fail 'no slip came out'
keys 0
expect 'CCCD'
# It holds; he takes one purpose back.
keys '*' 5
expect 'ĐÃ ĐỒNG Ý'
keys 2
expect 'Chuyển tiền vào tài khoản'
keys 1
expect 'Gửi ngân hàng'
keys 2
expect 'Được gọi'
keys 1
expect 'báo bằng cách nào?'
keys 2
expect 'Ai trả lời?'
keys 1
expect '[RÚT LẠI] Gửi ngân hàng'
keys 1
expect 'Đã ghi sổ: số'
keys 0
expect 'CCCD'
# He asks to see his data.
keys '*' 5
expect 'ĐÃ ĐỒNG Ý'
keys 5
expect 'yêu cầu gì'
keys 1
expect 'Nội dung:'
keys Enter
expect 'GHI SỔ YÊU CẦU'
keys Enter 1
expect 'Đã ghi sổ yêu cầu số'
keys 0
expect 'CCCD'
stop
CHITRA_PIN=246802 status 0 report duties --as 9
is open 1
is duties.0.request view
CHITRA_PIN=246802 status 0 consent answer done \
	--number "$(field "$out" duties.0.number)" --as 9

status 0 consent show --as 5 --id12 "$binh"
is consent given
is yes.0 payout
is yes.1 phone
status 0 consent list --as 5 --id12 "$binh"
is consents.0.kind refusal
is consents.1.kind consent
is consents.1.how typed
is consents.1.copy true
is consents.1.asked.3 phone
is consents.2.kind withdrawal
is consents.2.channel home
is consents.2.refers_to "$(field "$out" consents.1.seq)"
status 0 consent withdraw --as 5 --id12 "$binh" --channel phone
status 1 consent withdraw --as 5 --id12 "$binh" --channel phone
is code no_consent

# What he asks, and by when it is due.
status 2 consent request nonsense --as 5 --id12 "$binh"
status 0 consent request correct --as 5 --id12 "$binh" --words 'Sai ngày sinh'
number=$(field "$out" number)
status 0 consent request delete --as 5 --id12 "$an"
status 1 consent answer done --number "$number" --as 5
is code role
export CHITRA_PIN=246802
status 0 report duties --as 9
is open 2
is late 0
is holidays_known false
is duties.0.request correct
is duties.0.answer_by "$(TZ=UTC-7 date -d '10 days' +%F)"
is duties.1.answer_by "$(TZ=UTC-7 date -d '20 days' +%F)"
printf '# Tết\n2027-02-05\n' >"$dir/holidays"
status 0 report duties --holidays "$dir/holidays" --as 9
is holidays_known true
echo soon >"$dir/holidays"
status 1 report duties --holidays "$dir/holidays" --as 9
status 0 consent answer acknowledged --number "$number" --as 9
status 1 consent answer acknowledged --number "$number" --as 9
is code no_request
status 0 consent answer longer --number "$number" --as 9
status 0 report duties --as 9
is duties.1.answer_by "$(TZ=UTC-7 date -d '20 days' +%F)"
status 0 consent answer done --number "$number" --words 'Đã sửa' --as 9
status 0 report duties --as 9
is open 1
# All that he may see, with the very text.
status 0 consent export --id12 "$binh" --as 9
is person.id12 "$binh"
is consents.1.kind consent
is requests.1.answer 'Đã sửa'
case $out in *"Im lặng không phải là đồng ý"*) ;; *) fail 'no text in it' ;; esac

# The book holds; a text put in the place of the one that was read does not.
accepted "$data"
cp -r "$data" "$dir/forged"
perl -e '
	use strict; local $/; my $f = "$ARGV[0]/chitra.db";
	open(my $in, "<:raw", $f) or die; my $b = <$in>; close $in;
	$b =~ s/Im l\xe1\xba\xb7ng kh\xc3\xb4ng ph\xe1\xba\xa3i/Im l\xe1\xba\xb7ng kh\xc3\xb4ng phaaai/g or exit 9;
	open(my $out, ">:raw", $f) or die; print $out $b;' "$dir/forged" ||
	fail 'the text is not in the store'
"$verify" "$dir/forged" >"$dir/verdict" 2>&1 && fail 'a forged text is accepted'
grep -q 'table notice' "$dir/verdict" || fail "$(cat "$dir/verdict")"
echo "consent_screen: asked, refused, taken back, asked about"
