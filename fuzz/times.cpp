// Times: an instant is written as it was read, and a wall time that a zone takes comes back from
// its instant.
#include "base/time.h"

#include "fuzz/harness.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  if (const auto instant = base::parse_utc(text)) fuzz::require(base::format_utc(*instant) == text);
  if (const auto date = base::parse_date(text)) fuzz::require(date->ok());
  const auto written = base::parse_written_time(text);
  if (!written) return 0;
  for (const char* zone : {"UTC", "America/Los_Angeles", "Australia/Lord_Howe"}) {
    const auto moment = base::resolve(*written, zone);
    if (!moment) continue;
    fuzz::require(moment->wall == written->wall);
    fuzz::require(!written->offset || moment->offset == *written->offset);
    fuzz::require(base::at(moment->utc, zone) == *moment);
  }
  return 0;
}
