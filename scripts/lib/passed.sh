# shellcheck shell=bash disable=SC2034
# What has passed: a group is not run again as long as nothing has changed of what it could depend on,
# which is every file that git does not ignore, the machine's packages and its kernel.

# fingerprint: of all that. Fails where this is no git checkout; groups always run then.
fingerprint() {
  git ls-files --error-unmatch scripts/test >/dev/null 2>&1 || return
  {
    git ls-files -z --cached --others --exclude-standard | xargs -0 sha256sum -- 2>/dev/null
    # Debian's packages; elsewhere the versions of what does most of the work.
    dpkg-query --show 2>/dev/null || "${CXX:-c++}" --version
    node --version
    uname -rm
  } | sha256sum
} 2>/dev/null

# remember_passed NAME FINGERPRINT COUNTS
remember_passed() { printf '%s\n%s\n%s\n' "$2" "$3" "$(date '+%F %R')" >"build/log/$1.passed"; }

# has_passed NAME FINGERPRINT: leaves its counts in `passed`, `failed` and `skipped`, and when that was in
# `passed_at`.
has_passed() {
  local earlier counts
  [[ -n $2 && -f build/log/$1.passed ]] || return
  { read -r earlier && read -r counts && read -r passed_at; } <"build/log/$1.passed"
  [[ $earlier == "$2" ]] || return
  read -r passed failed skipped <<<"$counts"
}
