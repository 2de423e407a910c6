#include "app/render_guest_page.h"

#include <limits>

#include "base/text.h"
#include "base/words.h"

#include "app/asset_links.h"
#include "app/page_parts.h"
#include "app/say_times.h"
#include "app/say_trip.h"
#include "app/trip_card.h"

namespace app {
namespace {

using base::html::attribute;
using base::html::lines;
using base::html::Page;
using base::html::text;
using base::html::url;

// How much of the operator's and channel's texts a page shows.
struct Room {
  std::size_t characters = std::numeric_limits<std::size_t>::max();  // of one text
  std::size_t items = std::numeric_limits<std::size_t>::max();
};

std::string shortened(const std::string& value, std::size_t characters_max) {
  if (value.size() <= characters_max) return value;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < value.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(value[at]) & 0xC0) != 0x80;
    if (begins && ++characters > characters_max) return value.substr(0, at) + "\u2026";
  }
  return value;
}

domain::GuestView shortened(domain::GuestView view, const Room& room) {
  for (std::string* value : {&view.operator_name, &view.guest_first_name, &view.boat,
                             &view.boat_description, &view.arrival_note, &view.place.dock})
    *value = shortened(*value, room.characters);
  if (view.bring.size() > room.items) view.bring.resize(room.items);
  for (std::string& item : view.bring) item = shortened(item, room.characters);
  return view;
}

void write_when(Page& page, const domain::GuestView& view, const base::Words& words) {
  write_trip_times(page, words.say("guest.when"), view.starts, view.ends, words);
  if (!view.slug.empty()) {
    const std::string file = "/g/" + base::percent_encoded(view.slug) + ".ics";
    page << "<p class=\"actions\"><a class=\"button\"" << url("href", file) << ">"
         << text(words.say("guest.add_to_calendar")) << "</a></p>\n";
  }
  page << "</section>\n";
}

void write_where(Page& page, const domain::GuestView& view, const base::Words& words) {
  const std::string map = map_address(view.place);
  if (view.place.dock.empty() && map.empty()) return;
  page << "<section class=\"card\" aria-labelledby=\"where\">\n<h2 id=\"where\">"
       << text(words.say("guest.where")) << "</h2>\n";
  if (!view.place.dock.empty()) page << "<p class=\"place\">" << text(view.place.dock) << "</p>\n";
  if (!map.empty())
    page << "<p class=\"actions\"><a class=\"button quiet\"" << url("href", map)
         << " rel=\"noopener noreferrer\">" << text(words.say("guest.open_map")) << "</a></p>\n";
  page << "</section>\n";
}

void write_arrival(Page& page, const domain::GuestView& view, const base::Words& words) {
  if (view.arrival_note.empty()) return;
  page << "<section class=\"card\" aria-labelledby=\"arrival\">\n<h2 id=\"arrival\">"
       << text(words.say("guest.arrival")) << "</h2>\n<p>" << lines(view.arrival_note)
       << "</p>\n</section>\n";
}

void write_bring(Page& page, const domain::GuestView& view, const base::Words& words) {
  if (view.bring.empty()) return;
  page << "<section class=\"card\" aria-labelledby=\"bring\">\n<h2 id=\"bring\">"
       << text(words.say("guest.bring")) << "</h2>\n<ul class=\"bring\">\n";
  for (const std::string& item : view.bring) page << "<li>" << text(item) << "</li>\n";
  page << "</ul>\n</section>\n";
}

// The uploader itself is fetched only by who opens the page with the guest's key; its words wait
// here, with the names of what it counts left in them.
void write_photos(Page& page, const domain::GuestView& view, const base::Words& words) {
  if (!view.uploads_close) return;
  page << "<section class=\"card\" id=\"photos\" aria-labelledby=\"photos-title\""
       << attribute("data-module", asset_href("photos.js"))
       << attribute("data-integrity", asset_integrity("photos.js"))
       << attribute("data-style", asset_href("photos.css"))
       << attribute("data-style-integrity", asset_integrity("photos.css"))
       << attribute("data-choose", words.say("photos.choose"))
       << attribute("data-again", words.say("photos.again"))
       << attribute("data-progress",
                    words.say("photos.progress", {{"done", "{done}"}, {"all", "{all}"}}))
       << attribute("data-all-done", words.say("photos.all_done", {{"count", "{count}"}}))
       << attribute("data-one-done", words.say("photos.one_done"))
       << attribute("data-not-taken", words.say("photos.not_taken", {{"count", "{count}"}}))
       << attribute("data-more", words.say("photos.more"))
       << attribute("data-limits", words.say("photos.limits"))
       << attribute("data-waiting", words.say("photos.waiting"))
       << attribute("data-done", words.say("photos.done"))
       << attribute("data-retrying", words.say("photos.retrying"))
       << attribute("data-failed", words.say("photos.failed"))
       << attribute("data-refused", words.say("photos.refused"))
       << attribute("data-closed", words.say("photos.closed"))
       << attribute("data-full", words.say("photos.full"))
       << attribute("data-too-large", words.say("photos.too_large"))
       << attribute("data-wrong-type", words.say("photos.wrong_type"))
       << attribute("data-empty", words.say("photos.empty"))
       << attribute("data-not-loaded", words.say("photos.not_loaded"))
       << ">\n<h2 id=\"photos-title\">" << text(words.say("photos.title")) << "</h2>\n<p>"
       << text(words.say("photos.until", {{"time", say_clock(*view.uploads_close, words)},
                                          {"zone", say_zone(*view.uploads_close)},
                                          {"day", say_day_short(*view.uploads_close, words)}}))
       << "</p>\n<p class=\"small\" data-needs-link>" << text(words.say("photos.needs_link"))
       << "</p>\n<noscript><p class=\"small\">" << text(words.say("photos.needs_script"))
       << "</p></noscript>\n<p class=\"said\" data-said role=\"status\"></p>\n</section>\n";
}

void write_boat(Page& page, const domain::GuestView& view, const base::Words& words) {
  page << "<div class=\"boat\"><p class=\"name\">" << text(view.boat) << "</p>\n";
  if (!view.boat_description.empty()) page << "<p>" << lines(view.boat_description) << "</p>\n";
  if (const std::string contract = say_contract(view.contract, words); !contract.empty())
    page << "<p>" << text(contract) << "</p>\n";
  page << "</div>\n";
}

void write_foot(Page& page, const domain::GuestView& view, std::string_view farewell,
                const base::Words& words) {
  page << "</main>\n<footer class=\"column\">\n<p>" << text(farewell) << "</p>\n<p class=\"small\">"
       << text(words.say("guest.local_time", {{"zone", say_zone(view.starts)}}))
       << "</p>\n</footer>\n";
  write_page_end(page);
}

std::string title_of(const domain::GuestView& view, const base::Words& words) {
  return words.say("guest.title", {{"boat", view.boat}, {"day", say_day(view.starts, words)}});
}

// The file of a cancelled trip takes it out of the calendar that it was once added to.
void write_was_planned(Page& page, const domain::GuestView& view, const base::Words& words) {
  write_called_off_times(page, view.starts, view.ends, words);
  if (!view.place.dock.empty()) page << "<p class=\"length\">" << text(view.place.dock) << "</p>\n";
  if (!view.slug.empty()) {
    const std::string file = "/g/" + base::percent_encoded(view.slug) + ".ics";
    page << "<p class=\"actions\"><a class=\"button quiet\"" << url("href", file) << ">"
         << text(words.say("guest.cancelled_calendar")) << "</a></p>\n";
  }
  page << "</section>\n";
}

// All that is of use still: that it is off, and which trip it was. Who comes back to an old link
// must not find a list of things to bring.
std::string render_cancelled(const domain::GuestView& view) {
  const base::Words& words = base::Words::of("en");
  const std::string title = words.say("guest.cancelled_title", {{"title", title_of(view, words)}});
  const std::string off = words.say("guest.cancelled");
  const std::string consequence =
      words.say("guest.cancelled_text", {{"operator", view.operator_name}});
  Page page(guest_page_bytes_max);
  write_page_head(page, {title, off, PageScript::none});
  write_masthead(page, view.operator_name, off, "");
  page << "<main class=\"column\">\n";
  write_boat(page, view, words);
  page << "<section class=\"card\">\n<p>"
       << text(say_cancelled(view.told_cause, consequence, words)) << "</p>\n</section>\n";
  write_was_planned(page, view, words);
  write_foot(page, view, words.say("guest.cancelled_farewell"), words);
  return std::move(page).bytes();
}

std::string render_planned(const domain::GuestView& view) {
  const base::Words& words = base::Words::of("en");
  const std::string title = title_of(view, words);
  const std::string clocks = say_clocks(view.starts, view.ends, words);
  const std::string welcome = view.guest_first_name.empty()
                                  ? words.say("guest.welcome_unnamed")
                                  : words.say("guest.welcome", {{"name", view.guest_first_name}});
  Page page(guest_page_bytes_max);
  write_page_head(page, {title, clocks, view.uploads_close ? PageScript::guest : PageScript::none});
  write_masthead(page, view.operator_name, welcome, "");
  page << "<main class=\"column\">\n";
  write_boat(page, view, words);
  write_when(page, view, words);
  write_where(page, view, words);
  write_arrival(page, view, words);
  write_bring(page, view, words);
  write_photos(page, view, words);
  write_foot(page, view, words.say("guest.farewell"), words);
  return std::move(page).bytes();
}

std::string render(const domain::GuestView& view) {
  return view.status == domain::CharterStatus::cancelled ? render_cancelled(view)
                                                         : render_planned(view);
}

}  // namespace

std::string render_guest_page(const domain::GuestView& view) {
  std::string page = render(view);
  // Texts within the limits of a tenant file fit as they are unless they are long and full of signs
  // that HTML escapes; the last row always fits.
  for (const Room& room : {Room{1000, 40}, Room{300, 24}, Room{120, 16}, Room{40, 12}}) {
    if (page.size() <= guest_page_bytes_max) break;
    page = render(shortened(view, room));
  }
  return page;
}

}  // namespace app
