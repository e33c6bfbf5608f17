# shellcheck shell=bash
# the same inputs give the same outputs natively and as WASM
group() {
  build_wasm || return
  step "Building the simulation" build_preset native parley-simulation || return
  rm -rf build/journals
  step "Recording simulated calls" build/native/tests/simulation/parley-simulation \
    --journals build/journals 100 || return
  check_node_tests "Replaying them as WASM" tests/wasm/*.test.mjs
  show_lines '[0-9]+ journals, [0-9]+ outputs.*'
}
