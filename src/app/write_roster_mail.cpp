#include "app/write_roster_mail.h"

#include "base/text.h"
#include "base/words.h"

#include "app/letter.h"
#include "app/say_times.h"

namespace app {

namespace {

std::string said_day(std::chrono::year_month_day day, const base::Words& words) {
  return say_day({base::WallTime(std::chrono::local_days(day)), {}, {}, {}}, words);
}

std::string said_roles(const RosterNews& news, const base::Words& words) {
  if (news.roles.empty()) return words.say("roster_mail.not_needed", {{"name", news.member_name}});
  std::vector<std::string> roles;
  roles.reserve(news.roles.size());
  for (const domain::Role& role : news.roles) roles.push_back(role.text());
  return words.say("roster_mail.needed",
                   {{"name", news.member_name}, {"roles", base::joined(roles, ", ")}});
}

std::string said_state(const RosterNews& news, const base::Words& words) {
  const std::string day = said_day(news.credential.expires, words);
  if (news.state == domain::CredentialState::lapsed)
    return words.say("roster_mail.lapsed",
                     {{"name", news.member_name}, {"kind", news.credential.kind}, {"day", day}});
  return words.say("roster_mail.lapses",
                   {{"name", news.member_name}, {"kind", news.credential.kind}, {"day", day}});
}

}  // namespace

base::Result<Mail> write_roster_mail(const RosterNews& news, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  Letter letter;
  letter.heading = said_state(news, words);
  letter.intro = said_roles(news, words);
  letter.facts = {
      {words.say("roster_mail.last_day"), said_day(news.credential.expires, words), {}}};
  Letter::Section trips{words.say("roster_mail.trips"), {}, {}};
  trips.items.reserve(news.trips.size());
  for (const TripAfter& trip : news.trips)
    trips.items.push_back(say_day_short(trip.starts, words) + ": " + trip.title);
  letter.sections.push_back(std::move(trips));
  letter.closing = words.say("roster_mail.closing");
  letter.signature = news.operator_name;
  return compose_letter(letter.heading, letter, std::nullopt, frame);
}

}  // namespace app
