#include "app/write_cancel_mail.h"

#include "base/words.h"

#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_event.h"
#include "app/trip_letter.h"

namespace app {
namespace {

using base::Result;

// The trip as its reader knows it.
struct Known {
  std::string boat;
  std::string when;
  std::string when_in_short;
  std::string where;
};

template <class View>
Known known_of(const View& page, const Facts& told, const base::Words& words) {
  const auto otherwise = [&](const char* fact, const std::string& now) {
    const std::string known = text_of(told, fact);
    return known.empty() ? now : known;
  };
  const std::string now = say_when_and_length(page.starts, page.ends, words);
  Known known{otherwise("boat", page.boat), otherwise("when", now), {}, {}};
  known.where = otherwise("where", page.place.dock);
  known.when_in_short = known.when != now ? known.when : say_moment(page.starts, words);
  return known;
}

// What both have in common.
Letter about(Letter letter, const Known& known, const base::Words& words) {
  letter.facts = {{words.say("cancelled.when"), known.when, {}},
                  {words.say("cancelled.where"), known.where, {}}};
  letter.closing = words.say("cancelled.calendar");
  return letter;
}

Letter crew_letter(const domain::CrewMailView& view, const Known& known, const base::Words& words) {
  const domain::CrewView& page = view.page;
  Letter letter = about(letter_to_crew(view, words), known, words);
  letter.heading = words.say("crew_cancel.heading", {{"name", domain::first_name(page.reader_name)},
                                                     {"boat", known.boat}});
  letter.intro = say_cancelled(page.told_cause,
                               words.say("crew_cancel.intro", {{"operator", page.operator_name},
                                                               {"role", page.reader_role}}),
                               words);
  letter.action_label = words.say("crew_change.button");
  return letter;
}

Letter guest_letter(const domain::GuestMailView& view, const Known& known,
                    const base::Words& words) {
  const domain::GuestView& page = view.page;
  Letter letter = about(letter_to_guest(view, words), known, words);
  letter.heading = page.guest_first_name.empty()
                       ? words.say("guest_cancel.heading_unnamed")
                       : words.say("guest_cancel.heading", {{"name", page.guest_first_name}});
  letter.intro = say_cancelled(page.told_cause,
                               words.say("guest_cancel.intro", {{"boat", known.boat}}), words);
  letter.facts.push_back({words.say("guest_mail.questions"), view.contact, {}});
  return letter;
}

}  // namespace

Result<Mail> write_crew_cancellation(const domain::CrewMailView& view, const Facts& told,
                                     const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  domain::CrewView page = view.page;
  page.status = domain::CharterStatus::cancelled;
  auto event = TRY(crew_event(page));
  const Known known = known_of(page, told, words);
  const std::string subject =
      words.say("crew_cancel.subject",
                {{"boat", known.boat}, {"when", known.when_in_short}, {"role", page.reader_role}});
  return compose_letter(subject, crew_letter(view, known, words), std::move(event), frame);
}

Result<Mail> write_guest_cancellation(const domain::GuestMailView& view, const Facts& told,
                                      const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  domain::GuestView page = view.page;
  page.status = domain::CharterStatus::cancelled;
  auto event = TRY(guest_event(page, page_address(view)));
  const Known known = known_of(page, told, words);
  const std::string subject =
      words.say("guest_cancel.subject", {{"boat", known.boat}, {"when", known.when_in_short}});
  return compose_letter(subject, guest_letter(view, known, words), std::move(event), frame);
}

}  // namespace app
