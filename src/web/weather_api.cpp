#include "web/weather_api.h"

#include "app/charter_record.h"
#include "app/print_weather.h"
#include "app/show_weather.h"
#include "app/tenant_record.h"
#include "app/weather_record.h"

#include "web/query.h"
#include "web/replies.h"

namespace web {

namespace json = base::json;
using base::Response;
using domain::WeatherView;

namespace {

std::string_view name_of(WeatherView::State state) {
  switch (state) {
    case WeatherView::State::known:
      return "known";
    case WeatherView::State::not_yet:
      return "not_yet";
    case WeatherView::State::no_such_place:
      break;
  }
  return "no_such_place";
}

json::value instant_or_null(const std::optional<base::Instant>& instant) {
  return instant ? json::value(base::format_utc(*instant)) : json::value(nullptr);
}

json::array sun_json(const WeatherView& view) {
  json::array days;
  for (const domain::SunTimes& day : view.sun)
    days.push_back(json::object{{"rises_at", base::format_utc(day.rises)},
                                {"sets_at", base::format_utc(day.sets)}});
  return days;
}

// All that was decided, and last what is known now, unless it was kept already.
std::vector<domain::Briefing> all_of(std::vector<domain::Briefing> kept,
                                     const std::optional<domain::Briefing>& last) {
  if (last && (kept.empty() || kept.back().got_at < last->got_at)) kept.push_back(*last);
  return kept;
}

}  // namespace

Response get_weather(const OwnerCall& call) {
  const auto format = WEB_TRY(read_parameter(call, "format"));
  if (format && *format != "json" && *format != "text")
    return problem(base::invalid("format", "must be json or text"));
  const domain::CharterId id(call.path.find("id")->second);
  const auto charter = WEB_TRY(app::load_charter(call.store, id));
  if (!charter) return problem(base::not_found("There is no such charter"));
  const auto tenant = WEB_TRY(app::load_tenant(call.store));
  auto kept = WEB_TRY(app::kept_briefings(call.store, id));
  const auto watch = WEB_TRY(app::load_weather(call.store, id));
  const auto last = watch ? watch->value.last : std::nullopt;
  if (format == "text") {
    Response response;
    response.status = 200;
    response.set("Content-Type", "text/plain; charset=utf-8");
    response.body = app::print_weather(charter->value, tenant.value, all_of(std::move(kept), last));
    return response;
  }
  const auto view =
      WEB_TRY(app::show_weather(call.store, charter->value, tenant.value, call.world.now()));
  json::array decisions;
  for (const domain::Briefing& briefing : kept) decisions.push_back(app::json_of(briefing));
  return json_reply(
      200, json::object{{"charter", id.text()},
                        {"timezone", charter->value.starts.zone},
                        {"state", view ? name_of(view->state) : "no_position"},
                        {"missing_since", view ? instant_or_null(view->missing_since) : nullptr},
                        {"trouble", watch ? watch->value.trouble : ""},
                        {"sun", view ? sun_json(*view) : json::array()},
                        {"last", last ? json::value(app::json_of(*last)) : json::value(nullptr)},
                        {"decisions", std::move(decisions)}});
}

}  // namespace web
