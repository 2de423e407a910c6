#include "app/render_ask_page.h"

#include "base/text.h"
#include "base/words.h"

#include "app/page_parts.h"
#include "app/render_availability.h"
#include "app/say_times.h"
#include "app/trip_card.h"

namespace app {

namespace {

using base::html::attribute;
using base::html::Page;
using base::html::text;
using base::html::url;
using domain::AskView;

void write_button(Page& page, domain::Answer answer, domain::Answer current,
                  std::string_view label) {
  page << "<button type=\"submit\" name=\"answer\"" << attribute("value", domain::name_of(answer))
       << attribute("aria-pressed", answer == current ? "true" : "false") << ">" << text(label)
       << "</button>\n";
}

std::string say_where_it_stands(const AskView& view, const base::Words& words) {
  if (view.answer == domain::Answer::no) return words.say("ask.said_no");
  if (!view.has_time) return words.say("ask.still_open");
  const std::string until = say_moment(view.until, words);
  return view.mode == domain::AskMode::all ? words.say("ask.until_all", {{"until", until}})
                                           : words.say("ask.until", {{"until", until}});
}

void write_answer(Page& page, const AskView& view, const base::Words& words) {
  page << "<section class=\"card answering asked\" aria-labelledby=\"answer\">\n"
          "<h2 id=\"answer\">"
       << text(words.say("crew.your_answer")) << "</h2>\n<form class=\"answer\" method=\"post\""
       << url("action", "/charters/" + base::percent_encoded(view.charter) + "/answer")
       << ">\n<input type=\"hidden\" name=\"asked\""
       << attribute("value", std::to_string(view.asked))
       << ">\n<input type=\"hidden\" name=\"role\"" << attribute("value", view.role) << ">\n";
  write_button(page, domain::Answer::yes, view.answer, words.say("crew.answer_yes"));
  write_button(page, domain::Answer::no, view.answer, words.say("crew.answer_no"));
  page << "</form>\n";
  if (!view.refusal.empty())
    page << "<p class=\"gap\" role=\"alert\">" << text(view.refusal) << "</p>\n";
  page << "<p class=\"small\">" << text(say_where_it_stands(view, words)) << "</p>\n</section>\n";
}

std::string say_closed(const AskView& view, const base::Words& words) {
  switch (view.seat) {
    case AskView::Seat::taken:
      return words.say("ask.taken_text", {{"name", domain::first_name(view.reader_name)}});
    case AskView::Seat::closed:
      return words.say("ask.closed_text", {{"name", domain::first_name(view.reader_name)}});
    case AskView::Seat::called_off:
      return words.say("crew.cancelled_text");
    case AskView::Seat::over:
    case AskView::Seat::open:
      break;
  }
  return words.say("ask.over_text");
}

std::string title_of(const AskView& view, const base::Words& words) {
  switch (view.seat) {
    case AskView::Seat::taken:
      return words.say("ask.taken");
    case AskView::Seat::closed:
      return words.say("ask.closed");
    case AskView::Seat::called_off:
      return words.say("crew.cancelled", {{"title", view.boat}});
    case AskView::Seat::over:
      return words.say("ask.over");
    case AskView::Seat::open:
      break;
  }
  return words.say("ask.title", {{"role", view.role}, {"boat", view.boat}});
}

}  // namespace

std::string render_ask_page(const AskView& view) {
  const base::Words& words = base::Words::of("en");
  const std::string title = title_of(view, words);
  Page page(8192);
  write_page_head(page, {title, {}, PageScript::none});
  write_masthead(page, view.operator_name, title, {});
  page << "<main class=\"column trip\">\n";
  if (view.seat == AskView::Seat::open)
    write_answer(page, view, words);
  else
    page << "<section class=\"card\">\n<p>" << text(say_closed(view, words))
         << "</p>\n</section>\n";
  if (view.seat == AskView::Seat::called_off)
    write_called_off_times(page, view.starts, view.ends, words), page << "</section>\n";
  else
    write_trip_card(page, view, words);
  write_days_card(page, words);
  page << "</main>\n";
  write_page_end(page);
  return std::move(page).bytes();
}

}  // namespace app
