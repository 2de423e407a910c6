#include "tests/base/ical_reader.h"

#include <algorithm>

#include <libical/ical.h>
#include <libical/icalss.h>

namespace base::testing {
namespace {

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};

using Owned = std::unique_ptr<icalcomponent, Free>;

std::string text_of(const char* text) {
  return text ? text : "";
}

std::string value_of(icalcomponent* component, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(component, kind);
  return property ? text_of(icalproperty_get_value_as_string(property)) : "";
}

// The instant of DTSTART or DTEND, in UTC or by the zone that the calendar itself carries.
Instant instant_of(icalcomponent* calendar, icalcomponent* event, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(event, kind);
  if (!property) return {};
  const icaltimetype time = icalvalue_get_datetime(icalproperty_get_value(property));
  if (icaltime_is_utc(time)) return Instant(std::chrono::seconds(icaltime_as_timet(time)));
  icalparameter* zone_name = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
  icaltimezone* zone =
      zone_name ? icalcomponent_get_timezone(calendar, icalparameter_get_tzid(zone_name)) : nullptr;
  if (!zone) return {};
  return Instant(std::chrono::seconds(icaltime_as_timet_with_zone(time, zone)));
}

ReadEvent read_event(icalcomponent* calendar, icalcomponent* event) {
  ReadEvent read;
  read.uid = text_of(icalcomponent_get_uid(event));
  read.summary = text_of(icalcomponent_get_summary(event));
  read.location = text_of(icalcomponent_get_location(event));
  read.description = text_of(icalcomponent_get_description(event));
  read.url = value_of(event, ICAL_URL_PROPERTY);
  read.status = value_of(event, ICAL_STATUS_PROPERTY);
  read.organizer = value_of(event, ICAL_ORGANIZER_PROPERTY);
  read.attendee = value_of(event, ICAL_ATTENDEE_PROPERTY);
  read.sequence = icalcomponent_get_sequence(event);
  if (icalproperty* property = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY))
    if (icalparameter* name = icalproperty_get_first_parameter(property, ICAL_CN_PARAMETER))
      read.attendee_name = text_of(icalparameter_get_cn(name));
  if (icalproperty* property = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY))
    read.attendance = text_of(icalproperty_get_parameter_as_string(property, "PARTSTAT"));
  read.stamp = Instant(std::chrono::seconds(icaltime_as_timet(icalcomponent_get_dtstamp(event))));
  read.starts = instant_of(calendar, event, ICAL_DTSTART_PROPERTY);
  read.ends = instant_of(calendar, event, ICAL_DTEND_PROPERTY);
  return read;
}

}  // namespace

std::optional<ReadCalendar> read_calendar(const std::string& bytes) {
  const Owned whole(icalparser_parse_string(bytes.c_str()));
  if (!whole || icalcomponent_isa(whole.get()) != ICAL_VCALENDAR_COMPONENT) return std::nullopt;
  ReadCalendar read;
  icalrestriction_check(whole.get());  // marks what it dislikes in the component
  read.errors = icalcomponent_count_errors(whole.get());
  read.text = text_of(icalcomponent_as_ical_string(whole.get()));
  read.method = value_of(whole.get(), ICAL_METHOD_PROPERTY);
  for (icalcomponent* part = icalcomponent_get_first_component(whole.get(), ICAL_ANY_COMPONENT);
       part; part = icalcomponent_get_next_component(whole.get(), ICAL_ANY_COMPONENT)) {
    if (icalcomponent_isa(part) == ICAL_VTIMEZONE_COMPONENT)
      read.zones.push_back(value_of(part, ICAL_TZID_PROPERTY));
  }
  std::sort(read.zones.begin(), read.zones.end());
  std::vector<icalcomponent*> events;
  for (icalcomponent* part = icalcomponent_get_first_component(whole.get(), ICAL_VEVENT_COMPONENT);
       part; part = icalcomponent_get_next_component(whole.get(), ICAL_VEVENT_COMPONENT))
    events.push_back(part);
  for (icalcomponent* event : events) read.events.push_back(read_event(whole.get(), event));
  return read;
}

std::string effect_of(const std::string& arriving, const std::string& held,
                      const std::string& reader) {
  const Owned mail(icalparser_parse_string(arriving.c_str()));
  const Owned there(held.empty() ? nullptr : icalparser_parse_string(held.c_str()));
  switch (const auto effect = icalclassify(mail.get(), there.get(), reader.c_str())) {
    case ICAL_XLICCLASS_REQUESTNEW:
      return "new";
    case ICAL_XLICCLASS_REQUESTUPDATE:
      return "other words";
    case ICAL_XLICCLASS_REQUESTRESCHEDULE:
      return "another time";
    case ICAL_XLICCLASS_CANCELEVENT:
      return "the end";
    case ICAL_XLICCLASS_OBSOLETE:
      return "overtaken";
    default:
      return "effect " + std::to_string(effect);  // as icalenums number them
  }
}

}  // namespace base::testing
