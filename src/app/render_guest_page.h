// The guest page: what a guest and everybody they forward it to may see, and nothing else.
// Always: at most guest_page_bytes_max bytes, if need be by shortening long texts with "…"; useful
// without JavaScript; built from the view alone, so no surname, contact, crew or money. A cancelled
// trip says that it is off and when it was to be, and has nothing to bring, to note or to add to.
#pragma once

#include <string>

#include "domain/views.h"

namespace app {

inline constexpr std::size_t guest_page_bytes_max = 20480;

std::string render_guest_page(const domain::GuestView& view);

}  // namespace app
