#include "base/encodings.h"

#include <brotli/decode.h>
#include <gtest/gtest.h>
#include <zlib.h>

namespace base {
namespace {

TEST(Encodings, the_smallest_that_the_client_takes) {
  struct Case {
    std::string_view accepted;
    Encoding best;
  };
  for (const Case& one : {Case{"", Encoding::identity},
                          {"gzip", Encoding::gzip},
                          {"gzip, deflate, br, zstd", Encoding::brotli},
                          {"GZIP;q=0.5 , BR;q=0.1", Encoding::brotli},
                          {"br;q=0, gzip", Encoding::gzip},
                          {"br; q=0.000, gzip;q=0", Encoding::identity},
                          {"br;q=0.001", Encoding::brotli},
                          {"gzip;", Encoding::gzip},
                          {"*", Encoding::identity},
                          {"identity", Encoding::identity},
                          {"brotli, xgzip", Encoding::identity},
                          {",,;,", Encoding::identity}}) {
    EXPECT_EQ(best_encoding(one.accepted), one.best) << one.accepted;
  }
}

std::string gunzipped(const std::string& packed, std::size_t size) {
  std::string text(size + 1, '\0');
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

std::string unbrotlied(const std::string& packed, std::size_t size) {
  std::string text(size + 1, '\0');
  std::size_t unpacked = text.size();
  EXPECT_EQ(
      BrotliDecoderDecompress(packed.size(), reinterpret_cast<const std::uint8_t*>(packed.data()),
                              &unpacked, reinterpret_cast<std::uint8_t*>(text.data())),
      BROTLI_DECODER_RESULT_SUCCESS);
  text.resize(unpacked);
  return text;
}

TEST(Encodings, other_readers_find_the_text_again) {
  std::string page = "<!doctype html>\n";
  for (int i = 0; i < 500; ++i) page += "<p>Harbor Island, west dock " + std::to_string(i) + "</p>";
  for (const std::string& text : {std::string(), std::string("x"), page}) {
    for (const int quality : {0, 5, 11}) {
      const std::string gzip = encoded(text, Encoding::gzip, quality);
      const std::string brotli = encoded(text, Encoding::brotli, quality);
      EXPECT_EQ(gunzipped(gzip, text.size()), text);
      EXPECT_EQ(unbrotlied(brotli, text.size()), text);
      if (text.size() > 1000) {
        EXPECT_LT(gzip.size(), text.size() / 3);
        EXPECT_LT(brotli.size(), text.size() / 3);
      }
    }
    EXPECT_EQ(encoded(text, Encoding::identity, 5), text);
  }
}

}  // namespace
}  // namespace base
