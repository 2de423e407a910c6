// Small pages that say one thing: an address that leads nowhere, a link that ended, a thing done.
// Always: they say nothing about whether a trip exists.
#pragma once

#include <string>

namespace app {

enum class MessagePage { not_found, link_expired, link_withdrawn, link_needed, done };

std::string render_message_page(MessagePage which);

}  // namespace app
