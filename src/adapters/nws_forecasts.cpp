#include "adapters/nws_forecasts.h"

#include <cmath>
#include <cstdio>

#include "base/foreign_json.h"

#include "adapters/nws_grid.h"

namespace adapters {

namespace json = base::json;
using base::Error;
using base::Kind;
using base::Result;

namespace {

constexpr std::size_t squares_max = 256;
constexpr std::int64_t square_number_max = 9999;

// The service redirects what has more than four digits, or a nought at the end.
std::string degrees_text(double degrees) {
  char text[32];
  static_cast<void>(std::snprintf(text, sizeof text, "%.4f", degrees));
  std::string trimmed = text;
  trimmed.erase(trimmed.find_last_not_of('0') + 1);
  if (trimmed.ends_with('.')) trimmed.pop_back();
  return trimmed == "-0" ? "0" : trimmed;
}

Error nonsense(const Error& error) {
  return base::malformed(std::string(nws_name) +
                         ": an answer that makes no sense: " + error.message);
}

Error refused(int status) {
  return base::unavailable(std::string(nws_name) + ": answered " + std::to_string(status));
}

std::optional<std::int64_t> number_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (!value || !value->is_int64()) return std::nullopt;
  const std::int64_t number = value->get_int64();
  return number >= 0 && number <= square_number_max ? std::optional(number) : std::nullopt;
}

// Office and numbers, never the address that stands beside them.
Result<std::string> read_square(std::string_view body) {
  const json::object answer = TRY(base::parse_json_object(body));
  const json::object* said = base::object_in(answer, "properties");
  if (!said) return base::malformed("no properties");
  std::string name = base::text_in(*said, "gridId");
  const auto x = number_of(*said, "gridX");
  const auto y = number_of(*said, "gridY");
  if (name.empty() || !x || !y) return base::malformed("no square of the grid");
  const bool plain =
      name.size() == 3 && name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  if (!plain) return base::malformed("no office");
  return name + "/" + std::to_string(*x) + "," + std::to_string(*y);
}

}  // namespace

net::ClientLimits forecast_client_limits() {
  net::ClientLimits limits;
  limits.total = std::chrono::seconds(8);
  limits.answer_bytes_max = 4 * 1024 * 1024;
  limits.kept_connections_max = 1;
  return limits;
}

NwsForecasts::NwsForecasts(net::Endpoint endpoint, std::string user_agent,
                           const net::ClientLimits& limits)
    : client_(std::move(endpoint), limits), user_agent_(std::move(user_agent)) {}

Result<net::ClientResponse> NwsForecasts::get(const std::string& target) {
  net::ClientRequest request;
  request.target = target;
  request.headers = {{"User-Agent", user_agent_}, {"Accept", "application/geo+json"}};
  return client_.send(request);
}

Result<std::optional<std::string>> NwsForecasts::square_of(const std::string& place) {
  {
    const std::scoped_lock lock(mutex_);
    if (const auto known = squares_.find(place); known != squares_.end()) return {known->second};
  }
  const auto answer = TRY(get("/points/" + place));
  if (answer.status == 404) return std::optional<std::string>{};
  if (answer.status != 200) return refused(answer.status);
  auto square = read_square(answer.body);
  if (!square) return nonsense(square.error());
  const std::scoped_lock lock(mutex_);
  if (squares_.size() >= squares_max) squares_.clear();
  squares_[place] = *square;
  return std::optional(std::move(square).value());
}

void NwsForecasts::forget(const std::string& place) {
  const std::scoped_lock lock(mutex_);
  squares_.erase(place);
}

Result<std::optional<domain::Forecast>> NwsForecasts::hourly(double latitude, double longitude) {
  const std::string place = degrees_text(latitude) + "," + degrees_text(longitude);
  const auto square = TRY(square_of(place));
  if (!square) return std::optional<domain::Forecast>{};
  const auto answer = TRY(get("/gridpoints/" + *square));
  if (answer.status != 200) {
    // Squares are drawn anew now and then: next time the place is asked about again.
    forget(place);
    return refused(answer.status);
  }
  auto forecast = read_nws_grid(answer.body);
  if (!forecast) return nonsense(forecast.error());
  return std::optional(std::move(forecast).value());
}

}  // namespace adapters
