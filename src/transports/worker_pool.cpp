#include "transports/worker_pool.h"

#include <exception>
#include <system_error>

#include "base/log.h"

namespace transports {
namespace {

void run(Task& task, Turn turn) {
  try {
    task.run(turn);
  } catch (const std::exception& error) {
    base::log::error("task threw", {{"what", error.what()}});
  }
}

}  // namespace

WorkerPool::WorkerPool(const WorkerLimits& limits) : limits_(limits) {}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::offer(Task& task, Claim claim) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopping_) return false;
    // Threads that are not busy fetch one task each: those tasks do not wait, so they do not count.
    const std::size_t waiting = queue_.size() + under_way_.size();
    std::size_t free = threads_.size() - busy_;
    const bool may_grow = threads_.size() < limits_.threads || threads_.empty();
    if (waiting >= free && may_grow && start_thread()) ++free;
    if (threads_.empty()) return false;
    const std::size_t room = claim == Claim::preferred ? limits_.queue_max : limits_.ordinary_max;
    if (claim == Claim::under_way) {
      under_way_.push_back(std::move(task));
    } else if (queue_.size() >= room + free) {
      return false;
    } else {
      queue_.push_back({std::move(task), Clock::now()});
    }
  }
  wake_.notify_one();
  return true;
}

std::size_t WorkerPool::waiting() {
  const std::scoped_lock lock(mutex_);
  return queue_.size() + under_way_.size();
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

bool WorkerPool::is_too_late(const Waiting& waiting) const {
  return Clock::now() - waiting.since > limits_.wait_max;
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty() || !under_way_.empty(); });
    if (queue_.empty() && under_way_.empty()) return;
    const bool goes_on = !under_way_.empty();
    const Turn turn = !goes_on && is_too_late(queue_.front()) ? Turn::too_late : Turn::now;
    Task task = std::move(goes_on ? under_way_.front() : queue_.front().task);
    goes_on ? under_way_.pop_front() : queue_.pop_front();
    ++busy_;
    lock.unlock();
    run(task, turn);
    lock.lock();
    --busy_;
  }
}

void WorkerPool::turn_away() {
  for (;;) {
    std::unique_lock lock(mutex_);
    if (queue_.empty() || !is_too_late(queue_.front())) return;
    Task task = std::move(queue_.front().task);
    queue_.pop_front();
    lock.unlock();
    run(task, Turn::too_late);
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
