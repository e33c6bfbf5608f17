# What every target of the project is compiled with, and the sanitizer presets.

set(PARLEY_SANITIZE "" CACHE STRING "Sanitizers for every target, e.g. address,undefined")

option(PARLEY_FUZZ "Only the fuzz targets; needs Clang" OFF)
set(PARLEY_UNITE "" CACHE STRING "Folder below which the sources of a folder are compiled as one, e.g. tests")

find_program(CCACHE ccache)
if(CCACHE AND NOT EMSCRIPTEN)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(parley_options INTERFACE)
target_include_directories(parley_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(parley_options INTERFACE
  -Wall -Wextra -Wconversion -Werror
  # The core computes the same to the last bit natively and in WASM.
  -ffp-contract=off)
target_compile_definitions(parley_options INTERFACE PARLEY_VERSION="${PROJECT_VERSION}")

if(EMSCRIPTEN)
  # The person waits for every byte; optimizing over all files at once saves a tenth of them.
  target_compile_options(parley_options INTERFACE -Oz -flto)
  target_link_options(parley_options INTERFACE -Oz -flto)
endif()

if(PARLEY_SANITIZE)
  target_compile_options(parley_options INTERFACE
    -fsanitize=${PARLEY_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(parley_options INTERFACE -fsanitize=${PARLEY_SANITIZE})
endif()
