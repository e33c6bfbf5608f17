# shellcheck shell=bash
# What has to be on the machine, how to see whether it is there, and how it is called elsewhere.
#
# One need a line: PROBE | what it is | Debian/Ubuntu | Fedora | Arch | openSUSE | Homebrew
#   PROBE    command:NAME, any:NAME,NAME (one of the commands), header:PATH, file:PATH or
#            glob:PATTERN (some file)
#   package  a name; "a/b" means the first of them that the system knows; "-" means it is not to be
#            had there by name
# A probe instead of a package's name: who has Node from NodeSource or a newer CMake keeps them.

# shellcheck disable=SC2034  # used by the scripts that source this
needs_to_run=(
  "command:g++                 | a C++20 compiler           | g++               | gcc-c++          | gcc            | gcc-c++              | gcc"
  "command:cmake               | CMake 3.25                 | cmake             | cmake            | cmake          | cmake                | cmake"
  "command:ninja               | Ninja                      | ninja-build       | ninja-build      | ninja          | ninja                | ninja"
  "command:ccache              | ccache                     | ccache            | ccache           | ccache         | ccache               | ccache"
  "command:node                | Node.js 18                 | nodejs            | nodejs           | nodejs         | nodejs               | node"
  "command:npm                 | npm                        | npm               | nodejs-npm       | npm            | npm                  | node"
  "command:emcc                | Emscripten                 | emscripten        | emscripten       | emscripten     | -                    | emscripten"
  # boost/url.hpp came with 1.81; in older ones Asio's C++20 coroutines are unfinished.
  "header:boost/url.hpp        | Boost 1.81                 | libboost1.81-dev/libboost1.83-dev/libboost-dev | boost-devel | boost | libboost_headers-devel | boost"
  "header:CLI/CLI.hpp          | CLI11                      | libcli11-dev      | cli11-devel      | cli11          | cli11-devel          | cli11"
  "header:spdlog/spdlog.h      | spdlog                     | libspdlog-dev     | spdlog-devel     | spdlog         | spdlog-devel         | spdlog"
  "header:openssl/ssl.h        | OpenSSL 3                  | libssl-dev        | openssl-devel    | openssl        | libopenssl-devel     | openssl@3"
  "header:prometheus/counter.h | prometheus-cpp             | prometheus-cpp-dev | -               | -              | prometheus-cpp-devel | prometheus-cpp"
  "header:nlohmann/json.hpp    | JSON for Modern C++        | nlohmann-json3-dev | json-devel      | nlohmann-json  | nlohmann_json-devel  | nlohmann-json"
  "header:jwt.h                | libjwt                     | libjwt-dev        | libjwt-devel     | libjwt         | libjwt-devel         | libjwt"
  "header:zlib.h               | zlib                       | zlib1g-dev        | zlib-devel       | zlib           | zlib-devel           | zlib"
  "header:gtest/gtest.h        | GoogleTest                 | libgtest-dev      | gtest-devel      | gtest          | gtest                | googletest"
  "header:gmock/gmock.h        | GoogleMock                 | libgmock-dev      | gmock-devel      | gtest          | gmock                | googletest"
)

# shellcheck disable=SC2034
needs_to_test=(
  "command:clang-format        | clang-format               | clang-format      | clang-tools-extra | clang         | clang                | clang-format"
  "command:clang-tidy          | clang-tidy                 | clang-tidy        | clang-tools-extra | clang         | clang                | llvm"
  "command:clang++             | Clang                      | clang             | clang            | clang          | clang                | llvm"
  "glob:/usr/lib*/*/lib*/clang/*/lib/*/libclang_rt.fuzzer* | libFuzzer | libclang-rt-dev/libclang-rt-14-dev | compiler-rt | compiler-rt | clang | llvm"
  "any:chromium,chromium-browser | Chromium                 | chromium          | chromium         | chromium       | chromium             | chromium"
  "any:firefox-esr,firefox     | Firefox                    | firefox-esr/firefox | firefox        | firefox        | MozillaFirefox       | firefox"
  # The relay of the calls whose TURN credentials expire.
  "command:turnserver          | coturn                     | coturn            | coturn           | coturn         | coturn               | coturn"
  # Without any font Chromium draws boxes, and a screenshot says nothing.
  "file:/usr/share/fonts       | a font                     | fonts-dejavu-core | dejavu-sans-fonts | ttf-dejavu    | dejavu-fonts         | -"
)

# Linux only, and only where there is root: the network laboratory.
# shellcheck disable=SC2034
needs_for_netlab=(
  # Makes the namespaces, their devices, addresses and routes.
  "command:ip                  | iproute2                   | iproute2          | iproute          | iproute2       | iproute2             | -"
  # Translates addresses as a home's router does.
  "command:nft                 | nftables                   | nftables          | nftables         | nftables       | nftables             | -"
)

# Debian only, and only where there is root: the package and its test.
# shellcheck disable=SC2034
needs_to_package=(
  # Finds out which libraries' packages a program needs.
  "command:dpkg-shlibdeps      | the tools of dpkg          | dpkg-dev          | -                | -              | -                    | -"
  # Makes the bare Debian in which the package is tried.
  "command:debootstrap         | debootstrap                | debootstrap       | -                | -              | -                    | -"
  # Makes a certificate for the service to read.
  "command:openssl             | OpenSSL's program          | openssl           | -                | -              | -                    | -"
)

readonly oldest_node=18  # Debian 12's, and the oldest that the tools from npm run on

# need_packages NEED…: installs what is missing where apt is, elsewhere names it and ends.
need_packages() {
  local need missing=()
  for need in "$@"; do
    is_present "$(column 1 "$need")" || missing+=("$need")
  done
  if ((${#missing[@]} > 0)); then
    if [[ -n $(command -v apt-get) && -n $(command -v dpkg-query) ]]; then
      apt_install "${missing[@]}"
    else
      name_missing "${missing[@]}"
    fi
  fi
  check_node_version
}

# column N LINE: the Nth of the fields, without the blanks around it.
column() {
  local field
  field=$(cut -d'|' -f"$1" <<<"$2")
  # shellcheck disable=SC2086  # splitting is what trims it
  echo $field
}

is_present() {
  local kind=${1%%:*} name=${1#*:} root candidate
  case $kind in
    command) command -v "$name" >/dev/null ;;
    any)
      for candidate in ${name//,/ }; do
        command -v "$candidate" >/dev/null && return 0
      done
      return 1
      ;;
    file) [[ -e $name ]] ;;
    glob) compgen -G "$name" >/dev/null ;;
    header)
      for root in /usr/include /usr/local/include /usr/include/"$(uname -m)"-linux-gnu \
        "${HOMEBREW_PREFIX:-/opt/homebrew}/include" "${HOMEBREW_PREFIX:-/opt/homebrew}"/opt/*/include; do
        [[ -e $root/$name ]] && return 0
      done
      return 1
      ;;
  esac
}

# --- Debian and Ubuntu ---------------------------------------------------------------------------

apt_install() {
  local names
  names=$(apt_names "$@")
  become_root "apt-get install $names"
  # An old list of packages is enough to go on with, so only the installation may fail.
  step "Fetching the list of packages" as_root apt-get update || true
  # Which of several names the system knows shows only now.
  names=$(apt_names "$@")
  # --no-remove: nothing of the user's goes away for ours, e.g. NodeSource's Node for Debian's npm.
  # shellcheck disable=SC2086  # a list of names
  step "Installing packages: $names" as_root env DEBIAN_FRONTEND=noninteractive \
    NEEDRESTART_SUSPEND=1 apt-get install -y --no-install-recommends --no-remove \
    -o DPkg::Lock::Timeout=300 $names ||
    die "Could not install the packages. By hand: apt-get install $names"
  hash -r
}

# apt_names NEED…: one package for each need, the first of its names that apt knows.
apt_names() {
  local need name names=()
  for need in "$@"; do
    for name in $(column 3 "$need" | tr / ' '); do
      if apt-cache show --no-all-versions "$name" >/dev/null 2>&1; then break; fi
    done
    names+=("$name")
  done
  printf '%s\n' "${names[@]}" | sort -u | paste -sd' '
}

# become_root COMMAND: asks for sudo's password, if it needs one, before anything else is printed.
become_root() {
  ((EUID == 0)) && return
  [[ -n $(command -v sudo) ]] ||
    die "Packages are missing, and installing them takes root. As root: $1"
  sudo -v || die "Packages are missing, and installing them takes root. As root: $1"
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

# --- Everywhere else -----------------------------------------------------------------------------

name_missing() {
  local need field=0 install=
  if command -v dnf >/dev/null; then
    field=4 install="sudo dnf install"
  elif command -v pacman >/dev/null; then
    field=5 install="sudo pacman -S --needed"
  elif command -v zypper >/dev/null; then
    field=6 install="sudo zypper install"
  elif command -v brew >/dev/null; then
    field=7 install="brew install"
  fi
  {
    echo "Missing on this machine:"
    local names=() nowhere=() name
    for need in "$@"; do
      echo "  $(column 2 "$need")"
      ((field > 0)) || continue
      name=$(column "$field" "$need")
      if [[ $name == - ]]; then nowhere+=("$(column 2 "$need")"); else names+=("$name"); fi
    done
    if ((${#names[@]} > 0)); then
      echo "Install them with: $install $(printf '%s\n' "${names[@]}" | sort -u | paste -sd' ' -)"
    fi
    if ((${#nowhere[@]} > 0)); then
      echo "To be installed from source: $(printf '%s, ' "${nowhere[@]}" | sed 's/, $//')"
    fi
  } >&2
  exit 1
}

check_node_version() {
  local version
  version=$(node --version)
  version=${version#v}
  ((${version%%.*} >= oldest_node)) ||
    die "Node.js $version is too old: $oldest_node is the oldest that works. See $(command -v node)"
}
