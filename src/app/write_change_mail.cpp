#include "app/write_change_mail.h"

#include <algorithm>

#include "base/words.h"

#include "app/say_times.h"
#include "app/trip_event.h"
#include "app/trip_letter.h"

namespace app {
namespace {

using base::Result;

// The labels are those of the mail that told the fact first. Empty: no such fact.
std::string crew_label(const std::string& fact, const base::Words& words) {
  if (fact == "when") return words.say("crew_mail.when");
  if (fact == "boat") return words.say("change_mail.boat");
  if (fact == "where") return words.say("crew_mail.where");
  if (fact == "role") return words.say("crew_mail.role");
  if (fact == "party") return words.say("crew_mail.guests");
  if (fact == "crew") return words.say("crew_mail.crew");
  if (fact == "notes") return words.say("crew_mail.notes");
  return {};
}

std::string guest_label(const std::string& fact, const base::Words& words) {
  if (fact == "when") return words.say("guest_mail.when");
  if (fact == "boat") return words.say("change_mail.boat");
  if (fact == "where") return words.say("guest_mail.where");
  if (fact == "contract") return words.say("guest_mail.contract");
  if (fact == "party") return words.say("guest_mail.party");
  if (fact == "notes") return words.say("guest_mail.notes");
  if (fact == "contact") return words.say("guest_mail.questions");
  return {};
}

// In place of a fact that is not there. A charter of which nothing is said comes with its captain.
std::string none_of(const std::string& fact, const base::Words& words) {
  return fact == "contract" ? words.say("guest_mail.with_captain") : words.say("change_mail.none");
}

using LabelOf = std::string (&)(const std::string& fact, const base::Words& words);

// A note that told nothing, or left out what it has no word for, would be a lie.
Result<std::vector<Letter::Change>> lines_of(const std::vector<FactChange>& changes,
                                             LabelOf label_of, const base::Words& words) {
  if (changes.empty()) return base::invalid("changes", "there is no change to tell of");
  std::vector<Letter::Change> lines;
  lines.reserve(changes.size());
  for (const FactChange& change : changes) {
    std::string label = label_of(change.name, words);
    if (label.empty()) return base::invalid("changes", "no such fact: " + change.name);
    const std::string none = none_of(change.name, words);
    lines.push_back({std::move(label), change.before.empty() ? none : change.before,
                     change.after.empty() ? none : change.after});
  }
  return lines;
}

// What both notes have in common.
Result<Letter> about(Letter letter, const std::vector<FactChange>& changes, LabelOf label_of,
                     const base::Words& words) {
  letter.changes_title = words.say("change_mail.title");
  letter.changes = TRY(lines_of(changes, label_of, words));
  letter.closing = words.say("change_mail.calendar");
  return letter;
}

// still: they were asked before and have not said.
enum class Asks { nothing, still, anew };

Asks asks_of(const domain::CrewView& page, const std::vector<FactChange>& changes) {
  // Whoever has answered to the trip as it is now was quicker than this mail.
  if (page.reader_answer != domain::Answer::none) return Asks::nothing;
  return std::ranges::any_of(changes, asks_anew) ? Asks::anew : Asks::still;
}

std::string crew_intro(const domain::CrewView& page, Asks asks, const base::Words& words) {
  const std::string when = say_when(page.starts, page.ends, words);
  const base::Words::Slot by{"operator", page.operator_name};
  switch (asks) {
    case Asks::nothing:
      return words.say("crew_change.tells", {by, {"when", when}});
    case Asks::still:
      return words.say("crew_change.waits", {by, {"when", when}});
    case Asks::anew:
      return words.say("crew_change.asks", {by, {"when", when}});
  }
  return {};
}

}  // namespace

Result<Mail> write_crew_change(const domain::CrewMailView& view,
                               const std::vector<FactChange>& changes, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::CrewView& page = view.page;
  Letter letter = TRY(about(letter_to_crew(view, words), changes, crew_label, words));
  letter.heading = words.say("crew_change.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  const Asks asks = asks_of(page, changes);
  letter.intro = crew_intro(page, asks, words);
  letter.action_label =
      asks == Asks::nothing ? words.say("crew_change.button") : words.say("crew_mail.button");
  auto event = TRY(crew_event(page));
  const std::string subject =
      words.say("crew_change.subject", {{"boat", page.boat},
                                        {"day", say_day_short(page.starts, words)},
                                        {"clock", say_clock_zoned(page.starts, words)},
                                        {"role", page.reader_role}});
  return compose_letter(subject, letter, std::move(event), frame);
}

Result<Mail> write_guest_change(const domain::GuestMailView& view,
                                const std::vector<FactChange>& changes, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::GuestView& page = view.page;
  Letter letter = TRY(about(letter_to_guest(view, words), changes, guest_label, words));
  letter.heading = page.guest_first_name.empty()
                       ? words.say("guest_change.heading_unnamed")
                       : words.say("guest_change.heading", {{"name", page.guest_first_name}});
  letter.intro =
      words.say("guest_change.intro", {{"operator", page.operator_name},
                                       {"boat", page.boat},
                                       {"when", say_when(page.starts, page.ends, words)}});
  auto event = TRY(guest_event(page, page_address(view)));
  const std::string subject =
      words.say("guest_change.subject", {{"boat", page.boat},
                                         {"day", say_day_short(page.starts, words)},
                                         {"clock", say_clock_zoned(page.starts, words)}});
  return compose_letter(subject, letter, std::move(event), frame);
}

}  // namespace app
