#include "app/trip_event.h"

#include "base/text.h"
#include "base/words.h"

namespace app {
namespace {

using base::Result;
using base::ical::Event;
using base::ical::Text;

std::optional<base::ical::Position> position_of(const domain::Place& place) {
  if (!place.latitude || !place.longitude) return std::nullopt;
  return base::ical::Position{*place.latitude, *place.longitude};
}

void append_paragraph(std::string& out, const std::string& paragraph) {
  if (paragraph.empty()) return;
  if (!out.empty()) out += '\n';
  out += paragraph;
}

// Some programs show a cancelled event like any other: the first word says it there too.
Result<void> call_off(Event& event, std::string_view summary, const base::Words& words) {
  event.status = base::ical::Status::cancelled;
  event.summary = TRY(Text::from(words.say("calendar.cancelled", {{"title", summary}})));
  return base::ok();
}

// A program that takes a note must not ask again what its person has said.
base::ical::Attendance attendance_of(domain::Answer answer) {
  switch (answer) {
    case domain::Answer::none:
      return base::ical::Attendance::not_said;
    case domain::Answer::yes:
      return base::ical::Attendance::accepted;
    case domain::Answer::no:
      return base::ical::Attendance::declined;
  }
  return base::ical::Attendance::not_said;
}

Result<Event> event_at(const domain::Place& place, const base::Moment& starts,
                       const base::Moment& ends) {
  Event event;
  event.starts = starts;
  event.ends = ends;
  event.location = TRY(Text::from(place.dock));
  event.position = position_of(place);
  return event;
}

std::string guest_summary(std::string_view boat, std::string_view operator_name,
                          const base::Words& words) {
  return words.say("guest_calendar.summary", {{"boat", boat}, {"operator", operator_name}});
}

}  // namespace

Result<Event> guest_event(const domain::GuestView& view, std::string_view page_url) {
  const base::Words& words = base::Words::of("en");
  Event event = TRY(event_at(view.place, view.starts, view.ends));
  const std::string summary = guest_summary(view.boat, view.operator_name, words);
  event.summary = TRY(Text::from(summary));
  if (!page_url.empty()) event.url = TRY(base::ical::Uri::from(page_url));
  if (view.status == domain::CharterStatus::cancelled) {
    TRY(call_off(event, summary, words));
    event.description = TRY(Text::from(page_url));
    return event;
  }
  std::string description = view.arrival_note;
  if (!view.bring.empty())
    append_paragraph(description, words.say("guest_calendar.bring",
                                            {{"items", base::joined(view.bring, ", ")}}));
  append_paragraph(description, std::string(page_url));
  event.description = TRY(Text::from(description));
  return event;
}

Result<Event> crew_event(const domain::CrewView& view) {
  const base::Words& words = base::Words::of("en");
  Event event = TRY(event_at(view.place, view.starts, view.ends));
  event.attendance = attendance_of(view.reader_answer);
  const std::string summary =
      words.say("crew_calendar.summary", {{"boat", view.boat}, {"role", view.reader_role}});
  event.summary = TRY(Text::from(summary));
  if (view.status == domain::CharterStatus::cancelled) {
    TRY(call_off(event, summary, words));
    return event;
  }
  std::vector<std::string> names;
  names.reserve(view.crew.size());
  for (const domain::CrewmateView& mate : view.crew)
    names.push_back(mate.name + " (" + mate.role + ")");
  std::string description;
  if (!names.empty())
    description = words.say("crew_calendar.crew", {{"names", base::joined(names, ", ")}});
  if (!view.crew_notes.empty())
    append_paragraph(description, words.say("crew_calendar.notes", {{"notes", view.crew_notes}}));
  event.description = TRY(Text::from(description));
  return event;
}

Result<Event> crew_farewell_event(std::string_view boat, const domain::Place& place,
                                  const base::Moment& starts, const base::Moment& ends) {
  const base::Words& words = base::Words::of("en");
  Event event = TRY(event_at(place, starts, ends));
  TRY(call_off(event, words.say("crew_calendar.farewell", {{"boat", boat}}), words));
  return event;
}

Result<Event> guest_farewell_event(std::string_view boat, std::string_view operator_name,
                                   const domain::Place& place, const base::Moment& starts,
                                   const base::Moment& ends) {
  const base::Words& words = base::Words::of("en");
  Event event = TRY(event_at(place, starts, ends));
  TRY(call_off(event, guest_summary(boat, operator_name, words), words));
  return event;
}

}  // namespace app
