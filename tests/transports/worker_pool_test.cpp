#include "transports/worker_pool.h"

#include <atomic>
#include <future>
#include <stdexcept>

#include <gtest/gtest.h>

namespace transports {
namespace {

TEST(WorkerPool, RunsEveryTaskItTook) {
  std::atomic<int> ran = 0;
  {
    WorkerPool pool(4, 1000);
    for (int i = 0; i < 500; ++i) {
      Task task([&ran] { ++ran; });
      EXPECT_TRUE(pool.offer(task));
    }
  }
  EXPECT_EQ(ran, 500);
}

TEST(WorkerPool, RefusesWhenFullAndLeavesTheTaskAlone) {
  std::promise<void> gate;
  std::shared_future<void> open = gate.get_future().share();
  WorkerPool pool(2, 3);
  for (int i = 0; i < 5; ++i) {  // two run, three wait
    Task task([open] { open.wait(); });
    EXPECT_TRUE(pool.offer(task)) << i;
  }
  bool ran = false;
  Task refused([&ran] { ran = true; });
  EXPECT_FALSE(pool.offer(refused));
  refused.run();
  EXPECT_TRUE(ran);
  gate.set_value();
}

TEST(WorkerPool, OneThreadKeepsTheOrder) {
  std::vector<int> order;
  WorkerPool pool(1, 100);
  for (int i = 0; i < 50; ++i) {
    Task task([&order, i] { order.push_back(i); });
    EXPECT_TRUE(pool.offer(task));
  }
  pool.stop();
  ASSERT_EQ(order.size(), 50u);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST(WorkerPool, TakesNothingAfterStop) {
  WorkerPool pool(1, 1);
  pool.stop();
  Task task([] {});
  EXPECT_FALSE(pool.offer(task));
  pool.stop();
}

TEST(WorkerPool, SurvivesATaskThatThrows) {
  WorkerPool pool(1, 10);
  Task bad([] { throw std::runtime_error("wrong"); });
  EXPECT_TRUE(pool.offer(bad));
  std::promise<void> done;
  Task good([&done] { done.set_value(); });
  EXPECT_TRUE(pool.offer(good));
  EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(5)), std::future_status::ready);
}

}  // namespace
}  // namespace transports
