#!/bin/bash
# questions.sh - another questionnaire for visits: an XLSForm as workbook,
# checked, refused with its mistakes, taken by a supervisor, proved.
. tests/e2e/lib.sh

data=$dir/store
form=tests/data/form_libxlsxwriter.xlsx
export CHITRA_PIN=135790
"$chitra" init --data "$data" --point P1 --name Thu --pin-kib 1024 >/dev/null 2>&1
"$chitra" user add --data "$data" --number 1 --name Lan --role agent >/dev/null
CHITRA_NEW_PIN=246802 "$chitra" user add --data "$data" --number 2 --name Hoa \
	--role supervisor --as 1 >/dev/null

# import STATUS WORDS ARGS...: the answer as JSON has these words.
import() {
	local status=0 want=$1 words=$2 said
	shift 2
	said=$("$chitra" import questions "$@" --data "$data" --json \
		2>"$dir/said") || status=$?
	same "$status" "$want" "status of import questions $*"
	case $said in
	*"$words"*) ;;
	*) fail "import questions $*: $said" ;;
	esac
}

import 1 '"code":"role"' "$form" --as 1
export CHITRA_PIN=246802
import 0 '"taken":false,"again":false,"form":"visit","version":"2","questions":10' \
	"$form" --check --as 2
import 0 '"taken":true,"again":false' "$form" --as 2
import 0 '"taken":true,"again":true' "$form" --as 2

# The same version with another word, and what XLSForm has and we do not.
sed 's/"visit","1"/"visit","2"/; s/Ai trả lời?/Ai đang trả lời?/' \
	assets/questions/visit-1.csv >"$dir/other.csv"
import 1 '"code":"same_version","value":"2"' "$dir/other.csv" --as 2
cat >"$dir/bad.csv" <<'END'
settings,
,form_id,version
,visit,3
survey,
,type,name,label,relevant
,begin group,g,Nhóm,
,decimal,d,Bao nhiêu?,
,text,t,Vì sao?,
END
import 1 '"row":6,"column":"type","code":"group"' "$dir/bad.csv" --as 2
grep -qF 'Trang survey, dòng 7, cột type: Chưa dùng được loại này.' "$dir/said" ||
	fail "$(cat "$dir/said")"

# What is in force, as a file to be changed and brought back.
"$chitra" questions --data "$data" --to "$dir/now.csv" --json >"$dir/now"
same "$(field "$(cat "$dir/now")" version)" 2 'the version in force'
import 0 '"again":true' "$dir/now.csv" --as 2
"$chitra" questions --data "$data" --to "$dir/now.csv" >/dev/null 2>&1 &&
	fail 'a file was written over'

# A visit with its answers, and its file for a server of ODK.
"$chitra" import list assets/demo/people.csv --data "$data" --as 2 >/dev/null
id=$(sed -n 2p assets/demo/people.csv | tr , '\n' | grep -E '^"?[0-9]{12}"?$' |
	head -1 | tr -d '"')
visit() {
	"$chitra" visit record --id12 "$id" --result agreed --answers \
		"$dir/answers" --data "$data" --json --as 2 2>/dev/null
}
printf 'who=child\nkm=500\n' >"$dir/answers"
case $(visit) in
*'"code":"answers"'*) ;;
*) fail 'a distance that cannot be was taken' ;;
esac
printf '# of the questionnaire\nwho=child\n\nkm=12\nwish=home explain\n' \
	>"$dir/answers"
same "$(field "$(visit)" ok)" true 'a visit with answers'
odk() { "$chitra" export --openrosa "$dir/odk" --data "$data" --json --as 2; }
same "$(field "$(odk)" written)" 1 'files for ODK'
grep -qF '<wish>home explain</wish>' "$dir"/odk/*.xml || fail "$(cat "$dir"/odk/*)"
same "$(field "$(odk)" there)" 1 'files that were there'

"${chitra%chitra}chitra-verify" "$data" >"$dir/verified" 2>&1 ||
	fail "$(cat "$dir/verified")"
grep -q ACCEPTED "$dir/verified" || fail "$(cat "$dir/verified")"
echo 'PASS: a questionnaire comes in as an XLSForm'
