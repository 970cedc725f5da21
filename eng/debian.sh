# The Debian packages that the product needs, looked for by what they bring.
# shellcheck shell=bash

# (grep -q would end ldconfig early, which pipefail takes for a failure.)
has_library() { PATH=$PATH:/sbin ldconfig -p | grep -F "$1" >/dev/null; }

missing_packages() {
    command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null || echo ffmpeg
    has_library libvips.so.42 || echo libvips42
    # Only the cluster's tests start one; without it they are skipped.
    [[ $(basename "$0") != test ]] || command -v redis-server >/dev/null || echo redis-server
    [[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ]] || echo fonts-dejavu-core
    [[ ${with_test_packages-no} == no ]] || command -v chromium >/dev/null || echo chromium # the tests of the web map's page
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
