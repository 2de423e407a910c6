#include "app/reservations.h"

#include <algorithm>
#include <optional>

#include "domain/call.h"

#include "app/record_json.h"

namespace app {

namespace json = base::json;
using base::minutes;
using base::Result;
using domain::Busy;
using domain::BusyMonth;

namespace {

// Months ahead that has_trips_after reads at most.
constexpr std::size_t months_ahead_max = 600;
// What ended longer before a reservation that goes is over for everybody who asks.
constexpr std::chrono::days latest_looks_back{400};

std::string calendar_of(const domain::VesselId& vessel) {
  return "vessel/" + vessel.text();
}
std::string calendar_of(const domain::MemberId& member) {
  return "person/" + member.text();
}

// For people: whose time it is, and where the request names them.
struct Named {
  std::string name;  // "JADA"
  std::string field;
  minutes apart_most{0};
  std::string zone;  // of the dock
  domain::Apart apart = [](const Busy&) { return minutes(0); };
};

std::string encoded(const BusyMonth& month) {
  json::array list;
  for (const Busy& busy : month.intervals) {
    json::object one{{"from", base::format_utc(busy.time.from)},
                     {"until", base::format_utc(busy.time.until)},
                     {"kind", domain::name_of(busy.kind)},
                     {"holder", busy.holder},
                     {"title", busy.title}};
    if (!busy.vessel.empty()) one["vessel"] = busy.vessel.text();
    if (busy.lapses_at) one["lapses_at"] = base::format_utc(*busy.lapses_at);
    list.push_back(std::move(one));
  }
  return base::to_text(json::object{{"busy", list}});
}

// Without what has lapsed.
BusyMonth month_from(const json::object& body, base::Instant now) {
  BusyMonth month;
  for (const json::value& value : list_at(body, "busy"))
    if (value.is_object()) {
      const json::object& one = value.get_object();
      month.intervals.push_back(
          {{instant_at(one, "from"), instant_at(one, "until")},
           domain::busy_kind_from(text_at(one, "kind")).value_or(domain::BusyKind::charter),
           text_at(one, "holder"),
           text_at(one, "title"),
           optional_instant_at(one, "lapses_at"),
           domain::VesselId(text_at(one, "vessel"))});
    }
  month.drop_lapsed(now);
  return month;
}

// The latest end of all that is reserved for good. A reservation that does not raise it is followed
// by one that ends later, so whoever checks this record hears of every reservation that matters.
// What may lapse could be over before others that end earlier, so it is no end; that it came is
// heard of all the same, because it writes this record.
ports::Place latest_place(const std::string& calendar) {
  return {calendar, "latest"};
}

Result<Loaded<base::Instant>> load_latest(const ports::TenantStore& store,
                                          const std::string& calendar) {
  auto loaded =
      TRY(load<base::Instant>(store, latest_place(calendar),
                              [](const json::object& body) { return instant_at(body, "until"); }));
  return loaded ? *loaded : Loaded<base::Instant>{};
}

std::string encoded(base::Instant latest) {
  return base::to_text(json::object{{"until", base::format_utc(latest)}});
}

// Months from one on; the record of the latest end sorts behind them all.
ports::Range months_from(base::Instant instant) {
  return {domain::month_of(instant), "a", ports::Range::Order::ascending};
}

Result<Loaded<BusyMonth>> load_month(const ports::TenantStore& store, const ports::Place& place,
                                     base::Instant now) {
  auto loaded = TRY(load<BusyMonth>(
      store, place, [&](const json::object& body) { return month_from(body, now); }));
  return loaded ? *std::move(loaded) : Loaded<BusyMonth>{};
}

base::Error taken(const Named& named, const Busy& by) {
  const std::string what = by.title.empty() ? by.holder : by.holder + " (" + by.title + ")";
  const auto at_the_dock = [&](base::Instant instant) {
    return base::format_offset_time(base::at(instant, named.zone));
  };
  const std::string lapse = by.lapses_at ? ", which lapses at " + at_the_dock(*by.lapses_at) : "";
  const std::string message = named.name + " is taken from " + at_the_dock(by.time.from) + " to " +
                              at_the_dock(by.time.until) + " by " +
                              std::string(domain::name_of(by.kind)) + " " + what + lapse;
  return {base::Kind::conflict, message, "busy", {{named.field, message}}};
}

Result<bool> any_after(const ports::TenantStore& store, ports::Changes& changes,
                       const std::string& calendar, base::Instant now) {
  const auto latest = TRY(load_latest(store, calendar));
  changes.check(latest_place(calendar), latest.version);
  for (const ports::Stored& stored : TRY(store.scan(calendar, months_from(now), months_ahead_max)))
    for (const Busy& busy : month_from(TRY(body_of(stored)), now).intervals)
      if (busy.time.until > now) return true;
  return false;
}

}  // namespace

// What is known of one vessel's or person's time, and what becomes of it.
struct Reservations::Calendar {
  struct Month {
    Loaded<BusyMonth> loaded;
    bool changed = false;
  };

  std::string partition;
  base::Instant now;
  std::map<std::string, Month> months = {};  // by name; each read once
  std::optional<Busy> gone = {};             // for good, as taken_until is
  base::Instant taken_until{};
  bool took_what_may_lapse = false;

  Result<Month*> month(const ports::TenantStore& store, const std::string& name) {
    if (const auto known = months.find(name); known != months.end()) return &known->second;
    auto loaded = TRY(load_month(store, {partition, name}, now));
    return &months.emplace(name, Month{std::move(loaded), false}).first->second;
  }

  Result<void> let_go(const ports::TenantStore& store, const Busy& busy) {
    for (const std::string& name : domain::months_of(busy.time)) {
      Month* one = TRY(month(store, name));
      if (one->loaded.version == ports::absent) continue;
      one->loaded.value.remove(busy.holder);
      one->changed = true;
    }
    if (!busy.lapses_at) gone = busy;
    return {};
  }

  Result<void> take(const ports::TenantStore& store, const Busy& busy, const Named& named) {
    const auto touched = domain::months_of(busy.time);
    // A month that only the turnaround reaches is read and checked, not changed.
    for (const std::string& name : domain::months_of(busy.time.widened(named.apart_most))) {
      Month* one = TRY(month(store, name));
      if (const Busy* by = one->loaded.value.in_the_way(busy, named.apart))
        return taken(named, *by);
      if (std::ranges::find(touched, name) == touched.end()) continue;
      one->loaded.value.intervals.push_back(busy);
      one->changed = true;
    }
    if (busy.lapses_at)
      took_what_may_lapse = true;
    else
      taken_until = std::max(taken_until, busy.time.until);
    return {};
  }

  // What ends last for good among those that neither came nor went here.
  Result<base::Instant> latest_of_others(const ports::TenantStore& store) const {
    base::Instant latest{};
    for (const ports::Stored& stored : TRY(store.scan(
             partition, months_from(gone->time.from - latest_looks_back), months_ahead_max)))
      for (const Busy& busy : month_from(TRY(body_of(stored)), now).intervals)
        if (busy.holder != gone->holder && !busy.lapses_at)
          latest = std::max(latest, busy.time.until);
    return latest;
  }

  Result<void> add_latest(const ports::TenantStore& store, ports::Changes& changes) const {
    const auto before = TRY(load_latest(store, partition));
    base::Instant latest = std::max(before.value, taken_until);
    const bool ended_last = gone && before.value <= gone->time.until;
    if (ended_last && taken_until < before.value)
      latest = std::max(taken_until, TRY(latest_of_others(store)));
    const bool same = latest == before.value && before.version != ports::absent;
    if (same && !took_what_may_lapse)
      changes.check(latest_place(partition), before.version);
    else
      changes.put(latest_place(partition), before.version, encoded(latest));
    return {};
  }

  Result<void> add_to(const ports::TenantStore& store, ports::Changes& changes) const {
    for (const auto& [name, one] : months) {
      const ports::Place place{partition, name};
      if (one.changed)
        changes.put(place, one.loaded.version, encoded(one.loaded.value));
      else
        changes.check(place, one.loaded.version);
    }
    return add_latest(store, changes);
  }
};

Reservations::Reservations(const ports::TenantStore& store, base::Instant now)
    : store_(store), now_(now) {}
Reservations::~Reservations() = default;

Reservations::Calendar& Reservations::calendar(const std::string& partition) {
  auto& one = calendars_[partition];
  if (!one) one = std::make_unique<Calendar>(Calendar{partition, now_});
  return *one;
}

Result<void> Reservations::let_go(const domain::VesselId& vessel, const Busy& busy) {
  return calendar(calendar_of(vessel)).let_go(store_, busy);
}

Result<void> Reservations::let_go(const domain::MemberId& member, const Busy& busy) {
  return calendar(calendar_of(member)).let_go(store_, busy);
}

Result<void> Reservations::take(const domain::Vessel& vessel, const Busy& busy,
                                const std::string& zone) {
  const minutes turnaround(vessel.turnaround_minutes);
  return calendar(calendar_of(vessel.id))
      .take(store_, busy,
            {vessel.name, "vessel", turnaround, zone, [=](const Busy&) { return turnaround; }});
}

Result<void> Reservations::take(const domain::Member& member, const Busy& busy,
                                const std::string& zone, const std::string& field) {
  return calendar(calendar_of(member.id))
      .take(store_, busy, {member.name, field, minutes(0), zone});
}

Result<void> Reservations::take_apart(const domain::Member& member, const Busy& busy,
                                      const domain::Tenant& tenant, const std::string& field) {
  const domain::Apart apart = [&](const Busy& other) {
    return domain::turnaround_between(tenant, busy.vessel, other.vessel);
  };
  return calendar(calendar_of(member.id))
      .take(store_, busy,
            {member.name, field, domain::longest_turnaround(tenant), tenant.zone, apart});
}

Result<void> Reservations::add_to(ports::Changes& changes) {
  for (const auto& [partition, one] : calendars_) TRY(one->add_to(store_, changes));
  return {};
}

Result<std::vector<Busy>> busy_of(const ports::TenantStore& store, const domain::MemberId& member,
                                  const domain::Interval& span, base::Instant now) {
  std::vector<Busy> found;
  for (const std::string& name : domain::months_of(span)) {
    const auto month = TRY(load_month(store, {calendar_of(member), name}, now));
    for (const Busy& busy : month.value.intervals)
      if (busy.time.overlaps(span) &&
          std::ranges::find(found, busy.holder, &Busy::holder) == found.end())
        found.push_back(busy);
  }
  std::ranges::sort(found, {}, [](const Busy& busy) { return busy.time.from; });
  return found;
}

Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                             const domain::VesselId& vessel, base::Instant now) {
  return any_after(store, changes, calendar_of(vessel), now);
}

Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                             const domain::MemberId& member, base::Instant now) {
  return any_after(store, changes, calendar_of(member), now);
}

Result<std::vector<domain::CharterId>> charters_within(const ports::TenantStore& store,
                                                       ports::Changes& changes,
                                                       const domain::MemberId& member,
                                                       const domain::Interval& span,
                                                       base::Instant now) {
  std::vector<domain::CharterId> found;
  for (const std::string& name : domain::months_of(span)) {
    const ports::Place place{calendar_of(member), name};
    const auto month = TRY(load_month(store, place, now));
    changes.check(place, month.version);
    for (const Busy& busy : month.value.intervals) {
      domain::CharterId charter(busy.holder);
      if (busy.kind != domain::BusyKind::charter || !busy.time.overlaps(span)) continue;
      if (std::ranges::find(found, charter) == found.end()) found.push_back(std::move(charter));
    }
  }
  return found;
}

}  // namespace app
