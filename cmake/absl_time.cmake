# absl_time: Abseil's reader of time zones, as the archives of Debian's libabsl-dev. Abseil's own CMake package would
# link its shared libraries: eight of them to load at each start, for one class.
add_library(absl_time INTERFACE)
foreach(part time time_zone strings civil_time strings_internal int128 throw_delegate raw_logging_internal base)
  find_library(ABSL_${part} libabsl_${part}.a REQUIRED)
  target_link_libraries(absl_time INTERFACE ${ABSL_${part}})
endforeach()
