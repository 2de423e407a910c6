// Reads calendars back with libical, which shares no line with what wrote them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace base::testing {

struct ReadEvent {
  std::string uid;
  std::string summary;
  std::string location;
  std::string description;
  std::string url;
  std::string status;
  std::string organizer;
  std::string attendee;
  std::string attendee_name;
  std::string attendance;  // its PARTSTAT
  int sequence = -1;
  Instant stamp;
  Instant starts;  // in UTC, or by the VTIMEZONE of the file itself
  Instant ends;
};

struct ReadCalendar {
  std::string method;
  std::vector<std::string> zones;  // sorted
  std::vector<ReadEvent> events;
  int errors = 0;    // X-LIC-ERROR properties and broken restrictions
  std::string text;  // the file as libical writes it
};

// nullopt: no VCALENDAR at all.
std::optional<ReadCalendar> read_calendar(const std::string& bytes);

// What a calendar that came by mail does to the one that its reader holds (empty: none), as libical
// judges by method, people, sequence and times: "new", "other words", "another time", "the end",
// "overtaken".
std::string effect_of(const std::string& arriving, const std::string& held,
                      const std::string& reader);

}  // namespace base::testing
