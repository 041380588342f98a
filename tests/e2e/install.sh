#!/bin/bash
# `make install` below DESTDIR: what is there, with which modes; the installed
# program runs; the udev rules are well made and name the makers of quirks.tsv.
. tests/e2e/lib.sh

make -s install-files BUILD="${BUILD:-build/debug}" DESTDIR="$dir/root" PREFIX=/usr
cd "$dir/root/usr"
same "$(find . -type f -printf '%m %p\n' | sort -k2)" "\
755 ./bin/chitra
755 ./bin/chitra-verify
644 ./lib/systemd/system/chitra-upload@.service
644 ./lib/systemd/system/chitra-upload@.timer
644 ./lib/sysusers.d/chitra.conf
644 ./lib/udev/rules.d/60-chitra.rules
644 ./share/chitra/chitra-12x24.psf
644 ./share/chitra/chitra-16x32.psf
644 ./share/chitra/chitra-24x48.psf
644 ./share/doc/chitra/CHANGES.md
644 ./share/doc/chitra/LICENSE
644 ./share/doc/chitra/README.md
644 ./share/doc/chitra/SETTINGS.md
644 ./share/doc/chitra/SOURCES.md
644 ./share/doc/chitra/efont.LICENSE" 'what is installed'
same "$(find . -type d ! -perm 755)" '' 'folders that all may enter'
grep -qx 'ExecStart=/usr/bin/chitra upload --wait 600' \
	lib/systemd/system/chitra-upload@.service || fail 'where the unit looks'
same "$(bin/chitra words 5000 --lang vi)" 'Năm nghìn đồng' 'it runs from there'
cd - >/dev/null
make -s uninstall DESTDIR="$dir/root" PREFIX=/usr
same "$(find "$dir/root" -type f)" '' 'all of it goes again'

rules=assets/udev/60-chitra.rules
perl tests/udev.pl $rules || fail 'the rules are not well made'
# What the check is there for.
n=0
while IFS= read -r wrong; do
	printf '%s\n' "$wrong" >"$dir/wrong.rules"
	perl tests/udev.pl "$dir/wrong.rules" 2>/dev/null && fail "taken: $wrong"
	n=$((n + 1))
done <<'END'
SUBSYSTEM=="usb", MODE="0666"
SUBSYSTEM=="usb", MODE="660"
SUBSYSTEM=="usb" MODE="0660"
SUBSYTEM=="usb", MODE="0660"
SUBSYSTEM="usb", MODE="0660"
SUBSYSTEM=="usb", GROUP=="lp"
SUBSYSTEM=="usb", ATTR=="04b8", MODE="0660"
SUBSYSTEM=="usb", GROUP{x}="lp"
SUBSYSTEM=="usb", ATTR{idVendor}=="04b8"
SUBSYSTEM=="hidraw", PROGRAM=="od", GROUP="chitra"
ACTION=="remove", GOTO="end"
SUBSYSTEM=="usb", MODE="0660", \
END
same $n 12 'rules that are wrong'

# No scanner on a serial line and no maker of printers is left to ModemManager.
named=$(sed -n 's/.*ATTR{idVendor}=="\([0-9a-f|]*|[0-9a-f|]*\)".*/\1/p' $rules)
for maker in $(awk -F'\t' '$4 ~ /serial/ || ($1 == "printer" && $2 ~ /:\*$/) {
	print substr($2, 1, 4) }' assets/quirks.tsv | sort -u); do
	case "|$named|" in *"|$maker|"*) n=$((n + 1)) ;;
	*) fail "$maker is left to ModemManager" ;; esac
done
[ $n -ge 19 ] || fail "only $n makers in the table"
