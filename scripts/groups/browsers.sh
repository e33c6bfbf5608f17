# shellcheck shell=bash
# real calls between Chromium and Firefox, with fake cameras
group() {
  build_wasm || return
  step "Building the server" build_preset native parley parley-replay || return
  build_pages || return
  check_node_tests "Running" tests/e2e/*.test.mjs
}
