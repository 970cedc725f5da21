# Why: docs/decisions/tests.md
# Runs the test programs, two at a time, and adds their counts up.
# shellcheck shell=bash

reports=$artifacts/test-results

# count REPORTS ATTRIBUTE: added up over xunit's reports.
count() {
    local sum=0 n
    for n in $(sed -nE "s/.*<assembly [^>]* $2=\"([0-9]+)\".*/\1/p" $1 2>/dev/null); do sum=$((sum + n)); done
    echo "$sum"
}

# said NAME: a number of the summary at the end; two programs that begin in one moment may write one report.
said() {
    sed -nE "s/^ *$1: ([0-9]+)$/\1/p" "$logs/tests" | tail -n 1
}

# The reasons why tests were skipped, each with its number.
skip_reasons() {
    { grep -ho '<reason><!\[CDATA\[[^]]*' "$@" 2>/dev/null || true; } | cut -c18- | sort | uniq -c | sort -rn |
        awk '{ n = $1; sub(/^ *[0-9]+ /, ""); print "skipped " n ": " $0 }'
}

# run_again OPTIONS...: the tests that failed, where they are a few, alone; a test of which that is not so stays failed.
run_again() {
    local again=() names method
    names=$(cat "$reports"/*.xunit.xml | tr '\n' ' ' | sed 's/<test /\n<test /g' | sed -nE 's/^<test [^>]* result="Fail"[^>]* type="([^"]*)" method="([^"]*)".*/\1.\2/p' | sort -u)
    [[ -n $names && $(wc -l <<<"$names") -le 3 ]] || return 1
    while IFS= read -r method; do again+=(--filter-method "$method"); done <<<"$names"
    echo "Running again, alone: ${names//$'\n'/, }"
    mkdir -p "$reports/again"
    dotnet test "$@" -c Release --no-build --results-directory "$reports/again" --max-parallel-test-modules 1 --timeout 30m \
        --ignore-exit-code 8 --report-xunit-xml "${again[@]}" </dev/null || return 1
    [[ $(count "$reports/again/*.xunit.xml" passed) -gt 0 && $(count "$reports/again/*.xunit.xml" failed) -eq 0 ]] || return 1
    while IFS= read -r method; do echo "unsteady: $method failed beside other tests and passed alone; its failure is above"; done <<<"$names"
}

# run_tests LONG FILTER...: a filter is the name of a test project (Core.Tests or Core) or a part of the names of tests.
run_tests() {
    local long=$1 filter passed failed code=0 only=(--solution "$root/OrleansAtlas.sln") options=()
    for filter in "${@:2}"; do
        filter=${filter%.Tests}
        if [[ -d $root/tests/$filter.Tests ]]; then
            only=(--project "$root/tests/$filter.Tests/$filter.Tests.csproj")
        else
            options+=(--filter-method "*$filter*")
        fi
    done
    if [[ $long == yes ]]; then
        export ATLAS_LONG=1
    else
        options+=(--filter-not-trait Category=Long)
    fi
    rm -rf "$reports"
    mkdir -p "$reports"
    # Hundreds of short runs end before code compiled a third time, from what was seen of it, pays.
    export DOTNET_TieredPGO=0
    # A project in which the filter leaves nothing ends with 8.
    dotnet test "${only[@]}" -c Release --no-build --results-directory "$reports" --max-parallel-test-modules 2 \
        --timeout "$([[ $long == yes ]] && echo 240 || echo 60)m" --ignore-exit-code 8 --report-xunit-xml "${options[@]}" </dev/null | tee "$logs/tests" || code=$?
    skip_reasons "$reports"/*.xunit.xml
    failed=$(said failed)
    [[ $code -eq 0 || ${failed:-0} -gt 0 ]] || failed=1 # a program that crashed
    [[ $long != yes ]] || record_long_results
    passed=$(said succeeded)
    # A program that crashed or ran out of its time has tests that nobody counted: it stays failed.
    if [[ ${failed:=0} -gt 0 && $code -eq 2 && $long == no && $(count "$reports/*.xunit.xml" errors) -eq 0 ]] && run_again "${only[@]}"; then
        passed=$((${passed:-0} + failed))
        failed=0
    fi
    echo "${passed:=0} passed, $failed failed, $(said skipped) skipped"
    [[ $failed -eq 0 && $passed -gt 0 ]]
}

# A table of the long tests, to be committed: those of this run replace their lines of earlier ones.
record_long_results() {
    local file=$root/tests/long-results.md commit
    commit=$(git -C "$root" rev-parse --short=12 HEAD)
    [[ -z $(git -C "$root" status --porcelain -- . ':!tests/long-results.md') ]] || commit+=" with uncommitted changes"
    {
        [[ ! -e $file ]] || grep '^| [A-Z]' "$file" || true
        # What a test says of itself is its output.
        cat "$reports"/*.xunit.xml | tr '\n' ' ' | sed 's/<test /\n<test /g' | grep -F 'value="Long"' |
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
