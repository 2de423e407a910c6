#include "transports/worker_pool.h"

#include <exception>
#include <system_error>

#include "base/log.h"

namespace transports {

WorkerPool::WorkerPool(unsigned threads_max, std::size_t queue_max)
    : threads_max_(threads_max == 0 ? 1 : threads_max), queue_max_(queue_max) {}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::offer(Task& task) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return false;
    // Threads that are not busy fetch one task each: those tasks do not wait, so they do not count.
    std::size_t free = threads_.size() - busy_;
    if (queue_.size() >= free && threads_.size() < threads_max_ && start_thread()) ++free;
    if (threads_.empty() || queue_.size() >= queue_max_ + free) return false;
    queue_.push_back(std::move(task));
  }
  wake_.notify_one();
  return true;
}

bool WorkerPool::start_thread() {
  try {
    threads_.emplace_back([this] { work(); });
    return true;
  } catch (const std::system_error& error) {
    base::log::warning("no further worker thread", {{"reason", error.what()}});
    return false;
  }
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    ++busy_;
    lock.unlock();
    try {
      task.run();
    } catch (const std::exception& error) {
      base::log::error("task threw", {{"what", error.what()}});
    }
    lock.lock();
    --busy_;
  }
}

void WorkerPool::stop() {
  std::vector<std::thread> threads;
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
    threads.swap(threads_);
  }
  wake_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace transports
