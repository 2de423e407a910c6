// Result<T>: a value or an Error, and TRY to pass an Error on.
// Always: a Result cannot be dropped unread; absence is not an error (use
// Result<std::optional<T>>). Nothing of ours throws; exceptions of vendor libraries end inside the
// file that called them.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace base {

// What went wrong, seen from the caller. One mapping to HTTP (web/problems), one to
// retry-or-give-up (app/run_jobs), one to exit codes (main).
enum class Kind {
  malformed,        // could not be read at all: not JSON, not UTF-8
  invalid,          // read, but a field is wrong
  unauthenticated,  // no credential, or a wrong one (see Error::code)
  denied,           // known, but may not
  not_found,
  conflict,  // something is in the way, or a version moved
  limited,   // too often, too large
  unavailable,
  internal,
};

// One field at fault, named as the sender knows it: "guest.party_size", "crew[1].role".
struct Fault {
  std::string field;
  std::string message;
  friend bool operator==(const Fault&, const Fault&) = default;
};

struct [[nodiscard]] Error {
  Kind kind = Kind::internal;
  std::string message;    // for the person who can act; never a secret
  std::string code = {};  // stable word for programs, e.g. "missing-credential"
  std::vector<Fault> faults = {};
};

inline Error malformed(std::string message) {
  return {Kind::malformed, std::move(message)};
}
inline Error invalid(std::string field, std::string message) {
  return {Kind::invalid, message, {}, {{std::move(field), message}}};
}
inline Error not_found(std::string message) {
  return {Kind::not_found, std::move(message)};
}
inline Error conflict(std::string message, std::string code = {}) {
  return {Kind::conflict, std::move(message), std::move(code)};
}
inline Error denied(std::string message, std::string code = {}) {
  return {Kind::denied, std::move(message), std::move(code)};
}
inline Error unavailable(std::string message) {
  return {Kind::unavailable, std::move(message)};
}
inline Error internal(std::string message) {
  return {Kind::internal, std::move(message)};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  explicit operator bool() const { return state_.index() == 0; }
  const T& value() const& { return std::get<0>(state_); }
  T& value() & { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  const T& operator*() const& { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit by design

  explicit operator bool() const { return !error_; }
  void value() const {}
  const Error& error() const& { return *error_; }
  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

inline Result<void> ok() {
  return {};
}

}  // namespace base

#define BASE_JOIN_(a, b) a##b
#define BASE_JOIN(a, b) BASE_JOIN_(a, b)
#define BASE_TRY_(expression, name)              \
  __extension__({                                \
    auto name = (expression);                    \
    if (!(name)) return std::move(name).error(); \
    std::move(name).value();                     \
  })
// TRY(f()): the value of f(), or return its Error from the function around. Not inside coroutines.
#define TRY(expression) BASE_TRY_(expression, BASE_JOIN(try_, __COUNTER__))
