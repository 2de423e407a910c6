#include "app/weather_record.h"

#include "app/charter_record.h"

namespace app {

namespace json = base::json;
using base::Result;
using domain::Briefing;
using domain::WeatherHour;
using domain::WeatherLimits;
using domain::WeatherSite;
using domain::WeatherWatch;

namespace {

constexpr const char* weather_sort = "weather";
constexpr const char* kept_prefix = "weather/";

struct Figure {
  const char* name;
  std::optional<double> WeatherHour::* member;
};
constexpr Figure all_figures[] = {
    {"wind_knots", &WeatherHour::wind_knots},
    {"gust_knots", &WeatherHour::gust_knots},
    {"wind_from_degrees", &WeatherHour::wind_from_degrees},
    {"wave_metres", &WeatherHour::wave_metres},
    {"swell_metres", &WeatherHour::swell_metres},
    {"visibility_metres", &WeatherHour::visibility_metres},
    {"precipitation_percent", &WeatherHour::precipitation_percent},
};

struct NamedLimit {
  const char* name;
  domain::WeatherLimit WeatherLimits::* member;
};
constexpr NamedLimit all_limits[] = {
    {"wind_knots", &WeatherLimits::wind_knots},
    {"gust_knots", &WeatherLimits::gust_knots},
    {"wave_metres", &WeatherLimits::wave_metres},
    {"visibility_metres", &WeatherLimits::visibility_metres},
};

json::object json_of(const domain::Interval& span) {
  return {{"from", base::format_utc(span.from)}, {"until", base::format_utc(span.until)}};
}

json::object json_of(const WeatherSite& site) {
  return {{"trip", json_of(site.trip)},
          {"latitude", site.latitude},
          {"longitude", site.longitude},
          {"tide_station", site.tide_station},
          {"limits", limits_json(site.limits)}};
}

WeatherSite site_from(const json::object& body) {
  const json::object& trip = object_at(body, "trip");
  return {{instant_at(trip, "from"), instant_at(trip, "until")},
          optional_double_at(body, "latitude").value_or(0),
          optional_double_at(body, "longitude").value_or(0),
          text_at(body, "tide_station"),
          limits_from(object_at(body, "limits"))};
}

json::object json_of(const domain::Forecast& forecast) {
  json::array hours;
  for (const WeatherHour& hour : forecast.hours) {
    json::object body{{"at", base::format_utc(hour.at)}};
    for (const Figure& figure : all_figures)
      if (hour.*figure.member) body[figure.name] = *(hour.*figure.member);
    hours.push_back(std::move(body));
  }
  return {{"source", forecast.source},
          {"issued_at", base::format_utc(forecast.issued_at)},
          {"hours", std::move(hours)}};
}

domain::Forecast forecast_from(const json::object& body) {
  domain::Forecast forecast{text_at(body, "source"), instant_at(body, "issued_at"), {}};
  for (const json::value& value : list_at(body, "hours")) {
    if (!value.is_object()) continue;
    WeatherHour hour;
    hour.at = instant_at(value.get_object(), "at");
    for (const Figure& figure : all_figures)
      hour.*figure.member = optional_double_at(value.get_object(), figure.name);
    forecast.hours.push_back(hour);
  }
  return forecast;
}

json::object json_of(const domain::TideTable& tides) {
  json::array turns;
  for (const domain::TideTurn& turn : tides.turns)
    turns.push_back(
        json::object{{"at", base::format_utc(turn.at)},
                     {"kind", turn.kind == domain::TideTurn::Kind::high ? "high" : "low"},
                     {"height_metres", turn.height_metres}});
  return {{"source", tides.source}, {"station", tides.station}, {"turns", std::move(turns)}};
}

domain::TideTable tides_from(const json::object& body) {
  domain::TideTable tides{text_at(body, "source"), text_at(body, "station"), {}};
  using Kind = domain::TideTurn::Kind;
  for (const json::value& value : list_at(body, "turns"))
    if (value.is_object())
      tides.turns.push_back({instant_at(value.get_object(), "at"),
                             text_at(value.get_object(), "kind") == "high" ? Kind::high : Kind::low,
                             optional_double_at(value.get_object(), "height_metres").value_or(0)});
  return tides;
}

json::object json_of(const domain::Judgement& judgement) {
  json::array reasons;
  for (const domain::WeatherReason& reason : judgement.reasons)
    reasons.push_back(json::object{{"measure", domain::name_of(reason.measure)},
                                   {"verdict", domain::name_of(reason.verdict)},
                                   {"figure", reason.figure},
                                   {"limit", reason.limit},
                                   {"at", base::format_utc(reason.at)}});
  json::array missing;
  for (const domain::Measure measure : judgement.missing)
    missing.emplace_back(domain::name_of(measure));
  return {{"verdict", domain::name_of(judgement.verdict)},
          {"reasons", std::move(reasons)},
          {"missing", std::move(missing)}};
}

domain::Judgement judgement_from(const json::object& body) {
  domain::Judgement judgement;
  judgement.verdict =
      domain::verdict_from(text_at(body, "verdict")).value_or(domain::Verdict::unknown);
  for (const json::value& value : list_at(body, "reasons")) {
    if (!value.is_object()) continue;
    const json::object& said = value.get_object();
    const auto measure = domain::measure_from(text_at(said, "measure"));
    const auto verdict = domain::verdict_from(text_at(said, "verdict"));
    if (measure && verdict)
      judgement.reasons.push_back(
          {*measure, *verdict, optional_double_at(said, "figure").value_or(0),
           optional_double_at(said, "limit").value_or(0), instant_at(said, "at")});
  }
  for (const json::value& value : list_at(body, "missing"))
    if (value.is_string())
      if (const auto measure = domain::measure_from(value.get_string()))
        judgement.missing.push_back(*measure);
  return judgement;
}

WeatherWatch watch_from(const json::object& body) {
  WeatherWatch watch;
  watch.site = site_from(object_at(body, "site"));
  watch.ask_again_at = instant_at(body, "ask_again_at");
  watch.failures = static_cast<int>(number_at(body, "failures"));
  watch.missing_since = optional_instant_at(body, "missing_since");
  if (flag_at(body, "no_such_place")) watch.coverage = WeatherWatch::Coverage::no_such_place;
  watch.trouble = text_at(body, "trouble");
  if (body.contains("last")) watch.last = briefing_from(object_at(body, "last"));
  return watch;
}

}  // namespace

ports::Place weather_place(const domain::CharterId& charter) {
  return {charter_partition(charter), weather_sort};
}

ports::Place kept_briefing_place(const domain::CharterId& charter, base::Instant got_at) {
  return {charter_partition(charter), kept_prefix + base::format_utc(got_at)};
}

json::object limits_json(const WeatherLimits& limits) {
  json::object body;
  for (const NamedLimit& named : all_limits) {
    const domain::WeatherLimit& limit = limits.*named.member;
    json::object said;
    if (limit.caution) said["caution"] = *limit.caution;
    if (limit.no_go) said["no_go"] = *limit.no_go;
    if (!said.empty()) body[named.name] = std::move(said);
  }
  return body;
}

WeatherLimits limits_from(const json::object& body) {
  WeatherLimits limits;
  for (const NamedLimit& named : all_limits) {
    const json::object& said = object_at(body, named.name);
    limits.*named.member = {optional_double_at(said, "caution"), optional_double_at(said, "no_go")};
  }
  return limits;
}

json::object json_of(const Briefing& briefing) {
  json::object body{{"got_at", base::format_utc(briefing.got_at)},
                    {"site", json_of(briefing.site)},
                    {"forecast", json_of(briefing.forecast)}};
  if (briefing.tides) body["tides"] = json_of(*briefing.tides);
  if (briefing.judgement) body["judgement"] = json_of(*briefing.judgement);
  return body;
}

Briefing briefing_from(const json::object& body) {
  Briefing briefing;
  briefing.got_at = instant_at(body, "got_at");
  briefing.site = site_from(object_at(body, "site"));
  briefing.forecast = forecast_from(object_at(body, "forecast"));
  if (body.contains("tides")) briefing.tides = tides_from(object_at(body, "tides"));
  if (body.contains("judgement")) briefing.judgement = judgement_from(object_at(body, "judgement"));
  return briefing;
}

std::string encoded(const WeatherWatch& watch) {
  json::object body{{"site", json_of(watch.site)},
                    {"ask_again_at", base::format_utc(watch.ask_again_at)},
                    {"failures", watch.failures},
                    {"trouble", watch.trouble}};
  if (watch.missing_since) body["missing_since"] = base::format_utc(*watch.missing_since);
  if (watch.coverage == WeatherWatch::Coverage::no_such_place) body["no_such_place"] = true;
  if (watch.last) body["last"] = json_of(*watch.last);
  return base::to_text(body);
}

Result<std::optional<Loaded<WeatherWatch>>> load_weather(const ports::TenantStore& store,
                                                         const domain::CharterId& charter) {
  return load<WeatherWatch>(store, weather_place(charter), watch_from);
}

Result<std::vector<Briefing>> kept_briefings(const ports::TenantStore& store,
                                             const domain::CharterId& charter) {
  std::vector<Briefing> kept;
  for (const ports::Stored& stored : TRY(store.scan(
           charter_partition(charter), ports::starting_with(kept_prefix), kept_briefings_max)))
    kept.push_back(briefing_from(TRY(body_of(stored))));
  return kept;
}

}  // namespace app
