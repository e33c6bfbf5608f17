# shellcheck shell=bash
# what a hostile client may send: malformed frames, requests and orders
group() {
  step "Building" build_preset native || return
  hostile_tests native
}
