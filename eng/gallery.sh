#!/usr/bin/env bash
# Draws docs/pictures again: the demo's map by every verb that draws, made smaller by ffmpeg. The commands are those of docs/pictures.md.
set -euo pipefail
root=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
source "$root/eng/common.sh"

gallery=${1:-$root/docs/pictures}
demo=$root/atlas-demo
drawn=$(mktemp -d)
temporary+=("$drawn")

# draw NAME VERB ARGUMENT...: the picture at its full size.
draw() {
    say "$1: atlas $2 ${*:3}"
    "$client" "$2" "${@:3}" -c demo --store "$demo/store" -o "$drawn/$1.png" >/dev/null || fail "atlas $2 did not draw $1."
}

# shrink NAME FILTER [TO]: a picture for the page.
shrink() {
    ffmpeg -v error -y -i "$drawn/$1.png" -vf "$2" -q:v 5 "$gallery/${3:-$1}.jpg" </dev/null
}

"$root/atlas" demo -o "$demo" >/dev/null
mkdir -p "$gallery"

draw demo-mosaic mosaic --tile 178x100
draw part mosaic --at 0.6,0.55 --width 0.3 --tiles 8x8 --tile 178x100
draw poster mosaic --preset a2 --title "The demo's films" --legend
draw scatter scatter
draw compare scatter --compare
draw curves scatter --curves
draw paths paths
draw paths-three paths tears-of-steel-battle-clip-medium.webm big_buck_bunny_0_30.webm bottle-detection.mp4
draw similar similar frog.mp4
draw dissimilar dissimilar
draw cover dissimilar --cover

shrink demo-mosaic scale=1400:-2:flags=lanczos
shrink part scale=1000:-2:flags=lanczos
shrink poster scale=900:-2:flags=lanczos
shrink poster crop=1600:1000:0:ih-1250 poster-detail
for picture in scatter compare curves paths paths-three similar dissimilar cover; do
    shrink "$picture" "scale='min(1600,iw)':-2:flags=lanczos"
done
say "$(du -cb "$gallery"/*.jpg | tail -n 1 | cut -f 1) bytes in $gallery."
