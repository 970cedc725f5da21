#!/bin/bash
# Makes variants of photos, and cases.tsv with what each is made of: file, kind, source.
#   make-photos.sh PHOTOS OUT [EVERY]    of every so many photos (default 3) all kinds are made
set -euo pipefail
photos=$1
out=$2
every=${3:-3}
mkdir -p "$out"
: > "$out/cases.tsv"

kinds=(resized recompressed mirrored turned90 turned180 turned270 crop10 crop20 corner10 corner25 half bright tinted grey straight1 straight3)
number=0
find "$photos" -iregex '.*\.jpe?g' -printf '%P\n' | sort | while read -r photo; do
  number=$((number + 1))
  [ $((number % every)) -eq 0 ] || continue
  name=$(echo "${photo%.*}" | tr '/' '-')
  # Where off-centre crops are: another place for each photo.
  x=$((number % 3))
  y=$((number / 3 % 3))
  ffmpeg -nostdin -v error -y -i "$photos/$photo" -filter_complex "
    [0:v]format=yuvj444p,split=16[a][b][c][d][e][f][g][h][i][j][k][l][m][n][o][p];
    [a]scale=iw*0.45:ih*0.45[resized];
    [b]null[recompressed];
    [c]hflip[mirrored];
    [d]transpose=clock[turned90];
    [e]hflip,vflip[turned180];
    [f]transpose=cclock[turned270];
    [g]crop=iw*0.9:ih*0.9[crop10];
    [h]crop=iw*0.8:ih*0.8[crop20];
    [i]crop=iw*0.9:ih*0.9:(iw-ow)*$x/2:(ih-oh)*$y/2[corner10];
    [j]crop=iw*0.75:ih*0.75:(iw-ow)*$x/2:(ih-oh)*$y/2[corner25];
    [k]crop=iw*0.5:ih:(iw-ow)*$x/2:0[half];
    [l]eq=brightness=0.12:contrast=1.3:gamma=0.8[bright];
    [m]colorbalance=rs=0.3:bs=-0.3[tinted];
    [n]hue=s=0[grey];
    [o]rotate=PI/180,crop=iw*0.94:ih*0.94[straight1];
    [p]rotate=-3*PI/180,crop=iw*0.9:ih*0.9[straight3]" \
    $(for kind in "${kinds[@]}"; do
      quality=4
      [ "$kind" != recompressed ] || quality=24
      echo "-map [$kind] -frames:v 1 -q:v $quality -update 1 $out/$name-$kind.jpg"
    done)
  for kind in "${kinds[@]}"; do
    printf '%s\t%s\t%s\n' "$name-$kind.jpg" "$kind" "$photo" >> "$out/cases.tsv"
  done
done
