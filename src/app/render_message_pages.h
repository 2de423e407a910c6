// Small pages that say one thing: an address that leads nowhere, a link that is wrong or ended, a
// page that opens through a link only.
// Always: they say nothing about whether a trip exists.
#pragma once

#include <string>

namespace app {

enum class MessagePage { not_found, dead_link, link_needed };

std::string render_message_page(MessagePage which);

}  // namespace app
