# shellcheck shell=bash disable=SC2034
# every order of messages and completions between two participants
group() {
  step "Building" build_preset native || return
  local status=0
  check_ctest "Running" native exhaustive || status=$?
  show_lines '[0-9]+ (states|interleavings|orders).*'
  return "$status"
}
