// The calendar composer, re-read by libical.
#include "base/icalendar.h"

#include <gtest/gtest.h>

#include "tests/base/ical_reader.h"

namespace base::ical {
namespace {

Text text(std::string_view value) {
  return Text::from(value).value();
}

Moment moment(std::string_view written, const std::string& zone) {
  return resolve(parse_written_time(written).value(), zone).value();
}

Event event_at(std::string_view starts, std::string_view ends, const std::string& zone) {
  Event event;
  event.uid = text("one@host.example");
  event.stamp = parse_utc("2027-01-02T03:04:05Z").value();
  event.starts = moment(starts, zone);
  event.ends = moment(ends, zone);
  event.summary = text("A trip");
  return event;
}

Event plain_event() {
  return event_at("2027-05-30T16:30", "2027-05-30T19:30", "America/Los_Angeles");
}

std::string written(std::vector<Event> events, Method method = Method::none) {
  Calendar calendar;
  calendar.method = method;
  calendar.events = std::move(events);
  const auto bytes = write(calendar);
  EXPECT_TRUE(bytes) << bytes.error().message;
  return bytes ? *bytes : "";
}

testing::ReadCalendar read(const std::string& bytes) {
  const auto calendar = testing::read_calendar(bytes);
  EXPECT_TRUE(calendar) << bytes;
  if (!calendar) return {};
  EXPECT_EQ(calendar->errors, 0) << calendar->text;
  return *calendar;
}

TEST(Icalendar, says_what_it_was_told) {
  Event event = plain_event();
  event.sequence = 3;
  event.summary = text("JADA – a; b, c \\ d");
  event.location = text("Harbor Island, west dock");
  event.description = text("First line\nSecond: line; \"quoted\"");
  event.position = Position{32.7252, -117.2050};
  event.url = Uri::from("https://host.example/g/one.html").value();
  event.organizer = Person{text("JADA \"the\" Charters; Inc: x"), "ops@host.example"};
  event.attendee = Person{text("Ana Reyes"), "ana@crew.example"};
  const std::string bytes = written({event}, Method::request);
  const auto calendar = read(bytes);
  EXPECT_EQ(calendar.method, "REQUEST");
  ASSERT_EQ(calendar.events.size(), 1U);
  const auto& got = calendar.events[0];
  EXPECT_EQ(got.uid, "one@host.example");
  EXPECT_EQ(got.sequence, 3);
  EXPECT_EQ(got.summary, event.summary.value());
  EXPECT_EQ(got.location, event.location.value());
  EXPECT_EQ(got.description, event.description.value());
  EXPECT_EQ(got.url, "https://host.example/g/one.html");
  EXPECT_EQ(got.status, "CONFIRMED");
  EXPECT_EQ(got.organizer, "mailto:ops@host.example");
  EXPECT_EQ(got.attendee, "mailto:ana@crew.example");
  EXPECT_EQ(got.attendee_name, "Ana Reyes");
  EXPECT_NE(bytes.find("GEO:32.725200;-117.205000\r\n"), std::string::npos);
}

Event called_off() {
  Event event = plain_event();
  event.sequence = 4;
  event.status = Status::cancelled;
  event.organizer = Person{text("JADA Charters"), "ops@host.example"};
  event.attendee = Person{text("Ana Reyes"), "ana@crew.example"};
  return event;
}

TEST(Icalendar, a_cancel_takes_back_what_a_request_asked) {
  Event asked = called_off();
  asked.status = Status::confirmed;
  asked.sequence = 3;
  const auto request = read(written({asked}, Method::request)).events.at(0);
  const auto calendar = read(written({called_off()}, Method::cancel));
  EXPECT_EQ(calendar.method, "CANCEL");
  ASSERT_EQ(calendar.events.size(), 1U);
  const auto& cancel = calendar.events[0];
  EXPECT_EQ(cancel.uid, request.uid);
  EXPECT_GT(cancel.sequence, request.sequence);
  EXPECT_EQ(cancel.status, "CANCELLED");
  EXPECT_EQ(cancel.organizer, request.organizer);
  EXPECT_EQ(cancel.attendee, request.attendee);
  EXPECT_EQ(cancel.starts, request.starts);
}

TEST(Icalendar, what_is_cancelled_takes_no_time) {
  EXPECT_NE(written({called_off()}).find("\r\nTRANSP:TRANSPARENT\r\n"), std::string::npos);
  EXPECT_NE(written({plain_event()}).find("\r\nTRANSP:OPAQUE\r\n"), std::string::npos);
}

TEST(Icalendar, a_method_has_its_people_and_its_status) {
  const auto refused = [](Event event, Method method) {
    Calendar calendar;
    calendar.method = method;
    calendar.events.push_back(std::move(event));
    return !write(calendar);
  };
  EXPECT_FALSE(refused(called_off(), Method::cancel));
  EXPECT_TRUE(refused(called_off(), Method::request)) << "of what is cancelled";
  Event on = called_off();
  on.status = Status::confirmed;
  EXPECT_TRUE(refused(on, Method::cancel)) << "of what is not";
  for (const auto person : {&Event::organizer, &Event::attendee}) {
    Event alone = called_off();
    alone.*person = std::nullopt;
    EXPECT_TRUE(refused(alone, Method::cancel));
  }
}

struct ZoneCase {
  const char* zone;
  const char* starts;
  const char* ends;
};

// Before, across and after each change of the clock, in both hemispheres, with odd offsets and with
// none.
TEST(Icalendar, times_agree_with_the_zone_rules) {
  const ZoneCase cases[] = {
      {"America/Los_Angeles", "2027-05-30T16:30", "2027-05-30T19:30"},
      {"America/Los_Angeles", "2027-03-13T23:00", "2027-03-14T04:00"},
      {"America/Los_Angeles", "2027-03-14T03:00", "2027-03-14T05:00"},
      {"America/Los_Angeles", "2027-11-06T22:00", "2027-11-07T03:00"},
      {"America/Los_Angeles", "2027-11-07T00:59", "2027-11-07T02:00"},
      {"America/Los_Angeles", "2027-12-31T22:00", "2028-01-01T02:00"},
      {"Europe/Berlin", "2027-03-28T01:30", "2027-03-28T03:30"},
      {"Europe/Berlin", "2027-10-30T22:00", "2027-10-31T04:00"},
      {"Europe/Berlin", "2027-01-01T00:00", "2027-01-01T01:00"},
      {"Australia/Lord_Howe", "2027-04-03T23:00", "2027-04-04T05:00"},
      {"Australia/Lord_Howe", "2027-10-03T01:30", "2027-10-03T03:00"},
      {"Australia/Lord_Howe", "2027-12-31T20:00", "2028-01-01T01:00"},
      {"Asia/Kolkata", "2027-05-30T16:30", "2027-05-30T19:30"},
      {"America/St_Johns", "2027-07-01T10:00", "2027-07-01T11:15"},
      {"Pacific/Apia", "2027-07-01T10:00", "2027-07-01T11:15"},
      {"UTC", "2027-05-30T16:30", "2027-05-30T19:30"},
  };
  for (const ZoneCase& one : cases) {
    const Event event = event_at(one.starts, one.ends, one.zone);
    const auto calendar = read(written({event}));
    ASSERT_EQ(calendar.zones, std::vector<std::string>{one.zone});
    ASSERT_EQ(calendar.events.size(), 1U);
    EXPECT_EQ(format_utc(calendar.events[0].starts), format_utc(event.starts.utc))
        << one.zone << ' ' << one.starts;
    EXPECT_EQ(format_utc(calendar.events[0].ends), format_utc(event.ends.utc))
        << one.zone << ' ' << one.ends;
  }
}

// RFC 5545 §3.3.5 reads such a local time as the first of the two, libical as the second. UTC
// leaves nothing to read.
TEST(Icalendar, the_hour_that_happens_twice_is_written_in_utc) {
  const ZoneCase cases[] = {
      {"America/Los_Angeles", "2027-11-07T01:30-07:00", "2027-11-07T03:30"},
      {"America/Los_Angeles", "2027-11-07T01:30-08:00", "2027-11-07T03:30"},
      {"America/Los_Angeles", "2027-11-07T01:00-07:00", "2027-11-07T01:59-08:00"},
      {"America/Los_Angeles", "2027-11-06T22:00", "2027-11-07T01:00-07:00"},
      {"America/Los_Angeles", "2027-11-06T22:00", "2027-11-07T01:00-08:00"},
      {"Europe/Berlin", "2027-10-31T02:15+02:00", "2027-10-31T02:15+01:00"},
      {"Australia/Lord_Howe", "2027-04-04T01:45+11:00", "2027-04-04T05:00"},
      {"Australia/Lord_Howe", "2027-04-04T01:45+10:30", "2027-04-04T05:00"},
  };
  for (const ZoneCase& one : cases) {
    const Event event = event_at(one.starts, one.ends, one.zone);
    const std::string bytes = written({event});
    EXPECT_NE(bytes.find("\r\nDTSTART:" + format_utc_compact(event.starts.utc) + "\r\n"),
              std::string::npos)
        << bytes;
    EXPECT_NE(bytes.find("\r\nDTEND:" + format_utc_compact(event.ends.utc) + "\r\n"),
              std::string::npos)
        << bytes;
    const auto calendar = read(bytes);
    EXPECT_TRUE(calendar.zones.empty()) << "a zone that nothing refers to";
    ASSERT_EQ(calendar.events.size(), 1U);
    EXPECT_EQ(format_utc(calendar.events[0].starts), format_utc(event.starts.utc)) << one.starts;
    EXPECT_EQ(format_utc(calendar.events[0].ends), format_utc(event.ends.utc)) << one.ends;
  }
}

TEST(Icalendar, one_zone_each_however_many_events) {
  Event far_away = event_at("2031-06-01T10:00", "2031-06-01T12:00", "Europe/Berlin");
  Event winter = event_at("2027-12-01T10:00", "2027-12-01T12:00", "Europe/Berlin");
  const auto calendar = read(written({plain_event(), far_away, winter}));
  EXPECT_EQ(calendar.zones, (std::vector<std::string>{"America/Los_Angeles", "Europe/Berlin"}));
  ASSERT_EQ(calendar.events.size(), 3U);
  EXPECT_EQ(calendar.events[1].starts, far_away.starts.utc);
  EXPECT_EQ(calendar.events[2].starts, winter.starts.utc);
}

TEST(Icalendar, lines_fold_between_characters_and_end_with_crlf) {
  Event event = plain_event();
  std::string long_text;
  for (int i = 0; i < 200; ++i) long_text += i % 3 == 0 ? "ä" : i % 3 == 1 ? "⛵" : "🐬,";
  event.summary = text(long_text);
  const std::string bytes = written({event});
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto end = bytes.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    const std::string_view line = std::string_view(bytes).substr(at, end - at);
    EXPECT_LE(line.size(), 75U);
    EXPECT_EQ(line.find_first_of("\r\n"), std::string_view::npos);
    EXPECT_NE(static_cast<unsigned char>(line.substr(line.starts_with(' '))[0]) & 0xC0, 0x80);
    at = end + 2;
  }
  EXPECT_EQ(read(bytes).events.at(0).summary, long_text);
}

TEST(Icalendar, text_refuses_what_breaks_lines) {
  for (const std::string& bad :
       {std::string("a\rb"), std::string("a\0b", 3), std::string("a\x07"), std::string("a\x7F"),
        std::string("a\xE2\x80\xA8z"), std::string("\xFF"), std::string("\xC2\x85")})
    EXPECT_FALSE(Text::from(bad)) << bad;
  EXPECT_EQ(text("a\r\nb").value(), "a\nb");
  EXPECT_EQ(text("\xE2\x80\xAE<script>").value(), "\xE2\x80\xAE<script>");
}

TEST(Icalendar, an_injected_line_stays_text) {
  Event event = plain_event();
  event.summary = text("x\r\nEND:VEVENT\nATTENDEE:mailto:evil@host.example");
  const auto calendar = read(written({event}));
  ASSERT_EQ(calendar.events.size(), 1U);
  EXPECT_EQ(calendar.events[0].attendee, "");
  EXPECT_EQ(calendar.events[0].summary, "x\nEND:VEVENT\nATTENDEE:mailto:evil@host.example");
}

TEST(Icalendar, refuses_events_that_cannot_be) {
  const auto refused = [](const Event& event) {
    Calendar calendar;
    calendar.events = {event};
    return !write(calendar);
  };
  Event without_uid = plain_event();
  without_uid.uid = {};
  Event backwards = plain_event();
  std::swap(backwards.starts, backwards.ends);
  Event nowhere = plain_event();
  nowhere.starts.zone = "Mars/Olympus\r\nX:1";
  Event bad_person = plain_event();
  bad_person.attendee = Person{{}, "ana@crew.example\r\nX: 1"};
  for (const Event* event : {&without_uid, &backwards, &nowhere, &bad_person})
    EXPECT_TRUE(refused(*event));
  Calendar request;
  request.method = Method::request;
  request.events = {plain_event()};
  EXPECT_FALSE(write(request));
  for (const std::string_view address :
       {"javascript:alert(1)", "ftp://x.example", "https://a b", "https://a\r\nX:1", "//x", ""})
    EXPECT_FALSE(Uri::from(address)) << address;
}

TEST(Icalendar, an_empty_feed_is_a_calendar) {
  Calendar calendar;
  calendar.name = text("JADA Charters");
  calendar.refresh = minutes{15};
  const std::string bytes = write(calendar).value();
  EXPECT_NE(bytes.find("X-WR-CALNAME:JADA Charters\r\n"), std::string::npos);
  EXPECT_NE(bytes.find("REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n"), std::string::npos);
  EXPECT_NE(bytes.find("X-PUBLISHED-TTL:PT15M\r\n"), std::string::npos);
  EXPECT_TRUE(testing::read_calendar(bytes));
}

}  // namespace
}  // namespace base::ical
