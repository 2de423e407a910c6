// Photos of a charter: one record each, and one ledger of them all, so that two guests who ask at
// the same moment cannot together pass the limits.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"

#include "domain/photo.h"

#include "ports/tenant_store.h"

#include "app/record_json.h"

namespace app {

ports::Place photo_place(const domain::CharterId& charter, const domain::PhotoId& photo);
std::string encoded(const domain::Photo& photo);
base::Result<std::optional<Loaded<domain::Photo>>> load_photo(const ports::TenantStore& store,
                                                              const domain::CharterId& charter,
                                                              const domain::PhotoId& photo);
// Oldest first, without those removed.
base::Result<std::vector<domain::Photo>> photos_of(const ports::TenantStore& store,
                                                   const domain::CharterId& charter);

// What a charter's photos take up, those that are only promised included.
struct PhotoLedger {
  struct Entry {
    domain::PhotoId photo;
    std::int64_t bytes = 0;
  };
  std::vector<Entry> entries;

  domain::PhotoTally tally() const;
  // How many bytes it took; 0: it was not there.
  std::int64_t remove(const domain::PhotoId& photo);
};
ports::Place ledger_place(const domain::CharterId& charter);
std::string encoded(const PhotoLedger& ledger);
base::Result<Loaded<PhotoLedger>> load_ledger(const ports::TenantStore& store,
                                              const domain::CharterId& charter);

}  // namespace app
