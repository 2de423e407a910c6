// PageCache: guest pages and assets as ready-made answers in memory, in each encoding, found by
// host and path on the I/O thread. Always: a page rendered before a charter's commit cannot enter
// after it (generation), and never outlives the instant its page is gone. Bounded; when full, an
// arbitrary page makes room.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/encodings.h"
#include "base/http.h"
#include "base/time.h"

#include "domain/ids.h"

#include "web/application.h"

namespace web {

struct CachedPage {
  std::string host;
  std::string path;
  domain::CharterId charter;  // empty: an asset, which no commit changes
  base::Instant gone_at;
  base::Response response;
};

class PageCache {
 public:
  static constexpr std::chrono::seconds no_age_max = std::chrono::seconds::max();
  // age_max: where others change the records without a word to us, a page is rendered anew so
  // often.
  explicit PageCache(std::size_t pages_max, std::chrono::seconds age_max = no_age_max)
      : pages_max_(pages_max), age_max_(age_max) {}

  std::shared_ptr<const ReadyAnswer> find(const ReadyQuestion& question, base::Instant now);
  // Taken before the records are read; put() refuses a page whose generation is over.
  std::uint64_t generation() const { return generation_.load(std::memory_order_acquire); }
  void put(const CachedPage& page, std::uint64_t generation, base::Instant now);

  void drop(const domain::CharterId& charter);
  void drop_all();

  std::size_t size();
  // Guest pages put so far.
  std::uint64_t rendered() const { return rendered_.load(std::memory_order_relaxed); }

 private:
  struct Variant {
    base::Response response;
    std::shared_ptr<const ReadyAnswer> answer;
  };
  struct Entry {
    domain::CharterId charter;
    base::Instant gone_at;
    std::array<Variant, base::encodings.size()> variants;
    std::chrono::sys_seconds stamped;  // second of the Date header in the answers
  };
  struct Address {
    std::string_view host;
    std::string_view path;
  };
  struct AddressHash {
    using is_transparent = void;
    std::size_t operator()(const Address& address) const;
    std::size_t operator()(const std::string& key) const;
  };
  struct AddressEqual {
    using is_transparent = void;
    bool operator()(const std::string& a, const std::string& b) const { return a == b; }
    bool operator()(const Address& address, const std::string& key) const;
    bool operator()(const std::string& key, const Address& address) const {
      return (*this)(address, key);
    }
  };
  static void stamp(Entry& entry, base::Instant now);

  const std::size_t pages_max_;
  const std::chrono::seconds age_max_;
  std::atomic<std::uint64_t> generation_{0};
  std::atomic<std::uint64_t> rendered_{0};
  std::shared_mutex mutex_;
  // "host path"; looked up without making that text.
  std::unordered_map<std::string, Entry, AddressHash, AddressEqual> pages_;
};

// An entity tag over the body: strong, quoted. Source: RFC 9110 §8.8.3.
std::string etag_of(std::string_view body);
std::string http_date(base::Instant now);

}  // namespace web
