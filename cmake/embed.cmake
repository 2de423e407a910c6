# fairlead_embed(target): every file under assets/ as bytes in the binary, found by name through base/assets.h.
function(fairlead_embed target)
  file(GLOB_RECURSE files RELATIVE ${CMAKE_SOURCE_DIR}/assets CONFIGURE_DEPENDS
       ${CMAKE_SOURCE_DIR}/assets/*)
  set(out ${CMAKE_BINARY_DIR}/generated/assets.cpp)
  set(absolute)
  foreach(file ${files})
    list(APPEND absolute ${CMAKE_SOURCE_DIR}/assets/${file})
  endforeach()
  add_custom_command(OUTPUT ${out}
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} -DROOT=${CMAKE_SOURCE_DIR}/assets "-DFILES=${files}"
            -P ${CMAKE_SOURCE_DIR}/cmake/write_assets.cmake
    DEPENDS ${absolute} ${CMAKE_SOURCE_DIR}/cmake/write_assets.cmake VERBATIM)
  target_sources(${target} PRIVATE ${out})
endfunction()
