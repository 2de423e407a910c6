// decide: load, decide, commit once; when a version moved meanwhile, all over again, a bounded
// number of times. Who has lost often waits for its turn: then only verbs that have just begun can
// be faster, and each of those is done thereby. Tries used up is unavailable, never a false
// conflict.
#pragma once

#include <chrono>
#include <mutex>
#include <thread>

#include "base/result.h"

#include "ports/tenant_store.h"

namespace app {

inline constexpr int decide_tries_max = 600;
inline constexpr int decide_tries_without_turn = 8;
// Recursive, for a verb may be part of another.
inline std::recursive_mutex decide_turn;

inline bool is_version_moved(const base::Error& error) {
  return error.kind == base::Kind::conflict && error.code == ports::version_moved;
}

// verb() answers a Result and commits at most once, as its last act.
template <class Verb>
auto decide(Verb verb) -> decltype(verb()) {
  std::unique_lock turn(decide_turn, std::defer_lock);
  for (int attempt = 1; attempt <= decide_tries_max; ++attempt) {
    auto result = verb();
    if (result || !is_version_moved(result.error())) return result;
    if (attempt == decide_tries_without_turn) turn.lock();
    if (turn.owns_lock()) continue;
    // Writers of one record make room for each other; a commit takes about as long.
    std::this_thread::sleep_for(std::chrono::microseconds(100 * (attempt % 16)));
  }
  return base::unavailable("Too many changes at once; try again");
}

}  // namespace app
