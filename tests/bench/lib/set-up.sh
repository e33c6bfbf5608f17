# shellcheck shell=bash
# What every bench needs: Parley itself, built, and what it is measured against. For sourcing from
# the root of the repository.

source scripts/lib/progress.sh
source scripts/lib/packages.sh
source scripts/lib/build.sh
log_to build/log/bench.log

need_parley() { scripts/run --build-only; }

need_peers() {
  local installed=tests/bench/node_modules/.parley-installed
  cmp -s tests/bench/package-lock.json "$installed" && return
  step "Installing what Parley is measured against" npm --prefix tests/bench ci \
    --loglevel=error --prefer-offline
  cp tests/bench/package-lock.json "$installed"
}

build_relay_bench() {
  { [[ -f build/bench/build.ninja ]] || cmake -S tests/bench/relay -B build/bench -G Ninja; } &&
    cmake --build build/bench
}
