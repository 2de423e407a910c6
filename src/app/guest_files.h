// guest_files: the two files a guest page consists of, rendered from the charter as it is now.
#pragma once

#include "app/guest_page.h"

namespace app {

std::string guest_html(const GuestPage& page);
base::Result<std::string> guest_calendar(const World& world, const GuestPage& page);

}  // namespace app
