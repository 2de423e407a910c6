#include "app/write_seat_mail.h"

#include "base/words.h"

#include "app/say_times.h"
#include "app/trip_letter.h"

namespace app {

namespace {

std::string say_why_closed(const domain::AskMailView& view, const base::Words& words) {
  const base::Words::Slot role{"role", view.page.role};
  if (view.page.seat == domain::AskView::Seat::called_off)
    return words.say("seat_closed.called_off");
  if (view.is_another_trip) return words.say("seat_closed.moved", {role});
  if (view.page.seat == domain::AskView::Seat::open)
    return words.say("seat_closed.withdrawn", {role});
  return words.say("seat_closed.intro", {role});
}

}  // namespace

base::Result<Mail> write_seat_ask(const domain::AskMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::AskView& page = view.page;
  Letter letter = letter_to_crew(view, words);
  letter.heading = words.say("seat_mail.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  letter.intro =
      words.say("seat_mail.intro", {{"operator", page.operator_name}, {"role", page.role}});
  letter.facts = trip_facts(page, words);
  letter.facts.push_back({words.say("seat_mail.answer_by"), say_moment(page.until, words), {}});
  letter.action_label = words.say("crew_mail.button");
  letter.closing = words.say("seat_mail.closing");
  const std::string subject = words.say(
      "seat_mail.subject",
      {{"boat", page.boat}, {"role", page.role}, {"when", say_moment(page.starts, words)}});
  return compose_letter(subject, letter, std::nullopt, frame);
}

base::Result<Mail> write_seat_closed(const domain::AskMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::AskView& page = view.page;
  Letter letter;
  letter.heading = words.say("seat_closed.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  letter.intro = say_why_closed(view, words);
  letter.facts = trip_facts(page, words);
  letter.closing = words.say("seat_closed.closing");
  letter.signature = page.operator_name;
  const std::string subject = words.say(
      "seat_closed.subject",
      {{"boat", page.boat}, {"role", page.role}, {"when", say_moment(page.starts, words)}});
  return compose_letter(subject, letter, std::nullopt, frame);
}

}  // namespace app
