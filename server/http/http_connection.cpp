#include "server/http/http_connection.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>
#include <exception>
#include <optional>

#include "core/signaling/types.h"
#include "server/api/answer.h"
#include "server/api/api.h"
#include "server/http/http_date.h"
#include "server/http/https_redirect.h"
#include "server/http/origin.h"
#include "server/http/too_many_requests.h"
#include "server/http/upgrade.h"
#include "server/limits/client_address.h"
#include "server/metrics/exposition.h"
#include "server/net/tls_identity.h"
#include "server/runtime/steady_time.h"
#include "server/signaling/websocket_connection.h"
#include "server/webhooks/webhook_courier.h"

namespace parley {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

// A browser's headers take about 1 KiB; cookies of other programs on the same host may add some.
constexpr std::size_t max_header_bytes = 8 * 1024;

// Only the API takes a body, of some hundred bytes. What comes elsewhere is read over when it is
// small, so that the connection can go on, and refused when it is not.
constexpr std::uint64_t max_body_bytes = 16 * 1024;

// After so many requests the client is asked to connect anew, and may land on a less busy shard.
constexpr unsigned max_requests = 1'000;

// Who is told so often on one connection that it asks too much, and asks on, does not heed it. Then
// the connection is closed: a new one counts for address-connection-rate, too. Browsers that load a
// page ask for less over each of their connections; a proxy opens another for its other clients.
constexpr unsigned max_refusals = 10;

// For a response to be read: the largest file, about 1 MiB, at 256 kbit/s.
constexpr auto write_within = std::chrono::seconds(40);

// How long to read on after the last response. Closing a socket with unread bytes resets it, and
// the client might never see the response (RFC 9112 section 9.6).
constexpr auto linger_for = std::chrono::seconds(2);

// The value of the last header of that name: proxies append theirs.
std::optional<std::string_view> last_header(const UpgradeRequest& request, std::string_view name) {
  std::optional<std::string_view> value;
  const auto [first, last] = request.equal_range(beast::string_view(name.data(), name.size()));
  for (auto each = first; each != last; ++each) {
    value = std::string_view(each->value().data(), each->value().size());
  }
  return value;
}

std::optional<std::string_view> header(const UpgradeRequest& request, http::field name) {
  const auto found = request.find(name);
  if (found == request.end()) return std::nullopt;
  return std::string_view(found->value().data(), found->value().size());
}

HttpRequest view_of(const UpgradeRequest& request) {
  return {std::string_view(request.method_string().data(), request.method_string().size()),
          std::string_view(request.target().data(), request.target().size()),
          header(request, http::field::accept_encoding),
          header(request, http::field::if_none_match)};
}

Task<ShardMetrics> figures_of(Shard& shard) { co_return shard.metrics_now(); }

class HttpConnection final : public StreamPeer,
                             public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(Shard& shard, Stream stream, std::string_view read)
      : shard_(shard),
        stream_(std::move(stream)),
        deadline_(shard.executor()),
        // Enough for the largest header and the beginning of the next request.
        buffer_(2 * max_header_bytes) {
    shard_.add(*this);
    buffer_.commit(asio::buffer_copy(buffer_.prepare(read.size()), asio::buffer(read)));
  }
  ~HttpConnection() override { shard_.remove(*this); }

  Task<> run(std::shared_ptr<HttpConnection> self);
  void abort() override { stream_.close(); }

 private:
  // What becomes of the connection after a request.
  enum class Next : std::uint8_t { Continue, Close, HandedOver };

  using Parser = http::request_parser<http::string_body>;

  Task<Next> serve_one();
  Task<error_code> read_request(Parser& parser);
  Task<Next> answer(UpgradeRequest request);
  Task<Next> answer_broken(const Parser& parser, error_code error);
  std::optional<HttpResponse> redirect(const HttpRequest& request, std::string_view host);
  bool has_trusted_tls() const;
  Task<HttpResponse> scrape();
  Task<Next> write(HttpResponse response, bool is_head, Next after);
  Task<> linger();
  Task<Next> refuse(const UpgradeRequest& request, const IpAddress& client, Denial denial,
                    Next after);
  IpAddress client_of(const UpgradeRequest& request);
  void hand_over(UpgradeRequest request, const std::string& room_hint, AddressLease lease);

  // Operations on the socket end with an error when `span` has passed, until the next call.
  void allow(std::chrono::steady_clock::duration span);

  Shard& shard_;
  Stream stream_;
  Timer deadline_;
  beast::flat_buffer buffer_;
  unsigned refusals_ = 0;  // because of a limit
};

void HttpConnection::allow(std::chrono::steady_clock::duration span) {
  deadline_.expires_after(span);
  deadline_.async_wait([weak = weak_from_this()](error_code error) {
    const auto self = weak.lock();
    if (!error && self) self->stream_.cancel();
  });
}

Task<> HttpConnection::run(std::shared_ptr<HttpConnection>) {
  Next next = Next::Continue;
  for (unsigned served = 0; next == Next::Continue && served < max_requests; ++served) {
    next = co_await serve_one();
  }
  if (next != Next::HandedOver) co_await linger();
  deadline_.cancel();
}

Task<HttpConnection::Next> HttpConnection::serve_one() {
  Parser parser;
  parser.header_limit(max_header_bytes);
  parser.body_limit(max_body_bytes);
  const error_code error = co_await read_request(parser);
  if (error) co_return co_await answer_broken(parser, error);
  co_return co_await answer(parser.release());
}

Task<error_code> HttpConnection::read_request(Parser& parser) {
  allow(shard_.service().options.timeouts.request);
  auto [error, bytes] = co_await http::async_read_header(stream_, buffer_, parser, as_result);
  if (error || parser.is_done()) co_return error;
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    // RFC 9110 section 10.1.1: the client waits for this before it sends the body.
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    std::tie(error, bytes) =
        co_await asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()), as_result);
    if (error) co_return error;
  }
  std::tie(error, bytes) = co_await http::async_read(stream_, buffer_, parser, as_result);
  co_return error;
}

// The request could not be read: tells why, where there is anybody to tell.
Task<HttpConnection::Next> HttpConnection::answer_broken(const Parser& parser, error_code error) {
  const bool has_begun = parser.got_some();
  if (error == asio::error::operation_aborted && has_begun) {
    co_return co_await write(plain_response(408, "The request took too long.\n"), false,
                             Next::Close);
  }
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    co_return co_await write(plain_response(431, "The headers are too large.\n"), false,
                             Next::Close);
  }
  if (error == http::error::body_limit) {
    HttpResponse response =
        parser.get().target().starts_with("/api/")
            ? error_answer(413, "body-too-large", "The body is larger than 16 KiB.")
            : plain_response(413, "The body is too large.\n");
    co_return co_await write(std::move(response), false, Next::Close);
  }
  if (error.category() == http::make_error_code(http::error::bad_method).category() &&
      error != http::error::end_of_stream && error != http::error::partial_message) {
    co_return co_await write(plain_response(400, "This is not valid HTTP/1.1.\n"), false,
                             Next::Close);
  }
  co_return Next::Close;
}

Task<HttpConnection::Next> HttpConnection::answer(UpgradeRequest request) {
  const Next after = request.keep_alive() ? Next::Continue : Next::Close;
  const bool is_head = request.method() == http::verb::head;
  const HttpRequest view = view_of(request);
  Service& service = shard_.service();
  const IpAddress client = client_of(request);
  // Before anything is looked up. What a monitor asks for costs no more than the refusal would.
  if (!asks_for_health(view.target)) {
    const auto denial =
        take_one(service.addresses, client, Flow::Requests, shard_.policy(), steady_now());
    if (denial) co_return co_await refuse(request, client, *denial, after);
  }
  // RFC 9112 section 3.2: exactly one Host, from version 1.1 on.
  if (request.version() >= 11 && request.count(http::field::host) != 1) {
    co_return co_await write(plain_response(400, "A request names its host, once.\n"), is_head,
                             Next::Close);
  }
  if (auto elsewhere = redirect(view, header(request, http::field::host).value_or(""))) {
    co_return co_await write(std::move(*elsewhere), is_head, after);
  }
  const Readiness readiness = service.readiness;
  Route route = service.router.route(view, readiness, shard_.policy().frame_ancestors);

  if (const auto* open = std::get_if<OpenWebSocket>(&route)) {
    auto refusal = refuse_upgrade(request);
    if (!refusal && readiness != Readiness::Serving) {
      refusal = plain_response(503, "The server is shutting down.\n");
    }
    if (!refusal && buffer_.size() > 0) {
      // RFC 6455 section 4.1: the client waits for the answer before it sends anything else.
      refusal = plain_response(400, "Nothing may be sent before the WebSocket is open.\n");
    }
    if (!refusal &&
        !may_connect(header(request, http::field::origin),
                     header(request, http::field::host).value_or(""), shard_.policy().origins)) {
      ++shard_.metrics().origin_refusals;
      refusal = plain_response(403, "Pages of this site may not connect (--allow-origin).\n");
    }
    if (refusal) co_return co_await write(std::move(*refusal), is_head, after);
    auto place = AddressLease::take(service.addresses, client, Held::Websockets, shard_.policy(),
                                    steady_now());
    if (const auto* denial = std::get_if<Denial>(&place)) {
      co_return co_await refuse(request, client, *denial, Next::Close);
    }
    hand_over(std::move(request), open->room_hint, std::get<AddressLease>(std::move(place)));
    co_return Next::HandedOver;
  }
  if (std::holds_alternative<ScrapeMetrics>(route)) {
    co_return co_await write(co_await scrape(), is_head, after);
  }
  if (auto* const call = std::get_if<CallApi>(&route)) {
    const ApiRequest asked{view.method,
                           view.target,
                           std::move(call->path),
                           header(request, http::field::authorization),
                           header(request, http::field::content_type),
                           request.body()};
    co_return co_await write(co_await answer_api(shard_, asked), is_head, after);
  }
  co_return co_await write(std::get<HttpResponse>(std::move(route)), is_head, after);
}

std::optional<HttpResponse> HttpConnection::redirect(const HttpRequest& request,
                                                     std::string_view host) {
  if (!shard_.service().tls || stream_.is_encrypted()) return std::nullopt;
  error_code ignored;
  return redirect_to_https(request, host, stream_.socket().local_endpoint(ignored).port());
}

bool HttpConnection::has_trusted_tls() const {
  return stream_.is_encrypted() && !shard_.service().tls->current()->certificate().is_self_signed();
}

Task<HttpResponse> HttpConnection::scrape() {
  ShardMetrics total;
  for (const auto& shard : shard_.service().shards) {
    const auto [failure, figures] =
        co_await asio::co_spawn(shard->executor(), figures_of(*shard), as_result);
    if (failure) std::rethrow_exception(failure);
    total += figures;
  }
  co_return metrics_response(expose(total, shard_.service().webhooks->figures()));
}

Task<HttpConnection::Next> HttpConnection::write(HttpResponse response, bool is_head, Next after) {
  if (shard_.service().readiness != Readiness::Serving) after = Next::Close;
  http::response<http::span_body<const char>> message;
  message.version(11);
  message.result(response.status);
  message.set(http::field::date, http_date(std::chrono::system_clock::now()));
  for (const auto& [name, value] : response.headers) message.set(name, value);
  if (has_trusted_tls()) {
    message.set(
        http::field::strict_transport_security,
        beast::string_view(strict_transport_security.data(), strict_transport_security.size()));
  }
  if (after == Next::Close) message.keep_alive(false);
  const std::size_t length = response.body ? response.body->size() : 0;
  // RFC 9110 section 8.6: HEAD tells the length GET would have, 304 need not tell any, 204 must
  // not.
  if (response.status != 304 && response.status != 204) message.content_length(length);
  if (response.body && !is_head) {
    message.body() = beast::span<const char>(response.body->data(), length);
  }

  ++shard_.metrics().http_responses[response.status];
  shard_.response_begins();
  allow(write_within);
  const auto [error, bytes] = co_await http::async_write(stream_, message, as_result);
  shard_.response_ends();
  co_return error ? Next::Close : after;
}

Task<> HttpConnection::linger() {
  stream_.shut_down_sending();
  allow(linger_for);
  error_code error;
  for (std::uint64_t discarded = 0; !error && discarded < max_body_bytes * 16;) {
    buffer_.clear();
    // Below TLS: what is thrown away need not be decrypted.
    const auto [failure, bytes] =
        co_await stream_.socket().async_read_some(buffer_.prepare(max_header_bytes), as_result);
    error = failure;
    discarded += bytes;
  }
}

IpAddress HttpConnection::client_of(const UpgradeRequest& request) {
  error_code ignored;
  const auto peer = stream_.socket().remote_endpoint(ignored).address();
  return client_address(ip_address_of(peer), last_header(request, "X-Forwarded-For"),
                        shard_.policy().trusted_proxies);
}

// The client has reached a limit.
Task<HttpConnection::Next> HttpConnection::refuse(const UpgradeRequest& request,
                                                  const IpAddress& client, Denial denial,
                                                  Next after) {
  shard_.count_refusal(denial.reason, client);
  if (++refusals_ >= max_refusals) after = Next::Close;
  const bool is_head = request.method() == http::verb::head;
  co_return co_await write(too_many_requests(view_of(request).target, denial), is_head, after);
}

void HttpConnection::hand_over(UpgradeRequest request, const std::string& room_hint,
                               AddressLease lease) {
  Service& service = shard_.service();
  Shard& home = RoomId::accepts(room_hint) ? *service.shards[service.home_of(room_hint)] : shard_;
  auto owned = std::make_unique<UpgradeRequest>(std::move(request));
  if (&home == &shard_) {
    serve_websocket(home, std::move(stream_), std::move(owned), std::move(lease));
  } else {
    serve_websocket(home, std::move(stream_).moved_to(home.executor()), std::move(owned),
                    std::move(lease));
  }
}

}  // namespace

void serve_http(Shard& shard, Stream stream, std::string_view read) {
  auto connection = std::make_shared<HttpConnection>(shard, std::move(stream), read);
  auto& life = *connection;
  asio::co_spawn(shard.executor(), life.run(std::move(connection)),
                 [](const std::exception_ptr& failure) {
                   if (failure) std::rethrow_exception(failure);
                 });
}

}  // namespace parley
