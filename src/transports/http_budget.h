// HttpBudget: what the bodies of all connections may take together, and those of one client.
// BodyShare: one request's part of it. Always: a share is given back when its request ends, however
// it ends; no client's slow bodies can take all the room. Refuses: what would exceed a bound; that
// request is answered 503.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>

#include "transports/http_options.h"

namespace transports {

class HttpBudget {
 public:
  explicit HttpBudget(const HttpOptions& options)
      : all_max_{options.bodies_bytes_max, options.streams_max},
        client_max_{options.client_bodies_bytes_max, options.client_streams_max} {}

 private:
  friend class BodyShare;

  struct Amount {
    std::size_t bytes = 0;
    std::size_t streams = 0;
    bool holds(const Amount& more, const Amount& max) const {
      return bytes + more.bytes <= max.bytes && streams + more.streams <= max.streams;
    }
    void add(const Amount& more) {
      bytes += more.bytes;
      streams += more.streams;
    }
  };

  bool take(const std::string& client, const Amount& more) {
    const std::scoped_lock lock(mutex_);
    Amount& own = clients_[client];
    const bool room = all_.holds(more, all_max_) && own.holds(more, client_max_);
    if (room) {
      all_.add(more);
      own.add(more);
    } else if (own.bytes + own.streams == 0) {
      clients_.erase(client);
    }
    return room;
  }
  void give_back(const std::string& client, const Amount& taken) {
    const std::scoped_lock lock(mutex_);
    all_.bytes -= taken.bytes;
    all_.streams -= taken.streams;
    const auto own = clients_.find(client);
    own->second.bytes -= taken.bytes;
    own->second.streams -= taken.streams;
    if (own->second.bytes + own->second.streams == 0) clients_.erase(own);
  }

  const Amount all_max_;
  const Amount client_max_;
  std::mutex mutex_;
  Amount all_;
  std::unordered_map<std::string, Amount> clients_;  // those that hold something
};

class BodyShare {
 public:
  explicit BodyShare(HttpBudget& budget) : budget_(budget) {}
  ~BodyShare() { give_back(); }
  BodyShare(const BodyShare&) = delete;
  BodyShare& operator=(const BodyShare&) = delete;

  // Whose the next request's share is. Requires: nothing is held.
  void belongs_to(std::string client) { client_ = std::move(client); }
  bool take_bytes(std::size_t count) { return count == 0 || take({count, 0}); }
  bool take_stream() { return take({0, 1}); }
  void give_back() {
    if (taken_.bytes + taken_.streams == 0) return;
    budget_.give_back(client_, std::exchange(taken_, {}));
  }

 private:
  bool take(const HttpBudget::Amount& more) {
    if (!budget_.take(client_, more)) return false;
    taken_.add(more);
    return true;
  }

  HttpBudget& budget_;
  std::string client_;
  HttpBudget::Amount taken_;
};

}  // namespace transports
