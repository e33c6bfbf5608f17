#include "server/webhooks/address_lookup.h"

#include <boost/asio/ip/basic_resolver.hpp>
#include <set>
#include <thread>
#include <utility>

namespace parley {

// Of the loop's thread, but for its making and its end.
struct AddressLookup::Run {
  std::optional<Answer> answer;
  std::set<Timer*> waiting;  // of those who ask; cancelled when there is an answer
};

AddressLookup::Answer AddressLookup::by_system(const std::string& host, const std::string& port) {
  asio::io_context context;
  asio::ip::basic_resolver<asio::ip::tcp, Executor> resolver(context);
  error_code error;
  const auto results = resolver.resolve(host, port, error);
  if (error) return error.message();
  std::vector<asio::ip::tcp::endpoint> addresses;
  for (const auto& result : results) addresses.push_back(result.endpoint());
  return addresses;
}

AddressLookup::AddressLookup(asio::io_context& context, std::shared_ptr<LoopDoor> door,
                             std::string host, std::string port, Resolver resolver)
    : context_(context),
      door_(std::move(door)),
      host_(std::move(host)),
      port_(std::move(port)),
      resolver_(std::move(resolver)) {}

Task<AddressLookup::Answer> AddressLookup::addresses(std::chrono::steady_clock::time_point until) {
  if (!run_ || run_->answer) run_ = start();
  const auto run = run_;
  Timer timer(context_, until);
  run->waiting.insert(&timer);
  co_await timer.async_wait(as_result);
  run->waiting.erase(&timer);
  if (!run->answer) co_return std::string("no answer in time");
  co_return *run->answer;
}

std::shared_ptr<AddressLookup::Run> AddressLookup::start() const {
  auto run = std::make_shared<Run>();
  std::thread([resolver = resolver_, host = host_, port = port_, door = door_, run] {
    door->post([run, answer = resolver(host, port)]() mutable {
      run->answer = std::move(answer);
      for (Timer* timer : run->waiting) timer->cancel();
    });
  }).detach();
  return run;
}

}  // namespace parley
