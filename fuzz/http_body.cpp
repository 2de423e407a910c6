// Bodies, chunked and sized: the same content and the same end in one piece and in many.
#include "transports/http_body.h"

#include "fuzz/harness.h"

namespace {

using namespace transports;

constexpr std::uint64_t content_max = 4096;

struct Outcome {
  std::string content;
  std::size_t framing = 0;
  int status = 0;  // of the refusal; 0: none
  bool done = false;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

// Takes all it can from the front of bytes. Says whether to go on with more.
bool feed(BodyReader& reader, std::string& bytes, Outcome& outcome) {
  for (;;) {
    const std::vector<char> exact(bytes.begin(), bytes.end());
    const BodyReader::Piece piece = reader.next(fuzz::view_of(exact));
    if (piece.refusal) outcome.status = piece.refusal->status;
    outcome.done = reader.done();
    if (piece.refusal || piece.framing + piece.content == 0) break;
    fuzz::require(piece.framing + piece.content <= bytes.size());
    outcome.framing += piece.framing;
    outcome.content += bytes.substr(piece.framing, piece.content);
    bytes.erase(0, piece.framing + piece.content);
  }
  return outcome.status == 0 && !outcome.done;
}

Outcome in_one(BodyReader reader, std::string_view text) {
  Outcome outcome;
  std::string bytes(text);
  feed(reader, bytes, outcome);
  return outcome;
}

Outcome in_pieces(BodyReader reader, std::string_view text) {
  Outcome outcome;
  std::string bytes;
  for (const auto& piece : fuzz::pieces_of(text)) {
    bytes += fuzz::view_of(piece);
    if (!feed(reader, bytes, outcome)) break;
  }
  return outcome;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  HeadFacts facts;
  facts.body = HeadFacts::Body::chunked;
  const Outcome chunked = in_one(BodyReader(facts, content_max), text);
  fuzz::require(chunked.content.size() <= content_max);
  fuzz::require(chunked == in_pieces(BodyReader(facts, content_max), text));

  facts.body = HeadFacts::Body::sized;
  facts.body_bytes = std::min<std::size_t>(size / 2 + 1, content_max);
  const Outcome sized = in_one(BodyReader(facts, content_max), text);
  fuzz::require(sized.content == text.substr(0, facts.body_bytes));
  fuzz::require(sized == in_pieces(BodyReader(facts, content_max), text));
  return 0;
}
