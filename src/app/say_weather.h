// The weather in words: for pages, mails and the printed record alike. Always: knots, feet beside
// metres and nautical miles; each clock is the dock's.
#pragma once

#include <string>
#include <vector>

#include "base/words.h"

#include "domain/weather_view.h"

namespace app {

struct WeatherFact {
  std::string label;
  std::string value;
};

// "Go", "Caution".
std::string say_verdict(domain::Verdict verdict, const base::Words& words);
// Why: "gusts 24 kn at 5:00 PM (limit 22 kn)", or that all is within the limits.
std::vector<std::string> say_reasons(const domain::Judgement& judgement, const std::string& zone,
                                     const base::Words& words);
// "Gusts: caution from 22 kn, no-go from 30 kn", one for each measure with a limit.
std::vector<std::string> say_limits(const domain::WeatherLimits& limits, const base::Words& words);
// One hour's figures in a line.
std::string say_hour(const domain::WeatherHour& hour, const base::Words& words);
// "Sun 30 May 2027, 4:30 PM PDT"
std::string say_weather_time(base::Instant instant, const std::string& zone,
                             const base::Words& words);
// What is forecast, what is predicted and what the sun does; only what is known.
std::vector<WeatherFact> say_weather(const domain::WeatherView& view, const base::Words& words);
// "National Weather Service, issued 2:05 PM PST, read 35 minutes ago"; empty: there is none.
std::string say_weather_source(const domain::WeatherView& view, const base::Words& words);
// "Not available since …", "No forecast yet"; empty where there is nothing to apologise for.
std::string say_weather_gap(const domain::WeatherView& view, const base::Words& words);

}  // namespace app
