// doctor: checks settings, storage, mail, clock and time zones of a data folder, one line each, and
// changes nothing but a probe record that it removes.
#pragma once

#include <filesystem>

namespace fairlead {

int doctor_command(const std::filesystem::path& data);

}  // namespace fairlead
