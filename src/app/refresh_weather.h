// refresh_weather: looks after the forecasts of all operators' charters that start within a week or
// are under way: four times a day, each hour from two days before. Never part of a request. A
// service that does not answer changes only what a briefing says of it, and is asked again with
// growing patience.
#pragma once

#include "app/job_desk.h"

namespace app {

// How many charters' weather was asked for. One operator's trouble keeps no other waiting. Nothing
// where no forecasts are wanted.
base::Result<std::size_t> refresh_weather(const JobDesk& desk, const KeepGoing& keep_going);

}  // namespace app
