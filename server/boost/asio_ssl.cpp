// Boost.Asio's own code for TLS, compiled once for the whole server
// (BOOST_ASIO_SEPARATE_COMPILATION).
#include <boost/asio/ssl/impl/src.hpp>
