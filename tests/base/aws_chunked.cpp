// What S3's clients send in chunks of their own, in every split, and what none of them sends.
#include "base/aws_chunked.h"

#include <gtest/gtest.h>

#include "base/crc32.h"
#include "base/crypto.h"

namespace base {
namespace {

constexpr std::string_view hello =
    "5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n";

struct Read {
  std::string object;
  bool sound = true;
  std::optional<std::string> checksum;
};

Read read(std::string_view body, std::size_t step) {
  AwsChunkedReader reader;
  Read out;
  for (std::size_t at = 0; at < body.size() && out.sound; at += step) {
    std::string_view part = body.substr(at, step);
    while (!part.empty() && out.sound) {
      const auto stretch = reader.next(part);
      out.sound = static_cast<bool>(stretch);
      if (stretch) out.object += *stretch;
    }
  }
  out.sound = out.sound && reader.finish();
  if (const auto found = reader.trailer("X-Amz-Checksum-CRC32")) out.checksum = *found;
  return out;
}

TEST(AwsChunked, every_split_reads_the_same) {
  for (std::size_t step = 1; step <= hello.size(); ++step) {
    const Read got = read(hello, step);
    EXPECT_TRUE(got.sound) << step;
    EXPECT_EQ(got.object, "hello world") << step;
    EXPECT_EQ(got.checksum, "DUoRhQ==") << step;
  }
}

TEST(AwsChunked, an_object_may_be_empty_and_without_trailers) {
  const Read got = read("0\r\n\r\n", 1);
  EXPECT_TRUE(got.sound);
  EXPECT_EQ(got.object, "");
  EXPECT_EQ(got.checksum, std::nullopt);
}

TEST(AwsChunked, what_is_not_of_the_form_is_refused) {
  const std::string long_line(aws_chunked_line_bytes_max, 'a');
  std::string many = "0\r\n";
  for (std::size_t i = 0; i <= aws_chunked_trailers_max; ++i) many += std::to_string(i) + ":a\r\n";
  const std::string cases[] = {
      "",                                            // nothing
      "5\r\nhello\r\n",                              // no last chunk
      "5\r\nhello\r\n0\r\n",                         // no end
      "0\r\na:b\r\n",                                // no end after a trailer
      "5\r\nhello!\r\n0\r\n\r\n",                    // longer than its size
      "6\r\nhello\r\n0\r\n\r\n",                     // shorter than its size
      "5\nhello\n0\n\n",                             // bare line ends
      "0x5\r\nhello\r\n0\r\n\r\n",                   // not a hexadecimal size
      "-5\r\nhello\r\n0\r\n\r\n",                    //
      "+5\r\nhello\r\n0\r\n\r\n",                    //
      " 5\r\nhello\r\n0\r\n\r\n",                    //
      "\r\nhello\r\n0\r\n\r\n",                      //
      "00000000000000005\r\nhello\r\n0\r\n\r\n",     // more than 16 digits
      "5;chunk-signature=ab\r\nhello\r\n0\r\n\r\n",  // signed chunks are another protocol
      "0\r\nno name\r\n\r\n",                        //
      "0\r\n:empty name\r\n\r\n",                    //
      "0\r\na:1\r\nA:2\r\n\r\n",                     // one trailer twice
      "0\r\n\r\nmore",                               // after the end
      "0\r\na:" + long_line + "\r\n\r\n",            //
      many + "\r\n",                                 //
  };
  for (const std::string& body : cases)
    for (const std::size_t step : {std::size_t{1}, std::size_t{1000}})
      EXPECT_FALSE(read(body, step).sound) << body;
}

TEST(Crc32, is_the_one_of_zip_and_s3) {
  struct Case {
    std::string_view text, base64;
  };
  // The check value of CRC-32/ISO-HDLC is 0xCBF43926.
  for (const Case& one :
       {Case{"", "AAAAAA=="}, Case{"123456789", "y/Q5Jg=="}, Case{"hello world", "DUoRhQ=="}}) {
    Crc32 pieces;
    for (const char& c : one.text) pieces.update({&c, 1});
    pieces.update({});
    EXPECT_EQ(base64(pieces.bytes()), one.base64) << one.text;
  }
}

}  // namespace
}  // namespace base
