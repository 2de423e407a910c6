#include "app/write_guest_mail.h"

#include "base/words.h"

#include "app/letter.h"
#include "app/page_parts.h"
#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_event.h"

namespace app {
namespace {

std::string subject_of(const domain::GuestView& page, const base::Words& words) {
  return words.say("guest_mail.subject",
                   {{"boat", page.boat},
                    {"day", say_day_short(page.starts, words)},
                    {"clock", say_clock(page.starts, words) + ' ' + say_zone(page.starts)}});
}

Letter letter_of(const domain::GuestMailView& view, const base::Words& words) {
  const domain::GuestView& page = view.page;
  const std::string map = map_address(page.place);
  Letter letter;
  letter.heading = page.guest_first_name.empty()
                       ? words.say("guest_mail.heading_unnamed")
                       : words.say("guest_mail.heading", {{"name", page.guest_first_name}});
  letter.intro = words.say("guest_mail.intro", {{"boat", page.boat}});
  letter.facts = {
      {words.say("guest_mail.when"), say_when_and_length(page.starts, page.ends, words), {}},
      {words.say("guest_mail.where"), page.place.dock, {}},
      {words.say("guest_mail.map"), map.empty() ? "" : words.say("guest.open_map"), map},
      {words.say("guest_mail.party"), say_party({}, view.party_size, words), {}},
      {words.say("guest_mail.questions"), view.contact, {}},
  };
  letter.action_label = words.say("guest_mail.button");
  letter.action_link = view.guest_link;
  letter.action_note = words.say("guest_mail.private_link");
  letter.sections = {{words.say("guest_mail.arrival"), {}, page.arrival_note},
                     {words.say("guest_mail.bring"), page.bring, {}},
                     {words.say("guest_mail.notes"), {}, view.guest_notes}};
  letter.closing = words.say("guest_mail.calendar");
  letter.signature = page.operator_name;
  return letter;
}

}  // namespace

base::Result<Mail> write_guest_mail(const domain::GuestMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const std::string page_url = view.guest_link.substr(0, view.guest_link.find('#'));
  auto event = TRY(guest_event(view.page, page_url));
  return compose_letter(subject_of(view.page, words), letter_of(view, words), std::move(event),
                        frame);
}

}  // namespace app
