# shellcheck shell=bash disable=SC2034
# calls over bad networks under a virtual clock, one seed each
group() {
  step "Building" build_preset native || return
  local status=0
  check_ctest "Running" native simulation || status=$?
  show_lines '[0-9]+ calls, .*'
  return "$status"
}
