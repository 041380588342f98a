#!/bin/sh
# layers.sh - who may include whom. Fails on the first file that does not.
#
# The table is in README.md too. What is not listed is forbidden. Third-party
# headers are allowed in exactly one file (or folder) each.
set -eu

failed=0

# rule PATHS ALLOWED: these files include only what matches ALLOWED.
rule() {
	bad=$(grep -rnE '^#include' $1 --include='*.c' --include='*.h' \
		2>/dev/null | grep -vE "#include ($2)" || true)
	[ -z "$bad" ] && return 0
	echo "$bad" >&2
	echo "layers: $1 may include only: $2" >&2
	failed=1
}

# only HEADER FILES: nobody else includes HEADER.
only() {
	bad=$(grep -rlE "^#include <$1>" core db drivers terminal \
		--include='*.c' --include='*.h' | grep -vE "^($2)$" || true)
	[ -z "$bad" ] && return 0
	echo "$bad" >&2
	echo "layers: <$1> belongs to $2 only" >&2
	failed=1
}

libc='<(assert|ctype|errno|fcntl|inttypes|limits|locale|malloc|poll|pthread|signal|spawn|std[a-z]+|string|strings|time|unistd|wchar|wctype|getopt)\.h>'
sys='<(sys|netinet|arpa|linux)/[a-z0-9_-]+\.h>|<netdb\.h>|<termios\.h>|<dirent\.h>|<grp\.h>'
third='<(sodium|uninorm|unistr|csv|zip|expat|libxml/xmlwriter|qrencode|sqlite3|libusb-1\.0/libusb|libusb|zbar|png|jpeglib|setjmp|seccomp|tss2/tss2_(esys|mu|rc|tctildr)|curses|cjson/cJSON|libudev|ini|cairo-(pdf|ft)|dlfcn|xlsxwriter|curl/curl)\.h>'

rule core             "$libc|$third|<sys/(mman|prctl|resource|stat)\.h>|\"core/"
rule db               "$libc|$third|$sys|<(libpq-fe|microhttpd|gnutls/[a-z0-9]+)\.h>|\"(core|db)/"
# The second implementation: nothing of db/, nor of the codecs it checks.
rule db/verify        "$libc|<sqlite3\.h>|<sys/stat\.h>|\"core/[a-z0-9_]+\.h|\"db/verify/"
# What the centre keeps is not what a terminal keeps: of db/ only its own.
rule db/centre        "$libc|<dirent\.h>|<(sqlite3|libpq-fe|microhttpd|gnutls/[a-z0-9]+)\.h>|<(sys|arpa|netinet)/[a-z0-9_-]+\.h>|\"(core|db/centre)/"
rule drivers          "$libc|$third|$sys|\"(core|drivers)/"
rule terminal/flows   "$libc|\"(core|terminal/flows)/|\"db/[a-z_]+\.h"
rule terminal/ui      "$libc|<(curses|termios|sys/ioctl)\.h>|\"(core|terminal/(flows|ui))/|\"db/[a-z_]+\.h"
rule terminal/app     "$libc|$sys|<(cjson/cJSON|ini)\.h>|\"(core|terminal/(flows|ui|app)|db|drivers)/"

only 'sodium\.h' 'core/crypto\.c'
only 'uni(norm|str|case|width)\.h' 'core/text\.c|core/codec/viet\.c'
only 'csv\.h' 'core/codec/csv_(in|out)\.c'
only 'zip\.h' 'core/codec/sheet_zip\.c'
only 'expat\.h' 'core/codec/sheet_xml\.c'
only 'libxml/[a-z]+\.h' 'core/codec/survey_xml\.c'
only 'cairo-(pdf|ft)\.h' 'core/codec/paper_pdf\.c'
only 'dlfcn\.h' 'core/codec/(paper_pdf|survey_xml)\.c|drivers/net/net_curl\.c'
only 'curl/curl\.h' 'drivers/net/net_curl\.c'
only 'xlsxwriter\.h' 'core/codec/paper_xlsx\.c'
only 'qrencode\.h' 'core/codec/qr\.c'
only 'sqlite3\.h' 'db/(verify/)?[a-z_]+\.[ch]|db/centre/store_sqlite[a-z_]*\.[ch]'
only 'libpq-fe\.h' 'db/centre/pg\.c'
only 'microhttpd\.h' 'db/centre/web\.c'
only 'gnutls/[a-z0-9]+\.h' 'db/centre/tls\.c'
only 'libusb(-1\.0/libusb)?\.h' 'drivers/(usb|printer)/[a-z_]*usb\.c'
only 'linux/videodev2\.h' 'drivers/camera/camera_v4l2\.c'
only 'zbar\.h' 'drivers/camera/decode\.c'
only 'png\.h' 'drivers/camera/image_png\.c|drivers/printer/paper_png\.c'
only 'jpeglib\.h' 'drivers/camera/image_jpeg\.c'
only 'tss2/[a-z0-9_]+\.h' 'drivers/tpm/tpm\.c'
only 'seccomp\.h' 'drivers/sandbox/sandbox\.c'
only 'libudev\.h' 'drivers/devices/(devices|describe)\.c'
only 'ini\.h' 'terminal/app/config\.c'
only 'curses\.h' 'terminal/ui/term\.c'
only 'cjson/cJSON\.h' 'terminal/app/[a-z_]+\.[ch]'

# Private headers stay in their room.
for private in 'db/stmt\.h' 'db/[a-z]+_internal\.h'; do
	if grep -rnE "\"$private\"" core terminal drivers; then failed=1; fi
done
if grep -rnE '"terminal/flows/[a-z]+_internal\.h"' terminal/ui terminal/app; then
	failed=1
fi
if grep -rnE '_driver\.h"' core terminal db |
	grep -v '^db/centre/store[a-z_]*\.[ch]:'; then
	failed=1
fi
# Nobody includes the verifier but itself.
if grep -rln '"db/verify/' core drivers terminal db | grep -v '^db/verify/'; then
	failed=1
fi
# Hostile pixels meet zbar in the confined child only, frames as well (T44).
if grep -rnE 'decoder_(new|scan)' core db drivers terminal --include='*.c' |
	grep -vE '^drivers/camera/(decode|image_child)\.c:'; then
	failed=1
fi
# Nobody includes app but app.
if grep -rn '"terminal/app/' core db drivers terminal/flows terminal/ui; then
	failed=1
fi

[ $failed = 0 ] && echo "layers: every include points the right way"
exit $failed
