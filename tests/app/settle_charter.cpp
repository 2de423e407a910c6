// The books follow the crew, on the owner's side alone.
#include "app/settle_charter.h"

#include "app/books_record.h"

#include "tests/app/verb_fixture.h"

namespace app::testing {

namespace {

class SettleCharterTest : public VerbTest {
 protected:
  void SetUp() override {
    VerbTest::SetUp();
    trip = booked();
  }
  std::string net_on_record() {
    const auto stored = owner().get(settlement_place(trip.id)).value();
    if (!stored) return "no settlement";
    const auto body = base::parse_json_object(stored->body).value();
    return body.at("net").is_null() ? "no net" : std::string(body.at("net").as_string());
  }
  base::Result<JobOutcome> settle(const domain::CharterId& charter) {
    domain::Job books;
    books.charter = charter;
    return TRY(settle_charter(owner(), books)).outcome;
  }
  domain::Charter trip;
};

}  // namespace

TEST_F(SettleCharterTest, one_more_person_is_one_more_line) {
  EXPECT_EQ(net_on_record(), "289.41");
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "crew")));
  EXPECT_EQ(net_on_record(), "289.41") << "crew code writes no money";
  run_all();
  EXPECT_EQ(net_on_record(), "164.41");
}

TEST_F(SettleCharterTest, writes_the_settlement_and_checks_what_it_rests_on) {
  forget_commits();
  ASSERT_EQ(settle(trip.id).value(), JobOutcome::done);
  EXPECT_EQ(
      written_at_once(trip.id.text()),
      (Lines{"check jada/charter/{id} charter 1", "check owner: jada/charter/{id} intake 1",
             "check owner: jada/tenant rates 1", "put owner: jada/charter/{id} settlement 1"}));
}

TEST_F(SettleCharterTest, recomputing_twice_is_recomputing_once) {
  ASSERT_TRUE(settle(trip.id));
  ASSERT_TRUE(settle(trip.id));
  EXPECT_EQ(net_on_record(), "289.41");
}

TEST_F(SettleCharterTest, takes_the_rates_of_the_day) {
  TenantFile file = tenant_file();
  file.rates.pay[domain::Role("captain")].rate = usd("60.00");
  ASSERT_TRUE(apply_tenant(installation, world, file));
  EXPECT_EQ(net_on_record(), "289.41");
  ASSERT_TRUE(settle(trip.id));
  EXPECT_EQ(net_on_record(), "259.41");
}

TEST_F(SettleCharterTest, new_rates_alone_move_no_settlement) {
  TenantFile file = tenant_file();
  file.rates.pay[domain::Role("captain")].rate = usd("60.00");
  ASSERT_TRUE(apply_tenant(installation, world, file));
  EXPECT_EQ(settlement_of(owner(), trip.id).value().at("net"), base::json::string("289.41"));
  // A change of crew is settled with the rates of its day, at once for who asks.
  ASSERT_TRUE(crew_with(trip.id, slot("dora", "crew")));
  EXPECT_EQ(settlement_of(owner(), trip.id).value().at("net"), base::json::string("134.41"));
  run_all();
  EXPECT_EQ(settlement_of(owner(), trip.id).value().at("net"), base::json::string("134.41"));
}

TEST_F(SettleCharterTest, an_event_has_pay_lines_and_no_net) {
  const auto made = make(event_request("2027-06-01T10:00"));
  ASSERT_TRUE(made);
  trip = charter(made->body);
  EXPECT_EQ(net_on_record(), "no settlement");
  run_all();
  EXPECT_EQ(net_on_record(), "no net");
  const auto settlement = settlement_of(owner(), trip.id).value();
  ASSERT_EQ(settlement.at("lines").as_array().size(), 1U);
  EXPECT_EQ(settlement.at("lines").at(0).at("amount"), base::json::string("100.00"));
}

TEST_F(SettleCharterTest, an_unknown_charter_has_no_books) {
  const domain::CharterId nobody("jada.nobody");
  EXPECT_EQ(settle(nobody).value(), JobOutcome::stale);
  EXPECT_EQ(settlement_of(owner(), nobody).error().kind, base::Kind::not_found);
  EXPECT_EQ(settlement_of(owner("tern"), trip.id).error().kind, base::Kind::not_found);
}

}  // namespace app::testing
