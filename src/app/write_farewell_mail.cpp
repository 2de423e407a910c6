#include "app/write_farewell_mail.h"

#include <utility>

#include "base/words.h"

#include "domain/charter.h"

#include "app/letter.h"
#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_event.h"

namespace app {

namespace {

// In full only where the reader was told another time than the trip has.
std::string when_in_short(const Farewell& about, const base::Words& words) {
  const std::string now = say_when_and_length(about.starts, about.ends, words);
  const bool knows_it = about.told_when.empty() || about.told_when == now;
  return knows_it ? say_moment(about.starts, words) : about.told_when;
}

// What both have in common.
base::Result<Mail> farewell(const std::string& subject, Letter letter, const Farewell& about,
                            base::ical::Event event, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const std::string when = about.told_when.empty()
                               ? say_when_and_length(about.starts, about.ends, words)
                               : about.told_when;
  const std::string where = about.told_where.empty() ? about.place.dock : about.told_where;
  letter.facts = {{words.say("crew_mail.when"), when, {}},
                  {words.say("crew_mail.where"), where, {}}};
  letter.closing = words.say("cancelled.calendar");
  letter.signature = about.operator_name;
  return compose_letter(subject, letter, std::move(event), frame);
}

struct Opening {
  std::string subject;
  std::string heading;
  std::string intro;
};

Opening opening_for_crew(const Farewell& about, const base::Words& words) {
  const std::string first = domain::first_name(about.member_name);
  const std::string short_when = when_in_short(about, words);
  const base::Words::Slot name{"name", first};
  const base::Words::Slot boat{"boat", about.boat};
  const base::Words::Slot when{"when", short_when};
  const base::Words::Slot house{"operator", about.operator_name};
  if (about.why == Farewell::Why::asked_anew)
    return {words.say("farewell_asked.subject", {boat, when}),
            words.say("farewell_asked.heading", {name, boat}),
            words.say("farewell_asked.intro", {house})};
  if (about.why == Farewell::Why::declined)
    return {words.say("farewell_declined.subject", {boat, when}),
            words.say("farewell_declined.heading", {name, boat}),
            words.say("farewell_declined.intro", {house})};
  return {words.say("farewell_mail.subject", {boat, when}),
          first.empty() ? words.say("farewell_mail.heading_unnamed", {boat})
                        : words.say("farewell_mail.heading", {name, boat}),
          words.say("farewell_mail.intro", {house})};
}

}  // namespace

base::Result<Mail> write_crew_farewell(const Farewell& about, const MailFrame& frame) {
  Opening opening = opening_for_crew(about, base::Words::of("en"));
  Letter letter;
  letter.heading = std::move(opening.heading);
  letter.intro = std::move(opening.intro);
  auto event = TRY(crew_farewell_event(about.boat, about.place, about.starts, about.ends));
  return farewell(opening.subject, std::move(letter), about, std::move(event), frame);
}

base::Result<Mail> write_guest_farewell(const Farewell& about, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  Letter letter;
  letter.heading = words.say("guest_farewell.heading");
  letter.intro = words.say("guest_farewell.intro", {{"operator", about.operator_name}});
  const std::string subject = words.say(
      "guest_farewell.subject", {{"boat", about.boat}, {"when", when_in_short(about, words)}});
  auto event = TRY(
      guest_farewell_event(about.boat, about.operator_name, about.place, about.starts, about.ends));
  return farewell(subject, std::move(letter), about, std::move(event), frame);
}

}  // namespace app
