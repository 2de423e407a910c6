// Crash points: named places where a test build can be made to die as if the power went.
// Always: in every other build they are nothing at all. In a build with FAIRLEAD_CRASH_POINTS the
// process kills itself (SIGKILL) when it comes to the point that $FAIRLEAD_CRASH names for the n-th
// time: "store.commit.after:1". With $FAIRLEAD_CRASH_LOG each point passed is a line in that file,
// so that a test can learn which there are.
#pragma once

namespace base {

#ifdef FAIRLEAD_CRASH_POINTS
void crash_point(const char* name);
// Whether $FAIRLEAD_FAULT names this fault: the controls that show what the tests would find, such
// as a disk that is not waited for.
bool has_fault(const char* name);
#else
inline void crash_point(const char* /*name*/) {}
constexpr bool has_fault(const char* /*name*/) {
  return false;
}
#endif

}  // namespace base
