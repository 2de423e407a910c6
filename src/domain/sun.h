// Sun: when it rises and sets. Always: to within a minute or two between the polar circles, for an
// horizon at sea level and the usual refraction (the sun's centre 0.833 degrees below it).
// Source: the equations of NOAA's Solar Calculator, after J. Meeus, Astronomical Algorithms,
// ch. 25.
#pragma once

#include <optional>

#include "base/time.h"

namespace domain {

struct SunTimes {
  base::Instant rises;
  base::Instant sets;
};

// Of the day whose noon, by the sun, is nearest to that instant. nullopt: it does not rise or does
// not set on that day. Degrees; north and east are positive.
std::optional<SunTimes> sun_times(base::Instant about_noon, double latitude, double longitude);

}  // namespace domain
