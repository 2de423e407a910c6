// The store behind a network that loses: calls throttled, and answers dropped after what they tell
// of was done. Each commit happens once all the same.
#include <unistd.h>

#include "adapters/dynamo_store.h"

#include "tests/cloud/cloud_fixture.h"
#include "tests/net/scripted_server.h"

namespace cloud {

using net::testing::answer;
using net::testing::ScriptedServer;

namespace {

// Hands each call on to the emulator, but for those that a script of faults loses.
class LossyRoad {
 public:
  std::string url() const { return server_.url(); }
  int lost() const { return lost_; }
  int throttled() const { return throttled_; }

 private:
  std::string carry(const std::string& request) {
    const int number = ++calls_;
    if (number % 10 < 3) {
      ++throttled_;
      return answer(R"({"__type":"x#ThrottlingException","message":"slow down"})", {},
                    "400 Bad Request");
    }
    net::ClientRequest call;
    call.method = "POST";
    const std::size_t head = request.find("\r\n\r\n");
    for (const char* name : {"X-Amz-Target", "Content-Type", "X-Amz-Date", "Authorization"})
      if (const std::size_t at = request.find(std::string("\r\n") + name + ": "); at < head) {
        const std::size_t start = at + 4 + std::string(name).size();
        call.headers.push_back({name, request.substr(start, request.find("\r\n", start) - start)});
      }
    const std::string body = request.substr(head + 4);
    call.body = body;
    const auto said = emulator_.send(call);
    if (!said || number % 10 == 7) {
      ++lost_;
      return {};
    }
    return answer(said->body, {}, std::to_string(said->status) + " X");
  }

  net::HttpClient emulator_{net::Endpoint::parse(emulator("FAIRLEAD_DYNAMODB")).value()};
  std::atomic<int> calls_ = 0;
  std::atomic<int> lost_ = 0;
  std::atomic<int> throttled_ = 0;
  ScriptedServer server_{[this](const std::string& request) { return carry(request); }};
};

}  // namespace

TEST(DynamoFaults, each_commit_happens_once_whatever_is_lost_on_the_way) {
  LossyRoad road;
  adapters::SystemClock clock;
  adapters::SystemEntropy entropy;
  const adapters::DynamoTables tables{fresh_name("operations"), fresh_name("owner-only")};
  adapters::DynamoStore store(adapters::DynamoCalls(client_of("dynamodb", road.url()), entropy,
                                                    [](std::chrono::milliseconds span) {
                                                      std::this_thread::sleep_for(span);
                                                    }),
                              tables, clock, entropy);
  ASSERT_TRUE(store.make_tables());
  constexpr ports::Version commits = 60;
  const ports::Key key{ports::Table::operations, "p", "counter"};
  for (ports::Version version = 0; version < commits; ++version) {
    const auto done =
        store.commit({{ports::Change::Kind::put, key, version, std::to_string(version), {}}});
    ASSERT_TRUE(done) << version << ": " << done.error().message;
  }
  const auto record = store.get(key);
  ASSERT_TRUE(record && *record);
  EXPECT_EQ((*record)->version, commits);
  EXPECT_GT(road.lost(), 5);
  EXPECT_GT(road.throttled(), 15);
}

}  // namespace cloud
