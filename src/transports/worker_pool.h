// WorkerPool: a queue bounded by count and age in front of a fixed number of threads that may
// block. Always: tasks of one claim start in the order they were taken; a task that was taken is
// run exactly once, also during stop(). Refuses: more waiting tasks than a claim gives room for,
// and any task once stop() has begun.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace transports {

// too_late: the task waited longer than is worth it, and only has to say so; it must be quick.
enum class Turn { now, too_late };

// A function of a Turn that is moved, never copied (std::function would copy).
class Task {
 public:
  template <class F>
  explicit Task(F function) : work_(std::make_unique<Holder<F>>(std::move(function))) {}

  void run(Turn turn) { work_->run(turn); }

 private:
  struct Work {
    virtual ~Work() = default;
    virtual void run(Turn turn) = 0;
  };
  template <class F>
  struct Holder final : Work {
    explicit Holder(F f) : function(std::move(f)) {}
    void run(Turn turn) override { function(turn); }
    F function;
  };

  std::unique_ptr<Work> work_;
};

// How far into a filling queue a task may still go. under_way is the rest of something that was
// taken before: it always finds room, goes first, and is never too late; whoever offers it bounds
// it.
enum class Claim { ordinary, preferred, under_way };

struct WorkerLimits {
  unsigned threads = 1;
  std::size_t queue_max = 1024;     // waiting tasks, but for those under way
  std::size_t ordinary_max = 1024;  // so many waiting, and only preferred ones are taken
  std::chrono::milliseconds wait_max{10'000};
};

class WorkerPool {
 public:
  // Threads start when the first tasks need them.
  explicit WorkerPool(const WorkerLimits& limits);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False: no room, or stopped; the task is then untouched. A task must not throw; one that does is
  // logged.
  [[nodiscard]] bool offer(Task& task, Claim claim = Claim::ordinary);
  // Runs, as too late and on this thread, what has waited longer than wait_max. Called often enough
  // it keeps the promise also while every worker is busy.
  void turn_away();
  std::size_t waiting();
  // Runs what is queued, then joins the threads. May be called again; not from a task.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Waiting {
    Task task;
    Clock::time_point since;
  };

  void work();
  bool start_thread();
  bool is_too_late(const Waiting& waiting) const;

  const WorkerLimits limits_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> under_way_;
  std::deque<Waiting> queue_;
  std::vector<std::thread> threads_;
  std::size_t busy_ = 0;
  bool stopping_ = false;
};

}  // namespace transports
