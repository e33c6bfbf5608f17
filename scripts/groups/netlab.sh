# shellcheck shell=bash disable=SC2034,SC2154
# calls over networks that break, between two Chromiums in network namespaces
group() {
  if [[ $OSTYPE != linux* ]]; then
    say "  Network namespaces are Linux's."
    skipped=1
    return
  fi
  # The packages are of use to root only; the tests themselves say what else a machine lacks.
  if ((EUID == 0)); then
    # In a shell of its own, because need_packages ends the one it runs in where it fails.
    (need_packages "${needs_for_netlab[@]}") || return
  fi
  build_wasm || return
  step "Building the server and the forwarder" build_preset native parley \
    parley-netlab-forwarder || return
  build_pages || return
  check_node_tests "Running" tests/netlab/*.test.mjs
}
