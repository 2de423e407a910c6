// preview_messages: who gets which mail of a charter, and when: what left, what is owed, and the
// reminders ahead, computed from the rules and the record as they are now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/job.h"

#include "ports/tenant_store.h"

#include "app/world.h"

namespace app {

struct Message {
  domain::JobKind kind = domain::JobKind::guest_mail;
  domain::JobId job;  // empty: a reminder that nobody owes yet
  std::string to;     // "Ana Reyes <ana@crew.example>"
  domain::MemberId member;
  std::optional<std::chrono::hours> before;  // reminders: the start
  base::Moment leaves;                       // or left, at the dock
  bool by_quiet = false;                     // the quiet hours moved it
  domain::JobState state = domain::JobState::planned;
  std::string reason;
};

// In order of time. not_found: there is no such charter.
base::Result<std::vector<Message>> messages_of(const ports::TenantStore& store, const World& world,
                                               const domain::CharterId& charter);

}  // namespace app
