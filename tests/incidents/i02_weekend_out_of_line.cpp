// I-02: the calendar lacked crew that the dispatch table had, a page showed other hours than were
// paid for, and a captain who had been replaced and a mate who had been taken off lingered, with
// links that worked. A Friday of patching three stores. Here they are told, gone, and locked out.
#include "app/check_drift.h"

#include "tests/app/change_fixture.h"

namespace incidents {

using app::testing::Lines;
using app::testing::slot;

class WeekendOutOfLine : public app::testing::ChangeTest {};

TEST_F(WeekendOutOfLine, a_replaced_captain_and_a_removed_mate_do_not_linger) {
  const std::string anas = token_of("ana");
  const std::string cleos = token_of("cleo");
  ASSERT_TRUE(opens(anas) && opens(cleos));
  ASSERT_TRUE(crew_is({slot("ben", "captain"), slot("dora", "host")}));
  EXPECT_FALSE(opens(anas));
  EXPECT_FALSE(opens(cleos));
  run_all();
  EXPECT_FALSE(opens(anas));
  EXPECT_FALSE(opens(cleos));
  for (const std::string& shown :
       {crew_page_of("ben"), crew_page_of("dora"), page(), feed(), object("boatsetter-may-30.html"),
        mail("crew_mail.2.dora").part("text/plain").body}) {
    ASSERT_FALSE(shown.empty());
    EXPECT_EQ(shown.find("Ana Reyes"), std::string::npos);
    EXPECT_EQ(shown.find("Cleo Lindgren"), std::string::npos);
  }
  for (const char* reader : {"ben", "dora"})
    EXPECT_NE(crew_page_of(reader).find("Ben Okafor"), std::string::npos);
  for (const char* leaver : {"crew_mail.2.ana", "crew_mail.2.cleo"})
    EXPECT_EQ(app::testing::invitation(mail(leaver), "CANCEL").status, "CANCELLED");
}

TEST_F(WeekendOutOfLine, the_page_shows_the_hours_that_are_sailed_and_paid) {
  ASSERT_TRUE(change([](auto& request) {
    request.change.starts_at = app::testing::written("2027-05-30T15:00");
    request.change.ends_at = app::testing::written("2027-05-30T19:00");
  }));
  run_all();
  EXPECT_NE(object("boatsetter-may-30.html").find("3:00 PM – 7:00 PM"), std::string::npos);
  EXPECT_NE(settlement().find(R"("member":"ana","hours":"4")"), std::string::npos);
}

TEST_F(WeekendOutOfLine, a_page_that_says_something_else_is_found_at_night_and_put_right) {
  const std::string page = object("boatsetter-may-30.html");
  const ports::ObjectName name{domain::TenantId("jada"), "boatsetter-may-30.html"};
  ASSERT_TRUE(objects.put(name, {"<p>2:00 PM</p>", "text/html", 1}));
  const auto report = app::testing::value_of(app::check_drift(owner(), world, [] { return true; }));
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].artefact.rendered, 1U) << "of which revision it was";
  run_all();
  EXPECT_EQ(object("boatsetter-may-30.html"), page);
}

}  // namespace incidents
