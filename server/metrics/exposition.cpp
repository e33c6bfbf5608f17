#include "server/metrics/exposition.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <limits>
#include <span>
#include <vector>

#include "core/base/fields.h"

namespace parley {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class Families {
 public:
  void gauge(std::string name, std::string help, std::uint64_t value) {
    ClientMetric metric;
    metric.gauge.value = static_cast<double>(value);
    add(std::move(name), std::move(help), MetricType::Gauge).push_back(metric);
  }

  void counter(std::string name, std::string help, std::uint64_t value) {
    add(std::move(name), std::move(help), MetricType::Counter).push_back(counted(value));
  }

  // A counter family without members yet; `counted` makes them.
  std::vector<ClientMetric>& counters(std::string name, std::string help) {
    return add(std::move(name), std::move(help), MetricType::Counter);
  }

  static ClientMetric counted(std::uint64_t value) {
    ClientMetric metric;
    metric.counter.value = static_cast<double>(value);
    return metric;
  }

  void histogram(std::string name, std::string help, const DelayHistogram& delays) {
    ClientMetric metric;
    std::uint64_t count = 0;
    for (std::size_t at = 0; at < delays.counts.size(); ++at) {
      count += delays.counts[at];
      const double bound = at < DelayHistogram::bounds.size()
                               ? seconds(DelayHistogram::bounds[at])
                               : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back({count, bound});
    }
    metric.histogram.sample_count = count;
    metric.histogram.sample_sum = seconds(delays.sum);
    add(std::move(name), std::move(help), MetricType::Histogram).push_back(std::move(metric));
  }

  std::string serialize() const { return prometheus::TextSerializer().Serialize(families_); }

 private:
  static double seconds(Duration span) {
    return static_cast<double>(span.count_microseconds()) / 1e6;
  }

  std::vector<ClientMetric>& add(std::string name, std::string help, MetricType type) {
    families_.push_back({"parley_" + std::move(name), std::move(help), type, {}});
    return families_.back().metric;
  }

  std::vector<MetricFamily> families_;
};

void append_labelled(std::vector<ClientMetric>& metrics, const std::string& label,
                     std::string_view value, std::uint64_t count) {
  ClientMetric metric = Families::counted(count);
  metric.label.push_back({label, std::string(value)});
  metrics.push_back(std::move(metric));
}

template <class Enum>
void append_by_name(std::vector<ClientMetric>& metrics, const std::string& label,
                    std::span<const std::uint64_t> counts) {
  for (std::size_t at = 0; at < counts.size(); ++at) {
    append_labelled(metrics, label, names_of(Enum{})[at], counts[at]);
  }
}

void append_turn(Families& families, const ShardMetrics& total) {
  const turn::Counters& turn = total.turn;
  families.gauge("turn_allocations", "Relays that clients hold.", total.turn_allocations);
  families.counter("turn_allocations_total", "Relays given to clients.", turn.allocations_made);
  families.counter("stun_bindings_total", "STUN Binding requests answered.", turn.bindings);
  auto& packets = families.counters("turn_packets_total", "Packets relayed, by direction.");
  append_labelled(packets, "to", "peer", turn.to_peers.packets);
  append_labelled(packets, "to", "client", turn.to_clients.packets);
  auto& bytes = families.counters("turn_bytes_total", "Bytes of payload relayed, by direction.");
  append_labelled(bytes, "to", "peer", turn.to_peers.bytes);
  append_labelled(bytes, "to", "client", turn.to_clients.bytes);
  auto& refusals = families.counters("turn_refusals_total", "Requests refused, by error code.");
  for (std::size_t at = 0; at < turn.refusals.size(); ++at) {
    const auto code = static_cast<unsigned>(stun::error_facts[at].code);
    append_labelled(refusals, "code", std::to_string(code), turn.refusals[at]);
  }
  append_by_name<turn::Drop>(families.counters("turn_drops_total", "Packets dropped, by reason."),
                             "reason", turn.drops);
}

void append_turn_streams(Families& families, const TurnStreamCounters& streams) {
  families.gauge("turn_streams", "Open connections of TURN over TCP and TLS.", streams.open);
  auto& opened = families.counters("turn_streams_total",
                                   "Connections of TURN over TCP and TLS, by transport.");
  append_labelled(opened, "transport", "tcp", streams.opened_tcp);
  append_labelled(opened, "transport", "tls", streams.opened_tls);
  append_by_name<TurnStreamEnding>(
      families.counters("turn_streams_ended_total",
                        "Connections of TURN over TCP and TLS that ended, by reason."),
      "reason", streams.endings);
  append_by_name<TurnStreamDrop>(
      families.counters("turn_stream_drops_total",
                        "Packets of clients on TCP and TLS, or for them, dropped, by reason."),
      "reason", streams.drops);
}

void append_webhooks(Families& families, const WebhookFigures& webhooks) {
  families.gauge("webhooks_waiting", "Webhooks not yet taken by their receiver.", webhooks.waiting);
  families.counter("webhooks_delivered_total", "Webhooks taken by their receiver.",
                   webhooks.delivered);
  families.counter("webhook_failures_total", "Attempts to deliver a webhook that failed.",
                   webhooks.failed_attempts);
  append_by_name<WebhookDrop>(
      families.counters("webhooks_dropped_total", "Webhooks never taken, by reason."), "reason",
      webhooks.drops);
}

}  // namespace

std::string expose(const ShardMetrics& total, const WebhookFigures& webhooks) {
  Families families;
  families.gauge("connections", "Open WebSockets.",
                 total.connections_opened - total.connections_closed);
  families.gauge("rooms", "Rooms somebody is in or may come back to.", total.rooms);
  families.gauge("participants", "Participants, those away for a moment included.",
                 total.participants);
  families.counter("connections_total", "WebSockets opened.", total.connections_opened);
  families.counter("messages_received_total", "Messages from clients.", total.messages_received);
  families.counter("messages_sent_total", "Messages to clients.", total.messages_sent);
  families.counter("received_bytes_total", "Bytes of messages from clients.", total.bytes_received);
  families.counter("sent_bytes_total", "Bytes of messages to clients.", total.bytes_sent);
  append_by_name<ErrorCode>(families.counters("errors_total", "Errors told to clients."), "code",
                            total.errors);
  auto& closes = families.counters("closes_total", "WebSockets ended, by reason.");
  append_by_name<ErrorCode>(closes, "reason", total.closes);
  append_by_name<Ending>(closes, "reason", total.endings_by);
  append_by_name<StreamEnding>(
      families.counters("streams_refused_total",
                        "TCP connections ended before anything was served, by reason."),
      "reason", total.stream_endings);
  auto& refusals = families.counters("refusals_total", "What was refused, by reason.");
  append_by_name<LimitReason>(refusals, "reason", total.limit_refusals);
  append_labelled(refusals, "reason", "origin", total.origin_refusals);
  append_by_name<AdminKeyRefusal>(refusals, "reason", total.admin_key_refusals);
  families.histogram("event_loop_delay_seconds", "How late a thread comes to what is due; sampled.",
                     total.loop_delays);
  auto& responses = families.counters("http_responses_total", "HTTP responses, by status.");
  for (const auto& [status, count] : total.http_responses) {
    append_labelled(responses, "status", std::to_string(status), count);
  }
  append_turn(families, total);
  append_turn_streams(families, total.turn_streams);
  append_webhooks(families, webhooks);
  return families.serialize();
}

}  // namespace parley
