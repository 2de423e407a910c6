#include "app/write_guest_mail.h"

#include "base/words.h"

#include "app/say_times.h"
#include "app/trip_event.h"
#include "app/trip_letter.h"

namespace app {
namespace {

std::string subject_of(const domain::GuestView& page, const base::Words& words) {
  return words.say("guest_mail.subject", {{"boat", page.boat},
                                          {"day", say_day_short(page.starts, words)},
                                          {"clock", say_clock_zoned(page.starts, words)}});
}

Letter letter_of(const domain::GuestMailView& view, const base::Words& words) {
  const domain::GuestView& page = view.page;
  Letter letter = letter_to_guest(view, words);
  letter.heading = page.guest_first_name.empty()
                       ? words.say("guest_mail.heading_unnamed")
                       : words.say("guest_mail.heading", {{"name", page.guest_first_name}});
  letter.intro = words.say("guest_mail.intro", {{"boat", page.boat}});
  letter.facts = trip_facts(view, words);
  letter.sections = guest_sections(view, words);
  letter.closing = words.say("guest_mail.calendar");
  return letter;
}

}  // namespace

base::Result<Mail> write_guest_mail(const domain::GuestMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  auto event = TRY(guest_event(view.page, page_address(view)));
  return compose_letter(subject_of(view.page, words), letter_of(view, words), std::move(event),
                        frame);
}

}  // namespace app
