#include "app/write_crew_mail.h"

#include "base/words.h"

#include "app/letter.h"
#include "app/page_parts.h"
#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_event.h"

namespace app {
namespace {

std::string subject_of(const domain::CrewView& page, const base::Words& words) {
  return words.say("crew_mail.subject",
                   {{"boat", page.boat},
                    {"day", say_day_short(page.starts, words)},
                    {"clock", say_clock(page.starts, words) + ' ' + say_zone(page.starts)},
                    {"role", page.reader_role}});
}

Letter letter_of(const domain::CrewMailView& view, const base::Words& words) {
  const domain::CrewView& page = view.page;
  const std::string map = map_address(page.place);
  Letter letter;
  letter.heading = words.say("crew_mail.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  letter.intro =
      words.say("crew_mail.intro", {{"operator", page.operator_name}, {"role", page.reader_role}});
  letter.facts = {
      {words.say("crew_mail.when"), say_when_and_length(page.starts, page.ends, words), {}},
      {words.say("crew_mail.where"), page.place.dock, {}},
      {words.say("crew_mail.map"), map.empty() ? "" : words.say("crew.open_map"), map},
      {words.say("crew_mail.role"), page.reader_role, {}},
      {words.say("crew_mail.guests"), say_party(page.guest_first_name, page.party_size, words), {}},
  };
  letter.action_label = words.say("crew_mail.button");
  letter.action_link = view.magic_link;
  letter.action_note = words.say("crew_mail.private_link");
  letter.sections = {{words.say("crew_mail.crew"), say_crew(page.crew, words), {}},
                     {words.say("crew_mail.notes"), {}, page.crew_notes}};
  letter.closing = words.say("crew_mail.calendar");
  letter.signature = page.operator_name;
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
