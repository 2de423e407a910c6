// WorkerPool: a bounded queue in front of a fixed number of threads that may block.
// Always: tasks start in the order they were taken; a task that was taken is run, also during
// stop(). Refuses: more than queue_max waiting tasks, and any task once stop() has begun.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace transports {

// A function without arguments that is moved, never copied (std::function would copy).
class Task {
 public:
  template <class F>
  explicit Task(F function) : work_(std::make_unique<Holder<F>>(std::move(function))) {}

  void run() { work_->run(); }

 private:
  struct Work {
    virtual ~Work() = default;
    virtual void run() = 0;
  };
  template <class F>
  struct Holder final : Work {
    explicit Holder(F f) : function(std::move(f)) {}
    void run() override { function(); }
    F function;
  };

  std::unique_ptr<Work> work_;
};

class WorkerPool {
 public:
  // Threads start when the first tasks need them.
  WorkerPool(unsigned threads_max, std::size_t queue_max);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False: no room, or stopped; the task is then untouched. A task must not throw; one that does is
  // logged.
  [[nodiscard]] bool offer(Task& task);
  // Runs what is queued, then joins the threads. May be called again; not from a task.
  void stop();

 private:
  void work();
  bool start_thread();

  const unsigned threads_max_;
  const std::size_t queue_max_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Task> queue_;
  std::vector<std::thread> threads_;
  std::size_t busy_ = 0;
  bool stopping_ = false;
};

}  // namespace transports
