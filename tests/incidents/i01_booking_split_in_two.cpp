// I-01: XHQGMDH was booked for 16:30 and moved to 15:30. One hand had made a page under one name,
// another changed the crew's record and made a second, poorer page under another; marketplace and
// calendar kept the old time. Four places, two times, two addresses. Here a charter is one record.
#include "tests/app/change_fixture.h"

namespace incidents {

using app::testing::count;
using app::testing::Lines;
using app::testing::value_of;

class BookingSplitInTwo : public app::testing::ChangeTest {
 protected:
  Lines published() {
    Lines names;
    for (const auto& one : std::filesystem::directory_iterator(folder() / "objects" / "jada"))
      if (one.path().filename().string().starts_with('@'))  // as the folder keeps an object
        names.push_back(one.path().filename().string().substr(1));
    std::sort(names.begin(), names.end());
    return names;
  }
};

TEST_F(BookingSplitInTwo, moved_an_hour_it_has_one_time_and_one_address) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  EXPECT_EQ(charter().slug, trip.slug) << "another time of the day is no other name";
  EXPECT_EQ(count(feed(), "BEGIN:VEVENT"), 1U);
  EXPECT_EQ(base::format_utc(feed_event().starts), "2027-05-30T22:30:00Z");
  ASSERT_EQ(published(), (Lines{"boatsetter-may-30.html", "boatsetter-may-30.ics"}))
      << "the page and its calendar file, and none beside them";
  for (const std::string& name : published()) {
    EXPECT_EQ(object(name).find("4:30 PM"), std::string::npos) << name;
    EXPECT_EQ(object(name).find("T163000"), std::string::npos) << name;
  }
  for (const char* member : {"ana", "ben", "cleo"})
    EXPECT_NE(crew_page_of(member).find("3:30 PM"), std::string::npos) << member;
  for (const std::string& name : later_mails())
    EXPECT_EQ(base::format_utc(app::testing::invitation(mail(name)).starts), "2027-05-30T22:30:00Z")
        << name;
  EXPECT_EQ(later_mails().size(), 4U) << "everybody heard of it";
}

TEST_F(BookingSplitInTwo, the_same_booking_cannot_make_a_second_page) {
  auto again = app::testing::booking_request();
  again.booking.starts_at = app::testing::written("2027-05-30T15:30");
  EXPECT_TRUE(refuses([&] { return take(again); }, base::Kind::conflict, "reference"));
}

TEST_F(BookingSplitInTwo, a_renamed_page_stays_at_the_end_of_its_old_address) {
  ASSERT_TRUE(change([](auto& request) { request.change.slug = domain::Slug("danas-afternoon"); }));
  run_all();
  const auto found = value_of(app::find_guest_page(operations(), world, "boatsetter-may-30"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->slug.text(), "danas-afternoon");
  EXPECT_EQ(object("boatsetter-may-30.html"), "") << "no second page that grows old";
}

}  // namespace incidents
