#!/bin/bash
# door.sh - from door to door on a handheld of 40x24: who refuses, who is not at
# home, two who go to one person, who agrees by VietQR or with a guardian's
# account, who takes it back next month. The verifier accepts what is left, and
# the forms count it.
. tests/e2e/lib_door.sh

story 40 24
echo 'door: ok'
