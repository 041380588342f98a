# case_payment.sh - a payment whose printer is pulled out in the middle of its
# receipt: the money is paid once, nobody knows what is on the paper, and what
# is printed again is a copy. By the verb, and on the screen.

payer=$dir/payer

# told_by_book NAME: of the last reply.
told_by_book() {
	perl -MJSON::PP -CO -0777 -e 'print decode_json(<STDIN>)->{$ARGV[0]}' \
		"$1" <$dir/reply
}

# pull_out_half_way: in the background; the next job is the one.
pull_out_half_way() {
	printer fresh
	printer slow 20000
	(
		soon begun
		unplug printer
	) &
	puller=$!
}

put_in() {
	soon gone '/dev/usb/lp*'
	plug_printer '/dev/usb/lp*'
	printer fresh
}

# prints_copy CODE: the paper is what the book calls its first copy.
prints_copy() {
	"$chitra" receipt "$1" --as 1 --again --bytes $dir/copy --data $payer \
		--printer usb --json >$dir/reply || cat $dir/reply
	is "$(told_by_book copies)" 1 && cmp $dir/copy $paper
}

pays_by_verb() {
	local code
	cp -r "$TREE/build/lab/devices/book" $payer
	pull_out_half_way
	"$chitra" pay --as 1 --image "$(card 006)" --data $payer \
		--printer usb --json >$dir/reply || cat $dir/reply
	wait $puller
	is "$(told_by_book state)" handed || return
	is "$(told_by_book printed)" unknown || return
	code=$(told_by_book receipt)
	# Nobody is paid twice for a paper that nobody saw.
	"$chitra" pay --as 1 --image "$(card 006)" --data $payer \
		--printer usb --json >$dir/reply 2>&1
	is "$?" 1 || return
	put_in
	prints_copy "$code"
}

pays_on_screen() {
	expect 'MỜI NGƯỜI KẾ TIẾP' || return
	scan 007
	expect "$(person 007)" || return
	# The marks are lost: a person has compared the names.
	by_hand '1'
	expect 'ENTER  CHI TIỀN' || return
	pull_out_half_way
	by_hand $'\n'
	wait $puller
	expect 'KHÔNG RÕ BIÊN NHẬN ĐÃ IN HAY CHƯA' || return
	expect 'CHƯA CẮM: máy in' || return
	by_hand '1'
	expect '[ĐÃ ĐƯA' || return
	put_in
	# Nothing is printed by itself.
	sleep 2
	printer taken
	is "$said" 0 || return
	by_hand '1'
	expect 'Biên nhận đã in' && begun || return
	# That was copy 1, then: the next one is the second.
	printer fresh
	by_hand '.'
	expect 'MỜI NGƯỜI KẾ TIẾP' || return
	by_hand '*1'
	expect 'In bản sao biên nhận' || return
	by_hand '1'
	expect 'Đã in bản sao số 2' && begun || return
	by_hand '0'
}

need_printer
need_clerk >$dir/start 2>&1 || cat $dir/start
plug_printer '/dev/usb/lp*'
check 'the printer is pulled out in the middle: paid once, UNKNOWN, then a copy' pays_by_verb
check 'on the screen the same: it says so, the payment stands, the copy is one' pays_on_screen
unplug printer
