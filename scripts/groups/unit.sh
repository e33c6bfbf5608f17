# shellcheck shell=bash disable=SC2034
# each part on its own: core, server
group() {
  step "Building" build_preset native || return
  check_ctest "Running" native unit server
}
