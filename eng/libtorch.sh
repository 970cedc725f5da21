#!/usr/bin/env bash
# Why: docs/decisions/torch.md
# Fetches libtorch for the CPU, for `atlas train --trainer torch`: 200 MB through NuGet, and links to it in the cache.
set -euo pipefail
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
# shellcheck source-path=SCRIPTDIR
source "$root/eng/setup.sh"
source "$root/eng/demo-footage.sh" # whole

# libtorch FOLDER
link_libtorch() {
    local packages version=$(sed -n 's|.*<LibTorchVersion>\(.*\)</LibTorchVersion>.*|\1|p' "$root/Directory.Packages.props")
    local binding=$(sed -n 's|.*Include="TorchSharp" Version="\([^"]*\)".*|\1|p' "$root/Directory.Packages.props")
    dotnet restore "$root/src/Torch/Torch.csproj" -p:LibTorch=true || return 1
    packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
    ln -s "${packages%/}/libtorch-cpu-linux-x64/$version/runtimes/linux-x64/native"/*.so* "$1" &&
        ln -s "${packages%/}/torchsharp/$binding/runtimes/linux-x64/native"/*.so "$1"
}

[[ $(uname -sm) == "Linux x86_64" ]] || fail "libtorch is used on Linux on x64 processors only."
ensure_dotnet
[[ -e $cache/libtorch ]] || step libtorch "Fetching libtorch for the CPU (200 MB)" whole "$cache/libtorch" link_libtorch ||
    fail "libtorch could not be fetched." "Look at the network and at 'dotnet nuget list source', then call this again."
say "libtorch is in $cache/libtorch."
