// A bounded pool of read-only connections. A thread borrows one for one question and gives it back.
// Always: a borrowed connection is used by its borrower alone; it sees every commit that returned
// before. unavailable: all are out and none comes back within five seconds.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "base/result.h"

#include "adapters/sqlite_database.h"

namespace adapters {

class SqliteReaders {
 public:
  SqliteReaders(std::filesystem::path file, std::size_t count_max);

  // Answers what question(connection) answers.
  template <class Question>
  auto ask(Question question) -> decltype(question(std::declval<SqliteDatabase&>())) {
    auto lent = TRY(borrow());
    Loan loan(*this, std::move(lent));
    return question(loan.database());
  }

 private:
  // Gives the connection back at the end of its scope.
  class Loan {
   public:
    Loan(SqliteReaders& from, std::unique_ptr<SqliteDatabase> lent)
        : readers_(from), database_(std::move(lent)) {}
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;
    ~Loan() { readers_.give_back(std::move(database_)); }
    SqliteDatabase& database() { return *database_; }

   private:
    SqliteReaders& readers_;
    std::unique_ptr<SqliteDatabase> database_;
  };

  base::Result<std::unique_ptr<SqliteDatabase>> borrow();
  void give_back(std::unique_ptr<SqliteDatabase> database);

  std::filesystem::path file_;
  std::size_t count_max_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<SqliteDatabase>> idle_;
  std::size_t opened_ = 0;
};

}  // namespace adapters
