// Page parts: what every page has in common. Always: nothing from another host, no inline style
// or script, not for search engines.
#pragma once

#include <string_view>

#include "base/html.h"
#include "base/time.h"

namespace app {

enum class PageScript { none, crew, guest };

struct PageHead {
  std::string_view title;
  std::string_view description;  // shown when the address is passed on in a chat; may be empty
  PageScript script = PageScript::none;
  std::string_view style = {};  // an asset of this page alone
};

// Everything up to and including <body>.
void write_page_head(base::html::Page& page, const PageHead& head);
// The band on top: the operator's name over the title, and a line below it (may be empty).
void write_masthead(base::html::Page& page, std::string_view operator_name, std::string_view title,
                    std::string_view below);
void write_page_end(base::html::Page& page);

// A term of a list of facts; nothing without a value.
void write_fact(base::html::Page& page, std::string_view label, std::string_view value);
// <time datetime="…"> around a text.
void write_time(base::html::Page& page, const base::Moment& moment, std::string_view said);

}  // namespace app
