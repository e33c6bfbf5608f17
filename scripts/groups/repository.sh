# shellcheck shell=bash
# what holds for the repository as a whole: sizes, names, nothing forgotten
group() {
  step "Configuring" cmake --preset native || return
  check "Files of 600 lines at most" files_are_short
  check "No download addresses in the lock files" no_download_addresses
  check "No path of anybody's machine" no_machine_paths
  check "Every test is built" tests_are_built
  check "Scripts are executable" scripts_are_executable
}

# A file that has to be longer says "Long because" in its first lines.
files_are_short() {
  local file lines long=0
  while read -r file; do
    lines=$(wc -l <"$file")
    ((lines > 600)) || continue
    head -n 10 "$file" | grep -qE 'Long because|do not edit' && continue
    echo "$file has $lines lines"
    long=1
  done < <(git ls-files '*.cpp' '*.h' '*.ts' '*.mjs' '*.sh' '*.css' '*.md' '*.cmake' scripts)
  ((long == 0))
}

# npm writes them as "resolved": the place a package came from, not the package.
no_download_addresses() {
  ! git ls-files '*package-lock.json' | xargs grep -n '"resolved": "http'
}

no_machine_paths() {
  ! git grep -nIE '(^|[^A-Za-z0-9_.~-])/(home/[a-z]+|Users/[A-Za-z]+|work|root)/' -- . ':!*package-lock.json'
}

tests_are_built() {
  local commands=build/native/compile_commands.json file forgotten=0 united
  # Those that are compiled as one are named in a source that CMake writes.
  mapfile -t united < <(sed -n 's|.*"file": "\(.*/Unity/[^"]*\)".*|\1|p' "$commands")
  while read -r file; do
    grep -qF "/$file\"" "$commands" "${united[@]}" && continue
    echo "$file is in no target"
    forgotten=1
  done < <(git ls-files 'tests/*.cpp' ':!tests/bench' ':!tests/fuzz')
  ((forgotten == 0))
}

scripts_are_executable() {
  ! git ls-files -s scripts/run scripts/test scripts/package .ci/run | grep -v '^100755'
}
