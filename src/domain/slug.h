// Slug: the friendly name of a guest page, such as "boatsetter-may-30". Unique within a tenant,
// never reused.
#pragma once

#include <chrono>
#include <string_view>

#include "domain/ids.h"

namespace domain {

inline constexpr int slug_tries_max = 500;

// nth 1 is the bare form, 2 and on get "-2", "-3" …
Slug slug_for(const Channel& channel, std::chrono::year_month_day day, int nth);

// 1 to 80 of A-Z, a-z, 0-9 and hyphens: a slug, or a channel's own reference, as the edge lets it
// through.
bool is_page_name(std::string_view text);

}  // namespace domain
