// Tenant files: TOML in, a tenant and its rates out. A wrong file is refused whole, each fault with
// its line.
#pragma once

#include <string>
#include <vector>

#include "app/apply_tenant.h"

namespace fairlead {

inline constexpr std::size_t tenant_file_bytes_max = 1024 * 1024;

// Error kind invalid: one fault per thing wrong, its field "line 12: vessels.passengers_max".
base::Result<app::TenantFile> read_tenant_file(const std::string& text);

}  // namespace fairlead
