// The crew's way to a charter: a new one without a page, or more people on one that exists.
#include "app/make_event.h"

#include <thread>

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;

namespace {

class MakeEventTest : public VerbTest {};

}  // namespace

TEST_F(MakeEventTest, a_new_event_is_a_direct_charter_without_a_page) {
  const auto answer = make(event_request("2027-06-01T10:00"));
  ASSERT_TRUE(answer);
  const Lines expected = {
      "check jada/tenant tenant 1",
      "put @due 2027-05-22T15:33:20Z/{id}.crew_call.1 0",
      "put @due 2027-05-22T15:33:20Z/{id}.settle.1 0",
      "put @due 2027-05-23T15:33:20Z/{id}.reminders.1 0",
      "put jada/calendar/2027-06 2027-06-01T17:00:00Z/{id} 0",
      "put jada/charter/{id} audit 0",
      "put jada/charter/{id} charter 0",
      "put jada/charter/{id} job/{id}.crew_call.1 0",
      "put jada/charter/{id} job/{id}.reminders.1 0",
      "put jada/charter/{id} job/{id}.settle.1 0",
      "put jada/person/ana 2027-06 0",
      "put jada/person/ana latest 0",
      "put jada/vessel/jada 2027-06 0",
      "put jada/vessel/jada latest 0",
  };
  EXPECT_EQ(written_at_once(answer->body), expected);
  EXPECT_FALSE(charter(answer->body).has_guest_page());
  EXPECT_EQ(charter(answer->body).title, "Sunset sail");
}

TEST_F(MakeEventTest, puts_one_more_on_a_trip_and_lets_those_aboard_be) {
  const domain::Charter before = booked();
  forget_commits();
  ASSERT_TRUE(crew_with(before.id, slot("dora", "host")));
  const Lines expected = {
      "check jada/tenant tenant 1",
      "put @due 2027-05-22T15:33:20Z/{id}.crew_call.2 0",
      "put @due 2027-05-22T15:33:20Z/{id}.settle.2 0",
      "put jada/charter/{id} audit 0",
      "put jada/charter/{id} charter 1",
      "put jada/charter/{id} job/{id}.crew_call.2 0",
      "put jada/charter/{id} job/{id}.settle.2 0",
      "put jada/person/dora 2027-05 0",
      "put jada/person/dora latest 0",
  };
  EXPECT_EQ(written_at_once(before.id.text()), expected);
  const domain::Charter after = charter(before.id.text());
  EXPECT_EQ(after.revision, 2U);
  EXPECT_EQ(after.facts_revision, 1U) << "the guest's waiting mail still goes out";
  ASSERT_EQ(after.crew.size(), 4U);
  domain::Slot dora = slot("dora", "host");
  dora.asked = 2;
  EXPECT_EQ(after.crew.back(), dora);
}

TEST_F(MakeEventTest, refuses_with_the_field_and_leaves_nothing) {
  const domain::Charter trip = booked();
  ASSERT_TRUE(take(plain_request("2027-06-01T10:00")));
  BookingRequest elsewhere = plain_request("2027-05-30T17:00", "skiff");
  elsewhere.booking.crew = {slot("dora", "crew")};
  ASSERT_TRUE(take(elsewhere));
  struct Case {
    std::string field;
    Kind kind;
    std::function<void(EventRequest&)> change;
  };
  const auto onto = [&](const std::string& id, std::vector<domain::Slot> crew) {
    return [id, crew](EventRequest& r) {
      r.charter = domain::CharterId(id);
      r.booking.crew = crew;
    };
  };
  const std::string id = trip.id.text();
  const std::vector<Case> cases = {
      {"charter", Kind::not_found, onto("jada.nobody", {slot("dora", "host")})},
      {"charter", Kind::not_found, onto("tern.nobody", {slot("dora", "host")})},
      {"crew", Kind::invalid, onto(id, {})},
      {"crew[0].member", Kind::invalid, onto(id, {slot("ana", "captain")})},
      {"crew[0].member", Kind::invalid, onto(id, {slot("zoe", "crew")})},
      {"crew[0].role", Kind::invalid, onto(id, {slot("dora", "captain")})},
      {"crew[0].member", Kind::conflict, onto(id, {slot("dora", "host")})},
      {"vessel", Kind::conflict,
       [](EventRequest& r) { r.booking.starts_at = written("2027-06-01T11:00"); }},
      {"crew_notes", Kind::invalid,
       [](EventRequest& r) { r.booking.crew_notes = "Gross is $840.75"; }},
      {"title", Kind::invalid, [](EventRequest& r) { r.booking.title = "The $840 one"; }},
  };
  for (const Case& one : cases) {
    EventRequest request = event_request("2027-06-20T10:00");
    one.change(request);
    EXPECT_TRUE(refuses([&] { return make(request); }, one.kind, one.field)) << one.field;
  }
}

TEST_F(MakeEventTest, another_tenants_charter_is_no_charter) {
  const domain::Charter trip = booked();
  EventRequest request;
  request.charter = trip.id;
  request.booking.crew = {slot("dora", "host")};
  const auto foreign = [&] {
    return make_event(operations("tern"), world, request, [](const MadeEvent&) { return ""; });
  };
  EXPECT_TRUE(refuses(foreign, Kind::not_found, "charter"));
}

TEST_F(MakeEventTest, seventeen_people_are_too_many) {
  TenantFile file = tenant_file();
  EventRequest request = event_request("2027-06-01T10:00");
  request.booking.crew.clear();
  for (int i = 0; i < 17; ++i) {
    const std::string id = "hand-" + std::to_string(i);
    file.tenant.members.push_back(
        {domain::MemberId(id), "Hand " + id, id + "@crew.example", {domain::Role("crew")}});
    if (i < 16) request.booking.crew.push_back(slot(id, "crew"));
  }
  ASSERT_TRUE(apply_tenant(installation, world, file));
  const auto full = make(request);
  ASSERT_TRUE(full);
  EXPECT_TRUE(
      refuses([&] { return crew_with(domain::CharterId(full->body), slot("hand-16", "crew")); },
              Kind::invalid, "crew"));
}

TEST_F(MakeEventTest, two_at_once_on_one_trip_are_both_kept) {
  const domain::Charter trip = booked(plain_request("2027-06-01T10:00"));
  std::atomic<int> made = 0;
  std::vector<std::thread> hands;
  for (const char* member : {"ben", "cleo", "dora"})
    hands.emplace_back([&, member] {
      if (crew_with(trip.id, slot(member, "crew"))) ++made;
    });
  for (std::thread& hand : hands) hand.join();
  EXPECT_EQ(made, 3);
  EXPECT_EQ(charter(trip.id.text()).crew.size(), 3U);
  EXPECT_EQ(charter(trip.id.text()).revision, 4U);
}

}  // namespace app::testing
