#!/bin/bash
# run.sh EXPORT... : the tables of bench/results/quality.md on standard output, the last one a line for each collection. Each EXPORT is a folder
# that `atlas export --format npy` wrote. What `bench copies FOLDER[:FOLDER] CASES.TSV EXPORT/copies.md` wrote is in the tables where it is there.
# PEERS=FILE keeps what others made of them, and uses it where it is there (t-SNE of some thousand frames takes minutes).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
quality=$here/../../artifacts/bin/Quality/release/quality
report=$(mktemp)
trap 'rm -f "$report" "$report.peers"' EXIT
: "${PEERS:=$report.peers}"
[ -s "$PEERS" ] || /usr/bin/python3 "$here/peers.py" "$@" > "$PEERS"
"$quality" "$PEERS" "$@" | tee "$report"
echo
"$quality" --summary "$report"
