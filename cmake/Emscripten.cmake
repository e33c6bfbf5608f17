# Finds Emscripten's own toolchain file where Debian's package and where the emsdk put it.
find_program(EM_CONFIG em-config REQUIRED)
execute_process(COMMAND "${EM_CONFIG}" EMSCRIPTEN_ROOT
  OUTPUT_VARIABLE EMSCRIPTEN_ROOT_FOUND OUTPUT_STRIP_TRAILING_WHITESPACE)
include("${EMSCRIPTEN_ROOT_FOUND}/cmake/Modules/Platform/Emscripten.cmake")
