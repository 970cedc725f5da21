# ONNX Runtime from npm, for registries without its NuGet package: the sources of its C# API and a Linux library.
# shellcheck shell=bash

onnxruntime_version=1.29.0

has_nvidia_gpu() { [[ -e /proc/driver/nvidia/version ]] || command -v nvidia-smi >/dev/null; }

# Beside a GPU the library is the one that can load the CUDA and TensorRT providers.
onnxruntime_bridge() { echo "$cache/onnxruntime-$onnxruntime_version$(! has_nvidia_gpu || echo -cuda)"; }

unpack_onnxruntime() {
    local folder=$1 parts=$1/parts
    mkdir "$parts"
    npm_files com.github.asus4.onnxruntime@0.4.9 \
        064cf176e499f4891e0cfe90f25cf64c553689eee1492bd2ed921fccca28131a2ad02373267bae19a509ec8b288c182a3b8a2e0f58d76a1f0e63225b08ddbd16 \
        "$parts/api" 'package/Runtime/*.cs' 'package/Plugins/Linux/x64/*.so' package/LICENSE package/ThirdPartyNotices.txt || return 1
    mv "$parts"/api/{Runtime,LICENSE,ThirdPartyNotices.txt} "$folder" && mv "$parts/api/Plugins/Linux/x64" "$folder/native" || return 1
    if has_nvidia_gpu; then
        npm_files onnxruntime-node@$onnxruntime_version \
            5a3895541ef6ae220bcfc1db62fc6f9a32b213f5a6918a127ca63ef9ac68e63011eb4f47420f0cc221bf1e14a1a537097e6980773c71981f8c3124f703e4a23c \
            "$parts/cuda" 'package/bin/napi-v6/linux/x64/libonnxruntime.so.1' || return 1
        npm_files com.github.asus4.onnxruntime.linux-x64-gpu@0.4.9 \
            168a4884d13f360fafd97eb9c1573d7253c2042be1bc0e771f1a3653429fe5f19d56c0bb88203e999d0a2d6820710023ed3219ea9362751e000b5d20ef85e8eb \
            "$parts/providers" 'package/Plugins/Linux/x64/*.so' || return 1
        mv "$parts/cuda/bin/napi-v6/linux/x64/libonnxruntime.so.1" "$folder/native/libonnxruntime.so" &&
            mv "$parts"/providers/Plugins/Linux/x64/*.so "$folder/native" || return 1
    fi
    rm -r "$parts"
}

ensure_onnxruntime() {
    local folder
    folder=$(onnxruntime_bridge)
    [[ ! -e $folder ]] || return 0
    [[ $(uname -sm) == "Linux x86_64" ]] ||
        fail "NuGet has no ONNX Runtime here, and the npm packages that stand in for it have a library for Linux on x86-64 alone, not for $(uname -sm)." "Use a NuGet source that has it, then ./atlas --refresh."
    need_npm "ONNX Runtime"
    step onnxruntime "Fetching ONNX Runtime $onnxruntime_version from npm (150 MB$(! has_nvidia_gpu || echo ', and 290 MB for the GPU'))" \
        whole "$folder" unpack_onnxruntime ||
        fail "ONNX Runtime could not be fetched from npm." "Look at the network and at 'npm ping', then call this again."
}
