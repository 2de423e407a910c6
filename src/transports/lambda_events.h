// What AWS calls a function with, besides requests: records of a table's stream, messages of a
// topic, objects that came into a bucket, the clock. Always: plain values, read once, strictly
// enough that an event of another service is told from one that cannot be read. Source: AWS Lambda
// Developer Guide, "Using AWS Lambda with DynamoDB", "… with Amazon SNS", "… with Amazon S3";
// Amazon S3 User Guide, "Event message structure".
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace transports {

// A record of the due index that was written: what the operations table's stream is filtered to.
struct StreamRecord {
  std::string sequence_number;
  std::string sort;  // "2026-11-26T01:38:24Z/jada.7k3m.guest_page.1"
};
struct StreamEvent {
  std::vector<StreamRecord> records;
};
struct TopicEvent {
  std::vector<std::string> messages;
};
struct BucketEvent {
  struct Arrival {
    std::string key;  // decoded: "jada/quarantine/…"
    std::int64_t bytes = 0;
  };
  std::vector<Arrival> arrivals;
};
// What a schedule says: {"fairlead":"sweep"}.
struct ClockEvent {
  std::string word;
};
using Event = std::variant<StreamEvent, TopicEvent, BucketEvent, ClockEvent>;

// Error kind malformed, saying what cannot be read.
base::Result<Event> event_from(const base::json::object& event);

// The answer to a stream: from the first of these on the batch comes again; none: all is done.
std::string stream_answer(const std::vector<std::string>& failed_sequence_numbers);

}  // namespace transports
