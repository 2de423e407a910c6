// The trip that the tests of pages, mails and calendars show, once plain and once hostile.
#pragma once

#include "base/time.h"

#include "domain/views.h"

#include "app/mail.h"

namespace app::testing {

inline base::Moment moment(const char* written, const std::string& zone) {
  return base::resolve(base::parse_written_time(written).value(), zone).value();
}

inline domain::GuestView guest_view() {
  domain::GuestView view;
  view.operator_name = "JADA Charters";
  view.guest_first_name = "Dana";
  view.boat = "JADA";
  view.boat_description = "65-foot sailing yacht, built 1938";
  view.place = {"Harbor Island, west dock", 32.7252, -117.2050};
  view.starts = moment("2027-05-30T16:30", "America/Los_Angeles");
  view.ends = moment("2027-05-30T19:30", "America/Los_Angeles");
  view.bring = {"Soft-soled shoes", "A jacket"};
  view.arrival_note = "Gate opens 20 minutes before";
  view.slug = "boatsetter-may-30";
  view.uploads_close = moment("2027-05-31T19:30", "America/Los_Angeles");
  return view;
}

inline domain::GuestMailView guest_mail_view() {
  return {guest_view(),
          "Dana Whitfield",
          6,
          "+1 619 555 0100",
          "Cake is on board.\nBring candles.",
          "https://queenofsandiego.example/g/boatsetter-may-30.html#k=abc123"};
}

// A caution for its gusts, seen at 8:40 on the morning of the trip.
inline domain::WeatherView weather_view() {
  const auto at = [](const char* wall) { return moment(wall, "America/Los_Angeles").utc; };
  using domain::TideTurn;
  domain::WeatherView view;
  view.zone = "America/Los_Angeles";
  view.trip = {at("2027-05-30T16:30"), at("2027-05-30T19:30")};
  view.sun = {{at("2027-05-30T05:41"), at("2027-05-30T19:52")}};
  view.state = domain::WeatherView::State::known;
  view.source = "National Weather Service";
  view.issued_at = at("2027-05-30T08:05");
  view.got_at = at("2027-05-30T08:40");
  view.age = std::chrono::minutes(35);
  view.judgement = domain::Judgement{
      domain::Verdict::caution,
      {{domain::Measure::gusts, domain::Verdict::caution, 24, 22, at("2027-05-30T18:00")}},
      {domain::Measure::visibility}};
  view.wind_from_degrees = 265;
  view.least_wind_knots = {9.7, at("2027-05-30T16:00")};
  view.wind_knots = {13.2, at("2027-05-30T18:00")};
  view.gust_knots = {24, at("2027-05-30T18:00")};
  view.wave_metres = {0.91, at("2027-05-30T17:00")};
  view.swell_metres = {1.2, at("2027-05-30T17:00")};
  view.precipitation_percent = {15, at("2027-05-30T19:00")};
  view.tide_source = "NOAA CO-OPS";
  view.tide_station = "San Diego";
  view.tides = {{at("2027-05-30T16:10"), TideTurn::Kind::high, 1.6},
                {at("2027-05-30T22:32"), TideTurn::Kind::low, -0.1}};
  return view;
}

inline domain::CrewView crew_view() {
  domain::CrewView view;
  view.operator_name = "JADA Charters";
  view.charter = "jada.7k3m2q";
  view.title = "Boatsetter, Dana";
  view.boat = "JADA";
  view.place = {"Harbor Island, west dock", 32.7252, -117.2050};
  view.starts = moment("2027-05-30T16:30", "America/Los_Angeles");
  view.ends = moment("2027-05-30T19:30", "America/Los_Angeles");
  view.party_size = 6;
  view.guest_first_name = "Dana";
  view.crew_notes = "Guests bring their own food\nIce is in the lazarette";
  view.reader_name = "Ana Reyes";
  view.reader_role = "captain";
  view.crew = {{"Ana Reyes", "captain", domain::Answer::none, true},
               {"Ben Ito", "crew", domain::Answer::yes, false},
               {"Cleo Marsh", "crew", domain::Answer::no, false}};
  view.departure = {{"d1", "Life jackets counted", true, "Ben Ito", "15:52"},
                    {"d2", "VHF radio check", false, "", ""},
                    {"d3", "Fuel and bilge", false, "", ""}};
  view.return_items = {{"r1", "Lines and fenders", false, "", ""},
                       {"r2", "Heads and galley", false, "", ""},
                       {"r3", "Lost property", false, "", ""}};
  return view;
}

inline domain::CrewMailView crew_mail_view() {
  return {crew_view(), "https://shipcaptaincrew.example/c/t0ken7k3m2q"};
}

inline MailFrame mail_frame() {
  MailFrame frame;
  frame.message_id = "<jada.7k3m2q.crew_mail.1@shipcaptaincrew.example>";
  frame.fairlead_id = "jada.7k3m2q.crew_mail.1";
  frame.date = base::parse_utc("2027-05-01T09:00:00Z").value();
  frame.from = "JADA Charters <bookings@sailjada.example>";
  frame.reply_to = "owner@sailjada.example";
  frame.to_name = "Ana Reyes";
  frame.to_address = "ana@crew.example";
  frame.uid = "jada.7k3m2q@queenofsandiego.example";
  frame.sequence = 1;
  return frame;
}

}  // namespace app::testing
