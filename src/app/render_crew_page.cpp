#include "app/render_crew_page.h"

#include <algorithm>

#include "base/text.h"
#include "base/words.h"

#include "app/page_parts.h"
#include "app/render_availability.h"
#include "app/render_crew_hours.h"
#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/say_weather.h"
#include "app/trip_card.h"

namespace app {
namespace {

using base::html::attribute;
using base::html::lines;
using base::html::Page;
using base::html::text;
using base::html::url;
using domain::Answer;

std::string base_address(const domain::CrewView& view) {
  return "/charters/" + base::percent_encoded(view.charter);
}

const std::string& trip_name(const domain::CrewView& view) {
  return view.title.empty() ? view.boat : view.title;
}

std::string answered(Answer answer, const base::Words& words) {
  switch (answer) {
    case Answer::yes:
      return words.say("crew.answered_yes");
    case Answer::no:
      return words.say("crew.answered_no");
    case Answer::none:
      return words.say("crew.not_answered");
  }
  return {};
}

void write_answer_button(Page& page, Answer answer, Answer current, std::string_view label) {
  page << "<button type=\"submit\" name=\"answer\"" << attribute("value", domain::name_of(answer))
       << attribute("aria-pressed", answer == current ? "true" : "false") << ">" << text(label)
       << "</button>\n";
}

void write_answer(Page& page, const domain::CrewView& view, const base::Words& words) {
  const bool asked = view.reader_answer == Answer::none;
  page << "<section" << attribute("class", asked ? "card answering asked" : "card answering")
       << " aria-labelledby=\"answer\">\n<h2 id=\"answer\">" << text(words.say("crew.your_answer"))
       << "</h2>\n<form class=\"answer\" method=\"post\""
       << url("action", base_address(view) + "/answer")
       << ">\n<input type=\"hidden\" name=\"asked\""
       << attribute("value", std::to_string(view.reader_asked)) << ">\n";
  write_answer_button(page, Answer::yes, view.reader_answer, words.say("crew.answer_yes"));
  write_answer_button(page, Answer::no, view.reader_answer, words.say("crew.answer_no"));
  page << "</form>\n<p class=\"small\">" << text(answered(view.reader_answer, words))
       << "</p>\n</section>\n";
}

void write_answer_mark(Page& page, Answer answer, const base::Words& words) {
  switch (answer) {
    case Answer::yes:
      page << "<span class=\"mark yes\">" << text(words.say("crew.state_yes")) << "</span>";
      return;
    case Answer::no:
      page << "<span class=\"mark no\">" << text(words.say("crew.state_no")) << "</span>";
      return;
    case Answer::none:
      page << "<span class=\"mark\">" << text(words.say("crew.state_none")) << "</span>";
  }
}

void write_crew(Page& page, const domain::CrewView& view, const base::Words& words) {
  if (view.crew.empty()) return;
  page << "<section class=\"card\" aria-labelledby=\"crew\">\n<h2 id=\"crew\">"
       << text(words.say("crew.crew")) << "</h2>\n<ul class=\"crew\">\n";
  for (const domain::CrewmateView& mate : view.crew) {
    page << "<li><span class=\"who\">" << text(mate.name);
    if (mate.is_reader)
      page << " <span class=\"you\">(" << text(words.say("crew.you")) << ")</span>";
    page << "</span> <span class=\"role\">" << text(mate.role) << "</span> ";
    write_answer_mark(page, mate.answer, words);
    page << "</li>\n";
  }
  for (const std::string& role : view.open_seats)
    page << "<li><span class=\"who\">" << text(words.say("crew.nobody_yet"))
         << "</span> <span class=\"role\">" << text(role) << "</span></li>\n";
  page << "</ul>\n</section>\n";
}

void write_notes(Page& page, const domain::CrewView& view, const base::Words& words) {
  if (view.crew_notes.empty()) return;
  page << "<section class=\"card\" aria-labelledby=\"notes\">\n<h2 id=\"notes\">"
       << text(words.say("crew.notes")) << "</h2>\n<p>" << lines(view.crew_notes)
       << "</p>\n</section>\n";
}

std::string_view verdict_class(domain::Verdict verdict) {
  switch (verdict) {
    case domain::Verdict::go:
      return "verdict go";
    case domain::Verdict::no_go:
      return "verdict no-go";
    case domain::Verdict::caution:
    case domain::Verdict::unknown:
      break;
  }
  return "verdict caution";
}

// In words first: the colour only says it again.
void write_verdict(Page& page, const domain::WeatherView& weather, const base::Words& words) {
  if (!weather.judgement) return;
  const domain::Judgement& judgement = *weather.judgement;
  const std::string verdict = say_verdict(judgement.verdict, words);
  const bool is_old = weather.missing_since.has_value();
  page << "<p" << attribute("class", is_old ? "verdict old" : verdict_class(judgement.verdict))
       << "><strong>"
       << text(is_old ? words.say("weather.verdict_old", {{"verdict", verdict}}) : verdict)
       << "</strong></p>\n<ul class=\"reasons\">\n";
  for (const std::string& reason : say_reasons(judgement, weather.zone, words))
    page << "<li>" << text(reason) << "</li>\n";
  page << "</ul>\n";
}

void write_weather(Page& page, const domain::WeatherView& weather, const base::Words& words) {
  page << "<section class=\"card weather\" aria-labelledby=\"weather\">\n<h2 id=\"weather\">"
       << text(words.say("crew.weather")) << "</h2>\n";
  if (const std::string gap = say_weather_gap(weather, words); !gap.empty())
    page << "<p class=\"gap\">" << text(gap) << "</p>\n";
  write_verdict(page, weather, words);
  page << "<dl class=\"facts\">\n";
  for (const WeatherFact& fact : say_weather(weather, words))
    write_fact(page, fact.label, fact.value);
  page << "</dl>\n";
  if (const std::string source = say_weather_source(weather, words); !source.empty())
    page << "<p class=\"small\">" << text(source) << "</p>\n";
  page << "</section>\n";
}

// A button that says what it will do (value) and what is (aria-checked). crew.js turns it at once.
void write_tick(Page& page, const std::string& address, const domain::TickView& tick,
                const base::Words& words) {
  const bool signed_off = tick.done && !tick.done_by.empty();
  page << "<li><form method=\"post\""
       << url("action", address + "/checklist/" + base::percent_encoded(tick.id))
       << " data-tick><button type=\"submit\" role=\"checkbox\" name=\"done\""
       << attribute("value", tick.done ? "false" : "true")
       << attribute("aria-checked", tick.done ? "true" : "false")
       << "><span class=\"box\" aria-hidden=\"true\"></span><span class=\"item\">"
       << text(tick.text) << "</span><span class=\"by\">"
       << text(signed_off
                   ? words.say("crew.ticked_by", {{"name", tick.done_by}, {"time", tick.done_at}})
                   : std::string())
       << "</span></button></form></li>\n";
}

void write_ticks(Page& page, const domain::CrewView& view,
                 const std::vector<domain::TickView>& ticks, const base::Words& words) {
  const std::string address = base_address(view);
  page << "<ul class=\"ticks\">\n";
  for (const domain::TickView& tick : ticks) write_tick(page, address, tick, words);
  page << "</ul>\n</section>\n";
}

void write_progress(Page& page, const std::vector<domain::TickView>& ticks,
                    const base::Words& words) {
  const auto done = std::count_if(ticks.begin(), ticks.end(),
                                  [](const domain::TickView& tick) { return tick.done; });
  page << "</h2>\n<p class=\"progress\" data-progress>"
       << text(words.say("crew.progress",
                         {{"done", std::to_string(done)}, {"all", std::to_string(ticks.size())}}))
       << "</p>\n";
}

void write_checklists(Page& page, const domain::CrewView& view, const base::Words& words) {
  if (!view.departure.empty()) {
    page << "<section class=\"card checklist\" aria-labelledby=\"departure\">\n"
            "<h2 id=\"departure\">"
         << text(words.say("crew.departure"));
    write_progress(page, view.departure, words);
    write_ticks(page, view, view.departure, words);
  }
  if (!view.return_items.empty()) {
    page << "<section class=\"card checklist\" aria-labelledby=\"return\">\n<h2 id=\"return\">"
         << text(words.say("crew.return"));
    write_progress(page, view.return_items, words);
    write_ticks(page, view, view.return_items, words);
  }
}

// Hidden: the service worker shows it, where it has to serve a copy.
void write_saved_note(Page& page, const domain::CrewView& view, const base::Words& words) {
  page << "<p class=\"saved\" hidden>"
       << text(words.say("crew.saved_copy", {{"day", say_day_short(view.read_at, words)},
                                             {"time", say_clock(view.read_at, words)}}))
       << "</p>\n";
}

// What crew.js says; it fills {item}, {done} and {all} itself.
void write_script_words(Page& page, const base::Words& words) {
  const base::Words::Slot item{"item", "{item}"};
  const std::string progress = words.say("crew.progress", {{"done", "{done}"}, {"all", "{all}"}});
  page << "<p class=\"toast\" id=\"said\" role=\"status\" aria-live=\"polite\""
       << attribute("data-done", words.say("crew.saved_done", {item}))
       << attribute("data-open", words.say("crew.saved_open", {item}))
       << attribute("data-failed", words.say("crew.failed", {item}))
       << attribute("data-off", words.say("crew.off", {item}))
       << attribute("data-sent", words.say("crew.sent", {item}))
       << attribute("data-waiting", words.say("crew.waiting"))
       << attribute("data-no-signal", words.say("crew.no_signal"))
       << attribute("data-refused", words.say("crew.refused"))
       << attribute("data-just-now", words.say("crew.just_now"))
       << attribute("data-sent-since", words.say("crew.sent_since"))
       << attribute("data-progress-words", progress) << "></p>\n";
}

// Nothing to answer and nothing to tick: only that it is off, and which trip it was. The script
// says what became of ticks that still waited for a signal.
std::string render_cancelled(const domain::CrewView& view) {
  const base::Words& words = base::Words::of("en");
  const std::string& name = trip_name(view);
  const std::string off = words.say("crew.cancelled", {{"title", name}});
  const std::string title =
      words.say("crew.title", {{"title", off}, {"day", say_day_short(view.starts, words)}});
  Page page;
  write_page_head(page, {title, {}, PageScript::crew});
  write_masthead(page, view.operator_name, off, name == view.boat ? "" : view.boat);
  page << "<main class=\"column trip\">\n";
  write_saved_note(page, view, words);
  page << "<section class=\"card\">\n<p>"
       << text(say_cancelled(view.told_cause, words.say("crew.cancelled_text"), words))
       << "</p>\n</section>\n";
  write_called_off_card(page, view, words);
  write_script_words(page, words);
  page << "</main>\n";
  write_page_end(page);
  return std::move(page).bytes();
}

}  // namespace

std::string render_crew_page(const domain::CrewView& view) {
  if (view.status == domain::CharterStatus::cancelled) return render_cancelled(view);
  const base::Words& words = base::Words::of("en");
  const std::string& name = trip_name(view);
  const std::string title =
      words.say("crew.title", {{"title", name}, {"day", say_day_short(view.starts, words)}});
  Page page(16384);
  write_page_head(page, {title, {}, PageScript::crew});
  write_masthead(page, view.operator_name, name, name == view.boat ? "" : view.boat);
  page << "<main class=\"column trip\">\n";
  write_saved_note(page, view, words);
  write_trip_card(page, view, words);
  write_answer(page, view, words);
  write_crew_hours(page, view.hours, base_address(view), words);
  write_notes(page, view, words);
  write_crew(page, view, words);
  if (view.weather) write_weather(page, *view.weather, words);
  write_checklists(page, view, words);
  write_days_card(page, words);
  write_script_words(page, words);
  page << "</main>\n";
  write_page_end(page);
  return std::move(page).bytes();
}

}  // namespace app
