// I-06: stale copies overwrote live pages, and three features vanished. Here a page is rendered
// from the charter, and who writes it names the version that it replaces.
#include "tests/app/change_fixture.h"

namespace incidents {

class StaleCopiesOverLivePages : public app::testing::ChangeTest {
 protected:
  domain::JobId page_job(domain::Revision revision) {
    return domain::job_id_for(trip.id, domain::JobKind::guest_page, revision);
  }
};

TEST_F(StaleCopiesOverLivePages, of_two_publishers_on_one_version_the_second_is_refused) {
  const ports::ObjectName name{domain::TenantId("jada"), "boatsetter-may-30.html"};
  const auto base_version = app::testing::value_of(objects.get(name))->version;
  ASSERT_TRUE(objects.put(name, {"first", "text/html; charset=utf-8", base_version}));
  const auto second = objects.put(name, {"second", "text/html; charset=utf-8", base_version});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, base::Kind::conflict);
  EXPECT_EQ(object(name.path), "first");
}

TEST_F(StaleCopiesOverLivePages, of_two_changes_of_one_revision_the_second_is_refused) {
  ASSERT_TRUE(move_to("2027-05-30T15:30", 1));
  EXPECT_TRUE(refuses([&] { return move_to("2027-05-30T14:30", 1); }, base::Kind::conflict));
}

TEST_F(StaleCopiesOverLivePages, whichever_job_runs_last_the_page_is_todays) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  ASSERT_TRUE(change([](auto& request) { request.change.dock = "Fuel dock"; }));
  EXPECT_EQ(app::testing::value_of(run_job(desk(), page_job(3))), app::RunResult::ran);
  const std::string todays = object("boatsetter-may-30.html");
  EXPECT_EQ(app::testing::value_of(run_job(desk(), page_job(2))), app::RunResult::ran);
  EXPECT_EQ(job(page_job(2)).state, domain::JobState::stale);
  EXPECT_EQ(object("boatsetter-may-30.html"), todays);
  EXPECT_EQ(todays, page());
  EXPECT_NE(todays.find("Fuel dock"), std::string::npos);
}

}  // namespace incidents
