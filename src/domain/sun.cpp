#include "domain/sun.h"

#include <cmath>
#include <numbers>

namespace domain {

namespace {

using std::chrono::duration_cast;
using Days = std::chrono::duration<double, std::chrono::days::period>;
using Minutes = std::chrono::duration<double, std::chrono::minutes::period>;

constexpr double horizon_degrees = 90.833;  // from the zenith
constexpr double minutes_per_degree = 4;    // that the earth turns

double radians(double degrees) {
  return degrees * std::numbers::pi / 180;
}
double degrees(double radians) {
  return radians * 180 / std::numbers::pi;
}

// Julian centuries from noon of the first day of 2000.
double centuries_at(base::Instant instant) {
  const base::Instant epoch(std::chrono::sys_days(std::chrono::year(2000) / 1 / 1) +
                            std::chrono::hours(12));
  return Days(instant - epoch).count() / 36525;
}

struct Sun {
  double declination;           // radians
  double equation_minutes = 0;  // by which a sundial is ahead of a clock
};

Sun sun_at(base::Instant instant) {
  const double t = centuries_at(instant);
  const double mean_longitude =
      radians(std::fmod(280.46646 + t * (36000.76983 + t * 0.0003032), 360));
  const double anomaly = radians(357.52911 + t * (35999.05029 - t * 0.0001537));
  const double eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267);
  const double centre =
      radians(std::sin(anomaly) * (1.914602 - t * (0.004817 + t * 0.000014)) +
              std::sin(2 * anomaly) * (0.019993 - t * 0.000101) + std::sin(3 * anomaly) * 0.000289);
  const double node = radians(125.04 - 1934.136 * t);
  const double longitude = mean_longitude + centre - radians(0.00569 + 0.00478 * std::sin(node));
  const double tilt =
      radians(23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60 +
              0.00256 * std::cos(node));
  const double y = std::pow(std::tan(tilt / 2), 2);
  const double equation = y * std::sin(2 * mean_longitude) - 2 * eccentricity * std::sin(anomaly) +
                          4 * eccentricity * y * std::sin(anomaly) * std::cos(2 * mean_longitude) -
                          y * y * std::sin(4 * mean_longitude) / 2 -
                          1.25 * eccentricity * eccentricity * std::sin(2 * anomaly);
  return {std::asin(std::sin(tilt) * std::sin(longitude)), minutes_per_degree * degrees(equation)};
}

base::Instant later(base::Instant instant, double minutes) {
  return instant + duration_cast<base::Instant::duration>(Minutes(minutes));
}

// The instant of the sun's noon nearest to another.
base::Instant solar_noon(base::Instant about, double longitude) {
  const auto clock = about - std::chrono::floor<std::chrono::days>(about);
  const double sundial =
      Minutes(clock).count() + minutes_per_degree * longitude + sun_at(about).equation_minutes;
  const double past_noon = std::remainder(sundial - 12 * 60, 24 * 60);
  return later(about, -past_noon);
}

// Minutes between noon and a rise or set when the sun stands as it does at that instant.
std::optional<double> half_day_minutes(base::Instant instant, double latitude) {
  const double declination = sun_at(instant).declination;
  const double here = radians(latitude);
  const double cosine =
      std::cos(radians(horizon_degrees)) / (std::cos(here) * std::cos(declination)) -
      std::tan(here) * std::tan(declination);
  if (!(cosine > -1 && cosine < 1)) return std::nullopt;
  return minutes_per_degree * degrees(std::acos(cosine));
}

// side: -1 for the rise, 1 for the set.
std::optional<base::Instant> crossing(base::Instant noon, double side, double latitude) {
  base::Instant found = noon;
  // The sun moves on between noon and the event: looked at again where it was found.
  for (int pass = 0; pass < 3; ++pass) {
    const auto half = half_day_minutes(found, latitude);
    if (!half) return std::nullopt;
    found =
        later(noon, side * *half + sun_at(noon).equation_minutes - sun_at(found).equation_minutes);
  }
  return found;
}

}  // namespace

std::optional<SunTimes> sun_times(base::Instant about_noon, double latitude, double longitude) {
  const base::Instant noon = solar_noon(about_noon, longitude);
  const auto rises = crossing(noon, -1, latitude);
  const auto sets = crossing(noon, 1, latitude);
  if (!rises || !sets) return std::nullopt;
  return SunTimes{*rises, *sets};
}

}  // namespace domain
