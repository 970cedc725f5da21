#!/bin/bash
# Makes copies of films in many ways, and cases.tsv with what each is made of:
# file, kind, source, seconds into the source where the copy begins, seconds into the copy where that is seen, seconds shared (of the
# source), and how much faster the copy plays.
#   make-cases.sh FOOTAGE OUT tuned|judged|heldout|drawings    the six films the limits were chosen on, or six others; heldout and
#   drawings: six films with pictures and six line drawings that bench/heldout/take.sh takes
set -euo pipefail
footage=$1
out=$2
mkdir -p "$out"
: > "$out/cases.tsv"

case ${3:-tuned} in
  tuned)
    films=(
      mdn-learning-area/rabbit.mp4 mdn-shared-assets/bug_video_640.mp4 mdn-shared-assets/friday.mp4
      intel-sample-videos/car-detection.mp4 blender/big_buck_bunny_0_30.webm mdn-learning-area/pig.mp4
    )
    other=mdn-shared-assets/tears-of-steel-battle-clip-medium.webm
    ;;
  judged)
    films=(
      mdn-learning-area/crystal.mp4 mdn-learning-area/frog.mp4 mdn-shared-assets/flower.mp4
      intel-sample-videos/bottle-detection.mp4 mdn-shared-assets/tears-of-steel-battle-clip-medium.webm mdn-learning-area/elf.mp4
    )
    other=blender/big_buck_bunny_0_30.webm
    ;;
  heldout)
    films=(
      ffmpeg-tutorial/sintel.mpg mediaelement-files/echo-hereweare.webm sam2/02_cups.mp4
      moviepy/chaplin.mp4 Track-Anything/test-sample13.mp4 VideoLLaMA2/1034346401.mp4
    )
    other=videoconverter.js/bigbuckbunny.webm
    ;;
  drawings)
    films=(
      curiosity_studies/bee.mp4 curiosity_studies/cake.mp4 curiosity_studies/drummer.mp4
      curiosity_studies/llama.mp4 curiosity_studies/pizza.mp4 curiosity_studies/surfer.mp4
    )
    other=videoconverter.js/bigbuckbunny.webm
    ;;
  *)
    echo "$3 is no set of films; tuned, judged, heldout and drawings are." >&2
    exit 2
    ;;
esac
fit='scale=480:-2'
same='scale=480:320,setsar=1,fps=25'
encode=(-an -c:v libx264 -preset ultrafast -crf 24 -threads 2)

seconds_of() { ffprobe -v error -show_entries format=duration -of csv=p=0 "$1"; }
note() { printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1.mp4" "$2" "$film" "$3" "$4" "$5" "${6:-1}" >> "$out/cases.tsv"; }

# The whole film through a filter.
whole() {
  ffmpeg -nostdin -v error -y -i "$source" -vf "$2" "${encode[@]}" "$out/$name-$1.mp4"
  note "$name-$1" "$1" 0 0 "$length" "${3:-1}"
}

number=0
for film in "${films[@]}"; do
  source=$footage/$film
  name=$(basename "${film%.*}")
  length=$(seconds_of "$source")
  number=$((number + 1))

  whole encoded 'scale=240:-2,gblur=0.7,scale=320:-2'
  whole mirror "hflip,$fit"
  whole letterbox "$fit,pad=iw:trunc(iw*0.9/2)*2:0:(oh-ih)/2"
  whole pillarbox "$fit,pad=trunc(iw*1.34/2)*2:ih:(ow-iw)/2:0"
  whole rate "fps=$((number % 2 ? 15 : 25)),$fit"
  whole crop 'crop=trunc(iw*0.75/2)*2:trunc(ih*0.75/2)*2'",$fit"
  whole corner 'crop=trunc(iw*0.75/2)*2:trunc(ih*0.75/2)*2:'"(iw-ow)*$((number % 3))/2:(ih-oh)*$((number % 2)),$fit"
  whole edges 'crop=trunc(iw*0.9/2)*2:trunc(ih*0.9/2)*2'",$fit"
  whole faster4 "setpts=PTS/1.04,$fit" 1.04
  whole faster10 "setpts=PTS/1.1,$fit" 1.1
  whole slower "setpts=PTS*1.0427,$fit" 0.959
  whole turned "vflip,hflip,$fit"
  whole negative "$fit,negate"

  # A piece of 3 s; and 4 s of the film within another one.
  ffmpeg -nostdin -v error -y -ss 1.37 -i "$source" -t 3 -vf "$fit" "${encode[@]}" "$out/$name-piece.mp4"
  note "$name-piece" piece 1.37 0 3
  ffmpeg -nostdin -v error -y -ss $((number * 3)) -t 6 -i "$footage/$other" -ss 0.6 -t 4 -i "$source" \
    -ss $((number * 3 + 6)) -t 5 -i "$footage/$other" -filter_complex \
    "[0:v]$same[a];[1:v]$same[b];[2:v]$same[c];[a][b][c]concat=n=3:v=1[v]" \
    -map '[v]' "${encode[@]}" "$out/$name-inside.mp4"
  note "$name-inside" inside 0.6 6 4
  film=$other note "$name-inside" host $((number * 3)) 0 6
  film=$other note "$name-inside" rest $((number * 3 + 6)) 10 5
done
