#include "app/write_reminder.h"

#include "base/words.h"

#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/say_weather.h"
#include "app/trip_letter.h"

namespace app {
namespace {

// What decides comes first: that it is old or missing, the verdict and why.
std::string weather_text(const domain::WeatherView& weather, const base::Words& words) {
  std::vector<std::string> lines;
  if (std::string gap = say_weather_gap(weather, words); !gap.empty())
    lines.push_back(std::move(gap));
  if (weather.judgement) {
    const std::string verdict = say_verdict(weather.judgement->verdict, words);
    std::string said =
        weather.missing_since ? words.say("weather.verdict_old", {{"verdict", verdict}}) : verdict;
    std::string between = ": ";
    for (const std::string& reason : say_reasons(*weather.judgement, weather.zone, words)) {
      said += between + reason;
      between = "; ";
    }
    lines.push_back(std::move(said));
  }
  if (std::string source = say_weather_source(weather, words); !source.empty())
    lines.push_back(std::move(source));
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

Letter::Section weather_section(const domain::CrewView& page, const base::Words& words) {
  if (!page.weather) return {};
  Letter::Section section{
      words.say("crew_reminder.weather"), {}, weather_text(*page.weather, words)};
  for (const WeatherFact& fact : say_weather(*page.weather, words))
    section.items.push_back(fact.label + ": " + fact.value);
  return section;
}

// Whoever said no does not sail; on the crew's page that stands beside their name.
std::vector<domain::CrewmateView> sailing(std::vector<domain::CrewmateView> crew) {
  std::erase_if(crew,
                [](const domain::CrewmateView& mate) { return mate.answer == domain::Answer::no; });
  return crew;
}

Letter letter_of(const domain::CrewMailView& view, const base::Words& words) {
  const domain::CrewView& page = view.page;
  const bool asks = page.reader_answer == domain::Answer::none;
  Letter letter = letter_to_crew(view, words);
  letter.heading = words.say("crew_reminder.heading",
                             {{"name", domain::first_name(page.reader_name)}, {"boat", page.boat}});
  const base::Words::Slot role{"role", page.reader_role};
  letter.intro = asks ? words.say("crew_reminder.asks", {{"operator", page.operator_name}, role})
                      : words.say("crew_reminder.counts_on", {role});
  letter.facts = trip_facts(page, words);
  letter.facts.push_back({words.say("crew.your_answer"),
                          asks ? words.say("crew.state_none") : words.say("crew.state_yes"),
                          {}});
  letter.action_label = asks ? words.say("crew_mail.button") : words.say("crew_change.button");
  letter.sections = {weather_section(page, words),
                     {words.say("crew_mail.crew"), say_crew(sailing(page.crew), words), {}},
                     {words.say("crew_mail.notes"), {}, page.crew_notes}};
  letter.closing = words.say("crew_reminder.closing");
  return letter;
}

Letter letter_of(const domain::GuestMailView& view, const base::Words& words) {
  const domain::GuestView& page = view.page;
  const base::Words::Slot boat{"boat", page.boat};
  Letter letter = letter_to_guest(view, words);
  letter.heading =
      page.guest_first_name.empty()
          ? words.say("guest_reminder.heading_unnamed", {boat})
          : words.say("guest_reminder.heading", {{"name", page.guest_first_name}, boat});
  letter.intro = words.say("guest_reminder.intro");
  letter.facts = trip_facts(view, words);
  letter.sections = guest_sections(view, words);
  letter.closing = words.say("guest_reminder.closing");
  return letter;
}

}  // namespace

base::Result<Mail> write_crew_reminder(const domain::CrewMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::CrewView& page = view.page;
  const std::string subject =
      words.say("crew_reminder.subject", {{"boat", page.boat},
                                          {"day", say_day_short(page.starts, words)},
                                          {"clock", say_clock_zoned(page.starts, words)},
                                          {"role", page.reader_role}});
  return compose_letter(subject, letter_of(view, words), {}, frame);
}

base::Result<Mail> write_guest_reminder(const domain::GuestMailView& view, const MailFrame& frame) {
  const base::Words& words = base::Words::of("en");
  const domain::GuestView& page = view.page;
  const std::string subject =
      words.say("guest_reminder.subject", {{"boat", page.boat},
                                           {"day", say_day_short(page.starts, words)},
                                           {"clock", say_clock_zoned(page.starts, words)}});
  return compose_letter(subject, letter_of(view, words), {}, frame);
}

}  // namespace app
