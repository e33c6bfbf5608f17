# shellcheck shell=bash disable=SC2154
# Test groups: each file of scripts/groups/ is one. Its first line says what it tests, and its
# function `group` runs it, adding to `passed`, `failed` and `skipped`.

# shellcheck disable=SC2034  # scripts/test reads it
groups_in_order=(lint repository unit simulation exhaustive wasm jest input browsers asan tsan)

describe_group() { sed -n '2s/^# //p' "scripts/groups/$1.sh"; }

# run_group NAME: one group in a shell of its own; leaves "passed failed skipped" in build/log.
run_group() {
  local name=$1 start=$SECONDS
  passed=0 failed=0 skipped=0
  printf '\n%s: %s\n' "$name" "$(describe_group "$name")"
  (
    log_to "build/log/$name.log"
    # shellcheck source=/dev/null
    source "scripts/groups/$name.sh"
    # A group that breaks off before its first test, e.g. because it does not build, has failed.
    group || ((failed > 0)) || failed=1
    echo "$passed $failed $skipped" >"build/log/$name.counts"
  )
  read -r passed failed skipped <"build/log/$name.counts"
  printf '  %s: %d passed, %d failed%s in %d s\n' "$name" "$passed" "$failed" \
    "$( ((skipped > 0)) && echo ", $skipped skipped")" $((SECONDS - start))
}

# check TEXT COMMAND…: a step that is one test.
check() {
  if step "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# check_ctest TEXT PRESET LABEL…: the tests of the preset that carry one of the labels.
check_ctest() {
  local text=$1 preset=$2 report labels
  shift 2
  labels=$(paste -sd'|' - < <(printf '^%s$\n' "$@"))
  report=$PWD/build/log/$preset.junit.xml
  rm -f "$report"
  local status=0
  step "$text" ctest --test-dir "build/$preset" -L "$labels" --no-tests=error \
    --verbose --parallel "$CMAKE_BUILD_PARALLEL_LEVEL" --output-junit "$report" || status=$?
  [[ -s $report ]] || return 1
  local tests failures disabled skips
  tests=$(junit_count tests "$report") failures=$(junit_count failures "$report")
  disabled=$(junit_count disabled "$report") skips=$(junit_count skipped "$report")
  skips=$((skips + disabled))
  passed=$((passed + tests - failures - skips))
  failed=$((failed + failures))
  skipped=$((skipped + skips))
  return "$status"
}

# check_node_tests TEXT FILE…: tests of Node's own test runner.
check_node_tests() {
  local status=0
  step "$1" node --test --test-reporter=tap "${@:2}" || status=$?
  passed=$((passed + $(tap_count pass)))
  failed=$((failed + $(tap_count fail) + $(tap_count cancelled)))
  skipped=$((skipped + $(tap_count skipped)))
  return "$status"
}

# What Node's test runner says at its end.
tap_count() { sed -n "s/^# $1 //p" "$log_file" | tail -n 1 | grep . || echo 0; }

junit_count() { grep -om1 "$1=\"[0-9]*\"" "$2" | tr -dc 0-9; }

# show_lines PATTERN: what a test says about itself (seeds, states) goes on the screen too.
show_lines() {
  { grep -ohE "$1" "$log_file" || true; } | sort -u | sed 's/^/  /'
}
