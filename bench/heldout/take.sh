#!/bin/bash
# Takes films that had no part in any choice out of public repositories (films.tsv: repository, path or pattern).
#   take.sh CLONES LIST OUT    CLONES/OWNER+NAME is a clone of each repository; a file becomes OUT/NAME/FILE
set -euo pipefail
clones=$1
list=$2
out=$3

while IFS=$'\t' read -r repository pattern; do
  clone=$clones/${repository/\//+}
  git -C "$clone" ls-tree -r --name-only HEAD | while read -r path; do
    # shellcheck disable=SC2053
    [[ $path == $pattern ]] || continue
    file=$out/${repository#*/}/$(basename "$path")
    mkdir -p "$(dirname "$file")"
    # Files that are kept elsewhere (LFS) are a few lines of text.
    git -C "$clone" cat-file blob "HEAD:$path" > "$file" && [ "$(stat -c %s "$file")" -gt 2000 ] || rm "$file"
  done
done < "$list"
