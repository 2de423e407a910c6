#include "adapters/local_topic.h"

#include <utility>

#include "base/crash_point.h"

namespace adapters {

LocalTopic::LocalTopic(Listener listener) : listener_(std::move(listener)) {}

base::Result<ports::Topic::Reach> LocalTopic::announce(
    const ports::CrewAnnouncement& announcement) {
  base::crash_point("topic.announce.before");
  TRY(listener_(announcement));
  base::crash_point("topic.announce.after");
  return Reach::heard;
}

}  // namespace adapters
