#!/bin/sh
# run.sh [--short] : the lines of bench/results/training.md on standard output.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
grep -m1 'model name' /proc/cpuinfo
"$here/../../artifacts/bin/Training/release/training" "$@"
/usr/bin/python3 "$here/peers.py" "$@"
