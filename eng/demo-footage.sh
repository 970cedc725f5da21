# Clips for the demo, out of Debian packages that are fetched and not installed: 26 films, 280 s, 122 MB to load.
# shellcheck shell=bash

# whole FOLDER COMMAND...: runs the command with an empty folder as its last argument, which becomes FOLDER only when all went well.
whole() {
    local folder=$1 made
    [[ ! -e $folder ]] || return 0
    mkdir -p "$(dirname "$folder")"
    made=$(mktemp -d "$(dirname "$folder")/.making-XXXXXX")
    temporary+=("$made")
    "${@:2}" "$made" || return 1
    chmod 755 "$made"
    mv -T "$made" "$folder" || [[ -e $folder ]] # somebody else may have been faster
}

# demo_clips FOLDER LOADING PACKAGE FILE...: the package's matching files and its copyright file, in a folder of its name.
demo_clips() {
    mkdir "$1/$3" &&
        (cd "$2" && apt-get download "$3") &&
        dpkg-deb --fsys-tarfile "$2/$3"_*.deb |
        tar -x -C "$1/$3" --no-same-owner --transform 's|.*/||' --wildcards "./usr/share/doc/$3/copyright" "${@:4}"
}

unpack_footage() {
    local loading
    loading=$(mktemp -d)
    temporary+=("$loading")
    chmod 777 "$loading" # a folder that everyone may write to lets apt drop its rights for the download
    demo_clips "$1" "$loading" python3-mecavideo './usr/share/pymecavideo/data/video/*.*' &&
        demo_clips "$1" "$loading" planetblupi-common './usr/share/planetblupi/movie/*.mkv' &&
        demo_clips "$1" "$loading" opencv-doc './usr/share/doc/opencv-doc/examples/data/*.avi*' &&
        find "$1" -name '*.gz' -exec gunzip {} +
}

# The folders to index go to the client in ATLAS_DEMO_FOOTAGE, separated by colons.
ensure_demo_footage() {
    local folder=$cache/demo-footage
    if [[ ! -e $folder ]]; then
        command -v apt-get >/dev/null || fail "The demo's clips come out of Debian packages, and there is no apt-get here." "Try your own films: ./atlas index FOLDER -c NAME."
        if [[ -z $(apt-cache policy opencv-doc 2>/dev/null) && $EUID -eq 0 ]]; then
            step apt-update "Reading Debian's package lists" apt-get update || fail "Debian's package lists could not be read." "Look at the network and at /etc/apt, then call this again."
        fi
        step demo-footage "Fetching the demo's clips from Debian packages (122 MB)" whole "$folder" unpack_footage ||
            fail "The demo's clips could not be fetched." "Look at the network, or call 'sudo apt-get update' first; your own films work without them: ./atlas index FOLDER -c NAME."
    fi
    export ATLAS_DEMO_FOOTAGE=$folder
    [[ ! -d $root/../shared/footage ]] || ATLAS_DEMO_FOOTAGE+=:$(realpath "$root/../shared/footage")
}
