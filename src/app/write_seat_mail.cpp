#include "app/write_seat_mail.h"

#include "base/words.h"

#include "app/letter.h"
#include "app/page_parts.h"
#include "app/say_times.h"
#include "app/say_trip.h"

namespace app {

namespace {

std::string short_time(const base::Moment& moment, const base::Words& words) {
  return say_day_short(moment, words) + ", " + say_clock(moment, words) + ' ' + say_zone(moment);
}

std::vector<Letter::Fact> facts_of(const domain::AskView& page, const base::Words& words) {
  const std::string map = map_address(page.place);
  return {{words.say("crew_mail.when"), say_when_and_length(page.starts, page.ends, words), {}},
          {words.say("crew_mail.where"), page.place.dock, {}},
          {words.say("crew_mail.map"), map.empty() ? "" : words.say("crew.open_map"), map},
          {words.say("crew_mail.role"), page.role, {}},
          {words.say("crew_mail.guests"), say_party({}, page.party_size, words), {}}};
}

}  // namespace

base::Result<Mail> write_seat_ask(const domain::AskMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::AskView& page = view.page;
  Letter letter;
  letter.heading = words.say("seat_mail.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  letter.intro =
      words.say("seat_mail.intro", {{"operator", page.operator_name}, {"role", page.role}});
  letter.facts = facts_of(page, words);
  letter.facts.push_back({words.say("seat_mail.answer_by"), short_time(page.until, words), {}});
  letter.action_label = words.say("crew_mail.button");
  letter.action_link = view.magic_link;
  letter.action_note = words.say("crew_mail.private_link");
  letter.closing = words.say("seat_mail.closing");
  letter.signature = page.operator_name;
  const std::string subject = words.say(
      "seat_mail.subject",
      {{"boat", page.boat}, {"role", page.role}, {"when", short_time(page.starts, words)}});
  return compose_letter(subject, letter, std::nullopt, frame);
}

base::Result<Mail> write_seat_closed(const domain::AskMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::AskView& page = view.page;
  Letter letter;
  letter.heading = words.say("seat_closed.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  const bool is_off = page.seat == domain::AskView::Seat::called_off;
  letter.intro = is_off ? words.say("seat_closed.called_off")
                        : words.say("seat_closed.intro", {{"role", page.role}});
  letter.facts = facts_of(page, words);
  letter.closing = words.say("seat_closed.closing");
  letter.signature = page.operator_name;
  const std::string subject = words.say(
      "seat_closed.subject",
      {{"boat", page.boat}, {"role", page.role}, {"when", short_time(page.starts, words)}});
  return compose_letter(subject, letter, std::nullopt, frame);
}

}  // namespace app
