# shellcheck shell=bash
# Building: npm's packages, the core as WASM, the native targets, the pages.

# Debian's emcc runs with Debian's Node modules (acorn), which a Node from elsewhere does not look
# for by itself.
export NODE_PATH=/usr/share/nodejs

# The browsers of a desktop are none of ours; the tests start Debian's.
export PUPPETEER_SKIP_DOWNLOAD=1

# One translation unit with Beast takes the compiler about this much.
readonly compiler_kib=1500000

# The cores, but no more compilers than fit into memory.
parallel_jobs() {
  local cores memory_kib fitting
  cores=$(getconf _NPROCESSORS_ONLN)
  memory_kib=$(awk '/^MemAvailable/ {print $2}' /proc/meminfo 2>/dev/null)
  fitting=$((${memory_kib:-$((cores * compiler_kib))} / compiler_kib))
  ((fitting > cores)) && fitting=$cores
  echo $((fitting > 1 ? fitting : 1))
}

export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(parallel_jobs)}
export CMAKE_COLOR_DIAGNOSTICS=OFF

# need_npm_packages: installs what package-lock.json says, when it says something else than at the
# last time.
need_npm_packages() {
  local installed=node_modules/.parley-installed
  cmp -s package-lock.json "$installed" && return
  step "Installing npm packages" npm ci --loglevel=error --no-audit --no-fund --prefer-offline ||
    die "Could not install the npm packages."
  cp package-lock.json "$installed"
}

# build_preset PRESET [TARGET…]
build_preset() {
  local preset=$1 folder=build/$1
  shift
  if [[ ! -f $folder/build.ninja ]]; then
    cmake --preset "$preset" || return
  fi
  cmake --build --preset "$preset" ${1:+--target "$@"}
}

build_wasm() { step "Building the core for browsers" build_preset wasm; }
build_pages() { step "Building the pages" npm run --silent build; }
