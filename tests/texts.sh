#!/bin/bash
# texts.sh - every tr("...") and TR("...") has its Vietnamese, none is unused.
#
# Strings may span lines ("a" "b"); the formats (%s %d ...) of both languages
# must be the same, in the same order.
set -eu
exec perl tests/texts.pl
