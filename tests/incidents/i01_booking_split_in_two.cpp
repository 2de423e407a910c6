// I-01: XHQGMDH was booked for 16:30 and moved to 15:30. One hand had made a page under one name,
// another changed the crew's record and made a second, poorer page under another; marketplace and
// calendar kept the old time. Four places, two times, two addresses. Here a charter is one record.
#include <sstream>

#include "tests/app/change_fixture.h"

namespace incidents {

using app::testing::count;
using app::testing::Lines;
using app::testing::value_of;

class BookingSplitInTwo : public app::testing::ChangeTest {
 protected:
  // Each object and its text.
  std::map<std::string, std::string> published() {
    std::map<std::string, std::string> texts;
    for (const auto& file : std::filesystem::recursive_directory_iterator(folder() / "objects")) {
      if (!file.is_regular_file()) continue;
      std::ifstream bytes(file.path(), std::ios::binary);
      std::ostringstream all;
      all << bytes.rdbuf();
      texts[file.path().filename().string()] = all.str();
    }
    return texts;
  }
};

TEST_F(BookingSplitInTwo, moved_an_hour_it_has_one_time_and_one_address) {
  ASSERT_TRUE(move_to("2027-05-30T15:30"));
  run_all();
  EXPECT_EQ(charter().slug, trip.slug) << "another time of the day is no other name";
  EXPECT_EQ(count(feed(), "BEGIN:VEVENT"), 1U);
  EXPECT_EQ(base::format_utc(feed_event().starts), "2027-05-30T22:30:00Z");
  int pages = 0;
  for (const auto& [name, text] : published()) {
    if (text.find("JADA") == std::string::npos) continue;
    ++pages;
    EXPECT_EQ(text.find("4:30 PM"), std::string::npos) << name;
    EXPECT_EQ(text.find("T163000"), std::string::npos) << name;
  }
  EXPECT_EQ(pages, 2) << "the page and its calendar file, and none beside them";
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
