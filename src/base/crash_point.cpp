#include "base/crash_point.h"

#ifdef FAIRLEAD_CRASH_POINTS

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"

namespace base {

namespace {

std::string_view setting(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return value ? value : "";
}

struct Target {
  std::string_view name;
  std::int64_t hit = 1;
};

Target target() {
  const std::string_view text = setting("FAIRLEAD_CRASH");
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return {text, 1};
  return {text.substr(0, colon), parse_unsigned(text.substr(colon + 1)).value_or(1)};
}

void note(const char* name) {
  static std::FILE* const file = [] {
    const std::string path(setting("FAIRLEAD_CRASH_LOG"));
    return path.empty() ? nullptr : std::fopen(path.c_str(), "ae");
  }();
  if (!file) return;
  const std::string line = std::string(name) + "\n";
  if (std::fputs(line.c_str(), file) < 0 || std::fflush(file) != 0) std::abort();
}

}  // namespace

void crash_point(const char* name) {
  static const Target wanted = target();
  static std::atomic<std::int64_t> hits = 0;
  note(name);
  if (wanted.name == name && ++hits == wanted.hit && std::raise(SIGKILL) != 0) std::abort();
}

bool has_fault(const char* name) {
  static const std::string_view wanted = setting("FAIRLEAD_FAULT");
  return wanted == name;
}

}  // namespace base

#endif
