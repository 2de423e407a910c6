// doctor: checks settings, storage, mail, forecasts, clock and time zones of a data folder, one
// line each, and changes nothing but a probe record that it removes.
#pragma once

#include "commands.h"

namespace fairlead {

// Exit code 1 when anything is wrong.
Said examine(const Machine& machine);

}  // namespace fairlead
