#!/bin/bash
# down.sh - what comes down from the centre, by stick: a list for one terminal
# of two, a text, who is out, a new key of the centre; and what is refused.
. tests/e2e/lib.sh

centre=${chitra}-centre
home=$dir/centre
stick=$dir/stick
here=$dir/here
there=$dir/there
mkdir "$stick"

status() { # STATUS VERB...: of the centre
	local want=$1 got=0
	shift
	out=$("$centre" "$@" --dir "$home" 2>"$dir/said") || got=$?
	same "$got" "$want" "chitra-centre $*: $out $(cat "$dir/said")"
}

on() { # STORE STATUS VERB...: of a terminal
	local store=$1 want=$2 got=0
	shift 2
	out=$("$chitra" "$@" --data "$store" --json 2>"$dir/said") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/said")"
}

is() { # KEY VALUE
	same "$(field "$out" "$1")" "$2" "$1 in $out"
}

has() { # KEY VALUE: in one of the parcels
	echo "$out" | grep -q "\"$1\":$2[,}]" || fail "no $1 $2 in $out"
}

# ---- a centre, and two terminals that it knows --------------------------------

status 0 init --name centre-1 --host localhost
key=$(sed -n 's/^centre centre-1 //p' "$home/centre.pub")
export CHITRA_PIN=246802
for store in "$here" "$there"; do
	on "$store" 0 init --point P1 --name 'Bưu cục Thử' --pin-kib 1024 \
		--list-window 1200:1200 --centre-sign-key "$key"
	on "$store" 0 user add --number 9 --name Hùng --role supervisor
	on "$store" 0 user add --number 7 --name Lan --role agent --as 9
done

# As /v1/enrol enters them (tests/centre/test_serve.c does that over TLS).
know() { # STORE NAME
	"$chitra" export keys --to "$dir/$2.keys" --data "$1" --as 9 >/dev/null
	read -r _ dev pk < <(grep '^device ' "$dir/$2.keys")
	perl -e 'my ($dev, $pk, $name) = @ARGV;
		my $zero = "00" x 32;
		print "INSERT INTO device VALUES (x\x27$dev\x27, x\x27$pk\x27,",
			" \x27$name\x27, 1, 0, x\x27$zero\x27, x\x27$pk\x27,",
			" 0, zeroblob(48), 0, 0, 0, 1, 0);"' \
		"$dev" "$pk" "$2" | sqlite3 "$home/centre.db"
	echo "$dev"
}
dev_here=$(know "$here" Một)
dev_there=$(know "$there" Hai)

head=period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob,sex,address,group,total
row() { echo "2026-12,08341,L1,$1,Z$1,,,Lê Thị Thử,1945,Nữ,Thôn 3,BTXH,$2"; }
{ echo $head; row 1 540000; row 2 500000; } >"$dir/list.csv"

# ---- one list, for one of them -------------------------------------------------

status 2 put list --file "$dir/list.csv"
status 2 put nothing --file "$dir/list.csv" --all
status 1 put list --file "$dir/nowhere.csv" --all
status 2 put list --file "$dir/list.csv" --all --until 2001-01-01
status 2 put list --file "$dir/list.csv" --all --until gestern
status 1 put list --file "$dir/list.csv" --to 00112233445566778899aabbccddeeff
status 0 put list --file "$dir/list.csv" --to "$dev_here" --out "$stick"
same "${out%% /*}" "$dev_here list 1" 'what was put in'
same "$(ls "$stick")" "chitra-list-${dev_here:0:8}-1.parcel" 'on the stick'
grep -aq 'Lê Thị' "$stick"/* "$home"/centre.db* && fail 'a name in the clear'

# Nobody is signed in: it is kept, and waits.
on "$here" 0 down --from "$stick"
is waiting 1
on "$here" 0 down --take --as 9
is waiting 0
has rows 2
on "$here" 0 down --from "$stick" --as 9
is known 1
on "$there" 0 down --from "$stick" --as 9
is for_others 1
is waiting 0
on "$here" 0 find 'Lê Thị Thử' --as 9
echo "$out" | grep -q 540000 || fail "nobody of that list: $out"
on "$there" 1 find 'Lê Thị Thử' --as 9

# ---- a table of users, for one of them; who takes it hears the first PINs ----------

{
	echo number,name,role,until
	echo 7,Lan,agent,
	echo 21,Nguyễn Thị Mới,agent,2099-12-31
	echo 22,Trần Văn Thêm,supervisor,
} >"$dir/users.csv"
status 2 put users --file "$dir/users.csv"
status 0 put users --file "$dir/users.csv" --to "$dev_here" --out "$stick"
same "${out%% /*}" "$dev_here users 1" 'the users that were put in'
grep -aq 'Thị Mới' "$stick"/* "$home"/centre.db* && fail 'a user in the clear'
on "$there" 0 down --from "$stick" --as 9
is for_others 2
on "$here" 0 down --from "$stick"
is waiting 1
on "$here" 0 down --take --as 9
is waiting 0
has new 2
has same 1
pin=$(echo "$out" | grep -o '"number":21,[^}]*"pin":"[0-9]*"' | grep -o '[0-9]*"$')
CHITRA_PIN=${pin%\"} on "$here" 0 find 'Lê Thị Thử' --as 21
# The next one: the same again, and one with a number that is somebody else's.
status 0 put users --file "$dir/users.csv" --point Một --out "$stick"
on "$here" 0 down --from "$stick" --as 9
has new 0
has same 3
sed -i 's/Lan/Kẻ Khác/' "$dir/users.csv"
echo '23,Lê Văn Ba,agent,' >>"$dir/users.csv"
status 0 put users --file "$dir/users.csv" --point Một --out "$stick"
on "$here" 1 down --from "$stick" --as 9
has errors 1
on "$here" 0 user list --as 9
echo "$out" | grep -q '"number":23' && fail "one of a table with an error: $out"
echo "$out" | grep -q 'Lan' || fail "who is not on it any more: $out"
rm "$stick"/chitra-users-*

# ---- who is out, and a text: for all --------------------------------------------

status 2 revlist
status 2 revlist --user seven
status 0 revlist --user 7
sed 's/^# version: 1/# version: 2/' assets/texts/consent-vi-1.txt >"$dir/text"
status 1 put text --file "$dir/list.csv"
status 0 put text --file "$dir/text"
status 0 give --out "$stick" --point Hai
same "$(ls "$stick" | grep -c all)" 2 'for all of them'
on "$there" 0 down --from "$stick"
has revoked 1
is waiting 0
CHITRA_PIN=246802 on "$there" 1 find Thử --as 7
# The new text is the one that is read out there, and not yet here.
cat >"$there/chitra.ini" <<-EOF
	[consent]
	controller = Bưu điện tỉnh
	address = 12 Nguyễn Du
	phone = 0210 000 0000
	keep = 10 năm
	processor = Bưu cục Thử
	withdraw_phone = 0210 000 0001
	withdraw_place = Bưu cục Thử
EOF
cp "$there/chitra.ini" "$here/chitra.ini"
on "$there" 0 consent text --as 9
is notice consent-vi-2
on "$here" 0 consent text --as 9
is notice consent-vi-1

# ---- a list with an error is refused, whole, and the next one is taken ------------

{ echo $head; row 3 'năm trăm'; row 4 500000; } >"$dir/bad.csv"
{ echo $head; row 3 500000; row 4 500000; } >"$dir/mended.csv"
status 0 put list --file "$dir/bad.csv" --point Một --out "$stick"
on "$here" 1 down --from "$stick" --as 9
has errors 1
status 0 put list --file "$dir/mended.csv" --point Một --until 2099-12-31 \
	--out "$stick"
on "$here" 0 down --from "$stick" --as 9
is waiting 0

# ---- the centre's key changes, twice; the terminal was away -----------------------

status 0 check
status 0 rotate
status 0 rotate
new=$(sed -n 's/^centre centre-1 //p' "$home/centre.pub" | head -1)
[ "$new" != "$key" ] || fail 'the key is still the same'
status 0 check
rm "$stick"/*
status 0 put list --file "$dir/list.csv" --all
status 0 give --out "$stick" --all
# Without the rolls nobody here can know that key.
mkdir "$dir/away"
mv "$stick"/chitra-roll-all-1.parcel "$dir/away"
on "$there" 1 down --from "$stick" --as 9
grep -q 'trung tâm' "$dir/said" || fail 'no word of the centre'
mv "$dir/away"/* "$stick"
on "$there" 0 down --from "$stick" --as 9
is waiting 0
on "$there" 0 down
echo "$out" | grep -q "\"centre_keys\":\\[\"$new\"" || fail "the keys: $out"
is roll 2
on "$there" 0 selftest

# ---- cut off, changed: nothing is kept -----------------------------------------------

{ echo $head; row 9 500000; } >"$dir/more.csv"
rm "$stick"/*
status 0 put list --file "$dir/more.csv" --to "$dev_there" --out "$stick"
file=$(ls "$stick"/*.parcel)
cp "$file" "$dir/whole"
head -c 300 "$dir/whole" >"$file"
on "$there" 1 down --from "$stick" --as 9
has code '"parcel"'
perl -pe 'BEGIN { $/ = undef } substr($_, 300, 1) ^= "\x01"' "$dir/whole" >"$file"
on "$there" 1 down --from "$stick" --as 9
has code '"parcel"'
cp "$dir/whole" "$file"
on "$there" 0 down --from "$stick" --as 9
has rows 1
on "$there" 3 down --from "$dir/nowhere" --as 9

# ---- what belongs together after a backup ------------------------------------------------

cp "$home/centre.key" "$dir/centre.key"
cp "$home/centre.db" "$dir/centre.db"
status 0 rotate
cp "$home/centre.key" "$dir/newest.key"
cp "$dir/centre.key" "$home/centre.key"
status 1 check
status 1 rotate
cp "$dir/newest.key" "$home/centre.key"
status 0 check
rm -f "$home"/centre.db*
cp "$dir/centre.db" "$home/centre.db"
status 1 check
status 0 check --mend
echo "$out" | grep -q 'put back' || fail "$out"
status 0 check
echo 'down: ok'
