// The nightly check: what it finds, what it puts right, and when it is made.
#include "app/check_drift.h"

#include "tests/app/change_fixture.h"

namespace app::testing {

namespace {

class CheckDriftTest : public ChangeTest {
 protected:
  DriftReport checked() {
    return value_of(check_drift(owner(), world, [] { return true; }));
  }
  std::size_t checked_tonight() {
    return value_of(check_tonight(desk(), [] { return true; }));
  }
  void spoil(const std::string& path) {
    const ports::ObjectName name{domain::TenantId("jada"), path};
    const auto facts = objects.facts(name).value();
    ASSERT_TRUE(objects.put(name, {"<p>4:30 PM</p>", "text/html", facts ? facts->version : 0}));
  }
  void wait_until(const std::string& wall) {
    const auto then = base::resolve(written(wall), "America/Los_Angeles").value().utc;
    clock.advance(then - clock.now());
  }
};

}  // namespace

TEST_F(CheckDriftTest, finds_nothing_where_all_is_right) {
  const DriftReport report = checked();
  EXPECT_EQ(report.charters, 1U);
  EXPECT_EQ(report.artefacts, 9U);
  EXPECT_EQ(report.stale, 0U);
  EXPECT_EQ(report.extent, DriftReport::Extent::all);
}

TEST_F(CheckDriftTest, keeps_what_it_found_and_renews_pages_but_no_mails) {
  mail_server.refusal = base::invalid("to", "no such mailbox");
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  mail_server.refusal.reset();
  const std::string page = object("boatsetter-may-30.html");
  spoil("boatsetter-may-30.html");
  EXPECT_EQ(checked().stale, 5U);
  const auto kept = value_of(last_drift_report(operations()));
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->checked_at, std::chrono::floor<std::chrono::seconds>(clock.now()));
  ASSERT_EQ(kept->findings.size(), 5U);
  EXPECT_EQ(kept->findings[0].charter, trip.id);
  EXPECT_EQ(kept->findings[0].artefact.kind, domain::ArtefactKind::guest_page);
  EXPECT_EQ(kept->findings[0].artefact.to, "boatsetter-may-30.html");
  EXPECT_EQ(kept->findings[0].artefact.rendered, 2U);
  EXPECT_EQ(kept->findings[0].artefact.reason, "does not say what the charter says");
  run_all();
  EXPECT_EQ(object("boatsetter-may-30.html"), page);
  EXPECT_EQ(later_mails(), Lines{}) << "mails wait for the owner's word";
  EXPECT_EQ(checked().stale, 4U);
  EXPECT_EQ(value_of(last_drift_report(operations()))->stale, 4U);
  EXPECT_FALSE(value_of(last_drift_report(operations("tern"))));
}

TEST_F(CheckDriftTest, says_when_there_was_no_time_for_all) {
  booked(plain_request("2027-07-04T10:00"));
  int asked = 0;
  const auto report = value_of(check_drift(owner(), world, [&] { return asked++ < 1; }));
  EXPECT_EQ(report.charters, 1U);
  EXPECT_EQ(report.extent, DriftReport::Extent::part);
  EXPECT_EQ(value_of(last_drift_report(operations()))->extent, DriftReport::Extent::part);
}

TEST_F(CheckDriftTest, is_made_once_a_night_three_hours_into_the_operators_day) {
  EXPECT_EQ(checked_tonight(), 2U) << "both operators for the first time";
  EXPECT_EQ(checked_tonight(), 0U);
  const std::pair<const char*, std::size_t> nights[] = {
      {"2028-03-11T02:59", 2},  // it was months ago
      {"2028-03-11T03:01", 2}, {"2028-03-11T23:59", 0},
      {"2028-03-12T03:59", 0},  // the night that skips two o'clock
      {"2028-03-12T04:01", 2}, {"2028-03-13T02:59", 0},
      {"2028-03-13T03:01", 2}};
  for (const auto& [wall, expected] : nights) {
    wait_until(wall);
    EXPECT_EQ(checked_tonight(), expected) << wall;
  }
}

TEST_F(CheckDriftTest, is_not_made_where_the_books_are_not_kept) {
  JobDesk blind = desk();
  blind.books = nullptr;
  EXPECT_EQ(value_of(check_tonight(blind, [] { return true; })), 0U);
  EXPECT_FALSE(value_of(last_drift_report(operations())));
}

TEST_F(CheckDriftTest, one_operator_that_cannot_be_checked_keeps_no_other_waiting) {
  auto changes = operations().changes();
  changes.put(charter_place(trip.id), value_of(load_charter(operations(), trip.id))->version, "[]");
  ASSERT_TRUE(operations().commit(changes));
  EXPECT_EQ(checked_tonight(), 1U);
  EXPECT_TRUE(value_of(last_drift_report(operations("tern"))));
}

}  // namespace app::testing
