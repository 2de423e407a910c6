// Small questions about answers that are kept as bytes: does the client hold it already, how is the
// connection named in it, and the date. Always: pure. Sources: RFC 9110 §5.6.7, §8.8.3.2 and
// §13.1.2.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace transports {

// True when an If-None-Match value names this entity tag (its quotes included) or is "*". Weak
// comparison.
bool names_etag(std::string_view if_none_match, std::string_view etag);

// A whole answer with "Connection: <option>" as its last header. Requires: the head of the answer
// ends.
std::string with_connection(std::string_view answer, std::string_view option);

// IMF-fixdate: "Sun, 30 May 2027 23:30:00 GMT".
std::string http_date(std::chrono::sys_seconds instant);

}  // namespace transports
