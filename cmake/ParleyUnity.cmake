# Compiling the sources of a folder as one (a "unity" build): most of a compiler's time goes into the
# headers of the standard library, Beast and GoogleTest, which are then read once a folder. The
# sanitizers' builds and clang-tidy's, which nobody edits in, take all of them so, and every build the
# tests. The product's own sources are else compiled one by one, and so show that each includes what
# it needs.

# parley_unite(FOLDER): for every target below FOLDER.
function(parley_unite folder)
  get_directory_property(targets DIRECTORY "${folder}" BUILDSYSTEM_TARGETS)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    if(NOT type MATCHES "^(STATIC_LIBRARY|EXECUTABLE)$")
      continue()
    endif()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    # What a source hides in an unnamed namespace is no longer the main file's; it is no header's.
    target_compile_options(${target} PRIVATE
      $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
    get_target_property(sources ${target} SOURCES)
    get_target_property(source_folder ${target} SOURCE_DIR)
    foreach(source IN LISTS sources)
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${source_folder}" NORMALIZE)
      cmake_path(GET source PARENT_PATH group)
      cmake_path(RELATIVE_PATH group BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
      string(MAKE_C_IDENTIFIER "${group}" group)
      set_source_files_properties("${source}" TARGET_DIRECTORY ${target}
        PROPERTIES UNITY_GROUP ${group})
    endforeach()
  endforeach()
  get_directory_property(below DIRECTORY "${folder}" SUBDIRECTORIES)
  foreach(each IN LISTS below)
    parley_unite("${each}")
  endforeach()
endfunction()

parley_unite("${PROJECT_SOURCE_DIR}/${PARLEY_UNITE}")
