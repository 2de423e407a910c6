#include "adapters/local_topic.h"

#include <utility>

#include "base/crash_point.h"

namespace adapters {

LocalTopic::LocalTopic(Listener listener) : listener_(std::move(listener)) {}

base::Result<void> LocalTopic::announce(const ports::CrewAnnouncement& announcement) {
  base::crash_point("topic.announce.before");
  TRY(listener_(announcement));
  base::crash_point("topic.announce.after");
  return {};
}

}  // namespace adapters
