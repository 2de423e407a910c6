// I-20: revenue reached the crew's event notes and was scrubbed by editing the database. Here money
// has records of its own, and odd amounts planted in each of them are in no crew or guest byte.
#include <fstream>
#include <sstream>

#include "tests/app/verb_fixture.h"
#include "tests/base/mail_reader.h"
#include "tests/web/web_fixture.h"

namespace incidents {

using namespace web::testing;

class RevenueInCrewNotes : public WebTest {
 protected:
  static bool tells_money(const std::string& text) {
    for (const char* amount : {"7391.57", "7391", "739157", "7,391", "47.13", "23.57", "19.375",
                               "141.39", "117.85", "odd-note"})
      if (has(text, amount)) return true;
    return false;
  }
};

TEST_F(RevenueInCrewNotes, no_page_feed_or_answer_for_crew_and_guests_tells_an_amount) {
  app::TenantFile file = jada_file();
  file.rates.pay[domain::Role("captain")].rate = app::testing::usd("47.13");
  file.rates.pay[domain::Role("crew")].rate = app::testing::usd("23.57");
  file.rates.fees[0].percent = *domain::Decimal::parse("19.375");
  apply(file);
  json::object body = example_booking();
  body["gross"] = "7391.57";
  body["internal_notes"] = "odd-note 7391.57";
  const std::string trip = book(jada(), body);
  run_jobs();
  EXPECT_TRUE(tells_money(ask(jada().owner(Method::get, "/charters/" + trip + "/settlement")).body))
      << "the owner sees it, or this test looks for the wrong thing";
  const std::string cookie = cookie_of(jada(), trip, "ana");
  const std::vector<Ask> asked = {
      jada().guest("/g/boatsetter-may-30.html"), jada().guest("/g/boatsetter-may-30.ics"),
      jada().crew(Method::get, "/charters/" + trip).with("Cookie", cookie),
      jada().service(Method::get, "/events/" + trip), jada().service(Method::get, "/events")};
  for (const Ask& question : asked) {
    const Response response = ask(question);
    EXPECT_EQ(response.status, 200) << question.target;
    EXPECT_FALSE(tells_money(response.body)) << question.target;
    for (const base::Header& header : response.headers)
      EXPECT_FALSE(tells_money(header.value)) << question.target;
  }
}

TEST_F(RevenueInCrewNotes, notes_that_crew_can_read_refuse_an_amount) {
  for (const char* field : {"/crew_notes", "/guest_notes"}) {
    const std::string body = changed(example_booking(), field, "Gross was $7,391.57");
    EXPECT_TRUE(is_problem(refused(jada().owner(Method::post, "/bookings", body)), 422,
                           "invalid-request", {std::string(field).substr(1)}));
  }
}

// Whoever asks for a time that is taken is told by what, by its title.
TEST_F(RevenueInCrewNotes, no_hold_tells_an_amount_to_crew_who_ask_for_its_time) {
  const json::object hold{{"kind", "hold"},
                          {"vessel", "jada"},
                          {"title", "Deposit $7,391.57 due"},
                          {"starts_at", "2027-06-10T10:00"},
                          {"ends_at", "2027-06-10T13:00"}};
  EXPECT_TRUE(is_problem(refused(jada().owner(Method::post, "/calendar", base::to_text(hold))), 422,
                         "invalid-request", {"title"}));
  EXPECT_EQ(ask(jada().owner(Method::post, "/calendar", changed(hold, "/title", "Maybe"))).status,
            201);
  json::object tour = hold;
  tour.erase("kind");
  tour["title"] = "Tour";
  const Response busy = refused(jada().service(Method::post, "/events", base::to_text(tour)));
  EXPECT_EQ(busy.status, 409);
  EXPECT_FALSE(tells_money(busy.body));
}

class RevenueInMails : public app::testing::VerbTest {};

TEST_F(RevenueInMails, no_mail_tells_an_amount) {
  auto request = app::testing::booking_request();
  request.gross = "7391.57";
  request.internal_notes = "odd-note 7391.57";
  booked(request);
  run_all();
  ASSERT_EQ(maildrop().size(), 4U);
  for (const std::string& name : maildrop()) {
    std::ifstream file(folder() / "maildrop" / name, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    for (const auto& part : base::testing::read_mail(bytes.str()).parts)
      for (const char* amount : {"7391", "7,391", "odd-note", "50.00", "25.00", "150", "net"})
        EXPECT_FALSE(has(part.body, amount)) << name << ": " << amount;
  }
}

}  // namespace incidents
