// The page on which a member says on which days they cannot sail.
// Always: each day is a button of one plain form, which works without JavaScript and says what it
// will do, never "the other"; so a form that is sent twice does no harm.
#pragma once

#include <string>

#include "base/html.h"
#include "base/words.h"

#include "domain/availability_view.h"

namespace app {

std::string render_availability(const domain::AvailabilityView& view);
// The card on a trip's page that leads there.
void write_days_card(base::html::Page& page, const base::Words& words);

// Where the page stands, and a day on it.
inline constexpr const char* availability_address = "/availability";
std::string availability_anchor(std::chrono::year_month_day day);  // "d2027-05-30"

}  // namespace app
