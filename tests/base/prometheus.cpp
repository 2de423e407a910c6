#include "base/prometheus.h"

#include <array>

#include <gtest/gtest.h>

namespace base {
namespace {

TEST(Prometheus, families_and_samples) {
  MetricsText text;
  text.family("a_total", MetricsText::Kind::counter, "What a is.")
      .sample(3)
      .sample(18446744073709551615U, {{"route", "GET /x"}, {"odd", "q\"b\\l\ne"}});
  text.family("b_seconds", MetricsText::Kind::gauge, "B.").sample_seconds(0.25);
  EXPECT_EQ(text.take(),
            "# HELP a_total What a is.\n# TYPE a_total counter\na_total 3\n"
            "a_total{route=\"GET /x\",odd=\"q\\\"b\\\\l\\ne\"} 18446744073709551615\n"
            "# HELP b_seconds B.\n# TYPE b_seconds gauge\nb_seconds 0.25\n");
}

TEST(Prometheus, buckets_add_up) {
  MetricsText text;
  const std::array ends{0.5, 2.0};
  const std::array<std::uint64_t, 3> counts{4, 0, 1};
  text.family("d", MetricsText::Kind::histogram, "D.").histogram(ends, counts, 7.5);
  EXPECT_EQ(text.take(),
            "# HELP d D.\n# TYPE d histogram\nd_bucket{le=\"0.5\"} 4\nd_bucket{le=\"2\"} 4\n"
            "d_bucket{le=\"+Inf\"} 5\nd_sum 7.5\nd_count 5\n");
}

}  // namespace
}  // namespace base
