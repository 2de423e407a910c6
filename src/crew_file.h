// The parts of a tenant file that are about its people: who they are, what they hold, how a call
// for them goes and when they and the guests are reminded. Each fault with its line, as all of it.
#pragma once

#include "domain/tenant.h"

#include "toml_reader.h"

namespace fairlead {

// A table of [[crew]].
domain::Member read_member(const toml::table& table, std::vector<base::Fault>& faults);
// [call]. Requires: the tenant's members are read; a role that none of them holds is a fault.
void read_call(TomlReader& top, std::vector<base::Fault>& faults, domain::Tenant& tenant);
// [reminders]. What is not quiet is civil: the file names the quiet hours, because that is how
// people speak of a night.
void read_reminders(TomlReader& top, std::vector<base::Fault>& faults, domain::Tenant& tenant);

}  // namespace fairlead
