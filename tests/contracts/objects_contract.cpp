#include "tests/contracts/objects_contract.h"

#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace contracts {

using base::Kind;

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ObjectsContract);

TEST_P(ObjectsContract, keeps_bytes_type_and_version) {
  const std::string bytes("<p>\r\n\n\0\xff</p>", 12);
  auto version = put("boatsetter-may-30.html", 0, bytes);
  ASSERT_TRUE(version);
  EXPECT_EQ(*version, 1U);
  auto object = objects().get(named("boatsetter-may-30.html"));
  ASSERT_TRUE(object && *object);
  EXPECT_EQ((*object)->bytes, bytes);
  EXPECT_EQ((*object)->content_type, "text/html; charset=utf-8");
  EXPECT_EQ((*object)->version, 1U);
}

TEST_P(ObjectsContract, an_empty_object_is_an_object) {
  ASSERT_TRUE(put("empty", 0, ""));
  EXPECT_EQ(bytes_of(named("empty")), "");
}

TEST_P(ObjectsContract, absence_is_no_error) {
  EXPECT_EQ(bytes_of(named("a.html")), "nothing");
  EXPECT_TRUE(objects().remove(named("a.html")));
}

TEST_P(ObjectsContract, a_put_names_the_version_it_replaces) {
  EXPECT_EQ(put("a", 3, "x").error().kind, Kind::conflict);
  ASSERT_TRUE(put("a", 0, "1"));
  EXPECT_EQ(put("a", 0, "x").error().kind, Kind::conflict);
  EXPECT_EQ(put("a", 2, "x").error().kind, Kind::conflict);
  EXPECT_EQ(put("a", 1, "2").value(), 2U);
  EXPECT_EQ(bytes_of(named("a")), "2");
  for (std::uint64_t version = 2; version < 12; ++version)
    ASSERT_EQ(put("a", version, std::to_string(version + 1)).value(), version + 1);
  EXPECT_EQ(bytes_of(named("a")), "12");
}

TEST_P(ObjectsContract, a_removed_object_begins_anew) {
  ASSERT_TRUE(put("a", 0, "1"));
  ASSERT_TRUE(put("a", 1, "2"));
  ASSERT_TRUE(objects().remove(named("a")));
  EXPECT_EQ(bytes_of(named("a")), "nothing");
  EXPECT_EQ(put("a", 2, "3").error().kind, Kind::conflict);
  EXPECT_EQ(put("a", 0, "new").value(), 1U);
  EXPECT_EQ(bytes_of(named("a")), "new");
}

TEST_P(ObjectsContract, an_object_that_arrives_in_pieces_is_there_when_it_is_whole) {
  auto writer = objects().open(named("quarantine/a.jpg"), "image/jpeg");
  ASSERT_TRUE(writer);
  std::string whole;
  for (std::size_t i = 0; i < 300; ++i) {
    const std::string piece(1 + i * 37 % 1000, static_cast<char>(i));
    ASSERT_TRUE((*writer)->append(piece));
    whole += piece;
  }
  EXPECT_EQ(bytes_of(named("quarantine/a.jpg")), "nothing");
  EXPECT_FALSE(objects().facts(named("quarantine/a.jpg")).value());
  auto facts = (*writer)->finish();
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->bytes, whole.size());
  EXPECT_EQ(facts->content_type, "image/jpeg");
  EXPECT_EQ(bytes_of(named("quarantine/a.jpg")), whole);
}

TEST_P(ObjectsContract, a_stream_replaces_what_was_there_and_an_unfinished_one_nothing) {
  ASSERT_TRUE(put("a", 0, "1"));
  {
    auto unfinished = objects().open(named("a"), "image/png");
    ASSERT_TRUE(unfinished && (*unfinished)->append("half"));
  }
  EXPECT_EQ(bytes_of(named("a")), "1");
  auto writer = objects().open(named("a"), "image/png");
  ASSERT_TRUE(writer && (*writer)->append("2") && (*writer)->finish());
  EXPECT_EQ(bytes_of(named("a")), "2");
  const auto facts = objects().facts(named("a"));
  ASSERT_TRUE(facts && *facts);
  EXPECT_EQ((*facts)->content_type, "image/png");
  EXPECT_EQ((*facts)->version, 2U);
  EXPECT_EQ(put("a", 2, "3").value(), 3U);
}

TEST_P(ObjectsContract, facts_say_what_get_would) {
  EXPECT_FALSE(objects().facts(named("a")).value());
  ASSERT_TRUE(put("a", 0, std::string("\n\0x", 3)));
  const auto facts = objects().facts(named("a"));
  ASSERT_TRUE(facts && *facts);
  EXPECT_EQ((*facts)->bytes, 3U);
  EXPECT_EQ((*facts)->content_type, "text/html; charset=utf-8");
  EXPECT_EQ((*facts)->version, 1U);
  ASSERT_TRUE(objects().remove(named("a")));
  EXPECT_FALSE(objects().facts(named("a")).value());
}

TEST_P(ObjectsContract, a_stream_has_the_same_names_and_types) {
  EXPECT_EQ(objects().open(named("../a"), "image/png").error().kind, Kind::invalid);
  EXPECT_EQ(objects().open(named("a"), "image/png\r\nx: y").error().kind, Kind::invalid);
  EXPECT_EQ(objects().facts(named("../a")).error().kind, Kind::invalid);
}

TEST_P(ObjectsContract, names_and_tenants_do_not_mix) {
  ASSERT_TRUE(put("a", 0, "a"));
  ASSERT_TRUE(put("a/b", 0, "a/b"));
  ASSERT_TRUE(put("a/1", 0, "a/1"));
  ASSERT_TRUE(put("1", 0, "1"));
  EXPECT_EQ(bytes_of(named("a")), "a");
  EXPECT_EQ(bytes_of(named("a/b")), "a/b");
  EXPECT_EQ(bytes_of(named("a/1")), "a/1");
  EXPECT_EQ(bytes_of(named("a", "skye")), "nothing");
  ASSERT_TRUE(objects().remove(named("a")));
  EXPECT_EQ(bytes_of(named("a/b")), "a/b");
}

TEST_P(ObjectsContract, refuses_names_that_lead_elsewhere) {
  const std::vector<std::string> bad = {"",
                                        "/etc/passwd",
                                        "..",
                                        "../a",
                                        "a/../b",
                                        "a/..",
                                        "a//b",
                                        "a/",
                                        ".",
                                        "./a",
                                        ".hidden",
                                        "a\nb",
                                        "a\\..",
                                        "\xff",
                                        "\xc2\x85",
                                        std::string(513, 'a'),
                                        std::string("a\0b", 3)};
  for (const auto& path : bad) {
    EXPECT_EQ(put(path, 0, "x").error().kind, Kind::invalid) << path;
    EXPECT_EQ(objects().get(named(path)).error().kind, Kind::invalid) << path;
    EXPECT_EQ(objects().remove(named(path)).error().kind, Kind::invalid) << path;
  }
  for (const char* tenant : {"", "..", "a/b", "/"})
    EXPECT_EQ(objects().get(named("a", tenant)).error().kind, Kind::invalid) << tenant;
  auto header = objects().put(named("a"), {"x", "text/html\r\nX-Injected: 1", 0});
  EXPECT_EQ(header.error().kind, Kind::invalid);
}

TEST_P(ObjectsContract, of_many_writers_of_one_version_one_wins) {
  std::atomic<int> won = 0;
  std::atomic<int> lost = 0;
  for (std::uint64_t version = 0; version < 10; ++version) {
    std::vector<std::thread> writers;
    for (int i = 0; i < 8; ++i)
      writers.emplace_back([&, i] {
        auto written = put("a", version, std::to_string(version) + "/" + std::to_string(i));
        if (written)
          ++won;
        else if (written.error().kind == Kind::conflict)
          ++lost;
      });
    for (auto& writer : writers) writer.join();
  }
  EXPECT_EQ(won, 10);
  EXPECT_EQ(lost, 70);
  EXPECT_EQ(objects().get(named("a")).value()->version, 10U);
}

TEST_P(ObjectsContract, streams_that_end_at_once_are_versions_of_their_own) {
  std::mutex mutex;
  std::map<std::uint64_t, std::string> written;
  std::vector<std::thread> writers;
  std::atomic<bool> done = false;
  std::atomic<int> missing = 0;
  ASSERT_TRUE(put("a", 0, "first"));
  std::thread reader([&] {
    while (!done)
      if (!objects().get(named("a")).value()) ++missing;
  });
  for (int i = 0; i < 4; ++i)
    writers.emplace_back([&, i] {
      for (int j = 0; j < 10; ++j) {
        const std::string bytes = std::to_string(i) + "/" + std::to_string(j);
        auto writer = objects().open(named("a"), "text/plain");
        ASSERT_TRUE(writer && (*writer)->append(bytes));
        const auto facts = (*writer)->finish();
        ASSERT_TRUE(facts) << facts.error().message;
        const std::scoped_lock lock(mutex);
        EXPECT_TRUE(written.emplace(facts->version, bytes).second) << "a version twice";
      }
    });
  for (std::thread& writer : writers) writer.join();
  done = true;
  reader.join();
  EXPECT_EQ(missing, 0) << "while it is replaced it is there";
  const auto last = objects().get(named("a")).value();
  EXPECT_EQ(last->version, written.rbegin()->first);
  EXPECT_EQ(last->bytes, written.rbegin()->second);
}

TEST_P(ObjectsContract, readers_never_see_a_part) {
  std::atomic<bool> done = false;
  std::atomic<int> torn = 0;
  ASSERT_TRUE(put("a", 0, std::string(100'000, 'x')));
  std::thread reader([&] {
    while (!done) {
      auto object = objects().get(named("a"));
      if (!object || !*object || (*object)->bytes.size() != 100'000) ++torn;
    }
  });
  for (std::uint64_t version = 1; version < 40; ++version)
    EXPECT_TRUE(put("a", version, std::string(100'000, 'y')));
  done = true;
  reader.join();
  EXPECT_EQ(torn, 0);
}

}  // namespace contracts
