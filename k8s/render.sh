#!/usr/bin/env bash
# Renders the chart to plain YAML again: k8s/rendered, for those without Helm. The tests compare.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")"
helm=$(command -v helm || echo ../tests/KubeTools/node_modules/.unpacked/helm/helm)
for name in local azure; do
    mkdir -p "rendered/$name"
    "$helm" template atlas chart --namespace atlas --values "values/$name.yaml" --skip-tests >"rendered/$name/atlas.yaml"
done
