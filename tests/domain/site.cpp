// The three kinds of site.
#include "domain/site.h"

#include "tests/domain/example.h"

namespace domain {
namespace {

TEST(Site, kinds_have_names) {
  testing::expect_names_round_trip<SiteKind>(
      {{SiteKind::ops, "ops"}, {SiteKind::crew, "crew"}, {SiteKind::guest, "guest"}},
      site_kind_from);
}

}  // namespace
}  // namespace domain
