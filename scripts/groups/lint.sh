# shellcheck shell=bash
# format, lint and types of every source file
group() {
  check "clang-format" clang_format
  # The compiler's list of what each object was made from tells which sources have changed.
  if step "Building" build_preset native && step "Configuring" cmake --preset tidy; then
    check "clang-tidy" node scripts/lib/clang-tidy.mjs "$CMAKE_BUILD_PARALLEL_LEVEL"
  else
    failed=$((failed + 1))
  fi
  check "ESLint" npm run --silent lint
  check "Prettier" npm run --silent format:check
  check "TypeScript" npm run --silent typecheck
}

clang_format() {
  git ls-files '*.cpp' '*.h' | xargs clang-format --dry-run -Werror
}
