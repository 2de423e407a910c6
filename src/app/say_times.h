// Times in words: how pages, mails and calendars say a day, a clock and a length.
// Always: the dock's own time, with its zone wherever a clock is named.
#pragma once

#include <string>

#include "base/time.h"
#include "base/words.h"

namespace app {

std::string say_day(const base::Moment& moment, const base::Words& words);  // Sunday, 30 May 2027
std::string say_day_short(const base::Moment& moment, const base::Words& words);  // Sun 30 May 2027
std::string say_clock(const base::Moment& moment, const base::Words& words);      // 4:30 PM
// "PDT"; "UTC+10:30" where a zone has no letters.
std::string say_zone(const base::Moment& moment);
std::string say_clock_zoned(const base::Moment& moment, const base::Words& words);  // 4:30 PM PDT
// Sun 30 May 2027, 4:30 PM PDT
std::string say_moment(const base::Moment& moment, const base::Words& words);

// "4:30 PM – 7:30 PM PDT"; an end on another day names it, and both zones show when they differ.
std::string say_clocks(const base::Moment& starts, const base::Moment& ends,
                       const base::Words& words);
// Day and clocks in one line.
std::string say_when(const base::Moment& starts, const base::Moment& ends,
                     const base::Words& words);
// "3 hours", "2 hours 30 minutes", "1 day 2 hours".
std::string say_length(const base::Moment& starts, const base::Moment& ends,
                       const base::Words& words);

}  // namespace app
