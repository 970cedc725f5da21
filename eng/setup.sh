# Why: docs/decisions/set-up-by-two-scripts.md
# The set-up steps, in order. Each looks first whether it has anything to do, so that a second call costs nothing.
# shellcheck shell=bash source-path=SCRIPTDIR

source "$root/eng/common.sh"
source "$root/eng/debian.sh"
source "$root/eng/build.sh"

# set_up STAMP PROJECT INPUT...: everything that PROJECT needs to run, and PROJECT built.
set_up() {
    local lock
    ensure_packages
    mkdir -p "$artifacts" "$cache"
    exec {lock}>"$artifacts/.set-up.lock"
    flock -n "$lock" || { say "Waiting for another set-up of this folder"; flock "$lock"; }
    ensure_built "$@"
    find_runtime
    exec {lock}>&-
}
