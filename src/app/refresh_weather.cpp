#include "app/refresh_weather.h"

#include "base/log.h"

#include "app/calendar_record.h"
#include "app/decide.h"
#include "app/tenant_record.h"
#include "app/weather_record.h"
#include "app/weather_sources.h"

namespace app {

using base::Result;
using domain::Briefing;
using domain::WeatherSite;
using domain::WeatherWatch;

namespace {

// Stations are asked for whole days, so that one answer serves every charter of a look.
constexpr std::chrono::hours tides_before{24};
constexpr std::chrono::hours tides_after = domain::forecast_reaches + std::chrono::hours(48);

// A tide that was predicted does not grow old: without an answer the last one stays.
std::optional<domain::TideTable> tides_of(const WeatherSite& site, WeatherWatch& watch,
                                          const WeatherSources::TidesAnswer& answer) {
  if (!answer) {
    watch.trouble = answer.error().message;
    const bool stays = watch.last && domain::is_same(watch.last->site, site);
    return stays ? watch.last->tides : std::nullopt;
  }
  if (!*answer) return std::nullopt;
  domain::TideTable tides = **answer;
  tides.turns = domain::turns_around(tides.turns, site.trip);
  return tides;
}

// What is known after asking. before: what was.
WeatherWatch asked_again(const World& world, WeatherSources& sources, const WeatherSite& site,
                         const WeatherSources::ForecastAnswer& forecast,
                         const std::optional<WeatherWatch>& before) {
  const base::Instant now = world.now();
  WeatherWatch watch = before.value_or(WeatherWatch{});
  watch.site = site;
  watch.trouble.clear();
  const auto tides = tides_of(site, watch, sources.tides(site.tide_station));
  if (forecast) {
    watch.missing_since.reset();
    watch.coverage = WeatherWatch::Coverage::covered;
    if (*forecast)
      watch.last = Briefing{now,
                            site,
                            {(*forecast)->source, (*forecast)->issued_at,
                             domain::hours_within((*forecast)->hours, site.trip)},
                            tides,
                            domain::judge((*forecast)->hours, site.limits, site.trip)};
    else
      watch.coverage = WeatherWatch::Coverage::no_such_place;
  } else {
    watch.trouble = forecast.error().message;
    if (!watch.missing_since) watch.missing_since = now;
  }
  watch.failures = watch.trouble.empty() ? 0 : watch.failures + 1;
  const auto jitter = static_cast<unsigned char>(world.entropy->bytes(1)[0]);
  watch.ask_again_at = watch.failures == 0 ? domain::next_asking(site.trip, now)
                                           : domain::next_asking_after(watch.failures, jitter, now);
  return watch;
}

void keep(ports::Changes& changes, const domain::CharterId& charter, ports::Version version,
          const Briefing& briefing) {
  changes.put(kept_briefing_place(charter, briefing.got_at), version,
              base::to_text(json_of(briefing)));
}

Result<void> refresh_one(const ports::TenantStore& store, const World& world,
                         WeatherSources& sources, const domain::CharterId& charter,
                         const WeatherSite& site, const KeepGoing& keep_going) {
  const auto loaded = TRY(load_weather(store, charter));
  const auto before = loaded ? std::optional(loaded->value) : std::nullopt;
  const auto last = before ? before->last : std::nullopt;
  const auto forecast = sources.forecast(site.latitude, site.longitude);
  // A server that stops waits for one slow service, and not for the next as well.
  if (!keep_going()) return {};
  const WeatherWatch watch = asked_again(world, sources, site, forecast, before);
  auto changes = store.changes();
  changes.put(weather_place(charter), loaded ? loaded->version : ports::absent, encoded(watch));
  const bool is_new = watch.last && (!last || watch.last->got_at != last->got_at);
  if (is_new && domain::is_kept(last, *watch.last))
    keep(changes, charter, ports::absent, *watch.last);
  if (is_new && domain::was_last_before_start(last, *watch.last)) {
    const auto there = TRY(store.get(kept_briefing_place(charter, last->got_at)));
    keep(changes, charter, there ? there->version : ports::absent, *last);
  }
  auto done = store.commit(changes);
  // Another process was faster, and knows as much.
  if (!done && is_version_moved(done.error())) return {};
  return done;
}

Result<std::size_t> refresh_tenant(const ports::TenantStore& store, const World& world,
                                   WeatherSources& sources, const KeepGoing& keep_going) {
  std::size_t asked = 0;
  const auto tenant = TRY(load_tenant(store));
  const base::Instant now = world.now();
  for (const domain::CalendarEntry& entry :
       TRY(entries_in(store, {now, now + domain::forecast_reaches + base::minutes(1)}))) {
    const bool sails = entry.kind == domain::BusyKind::charter &&
                       entry.status != domain::name_of(domain::CharterStatus::cancelled);
    if (!sails) continue;
    if (!keep_going()) break;
    const domain::Vessel* vessel = tenant.value.vessel(entry.vessel);
    const auto site = domain::site_of({entry.starts.utc, entry.ends.utc},
                                      domain::place_at(entry.dock, vessel), vessel);
    if (!site) continue;
    const domain::CharterId charter(entry.id);
    const auto known = TRY(load_weather(store, charter));
    if (!domain::is_due(known ? std::optional(known->value) : std::nullopt, *site, now)) continue;
    TRY(refresh_one(store, world, sources, charter, *site, keep_going));
    ++asked;
  }
  return asked;
}

}  // namespace

Result<std::size_t> refresh_weather(const JobDesk& desk, const KeepGoing& keep_going) {
  std::size_t asked = 0;
  if (!desk.forecasts) return asked;
  const base::Instant now = desk.world.now();
  WeatherSources sources(*desk.forecasts, desk.tides, {now - tides_before, now + tides_after});
  for (const domain::TenantId& tenant : TRY(desk.installation.tenants())) {
    if (!keep_going()) break;
    const auto done =
        refresh_tenant(desk.installation.operations(tenant), desk.world, sources, keep_going);
    if (done)
      asked += *done;
    else
      base::log::error("cannot look after the weather",
                       {{"tenant", tenant.text()}, {"reason", done.error().message}});
  }
  return asked;
}

}  // namespace app
