# shellcheck shell=bash
# calls over bad networks under a virtual clock, one seed each
group() {
  step "Building" build_preset native || return
  check_ctest "Running" native -L '^simulation$'
  show_lines '[0-9]+ (calls|hours of call time), .*'
}
