// Call status: how far a charter's crew is, as its owner sees it: each seat with who holds it and
// what they said, and everybody who was asked, in the order in which they were.
#pragma once

#include <string>
#include <vector>

#include "app/seat_sight.h"

namespace app {

enum class SeatState { confirmed, waiting, declined, open };
std::string_view name_of(SeatState state);

struct SeatStatus {
  domain::Role role;
  domain::MemberId member;  // empty: open
  std::string name;
  SeatState state = SeatState::open;
  std::optional<base::Instant> answered_at = {};
  bool is_away = false;  // has said since that they cannot sail that day
};

struct AskStatus {
  domain::Ask ask;
  std::string name;
};

struct CallStatus {
  std::vector<SeatStatus> seats;
  std::vector<AskStatus> asks;  // by when they were asked
  base::Instant deadline;
  bool is_at_risk = false;  // the deadline has come, and not every seat has a yes
};

CallStatus call_status(const SeatSight& sight, base::Instant now);

}  // namespace app
