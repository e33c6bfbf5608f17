# shellcheck shell=bash
# the native tests with ThreadSanitizer
group() {
  step "Building" build_preset tsan || return
  native_tests tsan
  hostile_tests tsan
}
