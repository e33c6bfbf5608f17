# shellcheck shell=bash
# every order of messages and completions between two participants
group() {
  step "Building" build_preset native || return
  check_ctest "Running" native -L '^exhaustive$'
  show_lines '[a-z ]+: [0-9]+ states.*'
}
