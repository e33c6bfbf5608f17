# shellcheck shell=bash disable=SC2034
# calls over bad networks under a virtual clock, one seed each
group() {
  step "Building" build_preset native || return
  check_ctest "Running" native simulation
}
