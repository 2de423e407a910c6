// The crew page's card of the reader's own hours: the clock's two buttons, and a number.
// Always: plain forms that work without JavaScript; nothing of anybody else's hours, and no money.
#pragma once

#include "base/html.h"
#include "base/words.h"

#include "domain/views.h"

namespace app {

// Nothing while the clock does not run yet. address: of the page.
void write_crew_hours(base::html::Page& page, const std::optional<domain::HoursView>& hours,
                      const std::string& address, const base::Words& words);

}  // namespace app
