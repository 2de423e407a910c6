#include "transports/worker_pool.h"

#include <atomic>
#include <future>
#include <stdexcept>

#include <gtest/gtest.h>

namespace transports {
namespace {

using namespace std::chrono_literals;

TEST(WorkerPool, RunsEveryTaskItTook) {
  std::atomic<int> ran = 0;
  {
    WorkerPool pool({4, 1000, 1000, 10s});
    for (int i = 0; i < 500; ++i) {
      Task task([&ran](Turn) { ++ran; });
      EXPECT_TRUE(pool.offer(task));
    }
  }
  EXPECT_EQ(ran, 500);
}

TEST(WorkerPool, RefusesWhenFullAndLeavesTheTaskAlone) {
  std::promise<void> gate;
  std::shared_future<void> open = gate.get_future().share();
  WorkerPool pool({2, 3, 3, 10s});
  for (int i = 0; i < 5; ++i) {  // two run, three wait
    Task task([open](Turn) { open.wait(); });
    EXPECT_TRUE(pool.offer(task)) << i;
  }
  bool ran = false;
  Task refused([&ran](Turn) { ran = true; });
  EXPECT_FALSE(pool.offer(refused));
  refused.run(Turn::now);
  EXPECT_TRUE(ran);
  gate.set_value();
}

TEST(WorkerPool, OneThreadKeepsTheOrder) {
  std::vector<int> order;
  WorkerPool pool({1, 100, 100, 10s});
  for (int i = 0; i < 50; ++i) {
    Task task([&order, i](Turn) { order.push_back(i); });
    EXPECT_TRUE(pool.offer(task));
  }
  pool.stop();
  ASSERT_EQ(order.size(), 50u);
  for (int i = 0; i < 50; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
}

// A pool whose only thread stands at a gate.
struct BusyPool {
  explicit BusyPool(WorkerLimits limits) : pool(limits) {
    Task task([this](Turn) {
      stands.set_value();
      open.wait();
    });
    EXPECT_TRUE(pool.offer(task));
    stands.get_future().wait();
  }
  bool offer(Claim claim, int name) {
    Task task([this, name](Turn turn) { ran.push_back(turn == Turn::now ? name : -name); });
    return pool.offer(task, claim);
  }
  std::vector<int> ran;
  std::promise<void> stands;
  std::promise<void> gate;
  std::shared_future<void> open = gate.get_future().share();
  WorkerPool pool;
};

TEST(WorkerPool, KeepsRoomForThePreferredAndAlwaysTakesWhatIsUnderWay) {
  BusyPool busy({1, 4, 2, 10s});
  EXPECT_TRUE(busy.offer(Claim::ordinary, 1));
  EXPECT_TRUE(busy.offer(Claim::ordinary, 2));
  EXPECT_FALSE(busy.offer(Claim::ordinary, 3));
  EXPECT_TRUE(busy.offer(Claim::preferred, 4));
  EXPECT_TRUE(busy.offer(Claim::preferred, 5));
  EXPECT_FALSE(busy.offer(Claim::preferred, 6));
  EXPECT_TRUE(busy.offer(Claim::under_way, 7));
  EXPECT_TRUE(busy.offer(Claim::under_way, 8));
  busy.gate.set_value();
  busy.pool.stop();
  EXPECT_EQ(busy.ran, (std::vector<int>{7, 8, 1, 2, 4, 5}));
}

TEST(WorkerPool, WhatWaitedTooLongIsOnlyTold) {
  BusyPool busy({1, 10, 10, 50ms});
  EXPECT_TRUE(busy.offer(Claim::ordinary, 1));
  EXPECT_TRUE(busy.offer(Claim::under_way, 2));
  busy.pool.turn_away();
  EXPECT_TRUE(busy.ran.empty());
  std::this_thread::sleep_for(60ms);
  busy.pool.turn_away();  // while the worker is still busy
  EXPECT_EQ(busy.ran, std::vector<int>{-1});
  EXPECT_TRUE(busy.offer(Claim::ordinary, 3));
  std::this_thread::sleep_for(60ms);
  EXPECT_TRUE(busy.offer(Claim::ordinary, 4));
  busy.gate.set_value();
  busy.pool.stop();
  EXPECT_EQ(busy.ran, (std::vector<int>{-1, 2, -3, 4}));
}

TEST(WorkerPool, TakesNothingAfterStop) {
  WorkerPool pool({1, 1, 1, 10s});
  pool.stop();
  Task task([](Turn) {});
  EXPECT_FALSE(pool.offer(task));
  pool.stop();
}

TEST(WorkerPool, SurvivesATaskThatThrows) {
  WorkerPool pool({1, 10, 10, 10s});
  Task bad([](Turn) { throw std::runtime_error("wrong"); });
  EXPECT_TRUE(pool.offer(bad));
  std::promise<void> done;
  Task good([&done](Turn) { done.set_value(); });
  EXPECT_TRUE(pool.offer(good));
  EXPECT_EQ(done.get_future().wait_for(std::chrono::seconds(5)), std::future_status::ready);
}

}  // namespace
}  // namespace transports
