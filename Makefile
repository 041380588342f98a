# One makefile for the whole tree (never one per folder), so that make knows
# every dependency. Each VARIANT has its own build folder; no flag is ever
# changed under objects that are already there.
#
#	make run        install what is missing, build, start the demo
#	make check      install what is missing, build, all tests
#	make            build/release/chitra
#	make centre     build/release/chitra-centre, which has more packages
#	make console-font  build/release/console/*.psf, for setfont
#	make test-ROOM  only the tests of core codec db verify centre drivers flows ui app
#	                line
#	make e2e        the program in a real terminal, and kill -9 at any moment
#	make lab-power  power cuts on a recorded disk, in QEMU (20 minutes)
#	make lab-devices  printers, scanners, cameras on a real kernel (5 minutes)
#	make asan tsan  check, under the sanitizers
#	make coverage   check, then build/coverage/html/index.html
#	make fuzz       run every fuzz target for FUZZ_SECONDS (clang)
#	make bench      timings beside a peer, of an optimized build
#	make lint       format, layers, headers, texts, static analysis
#	make install    under PREFIX (/usr/local), for packages below DESTDIR
#	make deps       install what is missing (Debian 12)
#	make clean      remove build/

VARIANT ?= debug
# V=1 shows the commands themselves.
Q := $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $@)
BUILD := build/$(VARIANT)
CC := gcc
SHELL := /bin/bash

.DEFAULT_GOAL := all

# ---- packages (why each is needed: README.md) --------------------------------

DEPS_BUILD := gcc libc6-dev pkg-config libncurses-dev libsqlite3-dev libqrencode-dev \
	libzbar-dev libusb-1.0-0-dev libsodium-dev libunistring-dev libcsv-dev \
	libzip-dev libexpat1-dev libxml2-dev \
	libpng-dev libjpeg62-turbo-dev libseccomp-dev libcjson-dev \
	libfreetype-dev xfonts-efont-unicode libtss2-dev libudev-dev libinih-dev \
	libcairo2-dev libxlsxwriter-dev fonts-liberation2 libcurl4-openssl-dev
# The centre's program only; the terminal's is built without them.
DEPS_CENTRE := libmicrohttpd-dev libgnutls28-dev libpq-dev
DEPS_TEST := $(DEPS_CENTRE) postgresql-15 pgbouncer libcmocka-dev umockdev libumockdev-dev tmux libfaketime \
	kbd strace util-linux swtpm poppler-utils openssl chromium libreoffice-calc-nogui libxml2-utils
DEPS_LINT := clang clang-format clang-tidy cppcheck lcov \
	libclang-rt-14-dev sqlite3 htop tig calcurse g++ libzxing-dev

DEPS_LAB := qemu-system-x86 busybox-static cpio kmod dmsetup e2fsprogs \
	sqlite3 xz-utils perl udev bluez-test-tools
DEPS_LAB_FULL := xfsprogs f2fs-tools btrfs-progs

# install LIST: what dpkg does not have, by apt, as root or by sudo.
define install
	@missing=; for p in $(1); do \
		dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | \
			grep -qx installed || missing="$$missing $$p"; \
	done; \
	if [ -n "$$missing" ]; then \
		echo "Installing:$$missing"; \
		if [ "$$(id -u)" = 0 ]; then root=; else root=sudo; fi; \
		$$root apt-get update -q >/dev/null && \
		DEBIAN_FRONTEND=noninteractive $$root \
			apt-get install -q -y --no-install-recommends \
			$$missing >/dev/null; \
	fi
endef

.PHONY: deps deps-build deps-test deps-lab
deps-build:
	$(call install,$(DEPS_BUILD))
deps-test:
	$(call install,$(DEPS_BUILD) $(DEPS_TEST))
deps-lab:
	$(call install,$(DEPS_BUILD) $(DEPS_LAB))
deps:
	$(call install,$(DEPS_BUILD) $(DEPS_TEST) $(DEPS_LINT))

# ---- what is built from what -------------------------------------------------

PKGS := ncursesw sqlite3 libqrencode zbar libusb-1.0 libsodium libpng libjpeg \
	libseccomp libcjson libzip expat libudev inih
# Loaded when it is asked for (core/codec/survey_xml.c, drivers/net/net_curl.c).
LOADED := libxml-2.0 libcurl
# PDFs: loaded when one is made (core/codec/paper_pdf.c).
PAPERS := cairo-pdf cairo-ft fontconfig
# May be missing: then drivers/tpm says so. Linked into what uses it only.
TSS2 := tss2-esys tss2-tctildr tss2-mu tss2-rc

ROOMS := core db verify centre drivers flows ui app
SRC_core := $(wildcard core/*.c core/codec/*.c)
SRC_db := $(wildcard db/*.c)
SRC_verify := $(filter-out db/verify/verify_main.c,$(wildcard db/verify/*.c))
SRC_centre := $(filter-out db/centre/centre_main.c,$(wildcard db/centre/*.c))
SRC_drivers := $(wildcard drivers/*/*.c)
SRC_flows := $(wildcard terminal/flows/*.c)
SRC_ui := $(wildcard terminal/ui/*.c)
SRC_app := $(filter-out terminal/app/main.c,$(wildcard terminal/app/*.c))
# Built in, in strcmp order: the schema, the templates, the data of the demo.
ASSETS := $(sort $(wildcard db/schema/*.sql db/centre/schema/*.sql assets/templates/* \
	assets/demo/*.csv assets/demo/*.tsv assets/questions/*.csv assets/tour/*.tsv \
	assets/texts/*.txt \
	assets/admin/provinces_legacy63.tsv assets/quirks.tsv))
BANKS := assets/banks/banks.tsv
# In the order that mkadmin takes them.
ADMIN := $(addprefix assets/admin/,provinces_2026.tsv units_2026.tsv \
	provinces_legacy63.tsv districts_legacy.tsv units_legacy.tsv)
LOCALES := $(sort $(wildcard assets/locale/vi/*.po))
FONT_PCF := /usr/share/fonts/X11/misc/b24.pcf.gz

TEST_ROOMS := core codec db verify centre drivers flows ui app line
TESTS := $(foreach r,$(TEST_ROOMS),$(wildcard tests/$(r)/test_*.c))
FUZZERS := $(wildcard tests/fuzz/fuzz_*.c)
BENCHES := $(wildcard tests/bench/bench_*.c)
STORIES := $(sort $(filter-out tests/e2e/lib%,$(wildcard tests/e2e/*.sh)))

obj = $(patsubst %.c,$(BUILD)/%.o,$(1))
exe = $(patsubst %.c,$(BUILD)/%,$(1))
lib = $(BUILD)/lib/$(1).a

# ---- flags -------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion \
	-Wno-sign-conversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wpointer-arith -Wvla -Wwrite-strings \
	-Wformat=2 -Wundef
CPPFLAGS = -I. -Itests -include core/banned.h \
	-D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -D_GNU_SOURCE \
	$(shell pkg-config --cflags-only-I $(PKGS) $(LOADED) 2>/dev/null) \
	$(shell pkg-config --exists $(TSS2) && echo -DHAVE_TSS2)
CFLAGS := -std=c17 -g -fno-common -fPIE -pthread $(WARNINGS)
# core/crash.h: in what people test, never in what they use or fuzz.
ifneq ($(VARIANT),$(filter release fuzz,$(VARIANT)))
CFLAGS += -DCRASH_POINTS
endif
LDFLAGS := -pie -Wl,-z,relro,-z,now,-z,noexecstack
# Against what a mistake in memory can be used for (tests/e2e/hardening.sh).
HARDEN := -fstack-protector-strong -fstack-clash-protection \
	$(if $(filter x86_64,$(shell uname -m)),-fcf-protection=full) \
	$(if $(filter aarch64,$(shell uname -m)),-mbranch-protection=standard)
# Evaluated at link time, when deps has run.
LDLIBS = $(shell pkg-config --libs $(PKGS)) -lunistring -lcsv \
	-Wl,--as-needed $(shell pkg-config --libs $(TSS2) 2>/dev/null) \
	-lxlsxwriter -ldl -lm \
	-Wl,--no-as-needed

PKGS_CENTRE := libmicrohttpd gnutls libpq
LIBS_CENTRE = $(shell pkg-config --libs $(PKGS_CENTRE) 2>/dev/null)
CPPFLAGS += $(shell pkg-config --cflags-only-I $(PKGS_CENTRE) 2>/dev/null)

ifeq ($(VARIANT),debug)
CFLAGS += -O0 $(HARDEN)
else ifeq ($(VARIANT),release)
CFLAGS += -O2 -D_FORTIFY_SOURCE=3 $(HARDEN)
else ifeq ($(VARIANT),asan)
CFLAGS += -O1 -fno-omit-frame-pointer -fno-sanitize-recover=all \
	-fsanitize=address,undefined
else ifeq ($(VARIANT),tsan)
CFLAGS += -O1 -fsanitize=thread
else ifeq ($(VARIANT),coverage)
CFLAGS += -O0 --coverage
else ifeq ($(VARIANT),fuzz)
CC := clang
CFLAGS += -O1 -fsanitize=fuzzer-no-link,address,undefined
else
$(error unknown VARIANT '$(VARIANT)')
endif

# ---- the program -------------------------------------------------------------

.DELETE_ON_ERROR:
.SECONDARY:
.PHONY: all program
all: deps-build
	@$(MAKE) --no-print-directory VARIANT=release program

# The centre's program where its libraries are: `make centre` sees to them.
HAVE_CENTRE := $(shell pkg-config --exists libmicrohttpd gnutls libpq && echo yes)
program: $(BUILD)/chitra $(BUILD)/chitra-verify \
		$(if $(HAVE_CENTRE),$(BUILD)/chitra-centre)

ALL_LIBS := $(foreach r,app ui flows drivers db core gen,$(call lib,$(r)))

$(BUILD)/chitra: $(call obj,terminal/app/main.c) $(ALL_LIBS)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< \
		-Wl,--start-group $(ALL_LIBS) -Wl,--end-group $(LDLIBS)

# The verifier shares no decoding with the program, and links none of it.
$(BUILD)/chitra-verify: $(call obj,db/verify/verify_main.c) \
		$(foreach l,verify core gen,$(call lib,$(l)))
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(LDLIBS)

$(BUILD)/chitra-centre: $(call obj,db/centre/centre_main.c) \
		$(foreach l,centre core gen,$(call lib,$(l)))
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group \
		$(filter %.a,$^) -Wl,--end-group $(LDLIBS) $(LIBS_CENTRE)

.PHONY: centre
centre: deps-build
	$(call install,$(DEPS_CENTRE))
	@$(MAKE) --no-print-directory VARIANT=release build/release/chitra-centre

# What is made of all files of a kind is made anew when one of them goes, or
# comes while make runs and so is older than what was made without it.
.PHONY: FORCE
define list_rule
$(BUILD)/gen/$(1).list: FORCE
	@mkdir -p $$(@D)
	@echo '$(2)' | cmp -s - $$@ || echo '$(2)' >$$@
endef
$(eval $(call list_rule,assets,$(ASSETS)))
$(eval $(call list_rule,locales,$(LOCALES)))
$(foreach r,$(ROOMS),$(eval $(call list_rule,$(r),$(SRC_$(r)))))

define room_rule
$(call lib,$(1)): $(call obj,$(SRC_$(1))) $(BUILD)/gen/$(1).list
	@mkdir -p $$(@D)
	$$(call say,AR)
	$$(Q)rm -f $$@ && ar rcs $$@ $$(filter %.o,$$^)
endef
$(foreach r,$(ROOMS),$(eval $(call room_rule,$(r))))

$(call lib,gen): $(BUILD)/gen/admin.o $(BUILD)/gen/assets.o \
		$(BUILD)/gen/banks.o $(BUILD)/gen/catalog.o $(BUILD)/gen/glyphs.o
	@mkdir -p $(@D)
	$(call say,AR)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c
	$(call say,CC)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/gen/assets.c: $(BUILD)/gen/embed $(ASSETS) $(BUILD)/gen/assets.list
	$(call say,GEN)
	$(Q)$< $(ASSETS) > $@

$(BUILD)/gen/admin.c: $(BUILD)/gen/mkadmin $(ADMIN)
	$(call say,GEN)
	$(Q)$< $(ADMIN) > $@

$(BUILD)/gen/banks.c: $(BUILD)/gen/mkbanks $(BANKS)
	$(call say,GEN)
	$(Q)$< $(BANKS) > $@

$(BUILD)/gen/catalog.c: $(BUILD)/gen/mkcatalog $(LOCALES) $(BUILD)/gen/locales.list
	$(call say,GEN)
	$(Q)$< $(LOCALES) > $@

$(BUILD)/gen/glyphs.c: $(BUILD)/gen/mkglyphs $(FONT_PCF)
	$(call say,GEN)
	$(Q)$< $(FONT_PCF) > $@

# For setfont on the Linux console: as on paper, and big.
CONSOLE_FONTS := $(foreach s,12x24 16x32 24x48,$(BUILD)/console/chitra-$(s).psf)
.PHONY: console-font console-fonts
console-font: deps-build
	@$(MAKE) --no-print-directory VARIANT=release console-fonts
	@echo 'setfont build/release/console/chitra-12x24.psf (16x32, 24x48: big)'
console-fonts: $(CONSOLE_FONTS)
$(CONSOLE_FONTS): $(BUILD)/console/chitra-%.psf: $(BUILD)/gen/mkpsf $(FONT_PCF)
	@mkdir -p $(@D)
	$(call say,GEN)
	$(Q)$< $* $(FONT_PCF) > $@

# Build tools run on this machine and are never instrumented.
$(BUILD)/gen/embed: assets/embed.c
$(BUILD)/gen/mkadmin: assets/mkadmin.c
$(BUILD)/gen/mkbanks: assets/mkbanks.c
$(BUILD)/gen/mkcatalog: assets/mkcatalog.c
$(BUILD)/gen/mkglyphs: assets/mkglyphs.c core/codec/font.h
$(BUILD)/gen/mkpsf: assets/mkpsf.c terminal/ui/plain.c terminal/ui/plain.h
$(BUILD)/gen/mkglyphs $(BUILD)/gen/mkpsf: TOOL_FLAGS = \
	$(shell pkg-config --cflags --libs freetype2)
$(BUILD)/gen/embed $(BUILD)/gen/mkadmin $(BUILD)/gen/mkbanks \
		$(BUILD)/gen/mkcatalog $(BUILD)/gen/mkglyphs \
		$(BUILD)/gen/mkpsf:
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)gcc -I. -std=c17 -D_DEFAULT_SOURCE -Wall -Wextra -O1 -o $@ \
		$(filter %.c,$^) $(TOOL_FLAGS)

# ---- tests: each links only its own room and those below ---------------------

LINK_core := core gen
LINK_codec := core gen
LINK_db := db core gen
# The writer, too: its stores are what is verified.
LINK_verify := verify db core gen
LINK_centre := centre core gen
LINK_drivers := drivers core gen
LINK_flows := flows core gen
LINK_ui := ui flows core gen
LINK_app := app ui flows drivers db core gen
# A terminal and its centre, and who stands in between.
LINK_line := centre app ui flows drivers db core gen
SUPPORT := $(call obj,$(wildcard tests/support/*.c))

# Photographs are drawn with many numbers; and passes over pictures are loops
# that only -O3 makes the processor's own (vectors).
$(BUILD)/tests/support/photo.o: CFLAGS += $(if $(filter debug coverage,$(VARIANT)),-O2)
$(BUILD)/drivers/camera/passes.o: CFLAGS += $(if $(filter release,$(VARIANT)),-O3)
# Headers that name what banned.h forbids.
$(BUILD)/tests/support/xlsxbook.o: CPPFLAGS := -I. -Itests -D_GNU_SOURCE
UNBANNED := core/codec/paper_pdf.c core/codec/paper_xlsx.c
UNBANNED_FLAGS = -I. -D_GNU_SOURCE \
	$(shell pkg-config --cflags-only-I $(PAPERS) 2>/dev/null)
$(call obj,$(UNBANNED)): CPPFLAGS = $(UNBANNED_FLAGS)
$(BUILD)/tests/codec/test_sheet_in: TEST_LIBS = -lxlsxwriter
$(BUILD)/tests/codec/test_survey_in: TEST_LIBS = -lxlsxwriter
# Memory runs out where the test says (support/failalloc.h).
$(BUILD)/tests/db/test_no_memory: TEST_LIBS = -Wl,--wrap=malloc \
	-Wl,--wrap=calloc -Wl,--wrap=realloc
# Calls to SQLite and to files fail where the test says (support/failcall.h).
FAILCALL := $(foreach f,sqlite3_step sqlite3_exec sqlite3_prepare_v2 \
	sqlite3_prepare_v3 sqlite3_open_v2 sqlite3_wal_checkpoint_v2 \
	sqlite3_extended_errcode open read pread write fsync rename mkdir fstat \
	stat lstat statvfs ftruncate flock symlink renameat2 posix_fallocate \
	close fopen fdopen fwrite fflush,-Wl,--wrap=$(f))
$(BUILD)/tests/db/test_causes: TEST_LIBS = $(FAILCALL)
FAILALLOC := $(foreach f,malloc calloc realloc,-Wl,--wrap=$(f))
$(BUILD)/tests/db/test_every_call: TEST_LIBS = $(FAILCALL) $(FAILALLOC)
$(BUILD)/tests/verify/test_failing_calls: TEST_LIBS = $(FAILCALL) \
	$(FAILALLOC) -Wl,--wrap=crypto_verify_tagged
# The store is written to between the two looks at it.
$(BUILD)/tests/verify/test_vopen: TEST_LIBS = -Wl,--wrap=unlink \
	-Wl,--wrap=nanosleep
$(BUILD)/tests/db/test_changes: TEST_LIBS = -lxlsxwriter
$(BUILD)/tests/drivers/test_list_reader: TEST_LIBS = -lxlsxwriter
$(BUILD)/tests/bench/bench_import: TEST_LIBS = -lxlsxwriter
$(BUILD)/tests/bench/bench_export: TEST_LIBS = -lxlsxwriter
# tests/support/bookcheck.c remembers which signatures held.
$(addprefix $(BUILD)/tests/verify/test_,forged_papers mutations mutations_random \
	evidence real_exports revlist_file stores tables tampering): TEST_LIBS = -Wl,--wrap=crypto_verify_tagged

$(BUILD)/tests/centre/test_% $(BUILD)/tests/line/test_% $(addprefix $(BUILD)/tests/bench/bench_,handshake upload): \
		TEST_LIBS = $(LIBS_CENTRE)
# It measures with and without the signatures.
$(BUILD)/tests/bench/bench_centre: \
		TEST_LIBS = $(LIBS_CENTRE) -Wl,--wrap=crypto_verify_tagged

# It reads what was built.
$(BUILD)/tests/ui/test_console_font: $(CONSOLE_FONTS)

# drivers/devices is played there.
$(BUILD)/tests/app/test_plugged: TEST_LIBS = $(foreach f,list watch_open \
	watch_read watch_close,-Wl,--wrap=devices_$(f))

# Flows name record types of db/ and may use its pure name tables; their
# tests must not link the store itself.
define test_rule
$(BUILD)/tests/$(1)/test_%: $(BUILD)/tests/$(1)/test_%.o $(call lib,support) \
		$(foreach l,$(LINK_$(1)),$(call lib,$(l)))
	$$(call say,LINK)
	$$(Q)$$(CC) $$(CFLAGS) $$(LDFLAGS) -o $$@ $$< -Wl,--start-group \
		$$(filter %.a,$$^) -Wl,--end-group $$(LDLIBS) -lcmocka \
		$$(TEST_LIBS)
endef
$(foreach r,$(TEST_ROOMS),$(eval $(call test_rule,$(r))))

$(call lib,support): $(SUPPORT)
	@mkdir -p $(@D)
	$(Q)rm -f $@ && ar rcs $@ $^

# Emulated devices are processes of their own, on libumockdev.
UMOCK := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/drivers/umock_*.c))
$(UMOCK): $(BUILD)/%: %.c
	@mkdir -p $(@D)
	$(call say,CC)
	$(Q)gcc -std=c17 -D_GNU_SOURCE -Wall -Wextra -O1 -g -o $@ $< \
		$$(pkg-config --cflags --libs umockdev-1.0 gio-2.0)

FUZZ_MAIN := $(if $(filter fuzz,$(VARIANT)),,$(BUILD)/tests/fuzz/replay.o)
FUZZ_FLAGS := $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer)
FUZZ_LIBS := $(foreach l,app ui flows drivers verify db core gen,$(call lib,$(l)))
$(BUILD)/tests/fuzz/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(FUZZ_MAIN) \
		$(call lib,support) $(FUZZ_LIBS)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(FUZZ_FLAGS) $(LDFLAGS) -o $@ $< $(FUZZ_MAIN) \
		-Wl,--start-group $(call lib,support) $(FUZZ_LIBS) \
		-Wl,--end-group $(LDLIBS) -lcmocka

$(BUILD)/tests/bench/bench_%: $(BUILD)/tests/bench/bench_%.o \
		$(call lib,support) $(call lib,verify) $(call lib,centre) $(ALL_LIBS)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group \
		$(call lib,support) $(call lib,verify) $(call lib,centre) $(ALL_LIBS) -Wl,--end-group $(LDLIBS) \
		-lcmocka $(TEST_LIBS)

# A peer that is written in C++: where that can be built.
PEERS := $(if $(shell command -v g++ >/dev/null && \
	pkg-config --exists zxing && echo yes),\
	$(BUILD)/tests/bench/peer_zxing)
$(BUILD)/tests/bench/peer_zxing: tests/bench/peer_zxing.cpp
	@mkdir -p $(@D)
	$(call say,CXX)
	$(Q)g++ -std=c++17 -O2 -Wall -Wextra -o $@ $< \
		$$(pkg-config --cflags --libs zxing)

# The power-cut lab (tests/lab/power).
LAB_POWER_TOOLS := $(addprefix $(BUILD)/tests/lab/power/,replay paper payer)
$(BUILD)/tests/lab/power/payer: $(BUILD)/tests/lab/power/payer.o $(ALL_LIBS)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< \
		-Wl,--start-group $(ALL_LIBS) -Wl,--end-group $(LDLIBS)

$(BUILD)/tests/lab/power/replay $(BUILD)/tests/lab/power/paper: \
		$(BUILD)/tests/lab/power/%: $(BUILD)/tests/lab/power/%.o
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) -static-pie -o $@ $<

# The devices lab (tests/lab/devices).
LAB_DEVICES_DIR := $(BUILD)/tests/lab/devices
LAB_DEVICES_ALONE := $(addprefix $(LAB_DEVICES_DIR)/,ffs_printer strange_usb)
LAB_DEVICES_DRIVERS := $(addprefix $(LAB_DEVICES_DIR)/,job show_card uvc_camera)
LAB_DEVICES_TOOLS := $(LAB_DEVICES_ALONE) $(LAB_DEVICES_DRIVERS)
$(addprefix $(LAB_DEVICES_DIR)/,strange_usb uvc_camera): $(LAB_DEVICES_DIR)/vhci.o
$(addprefix $(LAB_DEVICES_DIR)/,show_card uvc_camera): $(LAB_DEVICES_DIR)/light_frame.o
$(LAB_DEVICES_DIR)/uvc_camera: $(BUILD)/tests/support/picture.o

$(LAB_DEVICES_DRIVERS): %: %.o $(ALL_LIBS)
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(ALL_LIBS) -Wl,--end-group $(LDLIBS)

$(LAB_DEVICES_ALONE): %: %.o
	$(call say,LINK)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

.PHONY: lab-power lab-devices lab-centre lab-tools
lab-devices: deps-lab
	@$(MAKE) --no-print-directory VARIANT=release lab-tools
	@tests/run.sh tests/lab/devices/run.sh

lab-power: deps-lab
	$(if $(filter short,$(LAB_POWER)),,$(call install,$(DEPS_LAB_FULL)))
	@$(MAKE) --no-print-directory VARIANT=release lab-tools
	@LAB_POWER=$${LAB_POWER:-full} tests/run.sh tests/lab/power/run.sh

# Minutes to an hour: tests/centre/test_storm.c says of what size.
lab-centre: deps-test
	@$(MAKE) --no-print-directory VARIANT=release \
		build/release/chitra-centre build/release/tests/centre/test_storm \
		build/release/tests/line/test_million
	@MILLION=$${MILLION:-1000000} build/release/tests/line/test_million
	@STORM_SAYS=yes STORM_TERMINALS=$${STORM_TERMINALS:-30000} \
		STORM_KILLS=$${STORM_KILLS:-6} \
		STORM_WAIT=$${STORM_WAIT:-1000} \
		build/release/tests/centre/test_storm

lab-tools: program console-fonts $(LAB_POWER_TOOLS) $(LAB_DEVICES_TOOLS)

.PHONY: check check-all unit replay e2e layers headers texts
check: deps-test
	@$(MAKE) --no-print-directory VARIANT=release \
		$(if $(LAB_POWER)$(LAB_DEVICES),lab-tools,program)
	@$(MAKE) --no-print-directory check-all

# 10,000 random days take 50 s on two idle processors, and ten times of it
# under a sanitizer (tests/db/test_histories.c).
HISTORIES_OF_CHECK := $(if $(filter debug,$(VARIANT)),10000,1000)

# The last line is "N passed, N failed", over everything.
check-all: $(call exe,$(TESTS)) $(call exe,$(FUZZERS)) $(BUILD)/chitra \
		$(BUILD)/chitra-verify $(BUILD)/chitra-centre \
		$(UMOCK)
	@HISTORIES=$${HISTORIES:-$(HISTORIES_OF_CHECK)} \
		BUILD=$(BUILD) CC="$(CC)" CPPFLAGS="$(CPPFLAGS)" tests/run.sh

# make test-codec: the unit tests of one room, seconds.
define room_tests
.PHONY: test-$(1)
test-$(1): $(call exe,$(wildcard tests/$(1)/test_*.c))
	@BUILD=$(BUILD) tests/run.sh $$^
endef
$(foreach r,$(TEST_ROOMS),$(eval $(call room_tests,$(r))))
test-drivers: $(UMOCK)
test-centre: $(BUILD)/chitra-centre
# Books are shown to the verifier of the same day.
test-db test-app test-line: $(BUILD)/chitra-verify

replay: $(call exe,$(FUZZERS))
	@BUILD=$(BUILD) tests/run.sh $^

e2e: $(BUILD)/chitra $(BUILD)/chitra-verify $(BUILD)/chitra-centre $(UMOCK)
	@BUILD=$(BUILD) tests/run.sh $(STORIES)

layers headers texts:
	@CC="$(CC)" CPPFLAGS="$(CPPFLAGS)" tests/$@.sh

# ---- variants and long runs --------------------------------------------------

.PHONY: asan tsan coverage fuzz fuzz-run bench bench-run release
asan tsan: deps-test
	$(MAKE) VARIANT=$@ check-all

release: all

# What branches are counted: tests/coverage.sh.
LCOV := lcov --quiet --rc lcov_branch_coverage=1 \
	--rc lcov_excl_br_line='LCOV_EXCL_BR_LINE|assert\('
coverage: deps
	$(MAKE) VARIANT=coverage check-all
	$(LCOV) --capture --directory build/coverage --base-directory . \
		--output-file build/coverage/all.info
	$(LCOV) --extract build/coverage/all.info '$(CURDIR)/core/*' \
		'$(CURDIR)/terminal/*' '$(CURDIR)/drivers/*' '$(CURDIR)/db/*' \
		--output-file build/coverage/ours.info
	genhtml --quiet --branch-coverage \
		--output-directory build/coverage/html build/coverage/ours.info
	lcov --summary build/coverage/ours.info
	@tests/coverage.sh build/coverage/ours.info

FUZZ_SECONDS ?= 60
fuzz: deps
	$(MAKE) VARIANT=fuzz fuzz-run

fuzz-run: $(call exe,$(FUZZERS))
	@set -e; for f in $^; do \
		new=$(BUILD)/corpus_$${f##*/fuzz_}; mkdir -p $$new; \
		echo "== $${f##*/}"; \
		$$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
			-print_final_stats=1 $$new \
			tests/fuzz/corpus_$${f##*/fuzz_} 2>&1 | tail -n 6; \
		[ $${PIPESTATUS[0]} = 0 ]; done

bench: deps
	$(MAKE) VARIANT=release bench-run

bench-run: $(call exe,$(BENCHES)) $(BUILD)/chitra $(PEERS)
	@set -e; for b in $(call exe,$(BENCHES)); do $$b; done
	@set -e; for b in $(wildcard tests/bench/*.sh); do BUILD=$(BUILD) $$b; done

# ---- the demo ----------------------------------------------------------------

.PHONY: run
run: deps-build
	@$(MAKE) --no-print-directory VARIANT=release program
	@if [ -t 0 ] && [ -t 1 ]; then \
		exec build/release/chitra --demo --cards assets/demo/cards; \
	else \
		exec build/release/chitra demo --cards assets/demo/cards; \
	fi

# ---- installing ---------------------------------------------------------------

# DESTDIR: where a package is put together. Nothing is started or made: what is
# left to do is said, unless a package does it.
PREFIX ?= /usr/local
DOCS := README.md CHANGES.md LICENSE terminal/SETTINGS.md
put = install -D -m $(1) $(2) "$(DESTDIR)$(PREFIX)/$(3)"
.PHONY: install install-files uninstall
install: deps-build
	@$(MAKE) --no-print-directory VARIANT=release program install-files
	$(if $(DESTDIR),,@echo 'Now as root: systemd-sysusers;' \
		'udevadm control --reload; udevadm trigger;' \
		'usermod -aG chitra,lp,dialout,video USER')

install-files: console-fonts
	$(Q)$(call put,0755,$(BUILD)/chitra,bin/chitra)
	$(Q)$(call put,0755,$(BUILD)/chitra-verify,bin/chitra-verify)
	$(Q)$(call put,0644,assets/udev/60-chitra.rules,lib/udev/rules.d/60-chitra.rules)
	$(Q)$(call put,0644,assets/udev/chitra.sysusers,lib/sysusers.d/chitra.conf)
	$(Q)$(call put,0644,assets/systemd/chitra-upload@.timer,lib/systemd/system/chitra-upload@.timer)
	$(Q)sed 's|@PREFIX@|$(PREFIX)|' assets/systemd/chitra-upload@.service >$(BUILD)/upload.service
	$(Q)$(call put,0644,$(BUILD)/upload.service,lib/systemd/system/chitra-upload@.service)
	$(Q)for f in $(CONSOLE_FONTS); do \
		$(call put,0644,"$$f","share/chitra/$${f##*/}") || exit 1; done
	$(Q)for f in $(DOCS); do \
		$(call put,0644,"$$f","share/doc/chitra/$${f##*/}") || exit 1; done
	$(Q)$(call put,0644,assets/README.md,share/doc/chitra/SOURCES.md)
	$(Q)$(call put,0644,assets/fonts/efont.LICENSE,share/doc/chitra/efont.LICENSE)

# On the machine of the centre, which is no terminal.
.PHONY: install-centre
install-centre: centre
	$(Q)$(call put,0755,build/release/chitra-centre,bin/chitra-centre)
	$(Q)$(call put,0644,db/centre/README.md,share/doc/chitra/CENTRE.md)

uninstall:
	$(Q)cd "$(DESTDIR)$(PREFIX)" && rm -rf share/doc/chitra share/chitra && \
		rm -f bin/chitra bin/chitra-verify bin/chitra-centre \
		lib/udev/rules.d/60-chitra.rules lib/sysusers.d/chitra.conf \
		lib/systemd/system/chitra-upload@.service \
		lib/systemd/system/chitra-upload@.timer

# ---- reading the source ------------------------------------------------------

.PHONY: lint format clean
SOURCES := $(shell find core terminal drivers db assets tests -name '*.[ch]')
C_FILES := $(filter %.c,$(filter-out tests/% assets/% $(UNBANNED),$(SOURCES)))
# Across files cppcheck 2.10 follows no condition: all its findings of these
# kinds were false (a NULL that goes with a code under which it is not read).
CPPCHECK_GUESSES := --suppress=ctunullpointer --suppress=ctuuninitvar \
	--suppress=ctuPointerArith
# A macro of libudev that is a loop.
CPPCHECK_MACROS := \
	'-Dudev_list_entry_foreach(i,l)=for(i=l;i;i=udev_list_entry_get_next(i))'
lint: deps layers headers texts
	clang-format --dry-run --Werror $(SOURCES)
	cppcheck --quiet --std=c11 --error-exitcode=1 --inline-suppr \
		--enable=warning,performance,portability \
		--suppress=missingIncludeSystem $(CPPCHECK_GUESSES) \
		$(CPPCHECK_MACROS) \
		-I. core terminal drivers db
	clang-tidy --quiet $(C_FILES) -- -std=c17 $(CPPFLAGS)
	clang-tidy --quiet $(UNBANNED) -- -std=c17 $(UNBANNED_FLAGS)
	@set -e; for f in $(C_FILES); do \
		gcc -std=c17 $(CPPFLAGS) -fanalyzer -Wno-analyzer-too-complex \
			-Werror -O0 -c -o /dev/null $$f; done
	@set -e; for f in $(UNBANNED); do \
		gcc -std=c17 $(UNBANNED_FLAGS) -fanalyzer \
			-Wno-analyzer-too-complex -Werror -O0 -c -o /dev/null \
			$$f; done
	@echo "lint: clean"

format:
	clang-format -i $(SOURCES)

clean:
	rm -rf build

-include $(shell find build/$(VARIANT) -name '*.d' 2>/dev/null)
