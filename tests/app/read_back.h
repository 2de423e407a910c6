// A mail read back by Python's email package, and its calendar part by libical.
#pragma once

#include <gtest/gtest.h>

#include "app/mail.h"

#include "tests/base/ical_reader.h"
#include "tests/base/mail_reader.h"

namespace app::testing {

inline std::size_t count(const std::string& text, std::string_view what) {
  std::size_t found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

inline base::testing::ReadMail read(const base::Result<Mail>& mail) {
  using Strings = std::vector<std::string>;
  EXPECT_TRUE(mail) << mail.error().message;
  if (!mail) return {};
  EXPECT_EQ(base::testing::line_faults(mail->message), Strings{});
  auto seen = base::testing::read_mail(mail->message);
  EXPECT_EQ(seen.defects, Strings{});
  EXPECT_EQ(seen.types(), (Strings{"multipart/mixed", "multipart/alternative", "text/plain",
                                   "text/html", "text/calendar", "application/ics"}));
  return seen;
}

// The one event of the mail's calendar part, which asks or, with CANCEL, takes back.
inline base::testing::ReadEvent invitation(const base::testing::ReadMail& mail,
                                           const std::string& method = "REQUEST") {
  EXPECT_EQ(mail.part("text/calendar").method, method);
  EXPECT_EQ(mail.part("application/ics").body, mail.part("text/calendar").body);
  const auto calendar = base::testing::read_calendar(mail.part("text/calendar").body);
  if (!calendar || calendar->events.size() != 1) {
    ADD_FAILURE() << "no single event";
    return {};
  }
  EXPECT_EQ(calendar->errors, 0) << calendar->text;
  EXPECT_EQ(calendar->method, method);
  return calendar->events[0];
}

}  // namespace app::testing
