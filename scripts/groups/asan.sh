# shellcheck shell=bash
# the native tests with AddressSanitizer and UndefinedBehaviorSanitizer
group() {
  step "Building" build_preset asan || return
  native_tests asan
  hostile_tests asan
  check_ctest "Simulation" asan -L '^simulation$'
  show_lines '[0-9]+ calls, .*'
}
