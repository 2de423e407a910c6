// Log: one line of key=value pairs on stderr per fact. Never a secret, a token, a query string or
// an amount.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace base::log {

using Pairs = std::initializer_list<std::pair<std::string_view, std::string>>;

void info(std::string_view what, Pairs pairs = {});
void warning(std::string_view what, Pairs pairs = {});
void error(std::string_view what, Pairs pairs = {});

}  // namespace base::log
