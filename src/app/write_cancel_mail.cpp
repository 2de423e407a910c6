#include "app/write_cancel_mail.h"

#include "base/words.h"

#include "app/letter.h"
#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_event.h"

namespace app {
namespace {

using base::Result;

std::string clock_of(const base::Moment& moment, const base::Words& words) {
  return say_clock(moment, words) + ' ' + say_zone(moment);
}

// What both have in common.
Letter letter_of(const domain::Place& place, const base::Moment& starts, const base::Moment& ends,
                 const base::Words& words) {
  Letter letter;
  letter.facts = {{words.say("cancelled.when"), say_when_and_length(starts, ends, words), {}},
                  {words.say("cancelled.where"), place.dock, {}}};
  letter.closing = words.say("cancelled.calendar");
  return letter;
}

Letter crew_letter(const domain::CrewMailView& view, const base::Words& words) {
  const domain::CrewView& page = view.page;
  Letter letter = letter_of(page.place, page.starts, page.ends, words);
  letter.heading = words.say("crew_cancel.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  letter.intro = say_cancelled(page.told_cause,
                               words.say("crew_cancel.intro", {{"operator", page.operator_name},
                                                               {"role", page.reader_role}}),
                               words);
  letter.action_label = words.say("crew_change.button");
  letter.action_link = view.magic_link;
  letter.action_note = words.say("crew_mail.private_link");
  letter.signature = page.operator_name;
  return letter;
}

Letter guest_letter(const domain::GuestMailView& view, const base::Words& words) {
  const domain::GuestView& page = view.page;
  Letter letter = letter_of(page.place, page.starts, page.ends, words);
  letter.heading = page.guest_first_name.empty()
                       ? words.say("guest_cancel.heading_unnamed")
                       : words.say("guest_cancel.heading", {{"name", page.guest_first_name}});
  letter.intro =
      say_cancelled(page.told_cause, words.say("guest_cancel.intro", {{"boat", page.boat}}), words);
  letter.facts.push_back({words.say("guest_mail.questions"), view.contact, {}});
  letter.action_label = words.say("guest_mail.button");
  letter.action_link = view.guest_link;
  letter.action_note = words.say("guest_mail.private_link");
  letter.signature = page.operator_name;
  return letter;
}

}  // namespace

Result<Mail> write_crew_cancellation(const domain::CrewMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  domain::CrewView page = view.page;
  page.status = domain::CharterStatus::cancelled;
  auto event = TRY(crew_event(page));
  const std::string subject =
      words.say("crew_cancel.subject", {{"boat", page.boat},
                                        {"day", say_day_short(page.starts, words)},
                                        {"clock", clock_of(page.starts, words)},
                                        {"role", page.reader_role}});
  return compose_letter(subject, crew_letter(view, words), std::move(event), frame);
}

Result<Mail> write_guest_cancellation(const domain::GuestMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  domain::GuestView page = view.page;
  page.status = domain::CharterStatus::cancelled;
  const std::string page_url = view.guest_link.substr(0, view.guest_link.find('#'));
  auto event = TRY(guest_event(page, page_url));
  const std::string subject =
      words.say("guest_cancel.subject", {{"boat", page.boat},
                                         {"day", say_day_short(page.starts, words)},
                                         {"clock", clock_of(page.starts, words)}});
  return compose_letter(subject, guest_letter(view, words), std::move(event), frame);
}

}  // namespace app
