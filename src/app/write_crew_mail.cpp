#include "app/write_crew_mail.h"

#include "base/words.h"

#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_event.h"
#include "app/trip_letter.h"

namespace app {
namespace {

// Who took an open seat knows that they are needed; what they lack is everything else.
bool has_said_yes(const domain::CrewView& page) {
  return page.reader_answer == domain::Answer::yes;
}

std::string subject_of(const domain::CrewView& page, const base::Words& words) {
  // A slot only looks at its text.
  const std::string when = say_day_short(page.starts, words);
  const std::string at = say_clock_zoned(page.starts, words);
  const base::Words::Slot boat{"boat", page.boat};
  const base::Words::Slot day{"day", when};
  const base::Words::Slot clock{"clock", at};
  const base::Words::Slot role{"role", page.reader_role};
  return has_said_yes(page) ? words.say("crew_mail.subject_aboard", {boat, day, clock, role})
                            : words.say("crew_mail.subject", {boat, day, clock, role});
}

void write_heading(Letter& letter, const domain::CrewView& page, const base::Words& words) {
  const std::string first = domain::first_name(page.reader_name);
  const base::Words::Slot name{"name", first};
  const base::Words::Slot boat{"boat", page.boat};
  const base::Words::Slot house{"operator", page.operator_name};
  const base::Words::Slot role{"role", page.reader_role};
  if (has_said_yes(page)) {
    letter.heading = words.say("crew_mail.heading_aboard", {name, boat});
    letter.intro = words.say("crew_mail.intro_aboard", {house, role});
    letter.action_label = words.say("crew_mail.button_aboard");
  } else {
    letter.heading = words.say("crew_mail.heading", {name, boat});
    letter.intro = words.say("crew_mail.intro", {house, role});
    letter.action_label = words.say("crew_mail.button");
  }
}

Letter letter_of(const domain::CrewMailView& view, const base::Words& words) {
  const domain::CrewView& page = view.page;
  Letter letter = letter_to_crew(view, words);
  write_heading(letter, page, words);
  letter.facts = trip_facts(page, words);
  letter.sections = {{words.say("crew_mail.crew"), say_crew(page.crew, words), {}},
                     {words.say("crew_mail.notes"), {}, page.crew_notes}};
  letter.closing = words.say("crew_mail.calendar");
  return letter;
}

}  // namespace

base::Result<Mail> write_crew_mail(const domain::CrewMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  auto event = TRY(crew_event(view.page));
  return compose_letter(subject_of(view.page, words), letter_of(view, words), std::move(event),
                        frame);
}

}  // namespace app
