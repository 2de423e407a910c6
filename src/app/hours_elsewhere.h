// Hours elsewhere: what a person clocked on the other charters that they crew around one charter.
// Always: all that it rests on is in the changes as a check, so that nobody clocks in on two boats
// at the same instant. Of a charter that they left, or that was cancelled, nothing is known here.
#pragma once

#include <string>
#include <vector>

#include "domain/charter.h"
#include "domain/hours_elsewhere.h"

#include "ports/tenant_store.h"

namespace app {

base::Result<std::vector<domain::StintElsewhere>> load_hours_elsewhere(
    const ports::TenantStore& store, ports::Changes& changes, const domain::Charter& charter,
    const domain::MemberId& member, base::Instant now);

// What is in the way, to the person and to the owner.
std::string say_to_crew(const domain::StintElsewhere& elsewhere);
std::string say_to_owner(const domain::StintElsewhere& elsewhere);

}  // namespace app
