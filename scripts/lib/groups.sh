# shellcheck shell=bash disable=SC2154
# Test groups: each file of scripts/groups/ is one. Its first line says what it tests, and its
# function `group` runs it, adding to `passed`, `failed` and `skipped`.

# shellcheck disable=SC2034  # scripts/test reads it
groups_in_order=(lint repository unit simulation exhaustive wasm jest input package browsers netlab fuzz asan tsan)

describe_group() { sed -n '2s/^# //p' "scripts/groups/$1.sh"; }

# run_group NAME: one group in a shell of its own; leaves "passed failed skipped" in build/log. Not run
# where it has passed and nothing has changed since, unless `again` is "yes".
run_group() {
  local name=$1 start=$SECONDS before after
  passed=0 failed=0 skipped=0
  printf '\n%s: %s\n' "$name" "$(describe_group "$name")"
  before=$(fingerprint) || before=
  if [[ $again == no ]] && has_passed "$name" "$before"; then
    say "  $name: $passed passed on $passed_at, nothing has changed since"
    return
  fi
  (
    log_to "build/log/$name.log"
    # shellcheck source=/dev/null
    source "scripts/groups/$name.sh"
    # A group that breaks off before its first test, e.g. because it does not build, has failed.
    group || ((failed > 0)) || failed=1
    echo "$passed $failed $skipped" >"build/log/$name.counts"
  )
  read -r passed failed skipped <"build/log/$name.counts"
  after=$(fingerprint) || after=
  # A file that was changed meanwhile may or may not have been in it.
  if ((failed == 0 && passed > 0)) && [[ $before == "$after" ]]; then
    remember_passed "$name" "$before" "$passed $failed $skipped"
  else
    rm -f "build/log/$name.passed"
  fi
  printf '  %s: %d passed, %d failed%s in %d s\n' "$name" "$passed" "$failed" \
    "$( ((skipped > 0)) && echo ", $skipped skipped")" $((SECONDS - start))
}

# check TEXT COMMAND…: a step that is one test.
check() {
  if step "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
}

# check_ctest TEXT PRESET ARGUMENT…: the tests of the preset that CTest's arguments choose.
check_ctest() {
  local report=$PWD/build/log/$2.ctest.xml status=0
  rm -f "$report"
  step "$1" ctest --test-dir "build/$2" "${@:3}" --no-tests=error --verbose \
    --parallel "$CMAKE_BUILD_PARALLEL_LEVEL" --output-junit "$report" || status=$?
  count_report "$status" "$report"
}

# check_gtest TEXT BINARY FILTER: a GoogleTest program that CTest knows as one test only. Its tests mostly
# wait, for time-outs and for one another's sockets, so that several processes share them.
check_gtest() {
  local reports=$PWD/build/log/${2##*/} shard status
  rm -f "$reports".*.xml
  step "$1" gtest_side_by_side "$reports" "$2" "$3" || true
  for ((shard = 0; shard < gtest_shards; shard++)); do
    status=$(<"$reports.$shard.status")
    count_report "$status" "$reports.$shard.xml"
  done
}

# More would make the machine so busy that what is to happen in time does not.
readonly gtest_shards=3

# gtest_side_by_side REPORTS BINARY FILTER: leaves REPORTS.N.xml and REPORTS.N.status of each process N.
gtest_side_by_side() {
  local shard failing=0
  for ((shard = 0; shard < gtest_shards; shard++)); do
    gtest_shard "$1.$shard" "$shard" "$2" "$3" &
  done
  wait
  for ((shard = 0; shard < gtest_shards; shard++)); do
    cat "$1.$shard.log"
    [[ $(<"$1.$shard.status") == 0 ]] || failing=1
  done
  return "$failing"
}

# gtest_shard REPORT N BINARY FILTER: the process that runs every third of the tests.
gtest_shard() {
  local status=0
  GTEST_TOTAL_SHARDS=$gtest_shards GTEST_SHARD_INDEX=$2 "$3" --gtest_filter="$4" \
    --gtest_output="xml:$1.xml" >"$1.log" 2>&1 || status=$?
  echo "$status" >"$1.status"
}

# count_report STATUS FILE: adds what a JUnit report counts. A program that breaks off without one,
# or fails without a failed test (there was none), is one failure.
count_report() {
  local tests=0 failures=0 skips=0
  if [[ -s $2 ]]; then
    tests=$(junit_count tests "$2") failures=$(junit_count failures "$2")
    skips=$(($(junit_count disabled "$2") + $(junit_count skipped "$2")))
  fi
  passed=$((passed + tests - failures - skips))
  (($1 != 0 && failures == 0)) && failures=1
  failed=$((failed + failures))
  skipped=$((skipped + skips))
}

# junit_count ATTRIBUTE FILE: of the report's first element, which is the sum.
junit_count() {
  { grep -oEm1 "(^|[[:space:]])$1=\"[0-9]+\"" "$2" || echo 0; } | head -n 1 | tr -dc 0-9
}

# check_node_tests TEXT FILE…: tests of Node's own test runner.
check_node_tests() {
  local status=0 failures
  step "$1" node --test --test-reporter=tap "${@:2}" || status=$?
  failures=$(($(tap_count fail) + $(tap_count cancelled)))
  ((status != 0 && failures == 0)) && failures=1
  passed=$((passed + $(tap_count pass)))
  failed=$((failed + failures))
  skipped=$((skipped + $(tap_count skipped)))
}

# What Node's test runner says at its end.
tap_count() { sed -n "s/^# $1 //p" "$log_file" | tail -n 1 | grep . || echo 0; }

# show_lines PATTERN: what a test says about itself (seeds, states) goes on the screen too.
show_lines() {
  { grep -ohE "$1" "$log_file" || true; } | sort -u | sed 's/^/  /'
}

# The GoogleTest filter of the suites that the sources of a folder hold.
suites_of() {
  grep -rhoE '^TEST(_[FP])?\(\w+' "$1" | sed 's/.*(//' | sort -u |
    sed 's|.*|&.*:*/&.*|' | paste -sd: -
}

# native_tests PRESET: every part on its own.
native_tests() {
  check_ctest "Core" "$1" -L '^unit$' -E '^parley_server_tests$'
  check_gtest "Server" "build/$1/tests/server/parley_server_tests" \
    "*-$(suites_of tests/server/bad_input)"
}

# hostile_tests PRESET: malformed and hostile input over real sockets.
hostile_tests() {
  check_gtest "Server" "build/$1/tests/server/parley_server_tests" \
    "$(suites_of tests/server/bad_input)"
}
