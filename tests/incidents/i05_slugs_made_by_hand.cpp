// I-05: slugs were typed by hand; one was a bare date, and its page could not be loaded at the
// dock. Here they are made, one form for all, and two trips of one channel and day never share one.
#include "domain/slug.h"

#include "app/guest_page.h"

#include "tests/app/verb_fixture.h"

namespace incidents {

using app::testing::value_of;

class SlugsMadeByHand : public app::testing::VerbTest {};

TEST_F(SlugsMadeByHand, two_trips_of_one_guest_name_and_day_have_two_pages) {
  auto morning = app::testing::plain_request("2027-05-30T09:00");
  auto sunset = app::testing::plain_request("2027-05-30T17:00");
  for (auto* request : {&morning, &sunset}) request->booking.guest.name = "Dana Whitfield";
  const auto first = booked(morning);
  const auto second = booked(sunset);
  EXPECT_EQ(first.slug.text(), "direct-may-30");
  EXPECT_EQ(second.slug.text(), "direct-may-30-2");
  for (const auto& trip : {first, second}) {
    const auto page = value_of(find_guest_page(operations(), world, trip.slug.text()));
    ASSERT_TRUE(page);
    EXPECT_EQ(page->charter.id, trip.id);
  }
}

TEST_F(SlugsMadeByHand, every_made_slug_is_a_name_that_the_edge_lets_through) {
  using namespace std::chrono;
  for (const char* channel : {"boatsetter", "get-my-boat", "a", "x1"})
    for (unsigned month_number = 1; month_number <= 12; ++month_number)
      for (int nth : {1, 2, domain::slug_tries_max}) {
        const auto slug = domain::slug_for(domain::Channel(channel),
                                           year(2027) / month(month_number) / day(9), nth);
        EXPECT_TRUE(domain::is_page_name(slug.text())) << slug.text();
      }
}

TEST_F(SlugsMadeByHand, a_reference_never_takes_over_a_page_that_exists) {
  const auto first = booked(app::testing::plain_request("2027-05-30T09:00"));
  auto request = app::testing::booking_request();
  request.booking.reference = "direct-may-30";
  booked(request);
  const auto page = value_of(find_guest_page(operations(), world, "direct-may-30"));
  ASSERT_TRUE(page);
  EXPECT_EQ(page->charter.id, first.id);
}

}  // namespace incidents
