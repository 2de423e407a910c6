#include "app/write_calendar.h"

#include "base/icalendar.h"
#include "base/words.h"

#include "app/say_times.h"
#include "app/trip_event.h"

namespace app {
namespace {

using base::Result;
using base::ical::Event;
using base::ical::Text;

constexpr base::minutes feed_refresh{15};

std::string said(const domain::CalendarEntry& entry, const std::string& boat,
                 const base::Words& words) {
  switch (entry.kind) {
    case domain::BusyKind::charter:
      return words.say("calendar.charter", {{"boat", boat}});
    case domain::BusyKind::hold:
      if (!entry.expires) return words.say("calendar.hold", {{"boat", boat}});
      return words.say("calendar.hold_until", {{"day", say_day_short(*entry.expires, words)},
                                               {"clock", say_clock(*entry.expires, words)},
                                               {"zone", say_zone(*entry.expires)},
                                               {"boat", boat}});
    case domain::BusyKind::maintenance:
      return words.say("calendar.maintenance", {{"boat", boat}});
  }
  return {};
}

base::ical::Status status_of(const domain::CalendarEntry& entry) {
  if (entry.status == "cancelled") return base::ical::Status::cancelled;
  return entry.kind == domain::BusyKind::hold ? base::ical::Status::tentative
                                              : base::ical::Status::confirmed;
}

// Some programs show a cancelled event like any other: the first word says it there too.
std::string summary_of(const domain::CalendarEntry& entry, const std::string& description) {
  const base::Words& words = base::Words::of("en");
  const std::string& title = entry.title.empty() ? description : entry.title;
  if (status_of(entry) != base::ical::Status::cancelled) return title;
  return words.say("calendar.cancelled", {{"title", title}});
}

Result<Event> event_of(const domain::CalendarEntry& entry, const domain::Tenant& tenant) {
  const domain::Vessel* vessel = tenant.vessel(entry.vessel);
  const std::string boat = vessel ? vessel->name : entry.vessel.text();
  const std::string description = said(entry, boat, base::Words::of("en"));
  Event event;
  event.uid = TRY(Text::from(event_uid(entry.id, tenant)));
  event.stamp = entry.changed_at;
  event.sequence = entry.sequence;
  event.starts = entry.starts;
  event.ends = entry.ends;
  event.summary = TRY(Text::from(summary_of(entry, description)));
  event.description = TRY(Text::from(description));
  event.category = TRY(Text::from(domain::name_of(entry.kind)));
  event.status = status_of(entry);
  if (vessel || !entry.dock.empty())
    event.location = TRY(Text::from(entry.dock.empty() ? vessel->dock : entry.dock));
  if (!vessel) return event;
  const bool is_elsewhere = !entry.dock.empty() && entry.dock != vessel->dock;
  if (!is_elsewhere && vessel->latitude && vessel->longitude)
    event.position = base::ical::Position{*vessel->latitude, *vessel->longitude};
  return event;
}

}  // namespace

std::string event_uid(std::string_view id, const domain::Tenant& tenant) {
  return std::string(id) + '@' + tenant.sites.guest;
}

Result<std::string> write_guest_calendar(const domain::GuestView& view, std::string_view page_url,
                                         const EventStamp& stamp) {
  Event event = TRY(guest_event(view, page_url));
  event.uid = TRY(Text::from(stamp.uid));
  event.sequence = stamp.sequence;
  event.stamp = stamp.made_at;
  base::ical::Calendar calendar;
  calendar.events.push_back(std::move(event));
  return base::ical::write(calendar);
}

Result<std::string> write_owner_calendar(const std::vector<domain::CalendarEntry>& entries,
                                         const domain::Tenant& tenant) {
  base::ical::Calendar calendar;
  calendar.name = TRY(Text::from(tenant.name));
  calendar.refresh = feed_refresh;
  calendar.events.reserve(entries.size());
  for (const domain::CalendarEntry& entry : entries)
    calendar.events.push_back(TRY(event_of(entry, tenant)));
  return base::ical::write(calendar);
}

}  // namespace app
