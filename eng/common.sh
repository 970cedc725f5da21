# Sourced by ./atlas and ./test: where things are, and how steps speak. Expects `root`.
# shellcheck shell=bash

cache=${ATLAS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/orleans-atlas}
artifacts=$root/artifacts
logs=$artifacts/logs
client=$artifacts/bin/Client/release/atlas
export ATLAS_CACHE=$cache
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# Files removed whenever and however the script ends.
temporary=()
trap 'rm -rf "${temporary[@]}"' EXIT

say() { printf '%s\n' "$*" >&2; }

# fail SENTENCE [WAY OUT]
fail() {
    say "$(basename "$0"): $1"
    [[ $# -lt 2 ]] || say "  $2"
    exit 1
}

# step NAME SENTENCE COMMAND...: says the sentence, keeps the output in a log, shows the log's tail where the command fails.
step() {
    local log=$logs/$1.log
    mkdir -p "$logs"
    say "$2"
    if ! "${@:3}" </dev/null >"$log" 2>&1; then
        tail -n 25 "$log" >&2
        say "Failed: ${*:3}"
        say "The whole output is in ${log#"$root"/}."
        return 1
    fi
}

# newer_than STAMP PATH...: whether the stamp is missing or something below the paths changed after it.
newer_than() {
    [[ ! -e $1 ]] || [[ -n $(find "${@:2}" -newer "$1" -print -quit 2>/dev/null) ]]
}
