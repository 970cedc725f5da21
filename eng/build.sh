# Restore and build, only where something changed.
# shellcheck shell=bash

# What a build depends on. Folders count too: their time changes when a file comes or goes.
build_inputs=("$root"/src "$root"/eng "$root"/global.json "$root"/.editorconfig "$root"/BannedSymbols.txt "$root"/Directory.*)

ensure_dotnet() {
    command -v dotnet >/dev/null || fail "There is no .NET SDK here." "Install the .NET SDK 10 (https://dotnet.microsoft.com/download), then call this again."
    dotnet --version >/dev/null 2>&1 || fail "The .NET SDK 10 is missing: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ') is what is here." "Install it (https://dotnet.microsoft.com/download), then call this again."
}

# ensure_built STAMP PROJECT INPUT...
ensure_built() {
    local stamp=$artifacts/$1.built started
    [[ ! -x $client ]] || newer_than "$stamp" "${@:3}" || return 0
    mkdir -p "$artifacts"
    started=$(mktemp "$artifacts/.started-XXXXXX") # what is saved during the build is built next time
    temporary+=("$started")
    step build "Building ${2#"$root"/}" build "$2" || {
        ! grep -q 'error NU' "$logs/build.log" ||
            fail "A package could not be restored." "Look at the network and at 'dotnet nuget list source', then call this again."
        fail "The build failed."
    }
    grep 'is left out of this build' "$logs/build.log" | sed 's/^ *//' | sort -u >&2 || true
    cp -p "$started" "$artifacts/client.built" # the solution has the client too
    mv "$started" "$stamp"
}

has_nvidia_gpu() { [[ -e /proc/driver/nvidia/version ]] || command -v nvidia-smi >/dev/null; }

# build PROJECT: with a compiler that stays loaded for all projects and is ended after the last; one that is left over ends by itself.
build() {
    local pipe=orleans-atlas-$$-$RANDOM version compiler code=0
    dotnet build -c Release "$1" -tl:off -p:UseSharedCompilation=true -p:SharedCompilationId="$pipe" $(! has_nvidia_gpu || echo -p:Gpu=true) || code=$?
    version=$(dotnet --version)
    compiler=$(dotnet --list-sdks | sed -n "s/^$version \[\(.*\)\]$/\1/p")/$version/Roslyn/bincore/VBCSCompiler.dll
    [[ ! -e $compiler ]] || dotnet "$compiler" -shutdown "-pipename:$pipe" || true
    return "$code"
}

# The client's own host looks for the runtime in fixed places; this is where the SDK in use has it.
find_runtime() {
    export DOTNET_ROOT=${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}
}
