#include "tests/base/zone_reader.h"

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

namespace base::testing {

using std::chrono::seconds;

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  std::ifstream file("/usr/share/zoneinfo/tzdata.zi");
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string kind;
    std::string name;
    if (!(words >> kind >> name) || (kind != "Z" && kind != "L")) continue;
    if (kind == "L") words >> name;  // after what it is another name of
    if (name != "Factory") names.push_back(name);
  }
  return names;
}

SystemClock::SystemClock() {
  if (const char* before = std::getenv("TZ")) before_ = before;
}

SystemClock::~SystemClock() {
  before_ ? setenv("TZ", before_->c_str(), 1) : unsetenv("TZ");
  tzset();
}

namespace {

std::tm broken_down(Instant when) {
  const std::time_t time = Instant::clock::to_time_t(when);
  std::tm broken{};
  localtime_r(&time, &broken);
  return broken;
}

void set(const std::string& zone, std::string& set_to) {
  if (zone == set_to) return;
  setenv("TZ", (":" + zone).c_str(), 1);
  tzset();
  set_to = zone;
}

}  // namespace

minutes SystemClock::offset(Instant when, const std::string& zone) {
  set(zone, set_);
  return std::chrono::round<minutes>(seconds(broken_down(when).tm_gmtoff));
}

std::string SystemClock::say(const char* form, Instant when, const std::string& zone) {
  set(zone, set_);
  const std::tm broken = broken_down(when);
  char text[200];
  return {text, std::strftime(text, sizeof text, form, &broken)};
}

WallTime ZoneChange::wall(Instant when, minutes offset) const {
  return WallTime(std::chrono::floor<minutes>(when.time_since_epoch()) + offset);
}

std::vector<ZoneChange> zone_changes(SystemClock& clock, const std::string& zone, Instant from,
                                     Instant until) {
  constexpr std::chrono::hours stride{5 * 24};
  std::vector<ZoneChange> changes;
  minutes before = clock.offset(from, zone);
  for (Instant low = from; low < until; low += stride) {
    const minutes after = clock.offset(low + stride, zone);
    if (after == before) continue;
    Instant still = low;
    Instant already = low + stride;
    while (already - still > seconds(1)) {
      const Instant middle = still + std::chrono::floor<seconds>((already - still) / 2);
      (clock.offset(middle, zone) == before ? still : already) = middle;
    }
    if (already < until) changes.push_back({zone, already, before, after});
    before = after;
  }
  return changes;
}

}  // namespace base::testing
