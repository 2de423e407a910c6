#include "app/record_json.h"

namespace app {

namespace json = base::json;

base::Result<json::object> body_of(const ports::Stored& stored) {
  auto body = base::parse_own_object(stored.body);
  if (!body) return base::internal("record " + stored.sort + " cannot be read");
  return body;
}

std::string text_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::optional<double> optional_double_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (!value || !value->is_double()) return std::nullopt;
  return value->get_double();
}

std::int64_t number_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

bool flag_at(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

const json::array& list_at(const json::object& object, std::string_view name) {
  static const json::array none;
  const json::value* value = object.if_contains(name);
  return value && value->is_array() ? value->get_array() : none;
}

const json::object& object_at(const json::object& object, std::string_view name) {
  static const json::object none;
  const json::value* value = object.if_contains(name);
  return value && value->is_object() ? value->get_object() : none;
}

json::object json_of(const base::Moment& moment) {
  return {{"wall", base::format_wall(moment.wall)},
          {"zone", moment.zone},
          {"offset", moment.offset.count()},
          {"utc", base::format_utc(moment.utc)}};
}

base::Moment moment_at(const json::object& object, std::string_view name) {
  const json::object& body = object_at(object, name);
  base::Moment moment;
  if (auto written = base::parse_written_time(text_at(body, "wall"))) moment.wall = written->wall;
  moment.zone = text_at(body, "zone");
  moment.offset = base::minutes(number_at(body, "offset"));
  moment.utc = instant_at(body, "utc");
  return moment;
}

base::Instant instant_at(const json::object& object, std::string_view name) {
  return optional_instant_at(object, name).value_or(base::Instant{});
}

std::optional<base::Instant> optional_instant_at(const json::object& object,
                                                 std::string_view name) {
  auto instant = base::parse_utc(text_at(object, name));
  if (!instant) return std::nullopt;
  return *instant;
}

std::chrono::year_month_day date_at(const json::object& object, std::string_view name) {
  const auto date = base::parse_date(text_at(object, name));
  return date ? *date : std::chrono::year_month_day{};
}

}  // namespace app
