#include "app/write_farewell_mail.h"

#include "base/words.h"

#include "domain/charter.h"

#include "app/letter.h"
#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_event.h"

namespace app {

namespace {

std::string when_in_short(const Farewell& about, const base::Words& words) {
  return about.told_when.empty() ? say_moment(about.starts, words) : about.told_when;
}

// What both have in common.
base::Result<Mail> farewell(const std::string& subject, Letter letter, const Farewell& about,
                            const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const std::string when = about.told_when.empty()
                               ? say_when_and_length(about.starts, about.ends, words)
                               : about.told_when;
  const std::string where = about.told_where.empty() ? about.place.dock : about.told_where;
  letter.facts = {{words.say("crew_mail.when"), when, {}},
                  {words.say("crew_mail.where"), where, {}}};
  letter.closing = words.say("cancelled.calendar");
  letter.signature = about.operator_name;
  auto event = TRY(farewell_event(about.boat, about.place, about.starts, about.ends));
  return compose_letter(subject, letter, std::move(event), frame);
}

}  // namespace

base::Result<Mail> write_crew_farewell(const Farewell& about, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  Letter letter;
  letter.heading =
      words.say("farewell_mail.heading",
                {{"name", domain::first_name(about.member_name)}, {"boat", about.boat}});
  letter.intro = words.say("farewell_mail.intro", {{"operator", about.operator_name}});
  const std::string subject = words.say(
      "farewell_mail.subject", {{"boat", about.boat}, {"when", when_in_short(about, words)}});
  return farewell(subject, std::move(letter), about, frame);
}

base::Result<Mail> write_guest_farewell(const Farewell& about, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  Letter letter;
  letter.heading = words.say("guest_farewell.heading");
  letter.intro = words.say("guest_farewell.intro", {{"operator", about.operator_name}});
  const std::string subject = words.say(
      "guest_farewell.subject", {{"boat", about.boat}, {"when", when_in_short(about, words)}});
  return farewell(subject, std::move(letter), about, frame);
}

}  // namespace app
