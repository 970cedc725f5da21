#!/usr/bin/env bash
# The root file system of the images (Dockerfile) without Docker, and programs in it as a pod runs them. Needs root and debootstrap.
#
#   k8s/rootfs.sh make ROOT                              Debian with the packages of eng/debian-packages, from this machine's own mirror
#   k8s/rootfs.sh run ROOT APP DATA PROGRAM [ARGUMENT...]  PROGRAM of the published folder APP: not as root, without rights, on a root file
#                                                        system that is read-only but for /tmp, /cache and /data, which is the folder DATA
set -euo pipefail
root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/..
readonly User=10001

mirror() {
    { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
        sed -nE 's/^URIs: *([^ ]*debian)\/?$/\1/p; s/^deb (\[[^]]*\] )?([^ ]*debian)\/? bookworm main.*/\2/p' | head -n 1
}

make_root() {
    debootstrap --variant=minbase --include="$(sed '/^#/d; s/ .*//' "$root/eng/debian-packages" | paste -sd,)" bookworm "$1" "$(mirror)"
    # What debian:12-slim leaves out too.
    rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/* "$1"/usr/share/{doc,man,info,locale,lintian}/*
    mkdir -p "$1"/{app,cache,data}
}

# The mounts are gone with the process that sees them.
run_in() {
    local folder=$1 app=$2 data=$3
    shift 3
    mkdir -p "$data"
    chown "$User:$User" "$data"
    # shellcheck disable=SC2016 # for the shell inside
    exec unshare --mount --pid --fork --kill-child -- bash -ec '
        folder=$1 app=$2 data=$3 user=$4
        shift 4
        mount --bind "$folder" "$folder"
        mount -t proc proc "$folder/proc"
        mount --rbind /dev "$folder/dev"
        mount --bind "$app" "$folder/app"
        mount -o remount,bind,ro "$folder/app"
        mount --bind "$data" "$folder/data"
        mount -t tmpfs -o "mode=1777" tmpfs "$folder/tmp"
        mount -t tmpfs -o "uid=$user,gid=$user" tmpfs "$folder/cache"
        mount -o remount,bind,ro "$folder"
        exec chroot "$folder" /usr/bin/setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --bounding-set=-all \
            --inh-caps=-all /usr/bin/env -i --chdir=/app PATH=/usr/bin:/bin HOME=/tmp ATLAS_CACHE=/cache "$@"
    ' rootfs "$folder" "$app" "$data" "$User" "$@"
}

case ${1-} in
    make) make_root "$2" ;;
    run) run_in "${@:2}" ;;
    *)
        sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
