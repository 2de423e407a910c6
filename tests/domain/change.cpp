// What a change makes of a charter, and whom it asks anew.
#include "domain/change.h"

#include <functional>

#include "tests/domain/example.h"

namespace domain::testing {
namespace {

constexpr auto refused = AmountsInNotes::refused;
const base::Instant long_before = utc("2027-05-01T00:00:00Z");

Tenant tenant() {
  Tenant tenant = example_tenant();
  Vessel skiff = example_vessel();
  skiff.id = VesselId("skiff");
  skiff.name = "Skiff";
  skiff.dock = "Shelter Island";
  skiff.passengers_max = 4;
  tenant.vessels.push_back(skiff);
  return tenant;
}

using Make = std::function<void(Change&)>;

base::Result<Charter> with(const Make& make, const Charter& before = example_charter(),
                           base::Instant now = long_before) {
  Change change;
  make(change);
  return changed(before, change, tenant(), refused, now);
}

std::vector<Revision> asked(const Charter& charter) {
  std::vector<Revision> asked;
  for (const Slot& slot : charter.crew) asked.push_back(slot.asked);
  return asked;
}

}  // namespace

TEST(Change, that_makes_nothing_another_is_none) {
  const Charter before = example_charter();
  const std::pair<const char*, Make> cases[] = {
      {"nothing named", [](Change&) {}},
      {"the same time", [](Change& c) { c.starts_at = written("2027-05-30T16:30"); }},
      {"the same time with its offset",
       [](Change& c) { c.starts_at = written("2027-05-30T16:30-07:00"); }},
      {"the same end", [](Change& c) { c.ends_at = written("2027-05-30T19:30"); }},
      {"the same length", [](Change& c) { c.duration_minutes = 180; }},
      {"the same vessel", [](Change& c) { c.vessel = VesselId("jada"); }},
      {"the same crew", [](Change& c) { c.crew = example_crew(); }},
      {"the same guest", [](Change& c) { c.guest.name = "Dana Whitfield"; }},
      {"the same name of the page", [](Change& c) { c.slug = Slug("boatsetter-may-30"); }},
  };
  for (const auto& [what, make] : cases) {
    const auto after = with(make);
    ASSERT_TRUE(after) << what << ": " << after.error().message;
    EXPECT_EQ(after->revision, before.revision) << what;
    EXPECT_EQ(after->facts_revision, before.facts_revision) << what;
  }
}

TEST(Change, of_the_guests_address_ends_the_key_that_the_one_before_has) {
  const std::pair<const char*, std::uint32_t> cases[] = {
      {"DANA@guest.example", 0}, {"eve@guest.example", 1}, {"", 1}};
  Charter before = example_charter();
  before.guest.email = "dana@guest.example";
  for (const auto& [address, keys] : cases) {
    const auto after = with([&](Change& c) { c.guest.email = address; }, before);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->guest_key, keys) << address;
  }
  EXPECT_EQ(with([](Change& c) { c.guest.name = "Eve"; }, before)->guest_key, 0U);
  before.guest.email = "";
  before.guest_key = 3;
  const auto known = with([](Change& c) { c.guest.email = "eve@guest.example"; }, before);
  EXPECT_EQ(known->guest_key, 3U) << "nobody had one";
}

TEST(Change, of_the_start_keeps_the_length_unless_one_is_named) {
  const auto moved = with([](Change& c) { c.starts_at = written("2027-05-30T15:30"); });
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->starts, moment("2027-05-30T15:30"));
  EXPECT_EQ(moved->ends, moment("2027-05-30T18:30"));
  EXPECT_EQ(moved->revision, 2U);
  EXPECT_EQ(moved->facts_revision, 2U);
  const auto stretched = with([](Change& c) {
    c.starts_at = written("2027-05-30T15:30");
    c.ends_at = written("2027-05-30T19:30");
  });
  EXPECT_EQ(stretched.value().duration_minutes(), 240);
  const auto shortened = with([](Change& c) { c.duration_minutes = 90; });
  EXPECT_EQ(shortened.value().ends, moment("2027-05-30T18:00"));
}

TEST(Change, of_the_start_over_a_night_that_is_an_hour_shorter_keeps_the_hours) {
  const auto moved = with([](Change& c) { c.starts_at = written("2028-03-12T00:30"); });
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->duration_minutes(), 180);
  EXPECT_EQ(moved->ends, moment("2028-03-12T04:30"));
}

TEST(Change, of_the_vessel_brings_its_dock_unless_one_is_named) {
  const Make to_skiff = [](Change& c) {
    c.vessel = VesselId("skiff");
    c.guest.party_size = 4;
  };
  EXPECT_EQ(with(to_skiff).value().dock, "Shelter Island");
  const auto elsewhere = with([&](Change& c) {
    to_skiff(c);
    c.dock = "Fuel dock";
  });
  EXPECT_EQ(elsewhere.value().dock, "Fuel dock");
  const auto named_again = with([](Change& c) { c.vessel = VesselId("jada"); },
                                [] {
                                  Charter charter = example_charter();
                                  charter.dock = "Fuel dock";
                                  return charter;
                                }());
  EXPECT_EQ(named_again.value().dock, "Fuel dock") << "the same vessel moves nothing";
}

TEST(Change, of_the_guests_name_renames_what_was_named_after_them_and_nothing_else) {
  const auto to_erik = [](Change& c) { c.guest.name = "Erik Holm"; };
  Charter before = example_charter();
  before.title = "Boatsetter charter for Dana";
  EXPECT_EQ(with(to_erik, before)->title, "Boatsetter charter for Erik");
  EXPECT_EQ(with([](Change& c) { c.guest.name = ""; }, before)->title, "Boatsetter charter");
  before.title = "Dana's birthday";
  EXPECT_EQ(with(to_erik, before)->title, "Dana's birthday") << "somebody's own words";
}

TEST(Change, asks_anew_whose_own_time_place_vessel_or_role_is_another) {
  const std::pair<Make, std::vector<Revision>> cases[] = {
      {[](Change& c) { c.starts_at = written("2027-05-30T15:30"); }, {2, 2, 2}},
      {[](Change& c) { c.duration_minutes = 240; }, {2, 2, 2}},
      {[](Change& c) { c.dock = "Fuel dock"; }, {2, 2, 2}},
      {[](Change& c) { c.crew_notes = "Bring the flag"; }, {1, 1, 1}},
      {[](Change& c) { c.guest.party_size = 7; }, {1, 1, 1}},
      {[](Change& c) { c.title = "A birthday"; }, {1, 1, 1}},
      {[](Change& c) { c.slug = Slug("danas-day"); }, {1, 1, 1}},
      {[](Change& c) {
         c.crew = {{slot("ana", "crew"), slot("ben", "crew"), slot("cleo", "crew")}};
       },
       {2, 1, 1}},
      {[](Change& c) { c.crew = {{slot("cleo", "crew"), slot("ana", "captain")}}; }, {1, 1}},
      {[](Change& c) { c.crew = std::vector<Slot>{}; }, {}},
  };
  for (const auto& [make, expected] : cases) {
    const auto after = with(make);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->revision, 2U);
    EXPECT_EQ(asked(*after), expected);
  }
}

TEST(Change, keeps_each_name_that_the_page_had_and_takes_one_back) {
  const auto renamed = with([](Change& c) { c.slug = Slug("danas-day"); }).value();
  EXPECT_EQ(renamed.slug, Slug("danas-day"));
  EXPECT_EQ(renamed.former_slugs, std::vector{Slug("boatsetter-may-30")});
  const auto back = with([](Change& c) { c.slug = Slug("boatsetter-may-30"); }, renamed).value();
  EXPECT_EQ(back.slug, Slug("boatsetter-may-30"));
  EXPECT_EQ(back.former_slugs, std::vector{Slug("danas-day")});
}

TEST(Change, refuses_with_the_field) {
  Charter much_renamed = example_charter();
  for (std::size_t i = 0; i < former_slugs_max; ++i)
    much_renamed.former_slugs.emplace_back("name-" + std::to_string(i));
  Charter without_page = example_charter();
  without_page.slug = Slug();
  const struct {
    const char* field;
    Make make;
    Charter before;
  } cases[] = {
      {"vessel", [](Change& c) { c.vessel = VesselId("raft"); }, example_charter()},
      {"guest.party_size", [](Change& c) { c.vessel = VesselId("skiff"); }, example_charter()},
      {"guest.party_size", [](Change& c) { c.guest.party_size = 13; }, example_charter()},
      {"crew[0].member", [](Change& c) { c.crew = {{slot("zoe", "crew")}}; }, example_charter()},
      {"crew[0].role", [](Change& c) { c.crew = {{slot("ben", "captain")}}; }, example_charter()},
      {"starts_at", [](Change& c) { c.starts_at = written("2028-03-12T02:30"); },
       example_charter()},
      {"starts_at", [](Change& c) { c.starts_at = written("2027-11-07T01:30"); },
       example_charter()},
      {"ends_at", [](Change& c) { c.ends_at = written("2027-05-30T16:30"); }, example_charter()},
      {"crew_notes", [](Change& c) { c.crew_notes = "It pays $840"; }, example_charter()},
      {"guest_notes", [](Change& c) { c.guest_notes = "Bring 200 USD"; }, example_charter()},
      {"title", [](Change& c) { c.title = "The $840 one"; }, example_charter()},
      {"guest.name", [](Change& c) { c.guest.name = "Dana $840"; }, example_charter()},
      {"dock", [](Change& c) { c.dock = "Pay $20 at the gate"; }, example_charter()},
      {"slug", [](Change& c) { c.slug = Slug("Danas Day"); }, example_charter()},
      {"slug", [](Change& c) { c.slug = Slug("danas-day"); }, without_page},
      {"slug", [](Change& c) { c.slug = Slug("one-more"); }, much_renamed},
  };
  for (const auto& [field, make, before] : cases) {
    const auto after = with(make, before);
    ASSERT_FALSE(after) << field;
    EXPECT_EQ(after.error().kind, base::Kind::invalid) << field;
    ASSERT_EQ(after.error().faults.size(), 1U) << after.error().message;
    EXPECT_EQ(after.error().faults.front().field, field);
  }
}

TEST(Change, into_the_hour_that_spring_lacks_says_which_time_comes_next) {
  const auto after = with([](Change& c) { c.starts_at = written("2028-03-12T02:30"); });
  ASSERT_FALSE(after);
  EXPECT_NE(after.error().message.find("03:00"), std::string::npos) << after.error().message;
}

TEST(Change, what_was_let_in_before_is_no_fault_of_todays_change) {
  Charter before = example_charter();
  before.crew_notes = "Cash bar, $5 a drink";  // the owner allowed it
  const auto after = with([](Change& c) { c.dock = "Fuel dock"; }, before);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->crew_notes, before.crew_notes);
}

TEST(Change, into_the_past_is_refused_before_it_locks_the_trip) {
  const base::Instant now = utc("2027-05-31T00:30:00Z");  // an hour after its start
  const std::pair<Make, const char*> cases[] = {
      {[](Change& c) { c.starts_at = written("2025-05-30T16:30"); }, "starts_at"},
      {[](Change& c) { c.ends_at = written("2027-05-30T17:29"); }, "ends_at"},
      {[](Change& c) { c.duration_minutes = 60; }, "duration_minutes"},
      {[](Change& c) { c.duration_minutes = 30; }, "duration_minutes"}};
  for (const auto& [make, field] : cases) {
    const auto after = with(make, example_charter(), now);
    ASSERT_FALSE(after) << field;
    EXPECT_EQ(after.error().faults.at(0).field, field);
  }
  EXPECT_TRUE(with([](Change& c) { c.duration_minutes = 61; }, example_charter(), now));
}

TEST(Change, of_the_pages_name_to_an_amount_is_refused) {
  const auto after = with([](Change& c) { c.slug = Slug("gross-840-usd"); });
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().faults.at(0).field, "slug");
}

TEST(Change, of_a_trip_that_is_over_is_a_conflict_and_of_one_under_way_is_none) {
  const Make longer = [](Change& c) { c.duration_minutes = 240; };
  const base::Instant before_end = utc("2027-05-31T02:29:59Z");
  EXPECT_TRUE(with(longer, example_charter(), before_end));
  const Charter off = cancelled(example_charter(), CancelCause::weather, before_end);
  EXPECT_EQ(off.revision, 2U);
  EXPECT_EQ(off.changed_at, before_end);
  EXPECT_EQ(off.facts_revision, 2U);
  EXPECT_EQ(off.cancel_cause, CancelCause::weather);
  for (const auto& [charter, now] :
       {std::pair(example_charter(), utc("2027-05-31T02:30:00Z")), std::pair(off, long_before)}) {
    const auto after = with(longer, charter, now);
    ASSERT_FALSE(after);
    EXPECT_EQ(after.error().kind, base::Kind::conflict);
    EXPECT_EQ(after.error().code, "charter-over");
    EXPECT_FALSE(refuse_over(charter, now));
  }
  EXPECT_FALSE(refuse_cancelled(off));
  EXPECT_TRUE(refuse_cancelled(example_charter()));
}

// Ana's licence lasts until the day after the example's trip.
base::Result<Charter> with_licences(const Make& make, const char* until = "2027-05-31") {
  Tenant licensed = tenant();
  licensed.call.roles[captain_role].needs = {"licence"};
  licensed.call.roles[Role("crew")].needs = {"first-aid"};
  licensed.members[0].credentials = {{"licence", *base::parse_date(until)}};
  licensed.members[1].roles.push_back(captain_role);
  Change change;
  make(change);
  return changed(example_charter(), change, licensed, refused, long_before);
}

TEST(Change, that_makes_a_credential_lapse_is_refused_by_the_time_that_was_sent) {
  const std::pair<const char*, Make> cases[] = {
      {"starts_at", [](Change& c) { c.starts_at = written("2027-06-01T16:30"); }},
      {"ends_at", [](Change& c) { c.ends_at = written("2027-06-01T10:00"); }},
      {"duration_minutes", [](Change& c) { c.duration_minutes = 2 * 24 * 60; }},
  };
  for (const auto& [field, make] : cases) {
    const auto after = with_licences(make);
    ASSERT_FALSE(after) << field;
    EXPECT_EQ(after.error().kind, base::Kind::invalid);
    ASSERT_EQ(after.error().faults.size(), 1U) << "who lacked it before stays";
    EXPECT_EQ(after.error().faults[0].field, field);
    EXPECT_EQ(after.error().faults.at(0).message,
              "Ana Reyes's licence lapses on 2027-05-31, before this trip ends");
  }
  EXPECT_TRUE(with_licences([](Change& c) { c.starts_at = written("2027-05-31T16:30"); }));
}

TEST(Change, of_the_crew_asks_for_the_credentials_of_who_is_new) {
  auto after = with_licences([](Change& c) {
    c.crew = {{{}, Role("crew")}, slot("ben", "captain"), slot("cleo", "crew")};
  });
  ASSERT_FALSE(after);
  ASSERT_EQ(after.error().faults.size(), 1U);
  EXPECT_EQ(after.error().faults[0].field, "crew[1].member");
  EXPECT_EQ(after.error().faults.at(0).message, "Ben Ito has no licence on record");
  after = with_licences([](Change& c) { c.crew = {slot("ana", "captain")}; }, "2027-05-01");
  EXPECT_TRUE(after) << "who is aboard stays, though the licence has lapsed";
}

}  // namespace domain::testing
