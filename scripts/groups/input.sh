# shellcheck shell=bash disable=SC2034,SC2154
# what a hostile client may send: malformed frames, requests and orders
group() {
  step "Building" build_preset native || return
  check_ctest "Running" native input
}
