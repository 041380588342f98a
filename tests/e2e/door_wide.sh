#!/bin/bash
# door_wide.sh - the stories of door.sh on a handheld of 53x30.
. tests/e2e/lib_door.sh

story 53 30
echo 'door_wide: ok'
