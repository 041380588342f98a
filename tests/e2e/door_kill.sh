#!/bin/bash
# door_kill.sh - a visit whose program is killed in the middle of typing: all of
# it is there again, and only 1 after 3 throws it away.
. tests/e2e/lib_door.sh

# killed NAME TEXT KEYS...: after those keys and a kill it is all there again.
killed() {
	local name=$1 text=$2
	shift 2
	at_door "$data" 40 24 5 $mai
	either 'Hôm nay' 'chưa xong'
	hamlet
	visit "$person"
	keys "$@"
	expect "$text"
	kill_it
	at_door "$data" 40 24 5 $mai
	expect 'Còn 1 buổi gặp chưa xong'
	keys 1
	expect "$text"
	# And thrown away, which ENTER does not do.
	keys Escape
	for _ in 1 2 3 4; do
		shows_one_of 'Tất cả mọi người' 'Buổi gặp còn dở' && break
		turn 0
	done
	kill_it
	at_door "$data" 40 24 5 $mai
	expect 'Còn 1 buổi gặp chưa xong'
	keys 3
	expect 'BỎ NHỮNG GÌ ĐÃ GÕ?'
	rest
	keys Enter
	expect 'BỎ NHỮNG GÌ ĐÃ GÕ?'
	keys 1
	expect 'Hôm nay'
	stop
	echo "  killed $name: found again"
}

data=$dir/killed
make_store "$data"
person=2
killed 'at the reasons' 'Vì sao từ chối?' 4
killed 'in a day' 'Ngày: 24' 5 . 2 4
killed 'in a note' 'con gai o' 9 c o n Space g a i Space o
killed 'before it is recorded' 'Từ chối: chưa tin' 4 2
killed 'in the text of the consent' 'Đoạn 2/' 1 1 1 .
killed 'in the questions' 'Câu 3/' 4 1 5 Enter 1
accepted "$data"
echo 'door_kill: ok'
