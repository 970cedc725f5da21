#!/bin/sh
# run.sh EXPORT... : the tables of bench/results/quality.md on standard output. Each EXPORT is a folder that `atlas export --format npy` wrote.
# PEERS=FILE keeps what others made of them, and uses it where it is there (t-SNE of some thousand frames takes minutes).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${PEERS:-}" ]; then
  PEERS=$(mktemp)
  trap 'rm -f "$PEERS"' EXIT
fi
[ -s "$PEERS" ] || /usr/bin/python3 "$here/peers.py" "$@" > "$PEERS"
"$here/../../artifacts/bin/Quality/release/quality" "$PEERS" "$@"
