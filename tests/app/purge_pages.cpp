// Purges: what publishing owes to the network before the pages, and how the debt is paid, once and
// all at once.
#include "app/purge_pages.h"

#include "app/owe_purge.h"
#include "app/publish_guest_page.h"

#include "tests/app/fake_cdn.h"
#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

const Lines page_paths = {"/g/boatsetter-may-30.html", "/boatsetter-may-30.html"};
const Lines calendar_paths = {"/g/boatsetter-may-30.ics", "/boatsetter-may-30.ics"};

Lines both(Lines first, const Lines& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

class PurgePagesTest : public VerbTest {
 protected:
  JobDesk with_cdn() {
    JobDesk with = desk();
    with.cdn = &cdn;
    return with;
  }
  void owe(const Lines& paths, const std::string& tenant = "jada") {
    ASSERT_TRUE(owe_purge(operations(tenant), world, paths));
  }
  Lines owed(const std::string& tenant = "jada") {
    const auto found = load_owed_purge(operations(tenant)).value();
    return found ? found->value.paths : Lines{};
  }
  std::size_t run() { return value_of(purge_pages(with_cdn())); }

  base::Result<JobOutcome> publish(const JobDesk& with, int attempts = 1) {
    const auto trip = charter(trip_);
    domain::Job job;
    job.id = domain::job_id_for(trip.id, domain::JobKind::guest_page, trip.facts_revision);
    job.charter = trip.id;
    job.revision = trip.facts_revision;
    job.attempts = attempts;
    return TRY(publish_guest_page(operations(), with, job)).outcome;
  }
  void book() { trip_ = booked().id.text(); }
  void move_dock(const std::string& dock) {
    renew(domain::CharterId(trip_), [&](domain::Charter& charter) { charter.dock = dock; });
  }

  FakeCdn cdn;
  std::string trip_;
};

}  // namespace

TEST_F(PurgePagesTest, a_first_publication_owes_nothing) {
  book();
  ASSERT_EQ(publish(with_cdn()).value(), JobOutcome::done);
  EXPECT_EQ(owed(), Lines{});
  ASSERT_EQ(publish(with_cdn()).value(), JobOutcome::done);
  EXPECT_EQ(owed(), Lines{}) << "the same again";
}

TEST_F(PurgePagesTest, what_took_anothers_place_is_owed_under_both_its_addresses) {
  book();
  ASSERT_TRUE(publish(with_cdn()));
  move_dock("Shelter Island");
  ASSERT_EQ(publish(with_cdn()).value(), JobOutcome::done);
  EXPECT_EQ(owed(), both(page_paths, calendar_paths));
  EXPECT_EQ(run(), 1U);
  ASSERT_EQ(cdn.purges.size(), 1U) << "one call for all of them";
  EXPECT_EQ(cdn.purges[0].tenant, "jada");
  EXPECT_EQ(cdn.purges[0].paths, both(page_paths, calendar_paths));
  EXPECT_EQ(owed(), Lines{});
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(cdn.purges.size(), 1U);
}

TEST_F(PurgePagesTest, without_a_network_nothing_is_written_down) {
  book();
  ASSERT_TRUE(publish(desk()));
  move_dock("Shelter Island");
  forget_commits();
  ASSERT_EQ(publish(desk()).value(), JobOutcome::done);
  EXPECT_TRUE(commits().empty());
  EXPECT_EQ(value_of(purge_pages(desk())), 0U);
}

TEST_F(PurgePagesTest, a_try_that_died_after_it_wrote_is_made_good_by_the_next) {
  book();
  ASSERT_TRUE(publish(with_cdn()));
  move_dock("Shelter Island");
  ASSERT_TRUE(publish(desk())) << "as if it had died before it said so";
  EXPECT_EQ(owed(), Lines{});
  ASSERT_EQ(publish(with_cdn(), 2).value(), JobOutcome::done);
  EXPECT_EQ(owed(), both(page_paths, calendar_paths));
}

TEST_F(PurgePagesTest, a_page_whose_time_is_over_is_not_published_again) {
  book();
  ASSERT_TRUE(publish(with_cdn()));
  const auto ends = charter(trip_).ends.utc;
  clock.advance(ends + domain::page_lives_after_end - clock.now() - std::chrono::seconds(1));
  EXPECT_EQ(publish(with_cdn()).value(), JobOutcome::done);
  clock.advance(std::chrono::seconds(1));
  EXPECT_EQ(publish(with_cdn()).value(), JobOutcome::stale);
}

TEST_F(PurgePagesTest, what_is_owed_twice_is_owed_once) {
  owe({"/a", "/b"});
  owe({"/b", "/c"});
  EXPECT_EQ(owed(), (Lines{"/a", "/b", "/c"}));
}

TEST_F(PurgePagesTest, many_paths_are_everything) {
  Lines paths;
  for (int i = 0; i < 200; ++i) paths.push_back("/g/" + std::to_string(i) + ".html");
  owe(paths);
  EXPECT_EQ(owed().size(), 200U);
  owe({"/g/one-more.html"});
  EXPECT_EQ(owed(), Lines{"/*"});
  owe({"/g/and-another.html"});
  EXPECT_EQ(owed(), Lines{"/*"});
}

TEST_F(PurgePagesTest, what_comes_while_a_purge_is_under_way_stays_owed) {
  owe({"/a"});
  cdn.meanwhile = [&] { owe({"/a"}); };
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(owed(), Lines{"/a"}) << "it was replaced once more";
  cdn.meanwhile = {};
  EXPECT_EQ(run(), 1U);
  ASSERT_EQ(cdn.purges.size(), 2U);
  EXPECT_NE(cdn.purges[0].reference, cdn.purges[1].reference);
}

TEST_F(PurgePagesTest, a_call_whose_answer_was_lost_is_made_again_with_its_reference) {
  owe({"/a"});
  cdn.refusal = base::unavailable("no answer");
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(owed(), Lines{"/a"});
  cdn.refusal.reset();
  EXPECT_EQ(run(), 1U);
  ASSERT_EQ(cdn.purges.size(), 2U);
  EXPECT_EQ(cdn.purges[0].reference, cdn.purges[1].reference);
  owe({"/a"});
  EXPECT_EQ(run(), 1U);
  EXPECT_NE(cdn.purges[2].reference, cdn.purges[1].reference) << "another debt, another purge";
}

TEST_F(PurgePagesTest, who_has_to_wait_keeps_nobody_else_waiting) {
  owe({"/a"}, "jada");
  owe({"/a"}, "tern");
  cdn.refusal = base::Error{base::Kind::limited, "TooManyInvalidationsInProgress"};
  cdn.refused_tenant = "jada";
  EXPECT_EQ(run(), 1U);
  EXPECT_EQ(owed("jada"), Lines{"/a"});
  EXPECT_EQ(owed("tern"), Lines{});
  cdn.refusal.reset();
  EXPECT_EQ(run(), 1U);
  EXPECT_EQ(owed("jada"), Lines{});
}

TEST_F(PurgePagesTest, a_network_that_is_away_is_asked_once_a_run) {
  owe({"/a"}, "jada");
  owe({"/a"}, "tern");
  cdn.refusal = base::unavailable("away");
  EXPECT_EQ(run(), 0U);
  EXPECT_EQ(cdn.purges.size(), 1U);
}

TEST_F(PurgePagesTest, what_can_never_be_done_is_struck_off) {
  owe({"/a"});
  cdn.refusal = base::invalid("distribution", "NoSuchDistribution");
  EXPECT_EQ(run(), 1U);
  EXPECT_EQ(owed(), Lines{});
}

TEST_F(PurgePagesTest, a_run_sees_to_a_few_tenants_and_the_next_to_others) {
  for (int i = 0; i < 20; ++i) owe({"/a"}, "tenant" + std::to_string(i));
  EXPECT_EQ(run(), 8U);
  EXPECT_EQ(run(), 8U);
  EXPECT_EQ(run(), 4U);
  std::set<std::string> seen;
  for (const auto& purge : cdn.purges) seen.insert(purge.tenant);
  EXPECT_EQ(seen.size(), 20U);
}

TEST_F(PurgePagesTest, tenants_are_named_from_anywhere_and_around) {
  for (const char* tenant : {"ada", "jada", "tern"}) owe({"/a"}, tenant);
  const auto from = [&](const std::string& start, std::size_t limit) {
    Lines names;
    for (const auto& tenant : value_of(installation.purges_owed(start, limit)))
      names.push_back(tenant.text());
    return names;
  };
  EXPECT_EQ(from("", 10), (Lines{"ada", "jada", "tern"}));
  EXPECT_EQ(from("b", 10), (Lines{"jada", "tern", "ada"}));
  EXPECT_EQ(from("b", 2), (Lines{"jada", "tern"}));
  EXPECT_EQ(from("zz", 1), (Lines{"ada"}));
  EXPECT_EQ(from("tern", 10), (Lines{"tern", "ada", "jada"}));
}

}  // namespace app::testing
