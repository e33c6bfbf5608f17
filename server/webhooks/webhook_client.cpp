#include "server/webhooks/webhook_client.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "server/webhooks/webhook_signature.h"

namespace parley {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace ssl = asio::ssl;

using TimedStream = beast::basic_stream<asio::ip::tcp, Executor>;
using Request = http::request<http::string_body>;

// Of a stream's own operations, which do not know `deferred` in 1.81.
constexpr auto as_result_of_beast = asio::as_tuple(asio::use_awaitable_t<Executor>());

// What a receiver says of itself in headers. Its body is not read.
constexpr std::uint32_t most_header_bytes = 16 * 1024;

// Why the receiver did not take it; nothing: it did.
using Failure = std::optional<std::string>;

Failure failure_of(const error_code& error, const char* while_doing) {
  return std::string(while_doing) + ": " + error.message();
}

template <class Stream>
Task<Failure> exchange(Stream& stream, const Request& request) {
  {
    const auto [error, bytes] = co_await http::async_write(stream, request, as_result);
    if (error) co_return failure_of(error, "sending");
  }
  http::response_parser<http::string_body> answer;
  answer.header_limit(most_header_bytes);
  beast::flat_buffer buffer(most_header_bytes);
  const auto [error, bytes] = co_await http::async_read_header(stream, buffer, answer, as_result);
  if (error) co_return failure_of(error, "waiting for its answer");
  const unsigned status = answer.get().result_int();
  if (status / 100 == 2) co_return std::nullopt;
  co_return "it answered with status " + std::to_string(status);
}

Request request_for(const WebhookOptions& options, const std::string& body,
                    std::chrono::sys_seconds now) {
  Request request(http::verb::post, options.url.target, 11);
  request.set(http::field::host, options.url.authority);
  request.set(http::field::user_agent, "parley/" PARLEY_VERSION);
  request.set(http::field::content_type, "application/json");
  request.set(http::field::connection, "close");
  const std::string signature = webhook_signature(options.secret, now, body);
  request.set(beast::string_view(webhook_signature_header.data(), webhook_signature_header.size()),
              signature);
  request.body() = body;
  request.prepare_payload();
  return request;
}

bool is_ip_address(const std::string& host) {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

}  // namespace

class WebhookClient::Trust {
 public:
  Trust() : context_(ssl::context::tls_client) {
    context_.set_default_verify_paths();
    context_.set_verify_mode(ssl::verify_peer);
    SSL_CTX_set_min_proto_version(context_.native_handle(), TLS1_2_VERSION);
  }

  Task<Failure> post(TimedStream connected, const WebhookUrl& url, const Request& request) {
    ssl::stream<TimedStream> stream(std::move(connected), context_);
    stream.set_verify_callback(ssl::host_name_verification(url.host));
    // RFC 6066 section 3: no addresses.
    if (!is_ip_address(url.host)) {
      SSL_set_tlsext_host_name(stream.native_handle(), url.host.c_str());
    }
    const auto [error] = co_await stream.async_handshake(ssl::stream_base::client, as_result);
    if (error) co_return failure_of(error, "TLS");
    co_return co_await exchange(stream, request);
  }

 private:
  ssl::context context_;
};

WebhookClient::WebhookClient(WebhookOptions options, std::chrono::milliseconds patience,
                             AddressLookup lookup)
    : options_(std::move(options)),
      patience_(patience),
      lookup_(std::move(lookup)),
      trust_(options_.url.scheme == WebhookScheme::Https ? std::make_unique<Trust>() : nullptr) {}

WebhookClient::~WebhookClient() = default;

Task<std::optional<std::string>> WebhookClient::post(asio::io_context& context,
                                                     const std::string& body,
                                                     std::chrono::sys_seconds now) {
  const auto deadline = std::chrono::steady_clock::now() + patience_;
  const auto addresses = co_await lookup_.addresses(deadline);
  if (!addresses) co_return "looking up its address: " + addresses.error();
  TimedStream stream(context.get_executor());
  stream.expires_at(deadline);
  const auto [refused, address] = co_await stream.async_connect(*addresses, as_result_of_beast);
  if (refused) co_return failure_of(refused, "connecting");
  const Request request = request_for(options_, body, now);
  if (trust_) co_return co_await trust_->post(std::move(stream), options_.url, request);
  co_return co_await exchange(stream, request);
}

}  // namespace parley
