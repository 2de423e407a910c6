// The guest page and its calendar file as objects, always those of the charter as it is now.
#include "app/publish_guest_page.h"

#include <fstream>

#include "tests/app/verb_fixture.h"
#include "tests/base/ical_reader.h"

namespace app::testing {

using domain::JobState;

namespace {

class PublishGuestPageTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
  }
  base::Result<JobOutcome> publish(domain::Revision revision = 1) {
    domain::Job published;
    published.id = domain::job_id_for(trip.id, domain::JobKind::guest_page, revision);
    published.charter = trip.id;
    published.revision = revision;
    return TRY(publish_guest_page(operations(), desk(), published)).outcome;
  }
  ports::Object object(const std::string& path, const std::string& tenant = "jada") {
    auto found = objects.get({domain::TenantId(tenant), path}).value();
    return found.value_or(ports::Object());
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(PublishGuestPageTest, both_files_are_there_and_say_the_same) {
  EXPECT_EQ(publish().value(), JobOutcome::done);
  const auto page = object("boatsetter-may-30.html");
  EXPECT_EQ(page.version, 1U);
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_NE(page.bytes.find("Harbor Island, west dock"), std::string::npos);
  const auto file = object("boatsetter-may-30.ics");
  EXPECT_EQ(file.content_type, "text/calendar; charset=utf-8");
  const auto calendar = base::testing::read_calendar(file.bytes);
  ASSERT_TRUE(calendar && calendar->events.size() == 1U);
  EXPECT_EQ(base::format_utc(calendar->events[0].starts), "2027-05-30T23:30:00Z");
  EXPECT_EQ(calendar->errors, 0);
  EXPECT_EQ(object("boatsetter-may-30.html", "tern").version, 0U);
}

TEST_F(PublishGuestPageTest, twice_the_same_bytes_are_one_version) {
  ASSERT_TRUE(publish());
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(publish().value(), JobOutcome::done);
  EXPECT_EQ(object("boatsetter-may-30.html").version, 1U);
  EXPECT_EQ(object("boatsetter-may-30.ics").version, 1U);
}

TEST_F(PublishGuestPageTest, newer_facts_are_a_newer_version_and_the_old_job_is_stale) {
  ASSERT_TRUE(publish());
  renew(trip.id, [](domain::Charter& charter) { charter.dock = "Shelter Island"; });
  EXPECT_EQ(publish(1).value(), JobOutcome::stale);
  EXPECT_EQ(object("boatsetter-may-30.html").version, 1U);
  EXPECT_EQ(publish(2).value(), JobOutcome::done);
  const auto page = object("boatsetter-may-30.html");
  EXPECT_EQ(page.version, 2U);
  EXPECT_NE(page.bytes.find("Shelter Island"), std::string::npos);
  EXPECT_EQ(page.bytes.find("Harbor Island"), std::string::npos);
}

TEST_F(PublishGuestPageTest, what_another_publisher_wrote_is_written_over_from_the_charter) {
  ASSERT_TRUE(objects.put({domain::TenantId("jada"), "boatsetter-may-30.html"},
                          {"<p>yesterday</p>", "text/html; charset=utf-8", 0}));
  EXPECT_EQ(publish().value(), JobOutcome::done);
  const auto page = object("boatsetter-may-30.html");
  EXPECT_EQ(page.version, 2U);
  EXPECT_EQ(page.bytes.find("yesterday"), std::string::npos);
}

TEST_F(PublishGuestPageTest, a_place_that_takes_no_objects_is_tried_again) {
  std::ofstream(folder() / "objects") << "a file where the folder should be";
  const auto page = domain::job_id_for(trip.id, domain::JobKind::guest_page, 1);
  ASSERT_EQ(run_job(desk(), page).value(), RunResult::ran);
  EXPECT_EQ(job(page).state, JobState::planned);
  EXPECT_NE(job(page).last_error, "");
  std::filesystem::remove(folder() / "objects");
  run_all();
  EXPECT_EQ(job(page).state, JobState::done);
}

TEST_F(PublishGuestPageTest, an_unknown_charter_is_stale) {
  trip.id = domain::CharterId("jada.nobody");
  EXPECT_EQ(publish().value(), JobOutcome::stale);
}

}  // namespace app::testing
