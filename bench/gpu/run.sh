#!/bin/sh
# run.sh FOLDER MODEL... : the tables of bench/results/gpu.md on standard output, on a GPU where there is one (build with -p:Gpu=true), else on
# the CPU. Each MODEL is a name or an ONNX file with its card, such as resnet18 and xception; FOLDER has films. At most 8 minutes.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bin=$here/../../artifacts/bin
folder=$1
shift
timeout 240 "$bin/Gpu/release/gpu" "$@"
for model in "$@"; do
  echo
  timeout 120 "$bin/EndToEnd/release/OrleansAtlas.EndToEnd" "$folder" "$model" keep=0.05 1 || echo "$model: the films were not done in two minutes"
done
