// The few names of Boost.Asio that the server uses everywhere. Executors are io_context's own type,
// not the type-erased any_io_executor: every asynchronous step is smaller and needs no allocation
// to copy its executor.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>

namespace parley {

namespace asio = boost::asio;
using boost::system::error_code;

using Executor = asio::io_context::executor_type;
using TcpSocket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

// A coroutine that runs on one shard.
template <class Result = void>
using Task = asio::awaitable<Result, Executor>;

// `auto [error, …] = co_await operation(…, as_result)`: errors as values, and no coroutine frame
// for the operation itself.
inline constexpr auto as_result = asio::as_tuple(asio::deferred);

}  // namespace parley
