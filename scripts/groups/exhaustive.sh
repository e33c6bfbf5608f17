# shellcheck shell=bash disable=SC2034
# every order of messages and completions between two participants
group() {
  step "Building" build_preset native || return
  check_ctest "Running" native exhaustive
}
