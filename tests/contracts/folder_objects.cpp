// The objects contract on a folder, and what only a folder promises.
#include "adapters/folder_objects.h"

#include <fstream>
#include <vector>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/contracts/objects_contract.h"
#include "tests/contracts/temp_folder.h"

namespace contracts {

using adapters::FolderObjects;

namespace {

const domain::ServerKey key(32, 'k');

class OpenedFolder : public OpenedObjects {
 public:
  ports::Objects& objects() override { return objects_; }

 private:
  TempFolder folder_;
  FolderObjects objects_{folder_.path() / "data" / "objects", key};
};

const ports::ObjectName page{domain::TenantId("jada"), "g/page.html"};

}  // namespace

INSTANTIATE_TEST_SUITE_P(Folder, ObjectsContract,
                         testing::Values(ObjectsFactory{
                             "folder", [] { return std::make_unique<OpenedFolder>(); }}),
                         testing::PrintToStringParamName());

TEST(FolderObjects, keeps_every_version_in_private_files) {
  TempFolder folder;
  FolderObjects objects(folder.path(), key);
  ASSERT_TRUE(objects.put(page, {"one", "text/html", 0}));
  ASSERT_TRUE(objects.put(page, {"two", "text/html", 1}));
  for (const char* version : {"1", "2"}) {
    struct stat facts{};
    ASSERT_EQ(::stat((folder.path() / "jada/g/@page.html" / version).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600U);
    EXPECT_EQ(facts.st_size, 13);
  }
  // Nothing temporary stays.
  const std::filesystem::directory_iterator begin(folder.path() / "jada/g/@page.html");
  EXPECT_EQ(std::distance(begin, {}), 2);
}

TEST(FolderObjects, what_a_crash_cut_off_is_gone_with_the_next_start) {
  TempFolder folder;
  {
    FolderObjects objects(folder.path(), key);
    ASSERT_TRUE(objects.put(page, {"one", "text/html", 0}));
  }
  const auto versions = folder.path() / "jada/g/@page.html";
  std::ofstream(versions / ".new-abc123") << "half";
  std::ofstream(versions / ".new-def456") << "another process is at it";
  std::filesystem::last_write_time(
      versions / ".new-abc123",
      std::filesystem::file_time_type::clock::now() - std::chrono::minutes(2));
  std::filesystem::create_directories(folder.path() / "jada/g/.removed-xyz789");
  std::ofstream(folder.path() / "jada/g/.removed-xyz789/1") << "whole";
  FolderObjects objects(folder.path(), key);
  const std::filesystem::recursive_directory_iterator begin(folder.path());
  EXPECT_EQ(std::distance(begin, {}), 5) << "jada, g, @page.html, 1 and what is being written";
  EXPECT_EQ(objects.get(page).value()->bytes, "one");
}

TEST(FolderObjects, of_two_processes_that_write_one_version_one_wins) {
  TempFolder folder;
  constexpr int processes = 6;
  constexpr int versions = 20;
  std::vector<pid_t> children;
  for (int i = 0; i < processes; ++i) {
    const pid_t child = ::fork();
    if (child != 0) {
      children.push_back(child);
      continue;
    }
    FolderObjects objects(folder.path(), key);
    int won = 0;
    for (std::uint64_t version = 0; version < versions;) {
      auto written = objects.put(page, {"x", "text/html", version});
      if (written) ++won;
      if (!written && written.error().kind != base::Kind::conflict) ::_exit(200);
      auto now = objects.get(page);
      if (!now || !*now) ::_exit(201);
      version = (*now)->version;
    }
    ::_exit(won);
  }
  int won = 0;
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status));
    ASSERT_LT(WEXITSTATUS(status), 200);
    won += WEXITSTATUS(status);
  }
  EXPECT_EQ(won, versions);
}

TEST(FolderObjects, an_upload_that_broke_off_leaves_nothing) {
  TempFolder folder;
  const auto files = [&] {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path()))
      count += entry.is_regular_file();
    return count;
  };
  FolderObjects objects(folder.path(), key);
  {
    auto writer = objects.open(page, "image/jpeg");
    ASSERT_TRUE(writer && (*writer)->append(std::string(100'000, 'x')));
    EXPECT_EQ(files(), 1U);
  }
  EXPECT_EQ(files(), 0U);
  // What only a crash leaves is gone when the folder is opened again.
  auto writer = objects.open(page, "image/jpeg");
  ASSERT_TRUE(writer && (*writer)->append("half"));
  EXPECT_EQ(files(), 1U);
  FolderObjects reopened(folder.path(), key);
  EXPECT_EQ(files(), 0U);
  EXPECT_FALSE((*writer)->finish());
}

TEST(FolderObjects, a_stream_takes_the_place_of_what_was_there) {
  TempFolder folder;
  FolderObjects objects(folder.path(), key);
  ASSERT_TRUE(objects.put(page, {"one", "text/html", 0}));
  ASSERT_TRUE(objects.put(page, {"two", "text/html", 1}));
  auto writer = objects.open(page, "image/jpeg");
  ASSERT_TRUE(writer && (*writer)->append("three") && (*writer)->finish());
  const std::filesystem::directory_iterator begin(folder.path() / "jada/g/@page.html");
  EXPECT_EQ(std::distance(begin, {}), 1);
}

TEST(FolderObjects, a_damaged_file_is_told_apart_from_absence) {
  TempFolder folder;
  FolderObjects objects(folder.path(), key);
  ASSERT_TRUE(objects.put(page, {"one", "text/html", 0}));
  std::filesystem::resize_file(folder.path() / "jada/g/@page.html/1", 3);
  auto object = objects.get(page);
  ASSERT_FALSE(object);
  EXPECT_EQ(object.error().kind, base::Kind::internal);
}

}  // namespace contracts
