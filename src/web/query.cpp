#include "web/query.h"

#include "base/text.h"

namespace web {

base::Result<std::optional<std::string>> read_parameter(const Call& call, std::string_view name) {
  auto value = call.request.head.parameter(name);
  // Escapes that hide no text would read as "not there", and the answer be for another question.
  if (!value && !base::parse_form(call.request.head.query))
    return base::invalid("query", "has a broken escape or is not UTF-8");
  return value;
}

namespace {

base::Result<std::chrono::year_month_day> read_day(const Call& call, std::string_view name,
                                                   std::chrono::sys_days otherwise) {
  const auto text = TRY(read_parameter(call, name));
  if (!text) return std::chrono::year_month_day{otherwise};
  auto day = base::parse_date(*text);
  if (!day) return base::invalid(std::string(name), day.error().message);
  return day;
}

}  // namespace

base::Result<domain::Interval> read_days(const Call& call, const std::string& zone) {
  constexpr std::chrono::days longest{800};
  const auto today = std::chrono::floor<std::chrono::days>(call.world.now());
  const auto from = TRY(read_day(call, "from", today - std::chrono::days(31)));
  const bool has_to = call.request.head.parameter("to").has_value();
  const auto to = TRY(read_day(call, "to", std::chrono::sys_days(from) + std::chrono::days(396)));
  const auto span = std::chrono::sys_days(to) - std::chrono::sys_days(from);
  if (span < std::chrono::days(0)) return base::invalid("to", "is before from");
  if (has_to && span > longest) return base::invalid("to", "is more than 800 days after from");
  const std::chrono::year_month_day after{std::chrono::sys_days(to) + std::chrono::days(1)};
  return domain::Interval{base::start_of_day(from, zone), base::start_of_day(after, zone)};
}

base::Result<app::CharterQuery> read_charter_query(const Call& call, const std::string& zone) {
  app::CharterQuery query;
  query.time = TRY(read_days(call, zone));
  query.vessel = domain::VesselId(TRY(read_parameter(call, "vessel")).value_or(""));
  query.status = TRY(read_parameter(call, "status")).value_or("");
  query.now = call.world.now();
  if (!query.status.empty() && !domain::charter_status_from(query.status))
    return base::invalid("status", "is no status of a charter");
  if (const auto page = TRY(read_parameter(call, "page"))) {
    const auto number = base::parse_unsigned(*page);
    if (!number || *number < 1 || *number > 100'000)
      return base::invalid("page", "must be a number from 1");
    query.page = static_cast<std::size_t>(*number);
  }
  return query;
}

}  // namespace web
