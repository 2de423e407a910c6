#include "app/render_crew_hours.h"

#include "app/say_times.h"

namespace app {

namespace {

using base::Words;
using base::html::attribute;
using base::html::Page;
using base::html::text;
using base::html::url;
using domain::HoursState;
using domain::HoursView;

enum class Press { does, does_nothing };

void write_clock_button(Page& page, std::string_view act, std::string_view label, Press press) {
  page << "<button type=\"submit\" name=\"act\"" << attribute("value", act);
  if (press == Press::does_nothing) page << " disabled";
  page << ">" << text(label) << "</button>\n";
}

void write_form_head(Page& page, std::string_view kind, const std::string& address) {
  page << "<form" << attribute("class", kind) << " method=\"post\""
       << url("action", address + "/hours") << ">\n";
}

void write_clock(Page& page, const HoursView& hours, const std::string& address,
                 const Words& words) {
  const bool in = hours.state == HoursState::open;
  write_form_head(page, "answer clock", address);
  write_clock_button(page, "clock_in", words.say("crew.clock_in"),
                     in ? Press::does_nothing : Press::does);
  write_clock_button(page, "clock_out", words.say("crew.clock_out"),
                     in ? Press::does : Press::does_nothing);
  page << "</form>\n";
}

void write_number(Page& page, const HoursView& hours, const std::string& address,
                  const Words& words) {
  write_form_head(page, "worked", address);
  page << "<label for=\"worked\">" << text(words.say("crew.hours_enter"))
       << "</label>\n<input id=\"worked\" name=\"hours\" type=\"number\" inputmode=\"decimal\""
          " min=\"0\" step=\"0.25\" required autocomplete=\"off\""
       << attribute("max", hours.most) << attribute("value", hours.total)
       << ">\n<button class=\"button quiet\" type=\"submit\" name=\"act\" value=\"enter\">"
       << text(words.say("crew.hours_save")) << "</button>\n</form>\n";
}

std::string state_said(const HoursView& hours, const Words& words) {
  const std::string total = hours.total == "1" ? words.say("time.one_hour")
                                               : words.say("time.hours", {{"count", hours.total}});
  switch (hours.state) {
    case HoursState::none:
      return words.say("crew.hours_none");
    case HoursState::open:
      return hours.clock_over ? words.say("crew.hours_left_open") : words.say("crew.hours_open");
    case HoursState::entered:
      return hours.stints.empty() ? words.say("crew.hours_entered", {{"hours", total}})
                                  : words.say("crew.hours_clocked", {{"hours", total}});
    case HoursState::approved:
      return words.say("crew.hours_approved", {{"hours", total}});
  }
  return {};
}

std::string stint_said(const domain::StintView& stint, const Words& words) {
  if (stint.ends) return say_clocks(stint.begins, *stint.ends, words);
  return words.say("crew.hours_since",
                   {{"time", say_clock(stint.begins, words)}, {"zone", say_zone(stint.begins)}});
}

void write_stints(Page& page, const HoursView& hours, const Words& words) {
  if (hours.stints.empty()) return;
  page << "<ul>\n";
  for (const domain::StintView& stint : hours.stints)
    page << "<li>" << text(stint_said(stint, words)) << "</li>\n";
  page << "</ul>\n";
}

}  // namespace

void write_crew_hours(Page& page, const std::optional<HoursView>& hours, const std::string& address,
                      const Words& words) {
  if (!hours) return;
  page << "<section class=\"card hours\" aria-labelledby=\"hours\">\n<h2 id=\"hours\">"
       << text(words.say("crew.hours")) << "</h2>\n";
  if (!hours->refusal.empty())
    page << "<p class=\"refusal\" role=\"alert\">"
         << text(words.say("crew.hours_refused", {{"reason", hours->refusal}})) << "</p>\n";
  const bool has_number = hours->stints.empty() && !hours->total.empty();
  const bool approved = hours->state == HoursState::approved;
  if (!approved && !hours->clock_over && !has_number) write_clock(page, *hours, address, words);
  page << "<p class=\"small\">" << text(state_said(*hours, words)) << "</p>\n";
  write_stints(page, *hours, words);
  if (!approved) write_number(page, *hours, address, words);
  page << "</section>\n";
}

}  // namespace app
