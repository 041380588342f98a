#!/bin/bash
# board.sh - the board of the list: by verb (text, JSON, one HTML file), and on
# the supervisor's screen, where it follows what is paid. A browser that may
# load nothing shows the file; hostile names are only text in it.
. tests/e2e/lib.sh

data=$dir/store
export CHITRA_PRINTER=none
status() {
	local want=$1 got=0
	shift
	out=$("$chitra" "$@" --data "$data" --json 2>"$dir/err") || got=$?
	same "$got" "$want" "chitra $*: $out $(cat "$dir/err")"
}
is() { same "$(field "$out" "$1")" "$2" "$1 of $out"; }
person() { sed -n "$1p" assets/demo/people.csv | cut -d, -f6; }

export CHITRA_PIN=246802
evil='<img src=x onerror=alert(1)> & "Cẩm" '\''Khê'\'
status 0 init --point P1 --name "$evil" --pin-kib 1024 \
	--list-window 1200:1200
status 0 user add --number 9 --name Hùng --role supervisor
CHITRA_NEW_PIN=135790 status 0 user add --number 1 \
	--name 'Lan</title><script>alert(2)</script>' --role agent --as 9
status 0 report dashboard --as 9
is period null
is all.people 0
sed 's/Thôn 3/Thôn 3 <b>x<\/b>/' assets/demo/people.csv >"$dir/list.csv"
status 0 import list "$dir/list.csv" --as 9
CHITRA_PIN=135790 status 0 shift open --as 1 --float 500000x40,200000x20
CHITRA_PIN=135790 status 0 pay --id12 "$(person 2)" --as 1
printf '[reports]\ntarget = 60\n' >"$data/chitra.ini"

# ---- the verb ----

status 0 report dashboard 12/2026 --as 9
is all.people 200
is all.done 1
is groups.btxh.people 172
is target 60
is terminals.0.paid 2 # a month, and one before it
status 0 report dashboard 2020-01 --as 9
is all.people 0
CHITRA_PIN=135790 status 1 report dashboard --as 1
is code role
status 2 report dashboard 99 --as 9
"$chitra" report dashboard --as 9 --data "$data" --lang en >"$dir/text"
grep -q 'Social assistance  *172  *1  *164' "$dir/text" ||
	fail "$(cat "$dir/text")"
status 0 report dashboard --as 9 --html "$dir/board.html"
status 3 report dashboard --as 9 --html "$dir/no/board.html"

# ---- one file, that asks nobody for anything ----

grep -q "default-src 'none'" "$dir/board.html" || fail 'no policy'
for no in '<script' '<img' 'onerror=alert(1)>' 'http:' 'https:' '@import' \
	'url(' '<b>x'; do
	! grep -qiF -- "$no" "$dir/board.html" || fail "$no in the page"
done
grep -qF '&lt;img src=x onerror=alert(1)&gt; &amp; &quot;Cẩm&quot; &#39;Khê&#39;' \
	"$dir/board.html" || fail 'the name of the point is not there'
grep -qF 'Thôn 3 &lt;b&gt;x&lt;/b&gt;' "$dir/board.html" || fail 'no hamlet'

# ---- on the screen ----

start 40 24 --data "$data"
expect 'Số'
keys 9
rest
keys Enter 2 4 6 8 0 2
rest
keys Enter
expect '1/189'
keys '*' '*' '.'
expect '2  Bảng theo dõi'
keys 2
expect 'Danh sách kỳ 12/2026: 200 người'
expect '1/165'
expect 'chỉ tiêu 60%'
keys 2
expect 'Xã Cẩm Khê'
expect 'Thôn 3 <b>x'
keys '.' '.'
expect 'Xóm Gò Mẫu'
keys 6
expect 'máy này'
keys 7 1 1 2 0 2 0
rest
keys Enter
expect 'Các máy'
keys 1
expect 'Danh sách kỳ 11/2020: 0 người'
keys 0
stop

# ---- in a browser ----

browser=$(command -v chromium || true)
if [ -z "$browser" ]; then
	echo 'SKIP a browser: chromium is not installed'
	exit 0
fi
# Every name leads nowhere; what a page asks for has its (opaque) origin in the
# log, what the browser itself would like to know has none.
browse() { # PAGE WIDTH
	timeout 100 "$browser" --headless --no-sandbox --disable-gpu \
		--user-data-dir="$dir/browser" --no-first-run \
		--disable-background-networking --disable-component-update \
		--host-resolver-rules='MAP * ~NOTFOUND' \
		--log-net-log="$dir/net.json" --window-size="$2,900" \
		--virtual-time-budget=2000 --dump-dom "file://$1" \
		>"$dir/dom" 2>"$dir/browser.log" ||
		fail "the browser: $(tail -3 "$dir/browser.log")"
}
asked() { grep -q '"initiator":"null"' "$dir/net.json"; }

for width in 390 1280; do
	browse "$dir/board.html" "$width"
	grep -q '<h1>Bảng theo dõi chi trả tháng 12/2026</h1>' "$dir/dom" ||
		fail 'the title is not in the page'
	grep -q 'Bảo trợ xã hội' "$dir/dom" || fail 'no groups'
	! grep -qE 'Refused to|Content Security Policy' "$dir/browser.log" ||
		fail "$(cat "$dir/browser.log")"
	! asked || fail 'the page asked for something'
done
# The same with a picture from elsewhere: the policy holds it back, and without
# the policy the log would have shown it.
picture='<p><img src="http://example.invalid/a.png"></p></main>'
sed "s#</main>#$picture#" "$dir/board.html" >"$dir/held.html"
browse "$dir/held.html" 390
! asked || fail 'the policy let a picture through'
sed '/Content-Security-Policy/d' "$dir/held.html" >"$dir/open.html"
browse "$dir/open.html" 390
asked || fail 'the log does not show what is asked for'
