#!/bin/sh
# headers.sh - every header compiles on its own.
set -eu
for h in $(find core terminal drivers db tests -name '*.h' ! -name banned.h); do
	echo "#include \"$h\"" | ${CC:-gcc} -std=c17 -Wall -Wextra -Werror \
		$CPPFLAGS -fsyntax-only -x c - || {
		echo "headers: $h does not stand alone" >&2
		exit 1
	}
done
echo "headers: every header stands alone"
