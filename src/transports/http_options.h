// What may be set about the HTTP server: address, threads, limits and deadlines.
// Always: the defaults are the documented promises; tests shorten the deadlines, production has no
// reason to.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace transports {

inline constexpr std::size_t head_bytes_max = 8 * 1024;
inline constexpr std::size_t headers_max = 100;

struct HttpLimits {
  using Span = std::chrono::milliseconds;
  Span head{10'000};     // from its first byte (or from accepting) to the end of a head
  Span request{30'000};  // from the first byte of the head to the end of the body
  Span idle{75'000};     // between an answer and the next request
  // A streamed body may take longer than `request`, but then it has to keep this pace, counted
  // without the time that a worker holds it up, and never be silent for so long.
  std::size_t stream_bytes_per_second_min = 1024;
  Span stream_silence{20'000};
  Span queue{10'000};  // a request that has waited so long for a worker is answered 503 instead
  Span linger{2'000};  // how long a closed connection's input is thrown away, so the answer arrives
  Span write{30'000};  // for an answer, plus one second per write_bytes_per_second_min
  std::size_t write_bytes_per_second_min = 1024;
};

struct HttpOptions {
  std::string address =
      "127.0.0.1:8080";           // a literal address; "[::1]:8080"; port 0 picks a free one
  unsigned io_threads = 0;        // 0: one per processor we may use, at most four
  unsigned workers = 32;          // they block on the store, so more than processors
  std::size_t queue_max = 1024;   // requests that may wait for a worker; the last quarter is kept
                                  // for those that are shed last (web::Shedding)
  std::size_t streams_max = 256;  // streamed bodies at once
  std::size_t bodies_bytes_max =
      std::size_t{128} * 1024 * 1024;  // whole bodies in memory, together
  // Of those two, what one client may hold (web::Admission::client).
  std::size_t client_streams_max = 64;
  std::size_t client_bodies_bytes_max = std::size_t{32} * 1024 * 1024;
  std::size_t connections_max = 20'000;
  HttpLimits limits;
};

}  // namespace transports
