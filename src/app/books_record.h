// The owner-only records: a tenant's rates, and a charter's intake and settlement.
#pragma once

#include "domain/rates.h"
#include "domain/settlement.h"

#include "app/record_json.h"

namespace app {

ports::OwnerPlace rates_place();
std::string encoded(const domain::Rates& rates);
base::Result<Loaded<domain::Rates>> load_rates(const ports::OwnerStore& store);

ports::OwnerPlace intake_place(const domain::CharterId& charter);
std::string encoded(const domain::Intake& intake);
// A charter without an intake (one that the events API made) has an empty one, version absent.
base::Result<Loaded<domain::Intake>> load_intake(const ports::OwnerStore& store,
                                                 const domain::CharterId& charter);

ports::OwnerPlace settlement_place(const domain::CharterId& charter);
// The JSON of the contract: what the API answers and what the record holds.
base::json::object json_of(const domain::Settlement& settlement);
// The same with the charter's revision that it was made from: the record.
base::json::object record_of(const domain::Settlement& settlement, domain::Revision revision);

}  // namespace app
