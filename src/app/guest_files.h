// guest_files: the two files a guest page consists of, rendered from the charter as it is now.
#pragma once

#include "app/guest_page.h"

namespace app {

inline constexpr const char* html_type = "text/html; charset=utf-8";
inline constexpr const char* calendar_type = "text/calendar; charset=utf-8";

std::string guest_html(const GuestPage& page);
base::Result<std::string> guest_calendar(const World& world, const GuestPage& page);

}  // namespace app
