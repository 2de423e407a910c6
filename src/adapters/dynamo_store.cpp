#include "adapters/dynamo_store.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/crypto.h"

namespace adapters {

namespace json = base::json;
using base::Instant;
using base::Result;
using ports::Change;
using ports::Key;
using ports::Range;
using ports::Record;
using ports::Table;

namespace {

constexpr std::int64_t milliseconds_a_second = 1000;

json::object text(std::string_view value) {
  return {{"S", value}};
}
json::object number(std::int64_t value) {
  return {{"N", std::to_string(value)}};
}
std::int64_t milliseconds_of(Instant instant) {
  return instant.time_since_epoch().count();
}

std::string text_in(const json::object& item, std::string_view name, std::string_view type) {
  const auto* attribute = item.if_contains(name);
  if (!attribute || !attribute->is_object()) return {};
  const auto* value = attribute->get_object().if_contains(type);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}
std::optional<std::int64_t> number_in(const json::object& item, std::string_view name) {
  const std::string digits = text_in(item, name, "N");
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [read, error] = std::from_chars(digits.data(), end, value);
  if (digits.empty() || error != std::errc() || read != end) return std::nullopt;
  return value;
}

json::object key_of(const Key& key) {
  return {{"PK", text(key.partition)}, {"SK", text(key.sort)}};
}

// nullopt: expired, and so not there.
Result<std::optional<Record>> record_from(const json::object& item, Table table, Instant now) {
  const auto version = number_in(item, "V");
  if (!version) return base::internal("an item of DynamoDB has no version");
  Record record{{table, text_in(item, "PK", "S"), text_in(item, "SK", "S")},
                static_cast<ports::Version>(*version),
                text_in(item, "B", "S"),
                {}};
  if (const auto expires = number_in(item, "E")) {
    record.expires_at = Instant(std::chrono::milliseconds(*expires));
    if (*record.expires_at <= now) return std::optional<Record>{};
  }
  return std::optional(std::move(record));
}

// What a change expects, as a condition on its item.
void add_condition(json::object& action, const Change& change, Instant now) {
  json::object values{{":now", number(milliseconds_of(now))}};
  if (change.expected == ports::absent) {
    action["ConditionExpression"] = "attribute_not_exists(PK) OR E <= :now";
  } else {
    action["ConditionExpression"] = "V = :version AND (attribute_not_exists(E) OR E > :now)";
    values[":version"] = number(static_cast<std::int64_t>(change.expected));
  }
  action["ExpressionAttributeValues"] = std::move(values);
}

json::object item_of(const Change& change) {
  json::object item = key_of(change.key);
  item["V"] = number(static_cast<std::int64_t>(change.expected) + 1);
  item["B"] = text(change.body);
  if (change.expires_at) {
    const std::int64_t expires = milliseconds_of(*change.expires_at);
    item["E"] = number(expires);
    item["ttl"] = number((expires + milliseconds_a_second - 1) / milliseconds_a_second);
  }
  return item;
}

json::object action_of(const Change& change, const std::string& table, Instant now) {
  json::object action{{"TableName", table}};
  add_condition(action, change, now);
  switch (change.kind) {
    case Change::Kind::put:
      action["Item"] = item_of(change);
      return {{"Put", std::move(action)}};
    case Change::Kind::remove:
      action["Key"] = key_of(change.key);
      // What must be absent anyway is not removed, only looked for.
      return {{change.expected == ports::absent ? "ConditionCheck" : "Delete", std::move(action)}};
    case Change::Kind::check:
      break;
  }
  action["Key"] = key_of(change.key);
  return {{"ConditionCheck", std::move(action)}};
}

void add_range(json::object& body, const std::string& partition, const Range& range) {
  std::string condition = "PK = :p";
  json::object values{{":p", text(partition)}};
  const bool from = !range.first.empty();
  const bool to = !range.last.empty();
  if (from) values[":a"] = text(range.first);
  if (to) values[":b"] = text(range.last);
  if (from && to) condition += " AND SK BETWEEN :a AND :b";
  if (from && !to) condition += " AND SK >= :a";
  if (!from && to) condition += " AND SK < :b";
  body["KeyConditionExpression"] = condition;
  body["ExpressionAttributeValues"] = std::move(values);
  body["ScanIndexForward"] = range.order == Range::Order::ascending;
}

base::Error error_from(std::string_view operation, const DynamoRefusal& refusal) {
  return base::internal("DynamoDB refuses " + std::string(operation) + ": " + refusal.name + ": " +
                        refusal.message);
}

json::object table_of(const std::string& name) {
  const auto attribute = [](const char* attribute_name) {
    return json::object{{"AttributeName", attribute_name}, {"AttributeType", "S"}};
  };
  const auto part = [](const char* attribute_name, const char* type) {
    return json::object{{"AttributeName", attribute_name}, {"KeyType", type}};
  };
  return {{"TableName", name},
          {"BillingMode", "PAY_PER_REQUEST"},
          {"AttributeDefinitions", json::array{attribute("PK"), attribute("SK")}},
          {"KeySchema", json::array{part("PK", "HASH"), part("SK", "RANGE")}},
          {"StreamSpecification",
           json::object{{"StreamEnabled", true}, {"StreamViewType", "KEYS_ONLY"}}}};
}

}  // namespace

DynamoStore::DynamoStore(DynamoCalls calls, DynamoTables tables, ports::Clock& clock,
                         ports::Entropy& entropy)
    : calls_(std::move(calls)), tables_(std::move(tables)), clock_(clock), entropy_(entropy) {}

const std::string& DynamoStore::name_of(Table table) const {
  return table == Table::operations ? tables_.operations : tables_.owner_only;
}

Result<std::optional<Record>> DynamoStore::get(const Key& key) {
  const DynamoAnswer answer = TRY(calls_.call(
      "GetItem",
      {{"TableName", name_of(key.table)}, {"Key", key_of(key)}, {"ConsistentRead", true}}));
  if (answer.refusal) return error_from("GetItem", *answer.refusal);
  const auto* item = answer.body.if_contains("Item");
  if (!item || !item->is_object()) return std::optional<Record>{};
  return record_from(item->get_object(), key.table, clock_.now());
}

Result<std::vector<Record>> DynamoStore::scan(Table table, const std::string& partition,
                                              const Range& range, std::size_t limit) {
  std::vector<Record> records;
  // DynamoDB refuses a BETWEEN whose ends are the wrong way round.
  if (!range.last.empty() && range.first >= range.last) return records;
  json::object body{{"TableName", name_of(table)}, {"ConsistentRead", true}};
  add_range(body, partition, range);
  while (records.size() < limit) {
    // One more than is wanted: the end of the range, which BETWEEN takes in, is left out here.
    body["Limit"] = limit - records.size() + 1;
    const DynamoAnswer answer = TRY(calls_.call("Query", body));
    if (answer.refusal) return error_from("Query", *answer.refusal);
    const auto* items = answer.body.if_contains("Items");
    if (!items || !items->is_array()) return base::internal("a Query of DynamoDB without Items");
    for (const json::value& item : items->get_array()) {
      if (!item.is_object()) continue;
      auto record = TRY(record_from(item.get_object(), table, clock_.now()));
      if (!record || (!range.last.empty() && record->key.sort >= range.last)) continue;
      records.push_back(*std::move(record));
      if (records.size() == limit) return records;
    }
    const auto* next = answer.body.if_contains("LastEvaluatedKey");
    if (!next || !next->is_object()) return records;
    body["ExclusiveStartKey"] = *next;
  }
  return records;
}

Result<void> DynamoStore::commit(const std::vector<Change>& changes) {
  TRY(ports::check_limits(changes));
  if (changes.empty()) return {};
  json::array actions;
  const Instant now = clock_.now();
  for (const Change& change : changes)
    actions.push_back(action_of(change, name_of(change.key.table), now));
  const DynamoAnswer answer = TRY(
      calls_.call("TransactWriteItems", {{"TransactItems", std::move(actions)},
                                         {"ClientRequestToken", base::hex(entropy_.bytes(16))}}));
  if (!answer.refusal) return {};
  const auto& reasons = answer.refusal->reasons;
  if (std::ranges::find(reasons, "ConditionalCheckFailed") != reasons.end())
    return base::conflict("a record changed in the meantime; try again", "version-moved");
  return error_from("TransactWriteItems", *answer.refusal);
}

Result<void> DynamoStore::make_tables() {
  for (const std::string& name : {tables_.operations, tables_.owner_only}) {
    const DynamoAnswer answer = TRY(calls_.call("CreateTable", table_of(name)));
    if (answer.refusal && answer.refusal->name != "ResourceInUseException")
      return error_from("CreateTable", *answer.refusal);
  }
  return {};
}

}  // namespace adapters
