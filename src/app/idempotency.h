// Idempotency: the first answer of a call, kept under the caller's key in the same commit as its
// effect. Always: one key has at most one effect; the same key with another body is refused.
// Answers that carry money are kept in the owner-only table.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/crypto.h"

#include "app/record_json.h"

namespace app {

inline constexpr std::size_t idempotency_key_bytes_max = 255;
inline constexpr std::chrono::hours idempotency_kept{7 * 24};

// Which call this is. A key is the caller's own: two credentials or two routes never share one.
struct CallKey {
  std::string route;        // "POST /bookings"
  std::string credential;   // key id
  std::string key;          // the Idempotency-Key header
  std::string body_digest;  // hex of the body's SHA-256
};

// Where the record stands: P is ports::Place or ports::OwnerPlace.
template <class P>
P place_of(const CallKey& call) {
  return P{"idempotency/" + call.credential,
           call.route + "/" + base::hex(base::bytes_of(base::sha256(call.key)))};
}

// The first answer; nullopt: not called yet. invalid (code "idempotency-key-reused"): another body
// came with this key before.
template <class P, class StoreHandle>
base::Result<std::optional<std::string>> first_answer(const StoreHandle& store,
                                                      const std::optional<CallKey>& call) {
  if (!call) return std::optional<std::string>{};
  auto stored = TRY(store.get(place_of<P>(*call)));
  if (!stored) return std::optional<std::string>{};
  auto body = TRY(body_of(*stored));
  if (text_at(body, "body_digest") != call->body_digest)
    return base::Error{base::Kind::invalid,
                       "This Idempotency-Key was used with another body",
                       "idempotency-key-reused",
                       {{"Idempotency-Key", "was used with another body"}}};
  return std::optional(text_at(body, "answer"));
}

// What make() answers, or the first answer. A call that was made before cannot be made again: its
// commit wants its key absent. And what refuses make() may be the effect of this very call, sent
// twice: the slot that is taken is taken by itself. So a refusal is when to look; most calls are
// made once.
template <class P, class Answer, class StoreHandle, class Make>
base::Result<Answer> answered_once(const StoreHandle& store, const std::optional<CallKey>& call,
                                   Make make) {
  base::Result<Answer> made = make();
  if (made || !call) return made;
  if (auto first = TRY(first_answer<P>(store, call)))
    return Answer{*std::move(first), Answer::Source::repeated};
  return made;
}

template <class P, class AnyChanges>
void remember(AnyChanges& changes, const std::optional<CallKey>& call, const std::string& answer,
              base::Instant now) {
  if (!call) return;
  changes.put(
      place_of<P>(*call), ports::absent,
      base::to_text(base::json::object{{"body_digest", call->body_digest}, {"answer", answer}}),
      now + idempotency_kept);
}

}  // namespace app
