// What an id says of its owner.
#include "domain/ids.h"

#include <gtest/gtest.h>

namespace domain {
namespace {

struct IdCase {
  const char* id;
  const char* tenant;   // "": none
  const char* charter;  // "": none
};

TEST(Ids, carry_their_tenant_and_charter) {
  const IdCase cases[] = {
      {"jada.7k3m2q.guest_page.1", "jada", "jada.7k3m2q"},
      {"jada.7k3m2q.crew_mail.2.ana", "jada", "jada.7k3m2q"},
      {"harbor-west-2.7k3m2q.settle.1", "harbor-west-2", "harbor-west-2.7k3m2q"},
      {"jada.7k3m2q", "jada", ""},
      {"jada.", "jada", ""},
      {"jada", "", ""},
      {".7k3m2q", "", ""},
      {"", "", ""},
  };
  for (const IdCase& one : cases) {
    const auto tenant = tenant_of(JobId(one.id));
    EXPECT_EQ(tenant.value_or(TenantId()).text(), one.tenant) << one.id;
    EXPECT_EQ(tenant.has_value(), one.tenant[0] != '\0') << one.id;
    EXPECT_EQ(tenant_of(CharterId(one.id)), tenant) << one.id;
    const auto charter = charter_of(JobId(one.id));
    EXPECT_EQ(charter.value_or(CharterId()).text(), one.charter) << one.id;
    EXPECT_EQ(charter.has_value(), one.charter[0] != '\0') << one.id;
  }
}

}  // namespace
}  // namespace domain
