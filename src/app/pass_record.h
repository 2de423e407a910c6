// Passes by id, and which crew members of a charter were called with which pass.
#pragma once

#include <vector>

#include "domain/pass.h"

#include "app/record_json.h"

namespace app {

ports::Place pass_place(const domain::PassId& pass);
std::string encoded(const domain::Pass& pass);
base::Result<std::optional<Loaded<domain::Pass>>> load_pass(const ports::TenantStore& store,
                                                            const domain::PassId& pass);

// That a member was called for a charter: holds the pass id. There is one per member and charter.
ports::Place called_place(const domain::CharterId& charter, const domain::MemberId& member);
std::string encoded_called(const domain::PassId& pass);
base::Result<std::optional<domain::PassId>> find_called(const ports::TenantStore& store,
                                                        const domain::CharterId& charter,
                                                        const domain::MemberId& member);

// Everybody who was called for a charter and not dismissed since.
struct Called {
  domain::MemberId member;
  domain::PassId pass;
  ports::Version version = ports::absent;
};
base::Result<std::vector<Called>> called_of(const ports::TenantStore& store,
                                            const domain::CharterId& charter);

}  // namespace app
