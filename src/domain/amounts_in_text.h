// Amounts of money in free text: what crew and guests can read must not carry them by accident.
// tests/domain/amounts.vectors says what passes ("slip 5", "16:30", "12 guests") and what does not
// ("$840").
#pragma once

#include <string_view>

namespace domain {

bool looks_like_amount(std::string_view text);

}  // namespace domain
