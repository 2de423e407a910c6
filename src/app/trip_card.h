// Trip card: the card that leads a page about a trip: its times and, for crew, where, with whom and
// as what.
#pragma once

#include <string_view>

#include "base/html.h"
#include "base/words.h"

#include "domain/ask_view.h"
#include "domain/views.h"

namespace app {

// Day, clocks and length under a heading; left open for what else stands in the card.
void write_trip_times(base::html::Page& page, std::string_view heading, const base::Moment& starts,
                      const base::Moment& ends, const base::Words& words);
// The same of a cancelled trip, struck.
void write_called_off_times(base::html::Page& page, const base::Moment& starts,
                            const base::Moment& ends, const base::Words& words);

// The whole card.
void write_trip_card(base::html::Page& page, const domain::CrewView& view,
                     const base::Words& words);
void write_trip_card(base::html::Page& page, const domain::AskView& view, const base::Words& words);
void write_called_off_card(base::html::Page& page, const domain::CrewView& view,
                           const base::Words& words);

}  // namespace app
