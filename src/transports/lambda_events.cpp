#include "transports/lambda_events.h"

#include "base/foreign_json.h"
#include "base/text.h"

namespace transports {

namespace json = base::json;
using base::list_in;
using base::object_in;
using base::Result;
using base::text_in;

namespace {

// The attribute {"S": "…"} of a key.
std::string key_part(const json::object& record, std::string_view name) {
  const json::object* change = object_in(record, "dynamodb");
  const json::object* keys = change ? object_in(*change, "Keys") : nullptr;
  const json::object* part = keys ? object_in(*keys, name) : nullptr;
  return part ? text_in(*part, "S") : "";
}

void add(StreamEvent& event, const json::object& record) {
  const json::object* change = object_in(record, "dynamodb");
  if (!change || !key_part(record, "PK").starts_with("@due/")) return;
  // The stream of a table also tells of what was taken away.
  if (text_in(record, "eventName") == "REMOVE") return;
  event.records.push_back({text_in(*change, "SequenceNumber"), key_part(record, "SK")});
}

void add(TopicEvent& event, const json::object& record) {
  if (const json::object* notice = object_in(record, "Sns"))
    event.messages.push_back(text_in(*notice, "Message"));
}

void add(BucketEvent& event, const json::object& record) {
  const json::object* s3 = object_in(record, "s3");
  const json::object* object = s3 ? object_in(*s3, "object") : nullptr;
  if (!object || !text_in(record, "eventName").starts_with("ObjectCreated:")) return;
  // The key is written as in a form.
  auto key = base::percent_decoded(text_in(*object, "key"), base::Plus::space);
  const auto* size = object->if_contains("size");
  if (!key || key->empty()) return;
  const auto bytes = size && size->is_int64() ? size->get_int64() : 0;
  event.arrivals.push_back({*std::move(key), bytes});
}

template <class Made>
Event collected(const json::array& records) {
  Made event;
  for (const json::value& record : records)
    if (record.is_object()) add(event, record.get_object());
  return event;
}

}  // namespace

Result<Event> event_from(const json::object& event) {
  if (const std::string word = text_in(event, "fairlead"); !word.empty())
    return Event(ClockEvent{word});
  // What S3 sends when notifications are set up, to see whether they arrive.
  if (text_in(event, "Event") == "s3:TestEvent") return Event(BucketEvent{});
  const json::array* records = list_in(event, "Records");
  if (!records || records->empty())
    return base::malformed("an event of a kind that nobody here knows");
  const json::array& all = *records;
  const json::object* first = all.front().if_object();
  if (!first) return base::malformed("an event whose records are no objects");
  // SNS writes the word with a capital, the others without.
  std::string source = text_in(*first, "eventSource");
  if (source.empty()) source = text_in(*first, "EventSource");
  if (source == "aws:dynamodb") return collected<StreamEvent>(all);
  if (source == "aws:sns") return collected<TopicEvent>(all);
  if (source == "aws:s3") return collected<BucketEvent>(all);
  return base::malformed("an event of " + source + ", which nobody here knows");
}

std::string stream_answer(const std::vector<std::string>& failed_sequence_numbers) {
  json::array failures;
  for (const std::string& number : failed_sequence_numbers)
    failures.push_back(json::object{{"itemIdentifier", number}});
  return base::to_text(json::object{{"batchItemFailures", std::move(failures)}});
}

}  // namespace transports
