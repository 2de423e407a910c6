#include "adapters/local_topic.h"

#include <utility>

namespace adapters {

LocalTopic::LocalTopic(Listener listener) : listener_(std::move(listener)) {}

base::Result<void> LocalTopic::announce(const ports::CrewAnnouncement& announcement) {
  return listener_(announcement);
}

}  // namespace adapters
