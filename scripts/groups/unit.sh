# shellcheck shell=bash
# each part on its own: core, server
group() {
  step "Building" build_preset native || return
  native_tests native
}
