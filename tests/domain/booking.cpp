// What the tenant's own facts say against a booking, and when it starts and ends.
#include "domain/booking.h"

#include <functional>

#include <gtest/gtest.h>

#include "tests/domain/example.h"

namespace domain {
namespace {

using testing::example_booking;
using testing::example_tenant;
using testing::slot;
using testing::written;

using Fields = std::vector<std::string>;

Fields fields_of(const std::vector<base::Fault>& faults) {
  Fields fields;
  for (const base::Fault& fault : faults) fields.push_back(fault.field);
  return fields;
}

Fields refused_fields(const Booking& booking, AmountsInNotes amounts = AmountsInNotes::refused) {
  return fields_of(faults_of(booking, example_tenant(), amounts));
}

TEST(Booking, the_example_is_taken) {
  EXPECT_EQ(refused_fields(example_booking()), Fields{});
}

struct RefusedBooking {
  const char* why;
  std::function<void(Booking&)> spoil;
  Fields fields;
};

const std::vector<RefusedBooking> refused_bookings = {
    {"unknown vessel", [](Booking& b) { b.vessel = VesselId("nina"); }, {"vessel"}},
    {"an id is exact", [](Booking& b) { b.vessel = VesselId("JADA"); }, {"vessel"}},
    {"no vessel", [](Booking& b) { b.vessel = {}; }, {"vessel"}},
    {"13 guests on a boat for 12",
     [](Booking& b) { b.guest.party_size = 13; },
     {"guest.party_size"}},
    {"unknown person", [](Booking& b) { b.crew[1].member = MemberId("zoe"); }, {"crew[1].member"}},
    {"role not held", [](Booking& b) { b.crew[2].role = Role("captain"); }, {"crew[2].role"}},
    {"role nobody has", [](Booking& b) { b.crew[0].role = Role("cook"); }, {"crew[0].role"}},
    {"person twice", [](Booking& b) { b.crew[2] = b.crew[1]; }, {"crew[2].member"}},
    {"person twice, in two roles",
     [](Booking& b) { b.crew[1] = slot("ana", "crew"); },
     {"crew[1].member"}},
    {"money in the title", [](Booking& b) { b.title = "Sunset $840"; }, {"title"}},
    {"money in the crew's notes", [](Booking& b) { b.crew_notes = "gross 840"; }, {"crew_notes"}},
    {"money in the guest's notes", [](Booking& b) { b.guest_notes = "840 USD"; }, {"guest_notes"}},
    {"money in the guest's name", [](Booking& b) { b.guest.name = "Dana $20"; }, {"guest.name"}},
    {"all faults are told at once",
     [](Booking& b) {
       b.vessel = VesselId("nina");
       b.crew = {slot("zoe", "captain"), slot("ben", "captain")};
       b.crew_notes = "tip 20";
     },
     {"vessel", "crew[0].member", "crew[1].role", "crew_notes"}},
};

TEST(Booking, each_fault_names_its_field) {
  for (const RefusedBooking& one : refused_bookings) {
    Booking booking = example_booking();
    one.spoil(booking);
    EXPECT_EQ(refused_fields(booking), one.fields) << one.why;
  }
}

TEST(Booking, a_full_boat_and_an_unknown_party_are_taken) {
  Booking booking = example_booking();
  for (const int party_size : {0, 1, 12}) {
    booking.guest.party_size = party_size;
    EXPECT_EQ(refused_fields(booking), Fields{}) << party_size;
  }
}

TEST(Booking, the_owner_may_allow_amounts) {
  Booking booking = example_booking();
  booking.title = booking.crew_notes = booking.guest_notes = booking.guest.name = "$840";
  EXPECT_EQ(refused_fields(booking).size(), 4U);
  EXPECT_EQ(refused_fields(booking, AmountsInNotes::allowed), Fields{});
}

TEST(Booking, sixteen_can_crew_a_charter_and_no_more) {
  Tenant tenant = example_tenant();
  std::vector<Slot> crew;
  for (int i = 0; i < 17; ++i) {
    const MemberId member("hand-" + std::to_string(i));
    tenant.members.push_back({member, "Hand", "hand@crew.example", {Role("crew")}});
    crew.push_back({member, Role("crew")});
  }
  EXPECT_EQ(fields_of(faults_of_crew(crew, tenant)), Fields{"crew"});
  crew.pop_back();
  EXPECT_EQ(fields_of(faults_of_crew(crew, tenant)), Fields{});
}

Booking from_to(std::string_view starts, std::string_view ends) {
  Booking booking = example_booking();
  booking.starts_at = written(starts);
  booking.duration_minutes.reset();
  booking.ends_at = written(ends);
  return booking;
}

Booking from_for(std::string_view starts, int minutes) {
  Booking booking = example_booking();
  booking.starts_at = written(starts);
  booking.duration_minutes = minutes;
  return booking;
}

struct SpanCase {
  Booking booking;
  std::string_view starts;
  std::string_view ends;
};

// Lengths are real minutes: a night with a change of the clock ends at another wall time.
TEST(Booking, start_and_end_are_instants) {
  const SpanCase cases[] = {
      {from_for("2027-05-30T16:30", 180), "2027-05-30T16:30:00-07:00", "2027-05-30T19:30:00-07:00"},
      {from_for("2027-05-30T23:00", 120), "2027-05-30T23:00:00-07:00", "2027-05-31T01:00:00-07:00"},
      {from_for("2027-12-31T22:30", 180), "2027-12-31T22:30:00-08:00", "2028-01-01T01:30:00-08:00"},
      {from_for("2027-03-13T23:00", 300), "2027-03-13T23:00:00-08:00", "2027-03-14T05:00:00-07:00"},
      {from_for("2027-11-06T23:00", 300), "2027-11-06T23:00:00-07:00", "2027-11-07T03:00:00-08:00"},
      {from_for("2027-11-07T00:30", 60), "2027-11-07T00:30:00-07:00", "2027-11-07T01:30:00-07:00"},
      {from_for("2027-11-07T00:30", 120), "2027-11-07T00:30:00-07:00", "2027-11-07T01:30:00-08:00"},
      {from_to("2027-05-30T16:30", "2027-05-30T19:30-07:00"), "2027-05-30T16:30:00-07:00",
       "2027-05-30T19:30:00-07:00"},
      {from_to("2027-11-07T01:30-07:00", "2027-11-07T01:30-08:00"), "2027-11-07T01:30:00-07:00",
       "2027-11-07T01:30:00-08:00"},
      {from_to("2027-05-01T00:00", "2027-05-15T00:00"), "2027-05-01T00:00:00-07:00",
       "2027-05-15T00:00:00-07:00"},
  };
  for (const SpanCase& one : cases) {
    const auto span = span_of(one.booking, testing::zone);
    ASSERT_TRUE(span) << one.starts << ": " << span.error().message;
    EXPECT_EQ(base::format_offset_time(span->starts), one.starts);
    EXPECT_EQ(base::format_offset_time(span->ends), one.ends);
  }
}

struct RefusedSpan {
  Booking booking;
  std::string_view field;
  std::string_view said;
};

TEST(Booking, times_that_cannot_be_are_refused_by_field) {
  const RefusedSpan cases[] = {
      {from_to("2027-05-30T16:30", "2027-05-30T16:29"), "ends_at", "after starts_at"},
      {from_to("2027-05-30T16:30", "2027-05-30T16:30"), "ends_at", "after starts_at"},
      {from_to("2027-11-07T01:30-08:00", "2027-11-07T01:45-07:00"), "ends_at", "after starts_at"},
      {from_to("2027-05-01T00:00", "2027-05-15T00:01"), "ends_at", "14 days"},
      {from_for("2027-03-14T02:30", 60), "starts_at", "the next valid time is 03:00"},
      {from_to("2027-03-14T01:00", "2027-03-14T02:30"), "ends_at", "the next valid time is 03:00"},
      {from_for("2027-11-07T01:30", 60), "starts_at", "happens twice"},
      {from_to("2027-11-07T00:30", "2027-11-07T01:30"), "ends_at", "happens twice"},
      {from_for("2027-05-30T16:30-08:00", 60), "starts_at", "disagrees"},
      {from_for("2027-05-30T16:30Z", 60), "starts_at", "disagrees"},
      {from_to("2027-05-30T16:30", "2027-05-30T19:30+02:00"), "ends_at", "disagrees"},
  };
  for (const RefusedSpan& one : cases) {
    const auto span = span_of(one.booking, testing::zone);
    ASSERT_FALSE(span) << one.field << ' ' << one.said;
    EXPECT_EQ(span.error().kind, base::Kind::invalid);
    ASSERT_EQ(span.error().faults.size(), 1U);
    EXPECT_EQ(span.error().faults[0].field, one.field);
    EXPECT_NE(span.error().message.find(one.said), std::string::npos) << span.error().message;
  }
}

Tenant licensed_tenant(std::string_view ana_until) {
  Tenant tenant = example_tenant();
  tenant.call.roles[captain_role].needs = {"licence", "first-aid"};
  tenant.members[0].credentials = {{"first-aid", *base::parse_date("2029-01-31")},
                                   {"licence", *base::parse_date(ana_until)}};
  return tenant;
}

TEST(Credentials, are_good_for_the_whole_of_their_last_day) {
  const std::vector<Slot> crew = testing::example_crew();
  for (const auto& [until, ends, good] : {std::tuple("2027-05-30", "2027-05-30T19:30", true),
                                          std::tuple("2027-05-30", "2027-05-30T23:59", true),
                                          std::tuple("2027-05-30", "2027-05-31T00:00", true),
                                          std::tuple("2027-05-30", "2027-05-31T00:01", false),
                                          std::tuple("2027-05-29", "2027-05-30T19:30", false)}) {
    const auto faults = faults_of_credentials(crew, licensed_tenant(until), testing::moment(ends));
    EXPECT_EQ(faults.empty(), good) << until << ' ' << ends;
  }
}

TEST(Credentials, that_lack_are_told_by_name_and_day) {
  const base::Moment ends = testing::moment("2027-07-04T19:30");
  const std::vector<Slot> crew = {{{}, captain_role}, slot("ana", "captain")};
  auto faults = faults_of_credentials(crew, licensed_tenant("2027-06-30"), ends);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].field, "crew[1].member");
  EXPECT_EQ(faults[0].message, "Ana Reyes's licence lapses on 2027-06-30, before this trip ends");
  Tenant tenant = licensed_tenant("2029-06-30");
  tenant.members[0].credentials.erase(tenant.members[0].credentials.begin());
  faults = faults_of_credentials(crew, tenant, ends);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].message, "Ana Reyes has no first-aid on record");
}

TEST(Credentials, are_asked_of_the_role_that_needs_them_alone) {
  const base::Moment ends = testing::moment("2027-07-04T19:30");
  const Tenant tenant = licensed_tenant("2027-06-30");
  EXPECT_TRUE(
      faults_of_credentials({slot("ana", "crew"), slot("ben", "crew")}, tenant, ends).empty());
  EXPECT_FALSE(lack_of(slot("zoe", "captain"), tenant, ends)) << "told as nobody, elsewhere";
}

}  // namespace
}  // namespace domain
