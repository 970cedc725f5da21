# Files out of npm packages, checked against a committed SHA-512 (npm's own `integrity`, in hexadecimal).
# shellcheck shell=bash

# npm_files NAME@VERSION SHA512 FOLDER PATTERN...: unpacks the matching files below FOLDER. No script of the package is run.
npm_files() {
    local package=$1 sum=$2 folder=$3 archive=$3.tgz
    npm pack "$package" --ignore-scripts --silent --cache "$folder.npm" --pack-destination "$(dirname "$folder")" >"$folder.name" ||
        { echo "npm could not download $package."; return 1; }
    mv "$(dirname "$folder")/$(tail -n 1 "$folder.name")" "$archive" && rm -rf "$folder.npm" "$folder.name"
    sha512sum --check --status <<<"$sum  $archive" ||
        { echo "$package has another SHA-512 than $sum: not used."; return 1; }
    mkdir -p "$folder" &&
        tar -xzf "$archive" -C "$folder" --strip-components=1 --no-same-owner --wildcards "${@:4}" &&
        rm "$archive"
}

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

need_npm() {
    command -v npm >/dev/null || fail "$1 comes from npm, and there is no npm here." "Install Node.js 20 or newer (sudo apt-get install npm), then call this again."
}
