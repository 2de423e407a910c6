// I-11: two marketplaces sold one slot. Here a vessel's time is a record that only one commit can
// change: of two who book at once one is refused, and told what is in the way.
#include <thread>

#include "tests/app/verb_fixture.h"

namespace incidents {

class DoubleBookings : public app::testing::VerbTest {};

TEST_F(DoubleBookings, of_two_channels_at_once_one_has_the_slot) {
  std::atomic<int> taken = 0;
  std::mutex mutex;
  std::string refusal;
  std::vector<std::thread> channels;
  for (const char* channel : {"boatsetter", "getmyboat"})
    channels.emplace_back([&, channel] {
      auto request = app::testing::booking_request();
      request.booking.channel = domain::Channel(channel);
      const auto answer = take(request);
      if (answer) {
        ++taken;
      } else {
        const std::lock_guard lock(mutex);
        refusal = answer.error().message;
      }
    });
  for (std::thread& channel : channels) channel.join();
  EXPECT_EQ(taken, 1);
  EXPECT_NE(refusal.find("charter for Dana"), std::string::npos) << refusal;
}

TEST_F(DoubleBookings, the_same_booking_told_twice_is_one_charter) {
  ASSERT_TRUE(take(app::testing::booking_request()));
  EXPECT_TRUE(refuses([&] { return take(app::testing::booking_request()); }, base::Kind::conflict,
                      "reference"));
}

}  // namespace incidents
