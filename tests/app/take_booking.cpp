// One message becomes a charter with all that follows from it, or nothing at all.
#include "app/take_booking.h"

#include <set>
#include <thread>

#include "app/books_record.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

using Change = std::function<void(BookingRequest&)>;

class TakeBookingTest : public VerbTest {
 protected:
  std::string settlement(const domain::Charter& charter) {
    const auto stored = owner().get(settlement_place(charter.id)).value();
    return stored ? stored->body : "none";
  }
};

BookingRequest with(const Change& change) {
  BookingRequest request = booking_request();
  change(request);
  return request;
}

}  // namespace

TEST_F(TakeBookingTest, writes_everything_in_one_commit) {
  const domain::Charter charter = booked();
  const Lines expected = {
      "check jada/tenant tenant 1",
      "check owner: jada/tenant rates 1",
      "put @due 2027-05-22T15:33:20Z/{id}.crew_call.1 0",
      "put @due 2027-05-22T15:33:20Z/{id}.guest_mail.1 0",
      "put @due 2027-05-22T15:33:20Z/{id}.guest_page.1 0",
      "put @due 2027-05-23T15:33:20Z/{id}.reminders.1 0",
      "put jada/calendar/2027-05 2027-05-30T23:30:00Z/{id} 0",
      "put jada/charter/{id} audit 0",
      "put jada/charter/{id} charter 0",
      "put jada/charter/{id} job/{id}.crew_call.1 0",
      "put jada/charter/{id} job/{id}.guest_mail.1 0",
      "put jada/charter/{id} job/{id}.guest_page.1 0",
      "put jada/charter/{id} job/{id}.reminders.1 0",
      "put jada/page/XHQGMDH page 0",
      "put jada/page/boatsetter-may-30 page 0",
      "put jada/person/ana 2027-05 0",
      "put jada/person/ana latest 0",
      "put jada/person/ben 2027-05 0",
      "put jada/person/ben latest 0",
      "put jada/person/cleo 2027-05 0",
      "put jada/person/cleo latest 0",
      "put jada/reference/boatsetter/XHQGMDH reference 0",
      "put jada/vessel/jada 2027-05 0",
      "put jada/vessel/jada latest 0",
      "put owner: jada/charter/{id} audit 0",
      "put owner: jada/charter/{id} intake 0",
      "put owner: jada/charter/{id} settlement 0",
  };
  EXPECT_EQ(written_at_once(charter.id.text()), expected);
}

TEST_F(TakeBookingTest, the_charter_says_what_the_booking_said) {
  const domain::Charter charter = booked();
  EXPECT_EQ(charter.revision, 1U);
  EXPECT_EQ(charter.slug.text(), "boatsetter-may-30");
  EXPECT_EQ(charter.title, "Boatsetter charter for Dana");
  EXPECT_EQ(base::format_offset_time(charter.starts), "2027-05-30T16:30:00-07:00");
  EXPECT_EQ(base::format_offset_time(charter.ends), "2027-05-30T19:30:00-07:00");
  EXPECT_EQ(charter.dock, "Harbor Island, west dock");
  EXPECT_EQ(charter.guest.party_size, 6);
  EXPECT_EQ(charter.crew, booking_request().booking.crew);
  EXPECT_EQ(charter.checklist.size(), 3U);
  EXPECT_EQ(charter.booked_at, clock.now());
}

TEST_F(TakeBookingTest, settles_to_the_cent_in_each_form_of_the_captains_fee) {
  const std::string ana = R"({"kind":"pay","role":"captain","member":"ana","hours":"3",)";
  const std::string others =
      R"({"kind":"pay","role":"crew","member":"ben","hours":"5","rate":"25.00","amount":"125.00"},)"
      R"({"kind":"pay","role":"crew","member":"cleo","hours":"5","rate":"25.00",)"
      R"("amount":"125.00"},)"
      R"({"kind":"fee","name":"port_tax","percent":"18","amount":"151.34"}],)";
  const std::string paid = R"("rate":"50.00","amount":"150.00"},)";
  const std::string paid_elsewhere = R"("rate":"50.00","amount":"0.00","paid_by":"channel"},)";
  const std::vector<std::pair<domain::CaptainFee, std::string>> cases = {
      {domain::CaptainFee::operator_, ana + paid + others + R"("net":"289.41","revision":1})"},
      {domain::CaptainFee::channel,
       ana + paid_elsewhere + others + R"("net":"439.41","revision":1})"},
      {domain::CaptainFee::unverified,
       ana + paid + others + R"("net":"289.41","net_if_channel_pays":"439.41","revision":1})"}};
  int day = 10;
  for (const auto& [fee, lines] : cases) {
    BookingRequest request = booking_request();
    request.booking.reference = "R" + std::to_string(day);
    request.booking.starts_at = written("2027-06-" + std::to_string(day++) + "T16:30");
    request.captain_fee = fee;
    EXPECT_EQ(settlement(booked(request)),
              R"({"gross":"840.75","currency":"USD","lines":[)" + lines);
  }
}

TEST_F(TakeBookingTest, refuses_with_the_field_and_leaves_nothing) {
  struct Case {
    std::string field;
    Change change;
  };
  const std::vector<Case> cases = {
      {"vessel", [](auto& r) { r.booking.vessel = domain::VesselId("raft"); }},
      {"crew[1].member", [](auto& r) { r.booking.crew[1] = slot("zoe", "crew"); }},
      {"crew[2].role", [](auto& r) { r.booking.crew[2] = slot("cleo", "captain"); }},
      {"crew[2].member", [](auto& r) { r.booking.crew[2] = slot("ben", "crew"); }},
      {"crew", [](auto& r) { r.booking.crew.assign(17, slot("ana", "captain")); }},
      {"guest.party_size", [](auto& r) { r.booking.guest.party_size = 13; }},
      {"ends_at",
       [](auto& r) {
         r.booking.duration_minutes.reset();
         r.booking.ends_at = written("2027-05-30T16:30");
       }},
      {"ends_at",
       [](auto& r) {
         r.booking.duration_minutes.reset();
         r.booking.ends_at = written("2027-06-30T16:30");
       }},
      {"starts_at", [](auto& r) { r.booking.starts_at = written("2028-03-12T02:30"); }},
      {"starts_at", [](auto& r) { r.booking.starts_at = written("2027-11-07T01:30"); }},
      {"starts_at", [](auto& r) { r.booking.starts_at = written("2027-05-30T16:30+02:00"); }},
      {"gross", [](auto& r) { r.gross = "840.755"; }},
      {"gross", [](auto& r) { r.gross = "-840.75"; }},
      {"gross", [](auto& r) { r.gross = "much"; }},
      {"crew_notes", [](auto& r) { r.booking.crew_notes = "Gross is $840.75"; }},
      {"guest_notes", [](auto& r) { r.booking.guest_notes = "Pay 200 USD at the dock"; }},
      {"title", [](auto& r) { r.booking.title = "The $840 one"; }},
      {"guest.name", [](auto& r) { r.booking.guest.name = "Dana $840"; }},
  };
  for (const Case& one : cases)
    EXPECT_TRUE(refuses([&] { return take(with(one.change)); }, Kind::invalid, one.field))
        << one.field;
}

TEST_F(TakeBookingTest, amounts_pass_when_the_owner_says_so_and_that_is_on_record) {
  BookingRequest request = booking_request();
  request.booking.crew_notes = "Cash bar, $5 a drink";
  request.amounts = domain::AmountsInNotes::allowed;
  const domain::Charter charter = booked(request);
  EXPECT_EQ(charter.crew_notes, "Cash bar, $5 a drink");
  int told = 0;
  for (const std::string& line : dump())
    if (line.starts_with("operations ") && line.find(" audit/") != std::string::npos &&
        line.find(R"("amounts_allowed":true)") != std::string::npos)
      ++told;
  EXPECT_EQ(told, 1);
}

TEST_F(TakeBookingTest, a_reference_is_booked_once) {
  const domain::Charter first = booked();
  BookingRequest again = booking_request();
  again.booking.starts_at = written("2027-06-12T16:30");
  EXPECT_TRUE(refuses([&] { return take(again); }, Kind::conflict, "reference"));
  EXPECT_NE(take(again).error().message.find(first.id.text()), std::string::npos);
  again.booking.channel = domain::Channel("getmyboat");
  EXPECT_TRUE(take(again)) << "another channel's references are its own";
}

TEST_F(TakeBookingTest, a_vessel_is_in_one_place_at_a_time) {
  struct Case {
    std::string what;
    std::string first;  // two hours each
    std::string second;
    bool fits;
  };
  const std::vector<Case> cases = {
      {"the same time", "2027-06-01T10:00", "2027-06-01T10:00", false},
      {"a minute of overlap", "2027-06-03T10:00", "2027-06-03T11:59", false},
      {"touching ends, but no turnaround", "2027-06-05T10:00", "2027-06-05T12:00", false},
      {"a minute short of the turnaround", "2027-06-07T10:00", "2027-06-07T12:59", false},
      {"the turnaround to the minute", "2027-06-09T10:00", "2027-06-09T13:00", true},
      {"the turnaround before", "2027-06-11T13:00", "2027-06-11T10:00", true},
      {"across midnight", "2027-06-13T23:00", "2027-06-14T00:30", false},
      {"across the month's end", "2027-06-30T23:00", "2027-07-01T01:30", false},
      {"across the month's end of UTC", "2027-07-31T15:30", "2027-07-31T17:45", false},
      {"before the month's end of UTC", "2027-08-31T17:10", "2027-08-31T14:30", false},
      {"across the year's end", "2027-12-31T23:00", "2028-01-01T01:59", false},
      {"over the hour that autumn has twice", "2027-11-07T00:30", "2027-11-07T02:00", false},
      {"after the hour that autumn has twice", "2028-11-05T00:30", "2028-11-05T02:30", true},
      {"over the hour that spring lacks", "2028-03-12T00:30", "2028-03-12T04:29", false},
      {"after the hour that spring lacks", "2029-03-11T00:30", "2029-03-11T04:30", true},
  };
  for (const Case& one : cases) {
    ASSERT_TRUE(take(plain_request(one.first))) << one.what;
    const auto again = [&] { return take(plain_request(one.second)); };
    if (one.fits) {
      EXPECT_TRUE(again()) << one.what;
    } else {
      EXPECT_TRUE(refuses(again, Kind::conflict, "vessel")) << one.what;
    }
  }
}

TEST_F(TakeBookingTest, a_person_is_on_one_boat_at_a_time) {
  ASSERT_TRUE(take(booking_request()));
  BookingRequest other = plain_request("2027-05-30T18:00", "skiff");
  other.booking.crew = {slot("dora", "crew"), slot("ben", "crew")};
  EXPECT_TRUE(refuses([&] { return take(other); }, Kind::conflict, "crew[1].member"));
  other.booking.starts_at = written("2027-05-30T19:30");
  EXPECT_TRUE(take(other)) << "people need no turnaround";
}

TEST_F(TakeBookingTest, names_each_page_of_a_day) {
  EXPECT_EQ(booked(plain_request("2027-07-04T08:00")).slug.text(), "direct-jul-4");
  EXPECT_EQ(booked(plain_request("2027-07-04T12:00")).slug.text(), "direct-jul-4-2");
  EXPECT_EQ(booked(plain_request("2027-07-04T16:00")).slug.text(), "direct-jul-4-3");
  EXPECT_EQ(booked(plain_request("2028-07-04T16:00")).slug.text(), "direct-jul-4-4");
}

TEST_F(TakeBookingTest, a_trip_that_is_over_is_told_to_nobody) {
  BookingRequest request = booking_request();
  request.booking.starts_at = written("2027-05-20T16:30");
  const domain::Charter charter = booked(request);
  Lines jobs;
  for (const domain::Job& job : value_of(jobs_of(operations(), charter.id)))
    jobs.emplace_back(domain::name_of(job.kind));
  EXPECT_EQ(jobs, Lines{"guest_page"});
}

TEST_F(TakeBookingTest, sixteen_people_across_a_months_end_are_one_commit) {
  TenantFile file = tenant_file();
  std::vector<domain::Slot> crew;
  for (char letter = 'a'; crew.size() < domain::crew_per_charter_max; ++letter) {
    const std::string id = std::string("hand-") + letter;
    file.tenant.members.push_back(
        {domain::MemberId(id), "Hand " + id, id + "@crew.example", {domain::Role("crew")}});
    crew.push_back(slot(id, "crew"));
  }
  ASSERT_TRUE(apply_tenant(installation, world, file));
  forget_commits();
  BookingRequest request = booking_request();
  request.booking.starts_at = written("2027-06-20T16:30");
  request.booking.duration_minutes = domain::duration_minutes_max;
  request.booking.crew = crew;
  request.call = CallKey{"POST /bookings", "3f2a", "once", "digest"};
  const domain::Charter charter = booked(request);
  EXPECT_EQ(charter.crew, crew);
  ASSERT_EQ(commits().size(), 1U);
  EXPECT_GT(commits().front().size(), 2 * domain::crew_per_charter_max);
}

TEST_F(TakeBookingTest, of_many_bookings_of_one_slot_one_is_taken) {
  std::atomic<int> taken = 0;
  std::atomic<int> busy = 0;
  std::vector<std::thread> clients;
  for (int i = 0; i < 12; ++i)
    clients.emplace_back([&, i] {
      BookingRequest request = booking_request();
      request.booking.reference = "R" + std::to_string(i);
      const auto answer = take(request);
      if (answer)
        ++taken;
      else if (answer.error().kind == Kind::conflict && answer.error().code == "busy")
        ++busy;
    });
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(taken, 1);
  EXPECT_EQ(busy, 11);
  EXPECT_EQ(commits().size(), 1U);
}

}  // namespace app::testing
