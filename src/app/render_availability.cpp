#include "app/render_availability.h"

#include "base/text.h"
#include "base/words.h"

#include "app/page_parts.h"
#include "app/say_times.h"

namespace app {

namespace {

using base::Words;
using base::html::attribute;
using base::html::num;
using base::html::Page;
using base::html::text;
using base::html::url;
using domain::AvailabilityDay;
using domain::AvailabilityView;
using domain::Sails;
using std::chrono::year_month_day;

constexpr int days_of_week = 7;

std::string said_of(year_month_day day, const Words& words) {
  return say_day({base::WallTime(std::chrono::local_days(day)), {}, {}, {}}, words);
}

// Weeks begin on Monday, so that the two days of most trips stand side by side.
int column_of(year_month_day day) {
  const std::chrono::weekday weekday{std::chrono::sys_days(day)};
  return static_cast<int>(weekday.iso_encoding()) - 1;
}

void write_form_head(Page& page, std::string_view kind) {
  page << "<form" << attribute("class", kind) << " method=\"post\""
       << url("action", availability_address) << ">\n";
}

// What pressing it sends: the day, and that it shall be what it is not.
void write_act(Page& page, year_month_day day, Sails now) {
  page << " type=\"submit\"" << attribute("name", now == Sails::cannot ? "free_on" : "away_on")
       << attribute("value", base::format_date(day))
       << attribute("aria-pressed", now == Sails::cannot ? "true" : "false")
       << attribute("id", availability_anchor(day));
}

void write_day(Page& page, const AvailabilityDay& one, const AvailabilityView& view,
               const Words& words) {
  const std::string day = said_of(one.day, words);
  page << "<td><button";
  write_act(page, one.day, one.sails);
  if (one.has_trip) page << " class=\"trip-day\"";
  if (one.day == view.today) page << " aria-current=\"date\"";
  page << attribute("aria-label",
                    one.has_trip ? words.say("availability.day_with_trip", {{"day", day}}) : day)
       << ">" << num(static_cast<unsigned>(one.day.day())) << "</button></td>\n";
}

void write_blanks(Page& page, int count) {
  for (int i = 0; i < count; ++i) page << "<td></td>\n";
}

void write_month_head(Page& page, year_month_day day, const Words& words) {
  const auto months = words.list("time.months");
  const auto long_names = words.list("time.weekdays");
  const auto short_names = words.list("time.weekdays_short");
  const std::size_t month = static_cast<unsigned>(day.month()) - 1;
  page << "<section class=\"card month\">\n<table>\n<caption>"
       << text(months.at(month) + " " + std::to_string(static_cast<int>(day.year())))
       << "</caption>\n<thead><tr>\n";
  for (std::size_t i = 1; i <= days_of_week; ++i)
    page << "<th scope=\"col\"" << attribute("abbr", long_names.at(i % days_of_week)) << ">"
         << text(short_names.at(i % days_of_week)) << "</th>\n";
  page << "</tr></thead>\n<tbody>\n<tr>\n";
}

void write_month_end(Page& page, int column) {
  if (column > 0) write_blanks(page, days_of_week - column);
  page << "</tr>\n</tbody>\n</table>\n</section>\n";
}

// The weeks of the first month that are past are left out.
void write_months(Page& page, const AvailabilityView& view, const Words& words) {
  write_form_head(page, "months");
  int column = 0;
  for (std::size_t i = 0; i < view.days.size(); ++i) {
    const AvailabilityDay& one = view.days[i];
    const bool begins = i == 0 || one.day.month() != view.days[i - 1].day.month();
    if (begins) {
      if (i > 0) write_month_end(page, column);
      write_month_head(page, one.day, words);
      column = column_of(one.day);
      write_blanks(page, column);
    } else if (column == 0) {
      page << "</tr>\n<tr>\n";
    }
    write_day(page, one, view, words);
    column = (column + 1) % days_of_week;
  }
  write_month_end(page, column);
  page << "</form>\n";
}

void write_later(Page& page, const AvailabilityView& view, const Words& words) {
  page << "<section class=\"card later\" aria-labelledby=\"later\">\n<h2 id=\"later\">"
       << text(words.say("availability.later")) << "</h2>\n";
  if (!view.later.empty()) {
    write_form_head(page, "away");
    for (const year_month_day day : view.later) {
      page << "<button";
      write_act(page, day, Sails::cannot);
      page << ">" << text(said_of(day, words)) << "</button>\n";
    }
    page << "</form>\n";
  }
  write_form_head(page, "another");
  page << "<label for=\"another\">" << text(words.say("availability.another"))
       << "</label>\n<input id=\"another\" name=\"away_on\" type=\"date\" required"
       << attribute("min", base::format_date(view.today))
       << attribute("max", base::format_date(view.last))
       << ">\n<button class=\"button quiet\" type=\"submit\">"
       << text(words.say("availability.add")) << "</button>\n</form>\n</section>\n";
}

void write_lead(Page& page, const AvailabilityView& view, const Words& words) {
  page << "<section class=\"message\">\n";
  if (!view.refusal.empty())
    page << "<p class=\"refusal\" role=\"alert\">"
         << text(words.say("availability.refused", {{"reason", view.refusal}})) << "</p>\n";
  page << "<p>" << text(words.say("availability.how")) << "</p>\n<p class=\"small\">"
       << text(words.say("availability.legend")) << "</p>\n";
  if (!view.charter.empty())
    page << "<p class=\"actions\"><a class=\"button quiet\""
         << url("href", "/charters/" + base::percent_encoded(view.charter.text())) << ">"
         << text(words.say("availability.back")) << "</a></p>\n";
  page << "</section>\n";
}

}  // namespace

std::string availability_anchor(year_month_day day) {
  return "d" + base::format_date(day);
}

std::string render_availability(const AvailabilityView& view) {
  const Words& words = Words::of("en");
  const std::string title = words.say("availability.title");
  Page page(32768);
  write_page_head(page, {title, {}, PageScript::none, "availability.css"});
  write_masthead(page, view.operator_name, title, view.reader_name);
  page << "<main class=\"column availability\">\n";
  write_lead(page, view, words);
  write_months(page, view, words);
  write_later(page, view, words);
  page << "</main>\n";
  write_page_end(page);
  return std::move(page).bytes();
}

void write_days_card(Page& page, const Words& words) {
  page << "<section class=\"card\" aria-labelledby=\"days\">\n<h2 id=\"days\">"
       << text(words.say("crew.days")) << "</h2>\n<p class=\"small\">"
       << text(words.say("crew.days_text"))
       << "</p>\n<p class=\"actions\"><a class=\"button quiet\""
       << url("href", availability_address) << ">" << text(words.say("crew.days_open"))
       << "</a></p>\n</section>\n";
}

}  // namespace app
