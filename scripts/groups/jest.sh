# shellcheck shell=bash disable=SC2034,SC2154
# the driver and the view-models on the core as WASM (Jest)
group() {
  build_wasm || return
  build_pages || return
  local report=$PWD/build/log/jest.json
  rm -f "$report"
  local status=0
  step "Running" npm run --silent test -- --ci --json --outputFile "$report" || status=$?
  [[ -s $report ]] || return
  passed=$(json_number numPassedTests "$report")
  failed=$(json_number numFailedTests "$report")
  skipped=$(json_number numPendingTests "$report")
  # A file that does not even load has no failed test.
  failed=$((failed + $(json_number numRuntimeErrorTestSuites "$report")))
  ((status == 0 || failed > 0)) || failed=1
}

json_number() { grep -om1 "\"$1\":[0-9]*" "$2" | tr -dc 0-9; }
