#include "adapters/coops_tides.h"

#include <charconv>

#include "base/foreign_json.h"
#include "base/text.h"

namespace adapters {

namespace json = base::json;
using base::Error;
using base::list_in;
using base::Result;
using base::text_in;

namespace {

constexpr std::size_t names_max = 256;
constexpr std::size_t station_name_bytes_max = 80;
// No tide of the world is higher; lower than the datum it is by less.
constexpr double height_metres_max = 25;

Error nonsense(const std::string& what) {
  return base::malformed(std::string(coops_name) + ": an answer that makes no sense: " + what);
}

// "2026-11-26 04:12", in the GMT that was asked for.
std::optional<base::Instant> read_instant(std::string_view text) {
  constexpr std::size_t day_end = 10;
  if (text.size() != 16 || text[day_end] != ' ') return std::nullopt;
  std::string written(text);
  written[day_end] = 'T';
  const auto time = base::parse_written_time(written);
  if (!time || time->offset) return std::nullopt;
  return base::Instant(time->wall.time_since_epoch());
}

std::optional<double> read_height(std::string_view text) {
  double height = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), height);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return height >= -height_metres_max && height <= height_metres_max ? std::optional(height)
                                                                     : std::nullopt;
}

std::optional<domain::TideTurn> read_turn(const json::value& value) {
  if (!value.is_object()) return std::nullopt;
  const json::object& said = value.get_object();
  const auto at = read_instant(text_in(said, "t"));
  const auto height = read_height(text_in(said, "v"));
  const std::string type = text_in(said, "type");
  // Where there are two highs of a day the lesser ones are HH, LL and so on at some stations.
  if (!at || !height || (!type.starts_with('H') && !type.starts_with('L'))) return std::nullopt;
  using Kind = domain::TideTurn::Kind;
  return domain::TideTurn{*at, type.starts_with('H') ? Kind::high : Kind::low, *height};
}

// In order of time; nullopt: the service has none for the station, and says so in words.
Result<std::optional<std::vector<domain::TideTurn>>> read_turns(std::string_view body) {
  const auto answer = base::parse_json_object(body);
  if (!answer) return nonsense(answer.error().message);
  if (answer->contains("error")) return std::optional<std::vector<domain::TideTurn>>{};
  const json::array* list = list_in(*answer, "predictions");
  if (!list) return nonsense("no predictions");
  std::vector<domain::TideTurn> turns;
  for (const json::value& value : *list) {
    const auto turn = read_turn(value);
    const bool in_order = turn && (turns.empty() || turns.back().at < turn->at);
    if (!in_order || turns.size() == domain::tide_turns_max) return nonsense("a wrong prediction");
    turns.push_back(*turn);
  }
  if (turns.empty()) return nonsense("no prediction");
  return std::optional(std::move(turns));
}

std::string day_text(base::Instant instant) {
  return base::format_utc_compact(instant).substr(0, 8);
}

}  // namespace

CoopsTides::CoopsTides(net::Endpoint endpoint, std::string user_agent,
                       const net::ClientLimits& limits)
    : client_(std::move(endpoint), limits), user_agent_(std::move(user_agent)) {}

Result<net::ClientResponse> CoopsTides::get(const std::string& target) {
  net::ClientRequest request;
  request.target = target;
  request.headers = {{"User-Agent", user_agent_}, {"Accept", "application/json"}};
  return client_.send(request);
}

// Without its name a station goes by its number.
std::string CoopsTides::name_of_station(const std::string& station) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = names_.find(station); known != names_.end()) return known->second;
  }
  const auto answer = get("/mdapi/prod/webapi/stations/" + station + ".json");
  if (!answer || answer->status != 200) return station;
  const auto body = base::parse_json_object(answer->body);
  const json::array* list = body ? list_in(*body, "stations") : nullptr;
  if (!list || list->empty()) return station;
  const json::value& first = list->front();
  std::string name(first.is_object() ? text_in(first.get_object(), "name") : "");
  if (name.empty() || name.size() > station_name_bytes_max || base::has_control_characters(name))
    return station;
  const std::scoped_lock lock(mutex_);
  if (names_.size() >= names_max) names_.clear();
  names_[station] = name;
  return name;
}

Result<std::optional<domain::TideTable>> CoopsTides::turns(const std::string& station,
                                                           const domain::Interval& span) {
  const auto answer =
      TRY(get("/api/prod/datagetter?product=predictions&application=fairlead&begin_date=" +
              day_text(span.from) + "&end_date=" + day_text(span.until) +
              "&datum=MLLW&station=" + base::percent_encoded(station) +
              "&time_zone=gmt&units=metric&interval=hilo&format=json"));
  // An unknown station is said in an answer of 400, and in one of 200.
  if (answer.status != 200 && answer.status != 400)
    return base::unavailable(std::string(coops_name) + ": answered " +
                             std::to_string(answer.status));
  auto found = TRY(read_turns(answer.body));
  if (!found) return std::optional<domain::TideTable>{};
  return std::optional(domain::TideTable{coops_name, name_of_station(station), *std::move(found)});
}

}  // namespace adapters
