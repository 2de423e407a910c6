// A wall clock that is ahead, loaded before the server's libraries (LD_PRELOAD): after a crash a
// test starts the server $FAIRLEAD_CLOCK_AHEAD seconds later without waiting, so that leases have
// ended. Always: the monotonic clock, and so every wait, is the machine's own.
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>

namespace {

using ClockGettime = int (*)(clockid_t, timespec*);

time_t seconds_ahead() {
  const char* text = std::getenv("FAIRLEAD_CLOCK_AHEAD");  // NOLINT(concurrency-mt-unsafe)
  return text ? std::strtol(text, nullptr, 10) : 0;
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* now) {
  static const auto real = reinterpret_cast<ClockGettime>(dlsym(RTLD_NEXT, "clock_gettime"));
  static const time_t ahead = seconds_ahead();
  const int result = real(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += ahead;
  return result;
}
