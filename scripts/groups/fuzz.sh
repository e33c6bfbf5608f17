# shellcheck shell=bash disable=SC2034,SC2154
# mutated messages and sequences of events (libFuzzer), a minute for each target
group() {
  step "Building" build_preset fuzz || return
  local target
  for target in codec room call stun turn; do
    check "Fuzzing: $target" fuzz_target "$target"
  done
  show_lines 'Done [0-9]+ runs.*'
}

# What is found beyond the seeds is kept in build/, so that the next run goes on from there.
fuzz_target() {
  local found=build/fuzz/corpus/$1
  mkdir -p "$found"
  # Messages are up to 64 KiB, but mutations of long ones find little. The seed makes a run that fails
  # likely to fail again.
  build/fuzz/tests/fuzz/parley-fuzz-"$1" "$found" tests/fuzz/seeds/"$1" -max_total_time=60 -seed=1 \
    -max_len=8192 -timeout=10 -print_final_stats=1 -artifact_prefix=build/fuzz/failing-"$1"-
}
