// Where a body's lines end at their limit: found by fuzzing, which cut one where tests had not.
#include "transports/http_body.h"

#include <gtest/gtest.h>

namespace transports::testing {
namespace {

BodyReader chunked() {
  HeadFacts facts;
  facts.body = HeadFacts::Body::chunked;
  return BodyReader(facts, 1000);
}

// A chunk's head of so many bytes, its CR LF included.
std::string chunk_head(std::size_t length) {
  return "0;" + std::string(length - 4, 'a') + "\r\n";
}

// The status of the refusal, or 0; asked at each byte that arrives, or once.
int status_bytewise(const std::string& bytes) {
  BodyReader reader = chunked();
  for (std::size_t seen = 1; seen <= bytes.size(); ++seen) {
    const BodyReader::Piece piece = reader.next(std::string_view(bytes).substr(0, seen));
    if (piece.refusal) return piece.refusal->status;
    if (piece.framing > 0) return 0;
  }
  return 0;
}
int status_at_once(const std::string& bytes) {
  const BodyReader::Piece piece = chunked().next(bytes);
  return piece.refusal ? piece.refusal->status : 0;
}

TEST(HttpBody, ALineIsAsLongInOnePieceAsInMany) {
  const std::pair<std::size_t, int> cases[] = {{255, 0}, {256, 0}, {257, 400}, {258, 400}};
  for (const auto& [length, status] : cases) {
    EXPECT_EQ(status_at_once(chunk_head(length)), status) << length;
    EXPECT_EQ(status_at_once(chunk_head(length) + "\r\n"), status) << length;
    EXPECT_EQ(status_bytewise(chunk_head(length) + "\r\n"), status) << length;
  }
}

}  // namespace
}  // namespace transports::testing
