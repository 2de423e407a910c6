#include "adapters/sqlite_readers.h"

#include <chrono>

namespace adapters {

using base::Result;

namespace {

constexpr std::chrono::seconds wait_max{5};

}  // namespace

SqliteReaders::SqliteReaders(std::filesystem::path file, std::size_t count_max)
    : file_(std::move(file)), count_max_(count_max) {
  idle_.reserve(count_max_);  // so that giving back never allocates
}

Result<std::unique_ptr<SqliteDatabase>> SqliteReaders::borrow() {
  {
    std::unique_lock lock(mutex_);
    const bool lucky = returned_.wait_for(
        lock, wait_max, [this] { return !idle_.empty() || opened_ < count_max_; });
    if (!lucky) return base::unavailable("too many reads at once; try again");
    if (!idle_.empty()) {
      auto database = std::move(idle_.back());
      idle_.pop_back();
      return database;
    }
    ++opened_;
  }
  auto database = SqliteDatabase::open(file_, SqliteDatabase::Access::read_only);
  if (!database) {
    const std::lock_guard lock(mutex_);
    --opened_;
    returned_.notify_one();
  }
  return database;
}

void SqliteReaders::give_back(std::unique_ptr<SqliteDatabase> database) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(database));
  returned_.notify_one();
}

}  // namespace adapters
