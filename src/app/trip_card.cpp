#include "app/trip_card.h"

#include "app/page_parts.h"
#include "app/say_times.h"
#include "app/say_trip.h"

namespace app {

using base::html::Page;
using base::html::text;
using base::html::url;

namespace {

// Where, with whom and as what, in one list.
void write_crew_facts(Page& page, const domain::Place& place, std::string_view guests,
                      std::string_view role, const base::Words& words) {
  page << "<dl class=\"facts\">\n";
  write_fact(page, words.say("crew.where"), place.dock);
  write_fact(page, words.say("crew.guests"), guests);
  write_fact(page, words.say("crew.your_role"), role);
  page << "</dl>\n";
}

void write_crew_map(Page& page, const domain::Place& place, const base::Words& words) {
  if (const std::string map = map_address(place); !map.empty())
    page << "<p class=\"actions\"><a class=\"button quiet\"" << url("href", map)
         << " rel=\"noopener noreferrer\">" << text(words.say("crew.open_map")) << "</a></p>\n";
}

}  // namespace

void write_trip_times(Page& page, std::string_view heading, const base::Moment& starts,
                      const base::Moment& ends, const base::Words& words) {
  page << "<section class=\"card lead\" aria-labelledby=\"when\">\n<h2 id=\"when\">"
       << text(heading) << "</h2>\n<p class=\"day\">";
  write_time(page, starts, say_day(starts, words));
  page << "</p>\n<p class=\"clocks\">" << text(say_clocks(starts, ends, words))
       << "</p>\n<p class=\"length\">" << text(say_length(starts, ends, words)) << "</p>\n";
}

// The heading says what the strokes say: not all that read aloud tell of them.
void write_called_off_times(Page& page, const base::Moment& starts, const base::Moment& ends,
                            const base::Words& words) {
  page << "<section class=\"card called-off\" aria-labelledby=\"when\">\n<h2 id=\"when\">"
       << text(words.say("cancelled.when")) << "</h2>\n<p class=\"day\"><s>";
  write_time(page, starts, say_day(starts, words));
  page << "</s></p>\n<p class=\"clocks\"><s>" << text(say_clocks(starts, ends, words))
       << "</s></p>\n";
}

void write_trip_card(Page& page, const domain::CrewView& view, const base::Words& words) {
  write_trip_times(page, words.say("crew.when"), view.starts, view.ends, words);
  write_crew_facts(page, view.place, say_party(view.guest_first_name, view.party_size, words),
                   view.reader_role, words);
  write_crew_map(page, view.place, words);
  page << "</section>\n";
}

void write_trip_card(Page& page, const domain::AskView& view, const base::Words& words) {
  write_trip_times(page, words.say("crew.when"), view.starts, view.ends, words);
  write_crew_facts(page, view.place, say_party({}, view.party_size, words), view.role, words);
  write_crew_map(page, view.place, words);
  page << "</section>\n";
}

void write_called_off_card(Page& page, const domain::CrewView& view, const base::Words& words) {
  write_called_off_times(page, view.starts, view.ends, words);
  write_crew_facts(page, view.place, say_party(view.guest_first_name, view.party_size, words),
                   view.reader_role, words);
  page << "</section>\n";
}

}  // namespace app
