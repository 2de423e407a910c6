// I-22: 18 % of 840.75 is 151.335; cut off instead of rounded it gives 151.33, and a net that is a
// cent too high. Here each line is rounded once, half up, in whole cents.
#include "domain/settlement.h"

#include "tests/app/verb_fixture.h"

namespace incidents {

TEST(HalfACent, goes_up_and_less_than_half_goes_down) {
  struct Case {
    const char* gross;
    const char* percent;
    const char* fee;
    const char* net;
  };
  const domain::Rates house = app::testing::tenant_file().rates;
  for (const Case& one :
       {Case{"840.75", "18", "151.34", "689.41"}, Case{"840.72", "18", "151.33", "689.39"},
        Case{"840.74", "18", "151.33", "689.41"}, Case{"840.76", "18", "151.34", "689.42"},
        Case{"0.25", "18", "0.05", "0.20"}, Case{"0.02", "25", "0.01", "0.01"},
        Case{"0.01", "49.9999", "0.00", "0.01"}, Case{"0.01", "50", "0.01", "0.00"},
        Case{"100.00", "8.875", "8.88", "91.12"},
        Case{"999999999.99", "18", "180000000.00", "819999999.99"}}) {
    domain::Rates rates = house;
    rates.fees[0].percent = domain::Decimal::parse(one.percent).value();
    domain::Intake intake;
    intake.gross = app::testing::usd(one.gross);
    const auto settlement = domain::settle(intake, domain::Charter(), rates);
    EXPECT_EQ(domain::text_of(settlement.fees.at(0).amount), one.fee) << one.gross;
    EXPECT_EQ(domain::text_of(*settlement.net), one.net) << one.gross;
  }
}

}  // namespace incidents
