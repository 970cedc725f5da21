# The Debian packages that the product needs (eng/debian-packages), looked for by what they bring.
# shellcheck shell=bash

# (grep -q would end ldconfig early, which pipefail takes for a failure.)
has_library() { PATH=$PATH:/sbin:/usr/sbin ldconfig -p | grep -F "$1" >/dev/null; }

# has command|file|library NAME...: whether all of them are here.
has() {
    local name
    for name in "${@:2}"; do
        case $1 in
            command) PATH=$PATH:/usr/sbin command -v "$name" >/dev/null ;;
            file) [[ -e $name ]] ;;
            library) has_library "$name" ;;
        esac || return 1
    done
}

missing_packages() {
    local package kind names
    while read -r package kind names; do
        # shellcheck disable=SC2086 # several names
        [[ $package == "#"* ]] || has "$kind" $names || echo "$package"
    done <"$root/eng/debian-packages"
    # Only the cluster's tests start one; without it they are skipped.
    [[ $(basename "$0") != test ]] || has command redis-server || echo redis-server
    [[ ${with_test_packages-no} == no ]] || has command chromium || echo chromium       # the tests of the web map's page
    [[ ${with_test_packages-no} == no ]] || has command debootstrap || echo debootstrap # the test of the images' root file system
}

ensure_packages() {
    local missing as_root=()
    mapfile -t missing < <(missing_packages)
    [[ ${#missing[@]} -gt 0 ]] || return 0
    local by_hand="sudo apt-get update && sudo apt-get install ${missing[*]}"
    command -v apt-get >/dev/null ||
        fail "${missing[*]} missing, and there is no apt-get here." "Install ffmpeg, libvips 42 and the DejaVu fonts with your package manager, then call this again."

    if [[ $EUID -ne 0 ]]; then
        { [[ -t 0 && -t 2 ]] && command -v sudo >/dev/null; } || fail "${missing[*]} missing." "Install with: $by_hand"
        read -r -p "${missing[*]} missing. Install with sudo apt-get? [y/N] " answer
        [[ $answer == [yY]* ]] || fail "${missing[*]} missing." "Install with: $by_hand"
        sudo -v
        as_root=(sudo)
    fi
    step apt-update "Reading Debian's package lists" "${as_root[@]}" apt-get update ||
        fail "Debian's package lists could not be read." "Look at the network and at /etc/apt, then call this again."
    step apt-install "Installing ${missing[*]}" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" ||
        fail "${missing[*]} could not be installed." "Try by hand: $by_hand"
}
