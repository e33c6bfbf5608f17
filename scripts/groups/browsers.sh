# shellcheck shell=bash disable=SC2034,SC2154
# real calls between Chromium and Firefox, with fake cameras
group() {
  build_wasm || return
  step "Building the server" build_preset native parley parley-replay || return
  build_pages || return
  step "Running" node --test --test-reporter=tap tests/e2e/*.test.mjs
  local status=$?
  passed=$(tap_count pass)
  failed=$(($(tap_count fail) + $(tap_count cancelled)))
  skipped=$(tap_count skipped)
  return "$status"
}

# What Node's test runner says at its end.
tap_count() { sed -n "s/^# $1 //p" "$log_file" | tail -n 1 | grep . || echo 0; }
