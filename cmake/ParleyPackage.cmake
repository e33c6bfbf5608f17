# What is installed, and the Debian package of it (scripts/package).
include(GNUInstallDirs)

# What is to be installed has been built by name (scripts/package): the tests need not be.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)

install(TARGETS parley parley-replay RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
# Where the program looks for its pages: server/options/web_root.cpp.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/build/web/" DESTINATION ${CMAKE_INSTALL_DATADIR}/parley/web)

# The rest makes sense only where systemd and /etc are, so that `cmake --install` with another prefix
# leaves it out.
install(FILES packaging/parley.service DESTINATION lib/systemd/system
  COMPONENT service EXCLUDE_FROM_ALL)
install(FILES packaging/parley.toml DESTINATION /etc/parley COMPONENT service EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME parley)
set(CPACK_PACKAGE_CONTACT "The Parley developers <parley@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "self-hosted video calls: server, web page and widget")
set(CPACK_PACKAGE_DESCRIPTION
"One program serves the page, connects people's browsers and relays their
signaling. parley-replay runs the journal of a call again and explains it.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL Unspecified service)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING ALL_COMPONENTS_IN_ONE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# groupadd, for who reads secrets.
set(CPACK_DEBIAN_PACKAGE_DEPENDS passwd)
# Webhooks go over https to whom these vouch for.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS ca-certificates)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  "${PROJECT_SOURCE_DIR}/packaging/debian/conffiles"
  "${PROJECT_SOURCE_DIR}/packaging/debian/postinst"
  "${PROJECT_SOURCE_DIR}/packaging/debian/prerm"
  "${PROJECT_SOURCE_DIR}/packaging/debian/postrm")
set(CPACK_OUTPUT_FILE_PREFIX "${PROJECT_SOURCE_DIR}/build/package")
include(CPack)
