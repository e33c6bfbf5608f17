# shellcheck shell=bash disable=SC2034,SC2154
# the Debian package, installed in a bare Debian and run there
group() {
  if [[ ! -f /etc/debian_version ]] || ((EUID != 0)); then
    say "  Needs Debian, and root to change the root folder."
    skipped=1
    return
  fi
  (need_packages "${needs_to_package[@]}") || return
  step "Packaging" scripts/package || return
  step "Making a bare Debian" bare_debian || return
  # Installed again in each run: the package is new.
  rm -rf "$debian_root/parley" && cp -a "$debian_root/bare" "$debian_root/parley"
  PARLEY_DEBIAN_ROOT=$PWD/$debian_root/parley check_node_tests "Running" tests/package/*.test.mjs
  rm -rf "${debian_root:?}/parley"
}

debian_root=build/debian

# This machine's release, from where this machine gets its packages. Kept for the next run.
bare_debian() {
  local release mirror
  [[ -f $debian_root/bare/.complete ]] && return
  release=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -n 1)
  rm -rf "$debian_root/bare"
  mkdir -p "$debian_root"
  # systemd for the tool that checks the unit.
  debootstrap --variant=minbase --include=systemd "$release" "$debian_root/bare" "$mirror" &&
    touch "$debian_root/bare/.complete"
}
