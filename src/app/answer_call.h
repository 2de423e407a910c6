// answer_call: a crew member says yes or no to a charter. May be changed for as long as
// the pass lives. Refuses (conflict, code "asked-anew") what was said to another time, place,
// vessel or role: the page had been opened before they changed.
#pragma once

#include <optional>
#include <string_view>

#include "domain/views.h"

#include "app/prove_pass.h"

namespace app {

inline constexpr std::string_view asked_anew = "asked-anew";

struct AnswerSaid {
  domain::Answer answer = domain::Answer::none;
  // As the page that asked had it; absent: the trip as it is now is meant.
  std::optional<domain::Revision> asked = {};
  domain::Role role = {};  // that the page asked for; empty: whatever is theirs now
};

base::Result<void> answer_call(const ports::TenantStore& store, const World& world,
                               const CrewMate& mate, const AnswerSaid& said);

}  // namespace app
