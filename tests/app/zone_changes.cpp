// A trip of three hours across each change of each zone's clock from 2000 to 2040. It is three
// hours long, and pages, mails, their calendar parts, the guest's file and the owner's feed all say
// its one begin and end; a move onto what the change skips or doubles is answered as a booking is.
#include <set>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "base/crypto.h"

#include "domain/change.h"

#include "app/charter_record.h"
#include "app/render_crew_page.h"
#include "app/render_guest_page.h"
#include "app/write_calendar.h"
#include "app/write_crew_mail.h"
#include "app/write_guest_mail.h"

#include "tests/app/example_views.h"
#include "tests/base/ical_reader.h"
#include "tests/base/zone_reader.h"
#include "tests/domain/example.h"

namespace app {
namespace {

using namespace std::chrono_literals;
using base::Instant;
using base::testing::SystemClock;
using base::testing::ZoneChange;

constexpr auto refused = domain::AmountsInNotes::refused;
constexpr std::chrono::minutes length = 180min;

domain::Tenant tenant_in(const std::string& zone) {
  domain::Tenant tenant = domain::testing::example_tenant();
  tenant.zone = zone;
  tenant.sites.guest = "queenofsandiego.example";
  return tenant;
}

Instant starts_of(const ZoneChange& change) {
  return change.begin - 1h;
}
Instant ends_of(const ZoneChange& change) {
  return change.begin + 2h;
}

base::WrittenTime written(const ZoneChange& change, Instant when, std::chrono::minutes offset) {
  return {change.wall(when, offset), offset};
}

// The trip as it is booked; a default charter where that is refused.
domain::Charter trip_across(const ZoneChange& change) {
  domain::Charter charter = domain::testing::example_charter();
  domain::Booking booking = domain::testing::example_booking();
  booking.starts_at = written(change, starts_of(change), change.before);
  booking.duration_minutes = static_cast<int>(length.count());
  const auto span = domain::span_of(booking, change.zone);
  EXPECT_TRUE(span);
  if (!span) return {};
  charter.starts = span->starts;
  charter.ends = span->ends;
  return charter;
}

void expect_exact_length(const ZoneChange& change, const domain::Charter& trip) {
  EXPECT_EQ(trip.starts.utc, starts_of(change));
  EXPECT_EQ(trip.ends.utc, ends_of(change));
  EXPECT_EQ(trip.ends.wall, change.wall(ends_of(change), change.after));
  EXPECT_EQ(trip.ends.offset, change.after);
  domain::Booking booking = domain::testing::example_booking();
  booking.duration_minutes.reset();
  booking.starts_at = written(change, starts_of(change), change.before);
  booking.ends_at = written(change, ends_of(change), change.after);
  const auto span = domain::span_of(booking, change.zone);
  ASSERT_TRUE(span);
  EXPECT_EQ(span->ends, trip.ends) << "by its end, as by its length";
}

// "starts_at: 02:30 does not exist …", or the instants when it was let through.
std::string moved_to(const domain::Charter& trip, const base::WrittenTime& starts_at,
                     const std::string& zone) {
  domain::Change move;
  move.starts_at = starts_at;
  const auto after = domain::changed(trip, move, tenant_in(zone), refused, trip.starts.utc - 24h);
  if (after) return base::format_utc(after->starts.utc) + " " + base::format_utc(after->ends.utc);
  return after.error().faults.empty()
             ? "?"
             : after.error().faults[0].field + ": " + after.error().faults[0].message;
}

std::string moved_span(Instant starts) {
  return base::format_utc(starts) + " " + base::format_utc(starts + length);
}

void expect_moves(const ZoneChange& change, const domain::Charter& trip) {
  const base::WallTime within = change.first() + (change.last() - change.first()) / 2;
  const std::string answer = moved_to(trip, {within, {}}, change.zone);
  EXPECT_TRUE(answer.starts_with("starts_at: " + base::format_wall(within).substr(11))) << answer;
  if (change.is_gap()) {
    EXPECT_TRUE(answer.ends_with(base::format_wall(change.last()).substr(11))) << answer;
    EXPECT_EQ(moved_to(trip, {change.last(), {}}, change.zone), moved_span(change.begin));
    return;
  }
  EXPECT_NE(answer.find("happens twice"), std::string::npos) << answer;
  for (const auto offset : {change.before, change.after})
    EXPECT_EQ(moved_to(trip, {within, offset}, change.zone),
              moved_span(Instant(within.time_since_epoch() - offset)));
}

// The C library's letters, or its "+1030" as our pages say it.
std::string zone_text(SystemClock& clock, Instant when, const std::string& zone) {
  const std::string letters = clock.say("%Z", when, zone);
  if (letters[0] != '+' && letters[0] != '-') return letters;
  const std::string hours = std::to_string(std::stoi(letters.substr(1, 2)));
  const std::string rest = letters.size() > 3 ? ':' + letters.substr(3) : "";
  return (letters[0] == '+' ? "UTC+" : "UTC\u2212") + hours + rest;
}

struct Said {
  std::string day;     // "Sunday, 14 March 2027"
  std::string clocks;  // "1:00 AM PST – 5:00 AM PDT"
};

Said said_of(SystemClock& clock, const ZoneChange& change) {
  const auto day = [&](Instant when) { return clock.say("%A, %-d %B %Y", when, change.zone); };
  const auto hour = [&](Instant when) { return clock.say("%-I:%M %p", when, change.zone); };
  const Instant starts = starts_of(change);
  const Instant ends = ends_of(change);
  const std::string first = zone_text(clock, starts, change.zone);
  const std::string second = zone_text(clock, ends, change.zone);
  std::string clocks = hour(starts);
  if (first != second || day(starts) != day(ends)) clocks += ' ' + first;
  clocks += " \u2013 ";
  if (day(starts) != day(ends)) clocks += day(ends) + ", ";
  return {day(starts), clocks + hour(ends) + ' ' + second};
}

// One part of a mail, decoded: our composer is held against Python's reader elsewhere.
std::string part(const Mail& mail, const std::string& type) {
  const auto head = mail.message.find("Content-Type: " + type);
  const auto body = mail.message.find("\r\n\r\n", head) + 4;
  const std::string raw = mail.message.substr(body, mail.message.find("\r\n--", body) - body);
  std::string text;
  const bool in_base64 = mail.message.substr(head, body - head).find("base64") != std::string::npos;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (in_base64 && (raw[i] == '\r' || raw[i] == '\n')) continue;
    if (in_base64 || raw[i] != '=')
      text += raw[i];
    else if (raw[i + 1] == '\r')
      i += 2;
    else
      text += static_cast<char>(std::stoi(raw.substr(std::exchange(i, i + 2) + 1, 2), nullptr, 16));
  }
  return in_base64 ? base::base64_decoded(text).value_or("") : text;
}

void expect_says(const std::string& shown, const std::string& what, const char* place) {
  EXPECT_NE(shown.find(what), std::string::npos) << place << " does not say " << what;
}

void expect_event(const base::Result<std::string>& bytes, const ZoneChange& change,
                  const char* place) {
  ASSERT_TRUE(bytes) << place << ": " << bytes.error().message;
  const auto calendar = base::testing::read_calendar(*bytes);
  ASSERT_TRUE(calendar && calendar->events.size() == 1U) << place;
  EXPECT_EQ(calendar->errors, 0) << calendar->text;
  EXPECT_EQ(base::format_utc(calendar->events[0].starts), base::format_utc(starts_of(change)))
      << place;
  EXPECT_EQ(base::format_utc(calendar->events[0].ends), base::format_utc(ends_of(change)))
      << place << *bytes;
}

domain::CrewView crew_view(const domain::Charter& trip) {
  domain::CrewView view = testing::crew_view();
  view.starts = trip.starts;
  view.ends = trip.ends;
  return view;
}

std::string datetime(SystemClock& clock, const ZoneChange& change) {
  std::string text = clock.say("%Y-%m-%dT%H:%M:%S%z", starts_of(change), change.zone);
  return "datetime=\"" + text.insert(text.size() - 2, ":") + '"';
}

void expect_one_truth(SystemClock& clock, const ZoneChange& change, const domain::Charter& trip) {
  const domain::Tenant tenant = tenant_in(change.zone);
  const Said said = said_of(clock, change);
  const auto guest = domain::guest_mail_view(trip, tenant, "https://guest.example/g/x.html#k=abc");
  const domain::CrewMailView crew{crew_view(trip), "https://crew.example/c/t0ken"};
  for (const auto& [place, page] : {std::pair("the guest page", render_guest_page(guest.page)),
                                    std::pair("the crew page", render_crew_page(crew.page))}) {
    expect_says(page, datetime(clock, change), place);
    expect_says(page, '>' + said.day + "</time>", place);
    expect_says(page, said.clocks, place);
    expect_says(page, "3 hours", place);
  }
  for (const auto& [place, mail] :
       {std::pair("the guest's mail", write_guest_mail(guest, testing::mail_frame())),
        std::pair("the crew's mail", write_crew_mail(crew, testing::mail_frame()))}) {
    ASSERT_TRUE(mail) << place;
    expect_says(part(*mail, "text/plain"), said.day + ", " + said.clocks + " (3 hours)", place);
    expect_event(part(*mail, "text/calendar"), change, place);
  }
  expect_event(write_guest_calendar(guest.page, "https://guest.example/g/x.html",
                                    {"u@guest.example", 0, trip.booked_at}),
               change, "the guest's file");
}

// All trips of a zone in one feed, over one description of the zone.
void expect_feed(const std::vector<ZoneChange>& changes,
                 const std::vector<domain::CalendarEntry>& entries) {
  const auto feed = write_owner_calendar(entries, tenant_in(changes.front().zone));
  ASSERT_TRUE(feed);
  const auto calendar = base::testing::read_calendar(*feed);
  ASSERT_TRUE(calendar && calendar->events.size() == changes.size());
  EXPECT_EQ(calendar->errors, 0) << calendar->text;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    EXPECT_EQ(base::format_utc(calendar->events[i].starts),
              base::format_utc(starts_of(changes[i])));
    EXPECT_EQ(base::format_utc(calendar->events[i].ends), base::format_utc(ends_of(changes[i])));
  }
}

// Zones that change alike, and say so in the same letters, are shown alike: one of them is looked
// at. In the feed each zone is.
class Looks {
 public:
  bool first_at(SystemClock& clock, const ZoneChange& change) {
    return seen_.emplace(change.begin, change.before, change.after, said_of(clock, change).clocks)
        .second;
  }
  std::size_t count() const { return seen_.size(); }

 private:
  std::set<std::tuple<Instant, std::chrono::minutes, std::chrono::minutes, std::string>> seen_;
};

// The changes of one zone after another.
template <class Look>
void for_each_zone(SystemClock& clock, const Look& look) {
  std::size_t seen = 0;
  for (const std::string& zone : base::testing::zone_names()) {
    const auto changes =
        base::testing::zone_changes(clock, zone, domain::testing::utc("2000-01-01T00:00:00Z"),
                                    domain::testing::utc("2041-01-01T00:00:00Z"));
    SCOPED_TRACE(zone);
    look(changes);
    seen += changes.size();
    if (::testing::Test::HasFailure()) return;
  }
  EXPECT_GT(seen, 10'000U);
}

TEST(ZoneChanges, leave_a_trip_its_length_and_are_minded_by_a_move) {
  SystemClock clock;
  for_each_zone(clock, [](const std::vector<ZoneChange>& changes) {
    for (const ZoneChange& change : changes) {
      SCOPED_TRACE(base::format_utc(change.begin));
      const domain::Charter trip = trip_across(change);
      expect_exact_length(change, trip);
      expect_moves(change, trip);
    }
  });
}

TEST(ZoneChanges, are_shown_alike_by_pages_mails_and_files) {
  SystemClock clock;
  Looks looks;
  for_each_zone(clock, [&](const std::vector<ZoneChange>& changes) {
    for (const ZoneChange& change : changes) {
      SCOPED_TRACE(base::format_utc(change.begin));
      if (looks.first_at(clock, change)) expect_one_truth(clock, change, trip_across(change));
    }
  });
  EXPECT_GT(looks.count(), 1'000U);
}

TEST(ZoneChanges, of_each_zone_are_told_right_by_one_feed) {
  SystemClock clock;
  for_each_zone(clock, [](const std::vector<ZoneChange>& changes) {
    std::vector<domain::CalendarEntry> entries;
    for (const ZoneChange& change : changes) entries.push_back(entry_of(trip_across(change)));
    if (!changes.empty()) expect_feed(changes, entries);
  });
}

}  // namespace
}  // namespace app
