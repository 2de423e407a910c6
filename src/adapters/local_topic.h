// ports::Topic on one machine: an announcement is a function call. Done when the function is done.
#pragma once

#include <functional>

#include "base/result.h"

#include "ports/topic.h"

namespace adapters {

class LocalTopic : public ports::Topic {
 public:
  using Listener = std::function<base::Result<void>(const ports::CrewAnnouncement&)>;

  // Requires: the listener is not empty.
  explicit LocalTopic(Listener listener);
  base::Result<Reach> announce(const ports::CrewAnnouncement& announcement) override;

 private:
  Listener listener_;
};

}  // namespace adapters
