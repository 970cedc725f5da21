#!/bin/sh
# run.sh EXPORT... : the table of bench/results/quality.md on standard output.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
peers=$(mktemp)
trap 'rm -f "$peers"' EXIT
/usr/bin/python3 "$here/peers.py" "$@" > "$peers"
"$here/../../artifacts/bin/Quality/release/quality" "$peers" "$@"
