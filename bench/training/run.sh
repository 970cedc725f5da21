#!/bin/sh
# run.sh [--short|--trainers] : the lines of bench/results/training.md on standard output.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
grep -m1 'model name' /proc/cpuinfo
"$here/../../artifacts/bin/Training/release/training" "$@"
[ "${1-}" != --trainers ] || exit 0 # the usual trainer beside libtorch
# Peers at their best: OpenBLAS chooses its kernels for this processor, and memory that is free stays with the process instead of being fetched page by page
# for every array (on a virtual machine that quadruples PyTorch's time).
env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_TOP_PAD_=500000000 /usr/bin/python3 "$here/peers.py" "$@"
