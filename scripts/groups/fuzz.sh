# shellcheck shell=bash disable=SC2034,SC2154
# mutated messages and sequences of events (libFuzzer), a minute for each target
fuzz_targets=(codec room call stun token turn http config)

group() {
  step "Building" build_preset fuzz || return
  # One process for each core; a fuzzer has one thread.
  step "Fuzzing, several at a time" fuzz_side_by_side || true
  local target
  for target in "${fuzz_targets[@]}"; do
    check "Fuzzed: $target" fuzzed_without_failure "$target"
  done
  show_lines 'Done [0-9]+ runs.*'
}

fuzz_side_by_side() {
  rm -f build/fuzz/*.status
  export -f fuzz_target
  printf '%s\n' "${fuzz_targets[@]}" |
    xargs -P "$CMAKE_BUILD_PARALLEL_LEVEL" -I {} bash -c 'fuzz_target {}'
}

# What is found beyond the seeds is kept in build/, so that the next run goes on from there.
fuzz_target() {
  local found=build/fuzz/corpus/$1 status=0
  mkdir -p "$found"
  # Messages are up to 64 KiB, but mutations of long ones find little. The seed makes a run that fails
  # likely to fail again.
  build/fuzz/tests/fuzz/parley-fuzz-"$1" "$found" tests/fuzz/seeds/"$1" -max_total_time=60 -seed=1 \
    -max_len=8192 -timeout=10 -print_final_stats=1 -artifact_prefix=build/fuzz/failing-"$1"- \
    >"build/fuzz/$1.log" 2>&1 || status=$?
  echo "$status" >"build/fuzz/$1.status"
  return "$status"
}

fuzzed_without_failure() {
  cat "build/fuzz/$1.log"
  [[ $(<"build/fuzz/$1.status") == 0 ]]
}
