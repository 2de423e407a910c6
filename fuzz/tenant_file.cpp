// Tenant files: a wrong one is refused with at least one fault, and each has a message.
#include "tenant_file.h"

#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = fairlead::read_tenant_file(std::string(fuzz::text_of(data, size)));
  if (file) {
    fuzz::require(!file->tenant.id.empty());
    return 0;
  }
  fuzz::require(!file.error().faults.empty());
  for (const base::Fault& fault : file.error().faults) fuzz::require(!fault.message.empty());
  return 0;
}
