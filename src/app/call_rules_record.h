// The rules of calls and reminders, as the tenant's record keeps them.
#pragma once

#include "domain/call_rules.h"

#include "app/record_json.h"

namespace app {

base::json::object json_of(const domain::CallRules& rules);
domain::CallRules call_rules_from(const base::json::object& body);
base::json::object json_of(const domain::ReminderRules& rules);
domain::ReminderRules reminder_rules_from(const base::json::object& body);

}  // namespace app
