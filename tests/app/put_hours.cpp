// The owner's word on hours, and what it does to the books.
#include "app/put_hours.h"

#include <thread>

#include "app/audit_trail.h"
#include "app/books_record.h"
#include "app/cancel_charter.h"
#include "app/crew_hours.h"
#include "app/drift.h"
#include "app/hours_record.h"
#include "app/settle_charter.h"
#include "app/tenant_record.h"
#include "app/undo_deed.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

using base::Kind;
using domain::MemberId;

namespace {

class PutHoursTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
    run_all();
    clock.advance(trip.ends.utc - clock.now());
    forget_commits();
  }
  HoursPut number(const std::string& hours, Approval approval = Approval::given,
                  const std::string& member = "ana") const {
    HoursPut put;
    put.charter = trip.id;
    put.member = MemberId(member);
    put.number = domain::Decimal::parse(hours).value();
    put.approval = approval;
    put.actor = "dashboard key 3f2a";
    return put;
  }
  HoursPut stints(const std::vector<std::pair<const char*, const char*>>& clocks) const {
    HoursPut put = number("0");
    put.number.reset();
    for (const auto& [begins, ends] : clocks)
      put.stints.push_back({written("2027-05-30T" + std::string(begins)),
                            written("2027-05-30T" + std::string(ends))});
    return put;
  }
  base::Result<domain::Hours> put(const HoursPut& one) { return put_hours(owner(), world, one); }
  base::Result<domain::Hours> enter(const std::string& hours) {
    return crew_hours(operations(), world, {{}, trip.id, MemberId("ana")},
                      domain::Decimal::parse(hours).value());
  }
  std::string net() {
    return std::string(value_of(settlement_of(owner(), trip.id)).at("net").as_string());
  }
  std::string net_on_record() {
    const auto stored = value_of(owner().get(settlement_place(trip.id)));
    return std::string(value_of(base::parse_json_object(stored->body)).at("net").as_string());
  }
  base::json::object line(std::size_t index) {
    return value_of(settlement_of(owner(), trip.id)).at("lines").at(index).as_object();
  }
  domain::ArtefactState books() {
    const auto tenant = value_of(load_tenant(operations()));
    const auto drift = value_of(drift_of(owner(), world, tenant.value, trip.id));
    for (const domain::Artefact& artefact : drift.artefacts)
      if (artefact.kind == domain::ArtefactKind::books) return artefact.state;
    ADD_FAILURE() << "no settlement";
    return {};
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(PutHoursTest, entered_approved_and_corrected_change_the_settlement_to_the_cent) {
  ASSERT_TRUE(enter("3.25"));
  EXPECT_EQ(net_on_record(), "289.41") << "what the crew says moves no money";
  ASSERT_TRUE(put(number("3.25")));
  EXPECT_EQ(net_on_record(), "276.91");
  EXPECT_EQ(base::to_text(line(0)),
            R"({"kind":"pay","role":"captain","member":"ana","hours":"3.25","rate":"50.00",)"
            R"("amount":"162.50","hours_from":"approved"})");
  EXPECT_FALSE(line(1).contains("hours_from"));
  ASSERT_TRUE(put(number("4.75")));
  EXPECT_EQ(net_on_record(), "201.91");
  ASSERT_TRUE(put(number("0", Approval::given, "cleo")));
  EXPECT_EQ(net_on_record(), "326.91");
  ASSERT_TRUE(put(number("4.75", Approval::withheld)));
  EXPECT_EQ(net_on_record(), "414.41") << "the rule's three hours again";
  EXPECT_EQ(net(), net_on_record());
  EXPECT_EQ(books(), domain::ArtefactState::current);
}

TEST_F(PutHoursTest, approving_writes_hours_and_books_at_once_and_checks_what_they_rest_on) {
  ASSERT_TRUE(put(number("3.25")));
  EXPECT_EQ(written_at_once(trip.id.text()),
            (Lines{"check jada/charter/{id} charter 1", "check owner: jada/tenant rates 1",
                   "put jada/charter/{id} audit 0", "put jada/charter/{id} hours/ana 0",
                   "put owner: jada/charter/{id} intake 1",
                   "put owner: jada/charter/{id} settlement 1"}));
  forget_commits();
  ASSERT_TRUE(put(number("3.25")));
  EXPECT_TRUE(commits().empty()) << "said twice, noted once";
  ASSERT_TRUE(put(number("2", Approval::withheld, "ben")));
  EXPECT_EQ(written_at_once(trip.id.text()),
            (Lines{"check jada/charter/{id} charter 1", "put jada/charter/{id} audit 0",
                   "put jada/charter/{id} hours/ben 0"}))
      << "what is not approved is not in the books";
}

TEST_F(PutHoursTest, whatever_settles_next_keeps_them) {
  ASSERT_TRUE(put(number("3.25")));
  domain::Job books_job;
  books_job.charter = trip.id;
  ASSERT_TRUE(settle_charter(owner(), books_job));
  EXPECT_EQ(net_on_record(), "276.91");
  EXPECT_EQ(net(), "276.91");
}

TEST_F(PutHoursTest, a_settlement_of_another_crew_is_not_taken_for_that_of_approved_hours) {
  trip = booked(plain_request("2027-06-20T10:00"));
  ASSERT_TRUE(crew_with(trip.id, slot("ana", "captain")));
  ASSERT_TRUE(put(number("3.25")));
  EXPECT_EQ(line(0).at("amount"), base::json::string("162.50"));
  EXPECT_EQ(books(), domain::ArtefactState::current);
  run_all();
  EXPECT_EQ(line(0).at("amount"), base::json::string("162.50"));
}

TEST_F(PutHoursTest, a_trip_that_only_the_crew_system_knows_gets_its_books) {
  const auto made = value_of(make(event_request("2027-06-01T10:00")));
  trip = charter(made.body);
  ASSERT_TRUE(put(number("1.5")));
  EXPECT_EQ(line(0).at("amount"), base::json::string("75.00"));
  run_all();
  EXPECT_EQ(line(0).at("amount"), base::json::string("75.00"));
}

TEST_F(PutHoursTest, hours_and_a_settlement_under_way_never_miss_each_other) {
  domain::Job books_job;
  books_job.charter = trip.id;
  std::thread settles([&] {
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(settle_charter(owner(), books_job));
  });
  for (int i = 1; i <= 20; ++i) {
    const std::string hours = domain::Decimal::from_scaled(i * 2500).text();
    ASSERT_TRUE(put(number(hours)));
    EXPECT_EQ(line(0).at("hours"), base::json::string(hours));
  }
  settles.join();
  EXPECT_EQ(line(0).at("hours"), base::json::string("5"));
}

TEST_F(PutHoursTest, stints_are_read_at_the_dock) {
  ASSERT_TRUE(put(stints({{"15:30", "17:00"}, {"17:30", "20:10"}})));
  EXPECT_EQ(line(0).at("hours"), base::json::string("4.25")) << "4 h 10 min";
  EXPECT_EQ(line(0).at("amount"), base::json::string("212.50"));
  // The same as a number approves them as they are.
  const auto kept = value_of(put(number("4.25")));
  EXPECT_EQ(kept.stints.size(), 2U);
}

TEST_F(PutHoursTest, refuses_what_no_member_of_the_crew_can_have_worked) {
  const auto wrong = [&](const HoursPut& one, const std::string& field) {
    return refuses([&] { return put(one); }, Kind::invalid, field);
  };
  EXPECT_TRUE(wrong(stints({{"17:00", "16:00"}}), "stints[0].ends_at"));
  EXPECT_TRUE(wrong(stints({{"16:00", "18:00"}, {"17:59", "19:00"}}), "stints[1].begins_at"));
  EXPECT_TRUE(wrong(number("15.25"), "hours"));
  EXPECT_TRUE(refuses([&] { return put(number("3", Approval::given, "dora")); }, Kind::not_found));
  HoursPut unknown = number("3");
  unknown.charter = domain::CharterId("jada.nobody");
  EXPECT_TRUE(refuses([&] { return put(unknown); }, Kind::not_found));
  EXPECT_TRUE(
      refuses([&] { return put_hours(owner("tern"), world, number("3")); }, Kind::not_found));
}

TEST_F(PutHoursTest, refuses_stints_that_overlap_those_of_another_trip) {
  BookingRequest request = plain_request("2027-05-30T20:00", "skiff");
  request.booking.title = "Sunset sail";
  request.booking.crew = {slot("ana", "captain"), slot("dora", "crew")};
  const domain::Charter evening = booked(request);
  ASSERT_TRUE(put(stints({{"16:00", "18:00"}, {"18:30", "19:45"}})));
  HoursPut there = stints({{"18:00", "18:30"}, {"19:30", "22:00"}});
  there.charter = evening.id;
  const auto twice = [&] { return put(there); };
  EXPECT_TRUE(refuses(twice, Kind::invalid, "stints[1]"));
  EXPECT_EQ(twice().error().faults.front().message,
            "overlaps what they clocked on charter " + trip.id.text() +
                " (Boatsetter charter for Dana), from 2027-05-30T18:30:00-07:00 to "
                "2027-05-30T19:45:00-07:00");
  there.stints.back().begins = written("2027-05-30T19:45");
  EXPECT_TRUE(put(there)) << "touching is not overlapping";
  there.member = MemberId("dora");
  EXPECT_TRUE(put(there)) << "somebody else";
}

TEST_F(PutHoursTest, refuses_stints_that_overlap_an_open_one_of_another_trip) {
  BookingRequest request = plain_request("2027-05-30T20:00", "skiff");
  request.booking.crew = {slot("ana", "captain")};
  const domain::Charter evening = booked(request);
  ASSERT_TRUE(crew_hours(operations(), world, {{}, evening.id, MemberId("ana")}, ClockIn{}));
  EXPECT_TRUE(put(stints({{"16:00", "19:30"}}))) << "before it began";
  EXPECT_TRUE(
      refuses([&] { return put(stints({{"16:00", "19:31"}})); }, Kind::invalid, "stints[0]"));
  EXPECT_TRUE(put(number("3.75"))) << "a number has no times";
}

TEST_F(PutHoursTest, approved_hours_are_closed_to_crew_and_to_undoing) {
  ASSERT_TRUE(enter("3.25"));
  const auto said = value_of(audit_trail(owner(), trip.id, {})).entries.back().entry.id;
  ASSERT_TRUE(put(number("3.25")));
  EXPECT_TRUE(refuses([&] { return enter("9"); }, Kind::conflict));
  EXPECT_EQ(enter("9").error().code, domain::hours_approved);
  const auto undo = [&] { return undo_deed(operations(), world, {trip.id, said, "owner"}); };
  EXPECT_TRUE(refuses(undo, Kind::conflict));
  ASSERT_TRUE(put(number("3.25", Approval::withheld)));
  EXPECT_TRUE(enter("3.5")) << "given back to whom they belong";
}

TEST_F(PutHoursTest, the_trail_has_before_and_after) {
  ASSERT_TRUE(enter("3.25"));
  clock.advance(std::chrono::seconds(1));
  ASSERT_TRUE(put(number("3.5")));
  const TrailEntry entry = value_of(audit_trail(owner(), trip.id, {})).entries.back();
  EXPECT_EQ(entry.entry.deed.verb, "put_hours");
  EXPECT_EQ(base::to_text(entry.entry.deed.facts), R"({"member":"ana"})");
  EXPECT_EQ(base::to_text(entry.entry.deed.before), R"({"state":"entered","hours":"3.25"})");
  EXPECT_EQ(base::to_text(entry.entry.deed.after), R"({"state":"approved","hours":"3.5"})");
  EXPECT_EQ(entry.undo, TrailEntry::Undo::not_possible);
}

TEST_F(PutHoursTest, of_a_cancelled_trip_win_over_what_all_are_paid) {
  trip = booked(plain_request("2027-06-20T10:00"));
  ASSERT_TRUE(crew_with(trip.id, slot("ana", "captain")));
  Cancellation request;
  request.meant = {trip.id, 0};
  request.cancelled_hours = domain::Decimal::parse("2");
  request.actor = "dashboard key 3f2a";
  ASSERT_TRUE(cancel_charter(owner(), world, request));
  EXPECT_EQ(line(0).at("amount"), base::json::string("100.00"));
  ASSERT_TRUE(put(number("1.25")));
  EXPECT_EQ(line(0).at("amount"), base::json::string("62.50"));
  EXPECT_EQ(line(0).at("hours_from"), base::json::string("approved"));
}

}  // namespace app::testing
