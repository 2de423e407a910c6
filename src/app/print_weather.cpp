#include "app/print_weather.h"

#include "app/say_times.h"
#include "app/say_weather.h"

namespace app {

using base::Words;
using domain::Briefing;
using domain::Measure;

namespace {

// What is decided, and why.
void print_judgement(std::string& out, const Briefing& briefing, const std::string& zone,
                     const Words& words) {
  if (!briefing.judgement) {
    out += "  " + words.say("weather.no_limits") + "\n";
    return;
  }
  out += "  " + say_verdict(briefing.judgement->verdict, words) + "\n";
  for (const std::string& reason : say_reasons(*briefing.judgement, zone, words))
    out += "  - " + reason + "\n";
  for (const std::string& limit : say_limits(briefing.site.limits, words))
    out += "  " + limit + "\n";
}

// The briefing as it was shown, when it was read.
void print_briefing(std::string& out, const Briefing& briefing, const std::string& zone,
                    const Words& words) {
  domain::WeatherWatch then;
  then.site = briefing.site;
  then.last = briefing;
  const auto view = domain::weather_view(then, briefing.site, zone, briefing.got_at);
  out += "\n" +
         words.say("weather.decided", {{"time", say_weather_time(briefing.got_at, zone, words)}}) +
         "\n";
  print_judgement(out, briefing, zone, words);
  out += "  " + say_weather_source(view, words) + "\n";
  for (const WeatherFact& fact : say_weather(view, words))
    out += "  " + fact.label + ": " + fact.value + "\n";
  for (const domain::WeatherHour& hour : briefing.forecast.hours)
    out += "  " + say_clock(base::at(hour.at, zone), words) + "  " + say_hour(hour, words) + "\n";
}

}  // namespace

std::string print_weather(const domain::Charter& charter, const domain::Tenant& tenant,
                          const std::vector<Briefing>& briefings) {
  const Words& words = Words::of("en");
  const domain::Vessel* vessel = tenant.vessel(charter.vessel);
  std::string out =
      words.say("weather.record", {{"operator", tenant.name},
                                   {"boat", vessel ? vessel->name : charter.vessel.text()},
                                   {"charter", charter.id.text()}}) +
      "\n" + say_when(charter.starts, charter.ends, words) + "\n" + charter.dock + "\n";
  if (briefings.empty()) out += "\n" + words.say("weather.nothing_kept") + "\n";
  for (const Briefing& briefing : briefings)
    print_briefing(out, briefing, charter.starts.zone, words);
  return out;
}

}  // namespace app
