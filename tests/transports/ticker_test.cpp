// The ticker: due jobs run by themselves, soon, in their lanes, until it is told to stop.
#include "transports/ticker.h"

#include <future>

#include "app/weather_record.h"

#include "tests/app/verb_fixture.h"

namespace transports {
namespace {

using app::load_job;
using app::replan;
using domain::JobKind;
using domain::JobState;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

// What "within a second" means, and what a busy machine may add to it.
constexpr seconds soon{1};
constexpr seconds patience{4};

class TickerTest : public app::testing::VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    auto request = app::testing::booking_request();
    request.booking.crew.clear();
    trip_ = booked(request);
  }
  // Open until a test shuts it; a mail waits before it.
  void shut_the_mail_server() {
    mail_server.meanwhile = [this, waits = gate_.get_future().share()] {
      mail_under_way_ = true;
      waits.wait();
    };
  }
  void open_the_mail_server() { gate_.set_value(); }
  bool mail_is_under_way() const { return mail_under_way_; }

  domain::JobId id_of(JobKind kind) const { return domain::job_id_for(trip_.id, kind, 1); }
  JobState state_of(JobKind kind) const { return job(id_of(kind)).state; }

  template <class Condition>
  static bool becomes_true(Condition condition, steady_clock::duration within) {
    const auto deadline = steady_clock::now() + within;
    while (!condition()) {
      if (steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(milliseconds(2));
    }
    return true;
  }

 private:
  domain::Charter trip_;
  std::promise<void> gate_;
  std::atomic<bool> mail_under_way_ = false;
};

TickerOptions looking_every(milliseconds period) {
  TickerOptions options;
  options.period = period;
  return options;
}

}  // namespace

TEST_F(TickerTest, runs_what_was_due_before_it_started_with_nothing_to_switch_on) {
  const app::JobDesk work = desk();
  Ticker ticker(work, {});
  ticker.start();
  EXPECT_TRUE(
      becomes_true([&] { return state_of(JobKind::guest_page) == JobState::done; }, patience));
}

TEST_F(TickerTest, a_job_runs_within_a_second_of_its_due_time) {
  const auto later = clock.now() + std::chrono::hours(1);
  const auto page = load_job(operations(), id_of(JobKind::guest_page)).value();
  domain::Job moved = page->value;
  moved.due_at = later;
  auto changes = operations().changes();
  replan(changes, *page, moved);
  ASSERT_TRUE(operations().commit(changes));

  const app::JobDesk work = desk();
  Ticker ticker(work, {});
  ticker.start();
  EXPECT_FALSE(becomes_true([&] { return state_of(JobKind::guest_page) == JobState::done; },
                            TickerOptions().period * 2));
  clock.advance(std::chrono::hours(1));
  EXPECT_LT(TickerOptions().period, soon);
  EXPECT_TRUE(
      becomes_true([&] { return state_of(JobKind::guest_page) == JobState::done; }, patience));
}

TEST_F(TickerTest, woken_it_looks_at_once) {
  run_all();
  const app::JobDesk work = desk();
  Ticker ticker(work, looking_every(std::chrono::hours(1)));
  ticker.start();
  const auto booked_later = booked(app::testing::plain_request("2027-06-01T10:00"));
  ticker.wake();
  const auto page = domain::job_id_for(booked_later.id, JobKind::guest_page, 1);
  EXPECT_TRUE(becomes_true([&] { return job(page).state == JobState::done; }, patience));
}

TEST_F(TickerTest, a_mail_server_that_hangs_does_not_hold_up_pages) {
  ASSERT_TRUE(run_job(desk(), id_of(JobKind::guest_page)));
  shut_the_mail_server();
  const app::JobDesk work = desk();
  Ticker ticker(work, {});
  ticker.start();
  ASSERT_TRUE(becomes_true([&] { return mail_is_under_way(); }, patience));
  const auto other = booked(app::testing::plain_request("2027-06-01T10:00"));
  ticker.wake();
  const auto page = domain::job_id_for(other.id, JobKind::guest_page, 1);
  EXPECT_TRUE(becomes_true([&] { return job(page).state == JobState::done; }, patience));
  EXPECT_EQ(state_of(JobKind::guest_mail), JobState::planned);
  open_the_mail_server();
  EXPECT_TRUE(
      becomes_true([&] { return state_of(JobKind::guest_mail) == JobState::done; }, patience));
}

TEST_F(TickerTest, idle_it_stops_at_once) {
  run_all();
  const app::JobDesk work = desk();
  Ticker ticker(work, looking_every(std::chrono::hours(1)));
  ticker.start();
  const auto start = steady_clock::now();
  ticker.stop();
  EXPECT_LT(steady_clock::now() - start, patience);
}

namespace {

// A weather service that answers when a test lets it.
class SlowForecasts : public ports::Forecasts {
 public:
  base::Result<std::optional<domain::Forecast>> hourly(double, double) override {
    ++asked;
    answers_.wait();
    return base::unavailable("no answer");
  }
  void let_answer() { gate_.set_value(); }

  std::atomic<int> asked = 0;

 private:
  std::promise<void> gate_;
  std::shared_future<void> answers_ = gate_.get_future().share();
};

}  // namespace

TEST_F(TickerTest, asks_for_the_weather_by_itself_and_holds_nothing_up) {
  const auto soon_sailing = booked(app::testing::plain_request("2027-05-25T10:00"));
  SlowForecasts forecasts;
  app::JobDesk work = desk();
  work.forecasts = &forecasts;
  Ticker ticker(work, {});
  ticker.start();
  EXPECT_TRUE(becomes_true([&] { return forecasts.asked > 0; }, patience));
  EXPECT_TRUE(
      becomes_true([&] { return state_of(JobKind::guest_page) == JobState::done; }, patience));
  const auto known = [&] {
    const auto weather = app::load_weather(operations(), soon_sailing.id);
    return weather && *weather;
  };
  EXPECT_FALSE(known());
  forecasts.let_answer();
  EXPECT_TRUE(becomes_true(known, patience));
  ticker.stop();
}

TEST_F(TickerTest, stopping_finishes_the_job_in_hand_and_begins_no_other) {
  ASSERT_TRUE(run_job(desk(), id_of(JobKind::guest_page)));
  auto second = app::testing::plain_request("2027-06-01T10:00");
  second.booking.guest = {"Eli Marsh", "eli@guest.example", "", 2};
  const auto other = booked(second);
  const auto other_page = domain::job_id_for(other.id, JobKind::guest_page, 1);
  ASSERT_TRUE(run_job(desk(), other_page));
  shut_the_mail_server();
  const app::JobDesk work = desk();
  Ticker ticker(work, {});
  ticker.start();
  ASSERT_TRUE(becomes_true([&] { return mail_is_under_way(); }, patience));
  auto stopped = std::async(std::launch::async, [&] { ticker.stop(); });
  EXPECT_EQ(stopped.wait_for(milliseconds(50)), std::future_status::timeout)
      << "a mail is under way";
  open_the_mail_server();
  ASSERT_EQ(stopped.wait_for(patience), std::future_status::ready);
  EXPECT_EQ(mail_server.tries, 1);
  const auto other_mail = domain::job_id_for(other.id, JobKind::guest_mail, 1);
  const bool first_went = state_of(JobKind::guest_mail) == JobState::done;
  const bool second_went = job(other_mail).state == JobState::done;
  EXPECT_NE(first_went, second_went);
}

}  // namespace transports
