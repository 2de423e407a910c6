#include "app/write_owner_mail.h"

#include "base/text.h"
#include "base/words.h"

#include "app/letter.h"
#include "app/say_times.h"
#include "app/say_trip.h"

namespace app {

namespace {

std::string seat_line(const SeatStatus& seat, const base::Words& words) {
  const base::Words::Slot name{"name", seat.name};
  const base::Words::Slot role{"role", seat.role.text()};
  switch (seat.state) {
    case SeatState::confirmed:
      return words.say("owner_mail.seat_confirmed", {name, role});
    case SeatState::waiting:
      return words.say("owner_mail.seat_waiting", {name, role});
    case SeatState::declined:
      return words.say("owner_mail.seat_declined", {name, role});
    case SeatState::open:
      break;
  }
  return words.say("owner_mail.seat_open", {role});
}

std::string ask_line(const AskStatus& one, const std::string& zone, const base::Words& words) {
  const base::Words::Slot name{"name", one.name};
  const base::Words::Slot role{"role", one.ask.role.text()};
  // A slot only looks at its text.
  const std::string asked_at = say_moment(base::at(one.ask.asked_at, zone), words);
  const base::Words::Slot asked{"asked", asked_at};
  switch (one.ask.state) {
    case domain::AskState::waiting:
      return words.say("owner_mail.ask_waiting",
                       {name, role, {"until", say_moment(base::at(one.ask.until, zone), words)}});
    case domain::AskState::yes:
      return words.say("owner_mail.ask_yes", {name, role, asked});
    case domain::AskState::no:
      return words.say("owner_mail.ask_no", {name, role, asked});
    case domain::AskState::silent:
      return words.say("owner_mail.ask_silent", {name, role, asked});
    case domain::AskState::taken:
    case domain::AskState::withdrawn:
      break;
  }
  return {};
}

std::string subject_of(const OwnerNews& news, const base::Words& words) {
  const std::string starts = say_moment(news.starts, words);
  const base::Words::Slot boat{"boat", news.boat};
  const base::Words::Slot when{"when", starts};
  const base::Words::Slot name{"name", news.member};
  switch (news.answer) {
    case domain::Answer::yes:
      return words.say("owner_mail.subject_yes", {name, boat, when});
    case domain::Answer::no:
      return words.say("owner_mail.subject_no", {name, boat, when});
    case domain::Answer::none:
      break;
  }
  return news.at_risk ? words.say("owner_mail.subject_at_risk", {boat, when})
                      : words.say("owner_mail.subject_nobody_left", {boat, when});
}

std::string heading_of(const OwnerNews& news, const base::Words& words) {
  const base::Words::Slot name{"name", news.member};
  const base::Words::Slot role{"role", news.role};
  const std::string left = base::joined(news.nobody_left, ", ");
  const base::Words::Slot roles{"roles", left};
  switch (news.answer) {
    case domain::Answer::yes:
      return words.say("owner_mail.said_yes", {name, role});
    case domain::Answer::no:
      return words.say("owner_mail.said_no", {name, role});
    case domain::Answer::none:
      break;
  }
  return news.at_risk ? words.say("owner_mail.at_risk")
                      : words.say("owner_mail.nobody_left", {roles});
}

// What happens next, without the owner.
std::string intro_of(const OwnerNews& news, const CallStatus& status, const base::Words& words) {
  if (!news.nobody_left.empty())
    return words.say("owner_mail.nobody_left_text",
                     {{"roles", base::joined(news.nobody_left, ", ")}});
  if (news.at_risk) return words.say("owner_mail.at_risk_text");
  if (news.answer == domain::Answer::no) return words.say("owner_mail.no_text");
  for (const SeatStatus& seat : status.seats)
    if (seat.state != SeatState::confirmed) return words.say("owner_mail.yes_text");
  return words.say("owner_mail.complete_text");
}

std::string closing_of(const OwnerNews& news, const base::Words& words) {
  if (news.answer != domain::Answer::none) return words.say("owner_mail.closing");
  return news.at_risk ? words.say("owner_mail.closing_at_risk")
                      : words.say("owner_mail.closing_nobody_left");
}

}  // namespace

base::Result<Mail> write_owner_mail(const OwnerNews& news, const CallStatus& status,
                                    const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  Letter letter;
  letter.heading = heading_of(news, words);
  letter.intro = intro_of(news, status, words);
  letter.facts = {
      {words.say("owner_mail.trip"), news.title == news.boat ? "" : news.title, {}},
      {words.say("owner_mail.boat"), news.boat, {}},
      {words.say("crew_mail.when"), say_when_and_length(news.starts, news.ends, words), {}},
      {words.say("owner_mail.at"), say_moment(news.answered_at, words), {}}};
  Letter::Section seats{words.say("owner_mail.seats"), {}, {}};
  for (const SeatStatus& seat : status.seats) seats.items.push_back(seat_line(seat, words));
  Letter::Section asks{words.say("owner_mail.asked"), {}, {}};
  for (const AskStatus& one : status.asks)
    if (std::string line = ask_line(one, news.starts.zone, words); !line.empty())
      asks.items.push_back(std::move(line));
  letter.sections = {std::move(seats), std::move(asks)};
  letter.closing = closing_of(news, words);
  letter.signature = news.operator_name;
  return compose_letter(subject_of(news, words), letter, std::nullopt, frame);
}

}  // namespace app
