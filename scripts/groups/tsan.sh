# shellcheck shell=bash disable=SC2034,SC2154
# the native tests with ThreadSanitizer
group() {
  step "Building" build_preset tsan || return
  check_ctest "Running" tsan unit server input
}
