# Runs the test programs and adds their counts up: one after another, but for one that waits most of its time.
# shellcheck shell=bash

passed=0 failed=0 skipped=0 long_reports=()

# Most of its time it waits for what is gone to be noticed, so it runs beside the others.
waits=Cluster.Tests
reports=$artifacts/test-results

# Seconds after which a test program is ended and counts as failed.
declare -A limit=([usual]=1500 [long]=14400)

# attribute FILE NAME: a number that the report says of its whole assembly; nothing where the program died before it wrote one.
attribute() { [[ ! -e $1 ]] || sed -n "s/.*<assembly [^>]* $2=\"\([0-9]*\)\".*/\1/p" "$1" | head -n 1; }

# The most frequent reasons why tests were skipped, each with its number.
skip_reasons() {
    { grep -o '<reason><!\[CDATA\[[^]]*' "$1" 2>/dev/null || true; } | cut -c18- | sort | uniq -c | sort -rn |
        awk 'NR <= 5 { n = $1; sub(/^ *[0-9]+ /, ""); print "    skipped " n ": " $0 } END { if (NR > 5) print "    and " NR - 5 " other reasons" }'
}

# Skipped tests are summed up by reason instead of named one by one.
without_skips() { awk '/ \[SKIP\]$/ { drop = 2 } drop-- > 0 { next } { print; fflush() }'; }

# run_program NAME KIND OPTION...: one run of one test program; KIND is usual or long. Its code is kept for count_program.
run_program() {
    local name=$1 kind=$2 report=$reports/$1.$2.xml log=$logs/test-$1.$2.log code=0
    rm -f "$report" "$report.code"
    timeout --foreground --kill-after=10 "${limit[$kind]}" "$artifacts/bin/$name/release/OrleansAtlas.$name" \
        "${@:3}" -xml "$report" -noLogo -noColor -reporter quiet </dev/null 2>&1 | tee "$log" | without_skips || code=${PIPESTATUS[0]}
    echo "$code" >"$report.code"
}

# start_program NAME KIND OPTION...: the same beside what follows; wait_for_program says what it said.
start_program() {
    set -m
    run_program "$@" >"$logs/beside" 2>&1 &
    set +m
    beside=$! groups+=("$!")
}

wait_for_program() {
    wait "$beside" || true
    groups=()
    cat "$logs/beside"
}

# count_program NAME KIND: adds up what a run of it gave.
count_program() {
    local name=$1 kind=$2 report=$reports/$1.$2.xml code p f s e
    code=$(cat "$report.code" 2>/dev/null || echo 1)
    p=$(attribute "$report" passed) f=$(attribute "$report" failed) s=$(attribute "$report" skipped) e=$(attribute "$report" errors)
    f=$((${f:-0} + ${e:-0}))
    if [[ $code -ne 0 && $f -eq 0 ]]; then
        f=1
        case $code in
            124 | 137) echo "$name was ended after ${limit[$kind]} s." ;;
            *) echo "$name ended with code $code and no failed test: it crashed." ;;
        esac
    fi
    passed=$((passed + ${p:-0})) failed=$((failed + f)) skipped=$((skipped + ${s:-0}))
    [[ $((${p:-0} + f + ${s:-0})) -eq 0 ]] || echo "$name$([[ $kind == usual ]] || echo " ($kind)"): ${p:-0} passed, $f failed, ${s:-0} skipped"
    skip_reasons "$report"
}

# left_out FOLDER: the package that the project needs and NuGet lacks, or nothing.
left_out() {
    local needs
    needs=$(sed -n 's/.*<Needs>\(.*\)<\/Needs>.*/\1/p' "$1"/*.csproj)
    [[ -z $needs ]] || ! registry_lacks "$needs" || echo "$needs"
}

# run_tests LONG FILTER...: a filter is the name of a test project (Core.Tests or Core) or a part of the names of tests.
run_tests() {
    local long=$1 filter folder name lacks count beside='' projects=() options=()
    for filter in "${@:2}"; do
        if [[ -d $root/tests/${filter%.Tests}.Tests || -e $root/tests/$filter/$filter.csproj ]]; then
            projects+=("${filter%.Tests}")
        else
            options+=(-method "*$filter*")
        fi
    done
    mkdir -p "$reports" "$logs"
    # Hundreds of short runs end before code compiled a third time, from what was seen of it, pays.
    export DOTNET_TieredPGO=0
    for folder in "$root"/tests/*/; do
        name=$(basename "$folder")
        [[ -e $folder$name.csproj ]] || continue
        [[ ${#projects[@]} -eq 0 || " ${projects[*]} " == *" ${name%.Tests} "* ]] || continue
        lacks=$(left_out "$folder")
        if [[ -n $lacks ]]; then
            count=$(grep -rhoE --include='*.cs' '\[(Fact|Theory)\b' "$folder" | wc -l)
            echo "$name: left out, $count skipped, NuGet has no $lacks"
            skipped=$((skipped + count))
        elif [[ $long == yes ]]; then
            run_program "$name" usual "${options[@]}" -trait- Category=Long
            count_program "$name" usual
            ATLAS_LONG=1 run_program "$name" long "${options[@]}" -trait Category=Long
            count_program "$name" long
            [[ ! -e $reports/$name.long.xml ]] || long_reports+=("$reports/$name.long.xml")
        elif [[ $name == "$waits" ]]; then
            start_program "$name" usual "${options[@]}"
        else
            run_program "$name" usual "${options[@]}"
            count_program "$name" usual
        fi
    done
    [[ -z $beside ]] || { wait_for_program && count_program "$waits" usual; }
    [[ $long != yes ]] || record_long_results
    [[ $# -gt 1 && " ${projects[*]} " != *" Cluster "* ]] || cluster_results
    [[ $((passed + failed)) -gt 0 ]] || echo "No test ran."
    echo "$passed passed, $failed failed, $skipped skipped"
    [[ $failed -eq 0 && $passed -gt 0 ]]
}

# A table of the long tests, to be committed: those of this run replace their lines of earlier ones.
record_long_results() {
    local file=$root/tests/long-results.md commit
    [[ ${#long_reports[@]} -gt 0 ]] || return 0
    commit=$(git -C "$root" rev-parse --short=12 HEAD)
    [[ -z $(git -C "$root" status --porcelain -- . ':!tests/long-results.md' ':!tests/cluster-results.md') ]] || commit+=" with uncommitted changes"
    {
        [[ ! -e $file ]] || grep '^| [A-Z]' "$file" || true
        # What a test says of itself is its output.
        cat "${long_reports[@]}" | tr '\n' ' ' | sed 's/<test /\n<test /g' |
            sed -nE "s/^<test .* name=\"([^\"]*)\" result=\"([^\"]*)\" time=\"([0-9]*)[^>]*>(<output><!\[CDATA\[([^]|]*).*)?.*/| \1 | \2 | \3 | \5 | $(date -u +%F) | $commit |/p" | sed 's/  *|/ |/g'
    } | awk -F'|' '{ last[$2] = $0 } END { for (test in last) print last[test] }' | LC_ALL=C sort >"$logs/long-results"
    {
        echo "# The last results of the long tests"
        echo
        echo "Written by \`./test --long\`, each line by the last run of its test; the newest on $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1))."
        echo
        echo "| test | result | seconds | what it says | date | commit |"
        echo "|---|---|--:|---|---|---|"
        cat "$logs/long-results"
    } >"$file"
}

# With Orleans, writes down that its tests passed; without, says when they last did and what has changed since.
cluster_results() {
    local file=$root/tests/cluster-results.md commit since parts=(src/Core src/Contracts src/Grains src/Silo)
    if registry_lacks Orleans && [[ ! -e $file ]]; then
        echo "Nobody has written down yet that the cluster's tests passed."
    elif registry_lacks Orleans; then
        commit=$(sed -n 's/^| commit | \([0-9a-f]*\).*/\1/p' "$file")
        since=$(git -C "$root" rev-list --count "$commit..HEAD" -- "${parts[@]}" 2>/dev/null || echo "an unknown number of")
        echo "The cluster's tests last passed on commit $commit with $(sed -n 's/^| Orleans | \(.*\) |/Orleans \1/p' "$file") ($(sed -n 's/^| tests | \(.*\) |/\1/p' "$file")); $since commits have touched ${parts[*]} since."
    elif [[ $failed -eq 0 && -e $reports/Grains.Tests.usual.xml && -e $reports/Cluster.Tests.usual.xml ]]; then
        commit=$(git -C "$root" rev-parse --short=12 HEAD)
        [[ -z $(git -C "$root" status --porcelain -- "${parts[@]}") ]] || commit+=" with uncommitted changes"
        {
            echo "# When the tests of the cluster last passed"
            echo
            echo "Written by \`./test\` where NuGet has Orleans; to be committed."
            echo
            echo "| | |"
            echo "|---|---|"
            echo "| commit | $commit |"
            echo "| date | $(date -u +%F) |"
            echo "| Orleans | $(sed -n 's/.*<OrleansVersion>\(.*\)<.*/\1/p' "$root/Directory.Packages.props") |"
            echo "| tests | $(cluster_count passed) passed, $(cluster_count skipped) skipped |"
        } >"$file"
    fi
}

# cluster_count ATTRIBUTE: added up over the last reports of the cluster's tests.
cluster_count() {
    local name sum=0 n
    for name in Grains.Tests.usual Cluster.Tests.usual Grains.Tests.long Cluster.Tests.long; do
        n=$(attribute "$reports/$name.xml" "$1")
        sum=$((sum + ${n:-0}))
    done
    echo "$sum"
}
