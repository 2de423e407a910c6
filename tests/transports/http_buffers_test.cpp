// Blocks that connections borrow, and what an InputBuffer does with one.
#include "transports/http_buffers.h"

#include <string>

#include <gtest/gtest.h>

namespace transports {
namespace {

void put(InputBuffer& input, std::string_view bytes) {
  const std::span<char> space = input.space();
  ASSERT_GE(space.size(), bytes.size());
  std::copy(bytes.begin(), bytes.end(), space.begin());
  input.filled(bytes.size());
}

TEST(InputBuffer, KeepsContentTogetherAcrossFraming) {
  Buffers buffers;
  InputBuffer input(buffers);
  put(input, "3;abc;4;de");
  input.consume(2);
  input.keep(3);
  input.consume(3);
  input.keep(2);
  EXPECT_EQ(input.kept(), "abcde");
  put(input, "fg;next");
  input.keep(2);
  input.consume(1);
  EXPECT_EQ(input.kept(), "abcdefg");
  EXPECT_EQ(input.bytes(), "next");
  input.drop_kept();
  EXPECT_EQ(input.bytes(), "next");
  put(input, "!");
  EXPECT_EQ(input.bytes(), "next!");
}

TEST(InputBuffer, IsFullOnlyWhenNothingMoreFits) {
  Buffers buffers;
  InputBuffer input(buffers);
  put(input, std::string(small_block_bytes, 'x'));
  EXPECT_TRUE(input.full());
  input.consume(10);
  EXPECT_FALSE(input.full());
  put(input, std::string(10, 'y'));
  EXPECT_TRUE(input.full());
  EXPECT_EQ(input.bytes(), std::string(small_block_bytes - 10, 'x') + std::string(10, 'y'));
}

TEST(InputBuffer, GrowsAndShrinksWithWhatItHolds) {
  Buffers buffers;
  InputBuffer input(buffers);
  put(input, "..kept.rest");
  input.consume(2);
  input.keep(4);
  input.consume(1);
  EXPECT_TRUE(input.widen());
  EXPECT_FALSE(input.widen());
  EXPECT_EQ(input.kept(), "kept");
  EXPECT_EQ(input.bytes(), "rest");
  const std::string more(small_block_bytes, 'x');
  put(input, more);
  input.narrow();
  EXPECT_TRUE(input.is_large());
  input.consume(4);
  input.drop_kept();
  input.consume(small_block_bytes - 1);
  input.narrow();
  EXPECT_FALSE(input.is_large());
  EXPECT_EQ(input.bytes(), "x");
  input.consume(1);
  input.narrow();
  EXPECT_EQ(input.bytes(), "");
  put(input, "again");
  EXPECT_EQ(input.bytes(), "again");
}

TEST(Buffers, LendSoManyLargeBlocksAndNoMore) {
  Buffers buffers;
  std::vector<Block> lent;
  for (std::size_t i = 0; i < large_blocks_max; ++i) lent.push_back(buffers.large());
  EXPECT_EQ(buffers.large(), nullptr);
  buffers.trim();
  buffers.give_back(std::move(lent.back()), large_block_bytes);
  EXPECT_NE(buffers.large(), nullptr);
}

}  // namespace
}  // namespace transports
