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
