// The one record of a trip.
#include "domain/charter.h"

#include <gtest/gtest.h>

#include "tests/domain/example.h"

namespace domain {
namespace {

TEST(Charter, states_have_names) {
  testing::expect_names_round_trip<CharterStatus>({{CharterStatus::confirmed, "confirmed"},
                                                   {CharterStatus::in_progress, "in_progress"},
                                                   {CharterStatus::completed, "completed"},
                                                   {CharterStatus::cancelled, "cancelled"}},
                                                  charter_status_from);
}

TEST(Charter, causes_of_a_cancellation_have_names) {
  testing::expect_names_round_trip<CancelCause>({{CancelCause::weather, "weather"},
                                                 {CancelCause::guest, "guest"},
                                                 {CancelCause::operator_, "operator"},
                                                 {CancelCause::channel, "channel"},
                                                 {CancelCause::duplicate, "duplicate"}},
                                                cancel_cause_from);
}

struct NameCase {
  const char* full;
  const char* first;
};

// What a page that may be forwarded shows of a name, however its words are parted.
TEST(Charter, the_first_name_is_the_first_word) {
  const NameCase cases[] = {
      {"Dana Whitfield", "Dana"},
      {"  Dana  Whitfield ", "Dana"},
      {"Dana", "Dana"},
      {"", ""},
      {"   ", ""},
      {"Ana Maria Reyes", "Ana"},
      {"Jean-Luc Moreau", "Jean-Luc"},
      {"Åsa Öberg", "Åsa"},
      {"Dana\u00a0Whitfield", "Dana"},
      {"\u00a0Dana\u202fWhitfield", "Dana"},
      {"Dana\u2003Whitfield", "Dana"},
      {"Whitfield, Dana", "Dana"},
      {"Whitfield,Dana M.", "Dana"},
      {"Whitfield,", ""},
      {"ダナ\u3000ウィットフィールド", "ダナ"},
  };
  for (const NameCase& one : cases) EXPECT_EQ(first_name(one.full), one.first) << one.full;
}

struct LengthCase {
  const char* starts;
  const char* ends;
  int minutes;
};

TEST(Charter, the_length_is_in_real_minutes) {
  const LengthCase cases[] = {
      {"2027-05-30T16:30", "2027-05-30T19:30", 180}, {"2027-05-31T23:30", "2027-06-01T00:15", 45},
      {"2027-03-14T01:30", "2027-03-14T03:30", 60},  {"2027-11-07T00:30", "2027-11-07T02:30", 180},
      {"2027-12-31T22:00", "2028-01-01T02:00", 240},
  };
  for (const LengthCase& one : cases) {
    Charter charter = testing::example_charter();
    charter.starts = testing::moment(one.starts);
    charter.ends = testing::moment(one.ends);
    EXPECT_EQ(charter.duration_minutes(), one.minutes) << one.starts;
  }
}

TEST(Charter, a_slug_makes_a_guest_page) {
  Charter charter = testing::example_charter();
  EXPECT_TRUE(charter.has_guest_page());
  charter.slug = {};
  EXPECT_FALSE(charter.has_guest_page());
}

TEST(Charter, checklists_keep_their_order_and_number_their_parts_apart) {
  const auto items = checklist_from({"Life jackets counted", "VHF radio check"}, {"Lost property"});
  ASSERT_EQ(items.size(), 3U);
  EXPECT_EQ(items[0].id, "d1");
  EXPECT_EQ(items[0].text, "Life jackets counted");
  EXPECT_EQ(items[1].id, "d2");
  EXPECT_EQ(items[1].part, ChecklistPart::departure);
  EXPECT_EQ(items[2].id, "r1");
  EXPECT_EQ(items[2].part, ChecklistPart::return_);
  EXPECT_EQ(items[2].text, "Lost property");
  EXPECT_TRUE(checklist_from({}, {}).empty());
}

}  // namespace
}  // namespace domain
