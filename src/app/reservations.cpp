#include "app/reservations.h"

#include <algorithm>

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

struct Calendar {
  std::string partition;  // "vessel/jada"
  std::string name;       // for people: "JADA"
  std::string field;
  minutes turnaround{0};
  std::string zone;  // of the dock, for people
};

Calendar calendar_of(const domain::VesselId& vessel) {
  return {"vessel/" + vessel.text(), {}, {}, {}, {}};
}
Calendar calendar_of(const domain::MemberId& member) {
  return {"person/" + member.text(), {}, {}, {}, {}};
}

std::string encoded(const BusyMonth& month) {
  json::array list;
  for (const Busy& busy : month.intervals)
    list.push_back(json::object{{"from", base::format_utc(busy.time.from)},
                                {"until", base::format_utc(busy.time.until)},
                                {"kind", domain::name_of(busy.kind)},
                                {"holder", busy.holder},
                                {"title", busy.title}});
  return base::to_text(json::object{{"busy", list}});
}

BusyMonth month_from(const json::object& body) {
  BusyMonth month;
  for (const json::value& value : list_at(body, "busy"))
    if (value.is_object()) {
      const json::object& one = value.get_object();
      month.intervals.push_back(
          {{instant_at(one, "from"), instant_at(one, "until")},
           domain::busy_kind_from(text_at(one, "kind")).value_or(domain::BusyKind::charter),
           text_at(one, "holder"),
           text_at(one, "title")});
    }
  return month;
}

// The latest end of all that is reserved. A reservation that does not raise it is followed by one
// that ends later, so whoever checks this record hears of every reservation that matters.
ports::Place latest_place(const Calendar& calendar) {
  return {calendar.partition, "latest"};
}

Result<Loaded<base::Instant>> load_latest(const ports::TenantStore& store,
                                          const Calendar& calendar) {
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

Result<Loaded<BusyMonth>> load_month(const ports::TenantStore& store, const ports::Place& place) {
  auto loaded = TRY(load<BusyMonth>(store, place, month_from));
  return loaded ? *std::move(loaded) : Loaded<BusyMonth>{};
}

base::Error taken(const Calendar& calendar, const Busy& by) {
  const std::string what = by.title.empty() ? by.holder : by.holder + " (" + by.title + ")";
  const auto at_the_dock = [&](base::Instant instant) {
    return base::format_offset_time(base::at(instant, calendar.zone));
  };
  const std::string message = calendar.name + " is taken from " + at_the_dock(by.time.from) +
                              " to " + at_the_dock(by.time.until) + " by " +
                              std::string(domain::name_of(by.kind)) + " " + what;
  return {base::Kind::conflict, message, "busy", {{calendar.field, message}}};
}

bool contains(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

Result<void> reserve_in(const ports::TenantStore& store, ports::Changes& changes,
                        const Calendar& calendar, const Busy& busy) {
  const auto touched = domain::months_of(busy.time);
  // A month that only the turnaround reaches is read and checked, not changed.
  for (const std::string& name : domain::months_of(busy.time.widened(calendar.turnaround))) {
    const ports::Place place{calendar.partition, name};
    Loaded<BusyMonth> month = TRY(load_month(store, place));
    if (const Busy* by = month.value.in_the_way(busy, calendar.turnaround))
      return taken(calendar, *by);
    if (!contains(touched, name)) {
      changes.check(place, month.version);
      continue;
    }
    month.value.intervals.push_back(busy);
    changes.put(place, month.version, encoded(month.value));
  }
  const auto latest = TRY(load_latest(store, calendar));
  if (latest.value < busy.time.until)
    changes.put(latest_place(calendar), latest.version, encoded(busy.time.until));
  else
    changes.check(latest_place(calendar), latest.version);
  return {};
}

Result<bool> any_after(const ports::TenantStore& store, ports::Changes& changes,
                       const Calendar& calendar, base::Instant now) {
  const auto latest = TRY(load_latest(store, calendar));
  changes.check(latest_place(calendar), latest.version);
  for (const ports::Stored& stored :
       TRY(store.scan(calendar.partition, months_from(now), months_ahead_max)))
    for (const Busy& busy : month_from(TRY(body_of(stored))).intervals)
      if (busy.time.until > now) return true;
  return false;
}

// What remains when one reservation goes.
Result<void> lower_latest(const ports::TenantStore& store, ports::Changes& changes,
                          const Calendar& calendar, const Busy& gone) {
  const auto before = TRY(load_latest(store, calendar));
  if (before.value > gone.time.until) {
    changes.check(latest_place(calendar), before.version);
    return {};
  }
  base::Instant latest{};
  for (const ports::Stored& stored : TRY(store.scan(
           calendar.partition, months_from(gone.time.from - latest_looks_back), months_ahead_max)))
    for (const Busy& busy : month_from(TRY(body_of(stored))).intervals)
      if (busy.holder != gone.holder) latest = std::max(latest, busy.time.until);
  changes.put(latest_place(calendar), before.version, encoded(latest));
  return {};
}

}  // namespace

Result<void> reserve(const ports::TenantStore& store, ports::Changes& changes,
                     const domain::Vessel& vessel, const Busy& busy, const std::string& zone) {
  Calendar calendar = calendar_of(vessel.id);
  calendar.zone = zone;
  calendar.name = vessel.name;
  calendar.field = "vessel";
  calendar.turnaround = minutes(vessel.turnaround_minutes);
  return reserve_in(store, changes, calendar, busy);
}

Result<void> reserve(const ports::TenantStore& store, ports::Changes& changes,
                     const domain::Member& member, const Busy& busy, const std::string& zone,
                     const std::string& field) {
  Calendar calendar = calendar_of(member.id);
  calendar.zone = zone;
  calendar.name = member.name;
  calendar.field = field;
  return reserve_in(store, changes, calendar, busy);
}

Result<void> release(const ports::TenantStore& store, ports::Changes& changes,
                     const domain::VesselId& vessel, const Busy& busy) {
  for (const std::string& name : domain::months_of(busy.time)) {
    const ports::Place place{calendar_of(vessel).partition, name};
    Loaded<BusyMonth> month = TRY(load_month(store, place));
    if (month.version == ports::absent) continue;
    month.value.remove(busy.holder);
    changes.put(place, month.version, encoded(month.value));
  }
  return lower_latest(store, changes, calendar_of(vessel), busy);
}

Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                             const domain::VesselId& vessel, base::Instant now) {
  return any_after(store, changes, calendar_of(vessel), now);
}

Result<bool> has_trips_after(const ports::TenantStore& store, ports::Changes& changes,
                             const domain::MemberId& member, base::Instant now) {
  return any_after(store, changes, calendar_of(member), now);
}

}  // namespace app
