// warn_of_credentials: one mail to the owner for each credential of their people that lapses within
// 30 days, or has lapsed: one for each last day, however often it is looked, so a renewal is heard
// of again when its time comes. Looked at as nights are (app/check_drift.h), and when the server
// starts.
#pragma once

#include "app/job_desk.h"

namespace app {

// How many mails were planned. One operator's trouble keeps no other waiting.
base::Result<std::size_t> warn_of_credentials(const JobDesk& desk, const KeepGoing& keep_going);

}  // namespace app
