// The money of one charter, to the minor unit.
#include "domain/settlement.h"

#include <gtest/gtest.h>

#include "tests/domain/example.h"

namespace domain {
namespace {

using testing::example_charter;

Currency currency(const char* code) {
  return Currency::parse(code).value();
}
Money money(std::string_view text, const char* code = "USD") {
  return parse_money(text, currency(code)).value();
}
Decimal decimal(std::string_view text) {
  return Decimal::parse(text).value();
}

Rates example_rates() {
  Rates rates;
  rates.currency = currency("USD");
  rates.pay[Role("captain")] = {money("50.00"), std::nullopt};
  rates.pay[Role("crew")] = {money("25.00"), decimal("5")};
  rates.fees = {{"port_tax", decimal("18")}};
  return rates;
}

Intake intake(std::string_view gross, CaptainFee fee = CaptainFee::operator_) {
  return {money(gross), fee, ""};
}

std::string shown(const std::optional<Money>& amount) {
  return amount ? text_of(*amount) : "none";
}

TEST(Settlement, the_example_of_the_house) {
  const Settlement settled = settle(intake("840.75"), example_charter(), example_rates());
  EXPECT_EQ(shown(settled.gross), "840.75");
  ASSERT_EQ(settled.pay.size(), 3U);
  const char* members[] = {"ana", "ben", "cleo"};
  const char* roles[] = {"captain", "crew", "crew"};
  const char* hours[] = {"3", "5", "5"};
  const char* rates[] = {"50.00", "25.00", "25.00"};
  const char* amounts[] = {"150.00", "125.00", "125.00"};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(settled.pay[i].member, MemberId(members[i]));
    EXPECT_EQ(settled.pay[i].role, Role(roles[i]));
    EXPECT_EQ(settled.pay[i].hours, hours[i]);
    EXPECT_EQ(text_of(settled.pay[i].rate), rates[i]);
    EXPECT_EQ(text_of(settled.pay[i].amount), amounts[i]);
    EXPECT_FALSE(settled.pay[i].paid_by_channel);
  }
  ASSERT_EQ(settled.fees.size(), 1U);
  EXPECT_EQ(settled.fees[0].name, "port_tax");
  EXPECT_EQ(settled.fees[0].percent, decimal("18"));
  EXPECT_EQ(text_of(settled.fees[0].amount), "151.34");
  EXPECT_EQ(shown(settled.net), "289.41");
  EXPECT_EQ(shown(settled.net_if_channel_pays), "none");
}

struct CaptainCase {
  CaptainFee fee;
  const char* captain;
  bool paid_by_channel;
  const char* net;
  const char* net_if_channel_pays;
};

TEST(Settlement, the_captains_fee_in_its_three_forms) {
  const CaptainCase cases[] = {
      {CaptainFee::operator_, "150.00", false, "289.41", "none"},
      {CaptainFee::channel, "0.00", true, "439.41", "none"},
      {CaptainFee::unverified, "150.00", false, "289.41", "439.41"},
  };
  for (const CaptainCase& one : cases) {
    const Settlement settled =
        settle(intake("840.75", one.fee), example_charter(), example_rates());
    const auto name = name_of(one.fee);
    EXPECT_EQ(text_of(settled.pay.at(0).amount), one.captain) << name;
    EXPECT_EQ(text_of(settled.pay.at(0).rate), "50.00") << name;
    EXPECT_EQ(settled.pay.at(0).paid_by_channel, one.paid_by_channel) << name;
    EXPECT_FALSE(settled.pay.at(1).paid_by_channel) << "only the captain: " << name;
    EXPECT_EQ(text_of(settled.fees.at(0).amount), "151.34") << name;
    EXPECT_EQ(shown(settled.net), one.net) << name;
    EXPECT_EQ(shown(settled.net_if_channel_pays), one.net_if_channel_pays) << name;
  }
  testing::expect_names_round_trip<CaptainFee>({{CaptainFee::operator_, "operator"},
                                                {CaptainFee::channel, "channel"},
                                                {CaptainFee::unverified, "unverified"}},
                                               captain_fee_from);
}

TEST(Settlement, two_captains_are_both_paid_by_the_channel) {
  Charter charter = example_charter();
  charter.crew[1].role = Role("captain");
  EXPECT_EQ(shown(settle(intake("840.75", CaptainFee::channel), charter, example_rates()).net),
            "564.41");
  const Settlement open =
      settle(intake("840.75", CaptainFee::unverified), charter, example_rates());
  EXPECT_EQ(shown(open.net), "264.41");
  EXPECT_EQ(shown(open.net_if_channel_pays), "564.41") << "two times 150.00, and no more";
}

struct FeeCase {
  const char* code;
  const char* gross;
  const char* percent;
  const char* amount;
};

TEST(Settlement, fees_round_half_up_once) {
  const FeeCase cases[] = {
      {"USD", "840.75", "18", "151.34"},       // 151.335: exactly the half cent
      {"USD", "840.74", "18", "151.33"},       // 151.3332
      {"USD", "840.76", "18", "151.34"},       // 151.3368
      {"USD", "0.25", "18", "0.05"},           // 0.045
      {"USD", "0.24", "18", "0.04"},           // 0.0432
      {"USD", "840.75", "8.875", "74.62"},     // 74.6165625
      {"USD", "200.00", "8.875", "17.75"},     // exact
      {"USD", "1.80", "8.875", "0.16"},        // 0.15975
      {"USD", "840.75", "17.9999", "151.33"},  // 151.33415…
      {"USD", "840.75", "0", "0.00"},
      {"USD", "840.75", "100", "840.75"},
      {"USD", "999999999.99", "100", "999999999.99"},
      {"JPY", "84075", "18", "15134"},        // 15133.5
      {"JPY", "84074", "18", "15133"},        // 15133.32
      {"KWD", "840.750", "18", "151.335"},    // exact in thousandths
      {"KWD", "840.750", "8.875", "74.617"},  // 74.6165625
  };
  for (const FeeCase& one : cases) {
    Rates rates;
    rates.currency = currency(one.code);
    rates.fees = {{"port_tax", decimal(one.percent)}};
    const Settlement settled =
        settle({money(one.gross, one.code), CaptainFee::operator_, ""}, example_charter(), rates);
    EXPECT_EQ(text_of(settled.fees.at(0).amount), one.amount)
        << one.percent << " % of " << one.code << ' ' << one.gross;
    EXPECT_EQ(settled.net->minor, settled.gross->minor - settled.fees.at(0).amount.minor);
  }
}

struct PayCase {
  const char* code;
  const char* rate;
  const char* hours;  // "": the charter's length
  int minutes;        // that length
  const char* hours_said;
  const char* amount;
};

TEST(Settlement, pay_rounds_half_up_once) {
  const PayCase cases[] = {
      {"USD", "25.00", "2.25", 180, "2.25", "56.25"},
      {"USD", "25.02", "2.25", 180, "2.25", "56.30"},  // 56.295: exactly the half cent
      {"USD", "25.01", "2.25", 180, "2.25", "56.27"},  // 56.2725
      {"USD", "25.03", "2.25", 180, "2.25", "56.32"},  // 56.3175
      {"USD", "50.00", "", 180, "3", "150.00"},
      {"USD", "50.00", "", 135, "2.25", "112.50"},
      {"USD", "50.00", "", 100, "1.6667", "83.33"},  // not 83.335, as 1.6667 hours would be
      {"USD", "0.60", "", 1, "0.0167", "0.01"},
      {"USD", "50.00", "0", 180, "0", "0.00"},
      {"JPY", "5002", "2.25", 180, "2.25", "11255"},    // 11254.5
      {"JPY", "5001", "2.25", 180, "2.25", "11252"},    // 11252.25
      {"KWD", "7.125", "2.25", 180, "2.25", "16.031"},  // 16.03125
      {"KWD", "7.126", "2.25", 180, "2.25", "16.034"},  // 16.0335: half a thousandth
  };
  for (const PayCase& one : cases) {
    Charter charter = example_charter();
    charter.crew = {testing::slot("ana", "captain")};
    charter.ends.utc = charter.starts.utc + base::minutes(one.minutes);
    Rates rates;
    rates.currency = currency(one.code);
    rates.pay[Role("captain")] = {money(one.rate, one.code), Decimal::parse(one.hours)};
    const PayLine line = settle({}, charter, rates).pay.at(0);
    EXPECT_EQ(line.hours, one.hours_said) << one.rate;
    EXPECT_EQ(text_of(line.amount), one.amount)
        << one.code << ' ' << one.rate << " for " << line.hours << " h";
  }
}

TEST(Settlement, each_line_rounds_alone) {
  Rates rates = example_rates();
  rates.fees = {{"port_tax", decimal("18")}, {"dock_tax", decimal("18")}};
  // Two times 151.335 is 302.67; the lines say 151.34 each, and the net follows the lines.
  const Settlement settled = settle(intake("840.75"), example_charter(), rates);
  EXPECT_EQ(shown(settled.net), "138.07");
}

TEST(Settlement, without_a_gross_there_is_pay_but_no_net) {
  for (const CaptainFee fee :
       {CaptainFee::operator_, CaptainFee::channel, CaptainFee::unverified}) {
    const Settlement settled = settle({std::nullopt, fee, ""}, example_charter(), example_rates());
    EXPECT_EQ(settled.pay.size(), 3U);
    EXPECT_TRUE(settled.fees.empty());
    EXPECT_EQ(shown(settled.gross), "none");
    EXPECT_EQ(shown(settled.net), "none");
    EXPECT_EQ(shown(settled.net_if_channel_pays), "none");
  }
}

TEST(Settlement, approved_hours_are_paid_in_place_of_the_rules) {
  Intake said = intake("840.75");
  said.approved_hours = {{MemberId("ana"), {decimal("4.25")}}, {MemberId("cleo"), {decimal("0")}}};
  Settlement settled = settle(said, example_charter(), example_rates());
  ASSERT_EQ(settled.pay.size(), 3U);
  const struct {
    const char* hours;
    const char* amount;
    bool approved;
  } lines[] = {{"4.25", "212.50", true}, {"5", "125.00", false}, {"0", "0.00", true}};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(settled.pay[i].hours, lines[i].hours);
    EXPECT_EQ(text_of(settled.pay[i].amount), lines[i].amount);
    EXPECT_EQ(settled.pay[i].hours_approved, lines[i].approved);
  }
  EXPECT_EQ(shown(settled.net), "351.91");
  // 33.33 an hour for 0.25 hours is 8.3325, for 2.25 is 74.9925: half up, once.
  Rates rates = example_rates();
  rates.pay[Role("captain")].rate = money("33.33");
  for (const auto& [hours, amount] :
       {std::pair("0.25", "8.33"), std::pair("2.25", "74.99"), std::pair("0.5", "16.67")}) {
    said.approved_hours[MemberId("ana")] = {decimal(hours)};
    EXPECT_EQ(text_of(settle(said, example_charter(), rates).pay[0].amount), amount) << hours;
  }
  // The marketplace pays the captain, however long the trip was.
  said.captain_fee = CaptainFee::channel;
  EXPECT_EQ(text_of(settle(said, example_charter(), rates).pay[0].amount), "0.00");
}

TEST(Settlement, approved_hours_of_who_left_the_crew_stay_owed) {
  Intake said = intake("840.75");
  said.approved_hours = {{MemberId("ana"), {decimal("2.5"), Role("captain")}},
                         {MemberId("old"), {decimal("3")}}};
  Charter charter = example_charter();
  charter.crew = {{MemberId("eve"), Role("captain")}};
  Settlement settled = settle(said, charter, example_rates());
  ASSERT_EQ(settled.pay.size(), 3U);
  EXPECT_EQ(text_of(settled.pay[0].amount), "150.00") << "the rule's, of who took the seat";
  EXPECT_EQ(settled.pay[1].member, MemberId("ana"));
  EXPECT_EQ(text_of(settled.pay[1].amount), "125.00");
  EXPECT_TRUE(settled.pay[1].hours_approved);
  EXPECT_EQ(settled.pay[2].hours, "3");
  EXPECT_EQ(text_of(settled.pay[2].rate), "0.00") << "nobody knows as what: seen, not guessed";
  EXPECT_EQ(shown(settled.net), "414.41");
  charter.crew = {{MemberId("ana"), Role("captain")}};
  EXPECT_EQ(settle(said, charter, example_rates()).pay.size(), 2U) << "back aboard: once";
}

TEST(Settlement, of_a_cancelled_trip_approved_hours_win_over_what_all_are_paid) {
  Charter charter = example_charter();
  charter.status = CharterStatus::cancelled;
  Intake said = intake("100.00");
  said.kept = said.gross;
  said.approved_hours = {{MemberId("ana"), {decimal("1.5")}}};
  EXPECT_EQ(shown(settle(said, charter, example_rates()).net), "7.00") << "75.00 and port tax";
  said.cancelled_hours = decimal("2");
  Settlement settled = settle(said, charter, example_rates());
  EXPECT_EQ(settled.pay[0].hours, "1.5");
  EXPECT_EQ(settled.pay[1].hours, "2");
  EXPECT_FALSE(settled.pay[1].hours_approved);
}

TEST(Settlement, a_role_without_a_rule_is_unpaid_and_says_so) {
  Rates rates = example_rates();
  rates.pay.erase(Role("crew"));
  const Settlement settled = settle(intake("840.75"), example_charter(), rates);
  ASSERT_EQ(settled.pay.size(), 3U);
  EXPECT_EQ(text_of(settled.pay[1].rate), "0.00");
  EXPECT_EQ(text_of(settled.pay[1].amount), "0.00");
  EXPECT_EQ(settled.pay[1].hours, "3");
  EXPECT_EQ(shown(settled.net), "539.41");
}

TEST(Settlement, a_net_may_be_negative_and_a_charter_without_crew_is_settled) {
  EXPECT_EQ(shown(settle(intake("100.00"), example_charter(), example_rates()).net), "-318.00");
  Charter charter = example_charter();
  charter.crew.clear();
  EXPECT_EQ(shown(settle(intake("840.75"), charter, example_rates()).net), "689.41");
}

}  // namespace
}  // namespace domain
