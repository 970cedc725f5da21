# What the NuGet sources in use have of the packages that some of them lack.
# shellcheck shell=bash

# A finding holds for one NuGet configuration, the versions asked for, this way of asking and one place of the bridge.
registry_key() {
    local folder=$root
    {
        onnxruntime_bridge
        env | grep -i '^nuget_' | sort || true
        cat "$root/Directory.Packages.props" "$root/eng/registry.sh"
        cat ~/.nuget/NuGet/*.[Cc]onfig ~/.config/NuGet/*.[Cc]onfig ~/.nuget/config/*.[Cc]onfig ~/.config/NuGet/config/*.[Cc]onfig /etc/opt/NuGet/Config/*.[Cc]onfig 2>/dev/null || true
        while [[ -n $folder ]]; do
            cat "$folder"/[Nn]u[Gg]et.[Cc]onfig 2>/dev/null || true
            folder=${folder%/*}
        done
    } | sha256sum | cut -d' ' -f1
}

# The package of ONNX Runtime that src/Onnx references on this platform.
onnxruntime_package() {
    case $(uname -sm) in
        "Linux x86_64") echo Microsoft.ML.OnnxRuntime.Gpu ;;
        *) echo Microsoft.ML.OnnxRuntime ;;
    esac
}

# probe FOLDER NAME PACKAGE...: a project that references the packages and nothing else.
probe() {
    mkdir "$1/$2"
    {
        echo '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup><ItemGroup>'
        printf '<PackageReference Include="%s" />\n' "${@:3}"
        echo '</ItemGroup></Project>'
    } >"$1/$2/$2.csproj"
    echo "<Project Path=\"$2/$2.csproj\" />"
}

# found NAME LOG: true or false, or nothing where the restore failed for another reason.
# Absent is a package that no source knows (NU1101) or knows in other versions alone (NU1102, NU1603).
found() {
    local lines
    lines=$(grep -F "/Probe.$1.csproj : " "$2" || true)
    if grep -qE "error NU1101|error NU1102|NU1603: Probe.$1 depends on" <<<"$lines"; then
        echo false
    elif ! grep -qE 'error [A-Z]+[0-9]+' <<<"$lines"; then
        echo true
    fi
}

find_packages() {
    local folder log=$logs/registry.log name has line="NuGet has:" props=""
    # Inside the repository, so that the same NuGet configuration is in effect, with the same versions, and none of its build files.
    folder=$artifacts/registry-probe
    temporary+=("$folder")
    rm -rf "$folder"
    mkdir -p "$folder" "$logs"
    say "Looking at what the NuGet sources have"
    {
        echo '<Solution>'
        probe "$folder" Probe.Orleans Microsoft.Orleans.Server Microsoft.Orleans.Client Microsoft.Orleans.Sdk \
            Microsoft.Orleans.Clustering.Redis Microsoft.Orleans.Serialization.SystemTextJson Microsoft.Orleans.TestingHost
        probe "$folder" Probe.OnnxRuntime "$(onnxruntime_package)"
        probe "$folder" Probe.TorchSharp TorchSharp
        probe "$folder" Probe.IoHashing System.IO.Hashing
        echo '</Solution>'
    } >"$folder/Probe.slnx"
    cp "$root/Directory.Packages.props" "$folder"
    echo '<Project />' | tee "$folder/Directory.Build.props" >"$folder/Directory.Build.targets"
    (cd "$folder" && dotnet restore Probe.slnx -v quiet -tl:off </dev/null >"$log" 2>&1) || true

    ! grep -q 'error NU1301\|error NU1302\|error NU1303' "$log" || {
        grep -m 3 'error NU130' "$log" >&2
        fail "A NuGet source could not be read." "Look at the network and at 'dotnet nuget list source', then call this again."
    }
    for name in Orleans OnnxRuntime TorchSharp IoHashing; do
        has=$(found "$name" "$log")
        [[ -n $has ]] || {
            grep -F "/Probe.$name.csproj : error" "$log" | head -n 5 >&2
            fail "Whether NuGet has $name could not be found out: its restore failed." "The whole output is in ${log#"$root"/}."
        }
        line+=" $name $([[ $has == true ]] && echo yes || echo no)$(lacking_version "$name" "$log"),"
        props+="    <Has$name>$has</Has$name>"$'\n'
        [[ $name != OnnxRuntime || $has == true ]] || props+="    <OnnxRuntimeBridge>$(onnxruntime_bridge)</OnnxRuntimeBridge>"$'\n'
    done
    say "${line%,}"
    printf '<Project>\n  <!-- Written by ./atlas and ./test for the NuGet configuration %s. -->\n  <PropertyGroup>\n%s  </PropertyGroup>\n</Project>\n' \
        "$(registry_key)" "$props" >"$registry_props.new"
    # The same finding again asks for no build.
    if cmp -s "$registry_props.new" "$registry_props"; then
        rm "$registry_props.new"
    else
        mv "$registry_props.new" "$registry_props"
    fi
}

lacking_version() {
    ! grep -F "/Probe.$1.csproj : " "$2" | grep -qE "error NU1102|NU1603: Probe.$1 depends on" ||
        grep -F "/Probe.$1.csproj : error NU1101" "$2" >/dev/null || echo " (other versions only)"
}

knows_packages() { [[ -e $registry_props ]] && grep -qF "$(registry_key)" "$registry_props"; }
registry_lacks() { grep -qF "<Has$1>false<" "$registry_props"; }
