# shellcheck shell=bash
# Progress on screen as one short line a step; what the steps print goes to a log.

log_file=/dev/null
readonly tail_lines=30     # of the log shown when a step fails: a compiler's first error fits
readonly failure_lines=40  # of what a failed test says: its error and where it arose fit

# log_to FILE: the log of the steps from now on, started anew.
log_to() {
  log_file=$1
  mkdir -p "$(dirname "$log_file")"
  : >"$log_file"
}

say() { printf '%s\n' "$*"; }

# die SENTENCE…: one line each on standard error, then the end.
die() {
  printf '%s\n' "$@" >&2
  exit 1
}

# step TEXT COMMAND…: runs COMMAND with its output in the log, and says TEXT and the seconds it
# took. When it fails, shows the end of the log and returns its status. COMMAND may be a function;
# "set -e" does not hold inside it (bash ignores it there), so it chains with &&.
step() {
  local text=$1 start=$SECONDS status=0 ticker=
  shift
  printf '• %s …' "$text"
  if [[ -t 1 ]]; then
    tick "$text" "$start" &
    ticker=$!
  fi
  printf '\n=== %s\n' "$text" >>"$log_file"
  "$@" >>"$log_file" 2>&1 </dev/null || status=$?
  if [[ -n $ticker ]]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    printf '\r• %s …' "$text"
  fi
  if ((status == 0)); then
    printf ' %d s\n' $((SECONDS - start))
  else
    printf ' failed after %d s\n' $((SECONDS - start))
    show_log
  fi
  return "$status"
}

tick() {
  while sleep 1; do printf '\r• %s … %d s' "$1" $((SECONDS - $2)); done
}

# What failed tests have said, which the end of the log need not hold: Node's test runner (TAP) says
# it behind "not ok" and GoogleTest behind "Failure", each until it says something of the next test.
show_failures() {
  awk -v lines="$failure_lines" '
    /^ *not ok / || /: Failure$/ { shown = lines }
    /^ *(ok|#) / || /^([0-9]+: )?\[ +OK/ || /^([0-9]+: )?\[ RUN/ { shown = 0 }
    shown-- > 0 { print "    " $0 }
  ' "$log_file" >&2
}

show_log() {
  show_failures
  tail -n "$tail_lines" "$log_file" | sed 's/^/    /' >&2
  printf 'The whole log: %s\n' "$log_file" >&2
}
