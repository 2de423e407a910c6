// render_ask_page: the page behind the link of somebody who was asked for a seat.
#pragma once

#include <string>

#include "domain/ask_view.h"

namespace app {

std::string render_ask_page(const domain::AskView& view);

}  // namespace app
