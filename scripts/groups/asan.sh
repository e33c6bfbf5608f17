# shellcheck shell=bash disable=SC2034,SC2154
# the native tests with AddressSanitizer and UndefinedBehaviorSanitizer
group() {
  step "Building" build_preset asan || return
  check_ctest "Running" asan unit server input simulation
}
