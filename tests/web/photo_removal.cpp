// Photos that the owner takes away: from the list at once, their bytes soon, their forms for ever.
#include "app/receive_photo.h"

#include "tests/web/photos_fixture.h"

namespace web::testing {
namespace {

constexpr std::string_view jpeg = "\xff\xd8\xff\xe0";

class PhotoRemoval : public Photos {
 protected:
  PhotoRemoval() {
    run_jobs();
    fields_ = form().at("fields").as_object();
  }
  int post_it() {
    clock().advance(std::chrono::milliseconds(20));
    return stream(upload(body_of(fields_, jpeg))).status;
  }
  Ask remove(const std::string& photo) const {
    return jada().owner(Method::del, "/charters/" + charter_ + "/photos/" + photo);
  }
  std::string only_photo() { return std::string(listed().at(0).at("id").as_string()); }
  json::array trail() {
    return object_of(ask(jada().owner(Method::get, "/charters/" + charter_ + "/audit")))
        .at("audit")
        .as_array();
  }
  Ask undo_last() {
    return jada().owner(Method::post, "/charters/" + charter_ + "/audit/" +
                                          std::string(trail().back().at("id").as_string()) +
                                          "/undo");
  }

  json::object fields_;
};

// covers: DELETE /charters/{id}/photos/{photo} works bad_input
TEST_F(PhotoRemoval, takes_the_photo_from_the_list_and_its_bytes_from_the_store) {
  ASSERT_EQ(post_it(), 204);
  ASSERT_EQ(objects().size(), 1U);
  const std::string photo = only_photo();
  const std::string path = "/charters/" + charter_ + "/photos/" + photo;
  clock().advance(std::chrono::milliseconds(20));
  EXPECT_EQ(ask(remove(photo)).status, 204);
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(ask(jada().owner(Method::get, path)).status, 404);
  run_jobs();
  EXPECT_TRUE(objects().empty());
  EXPECT_EQ(trail().back().at("verb"), json::string("remove_photo"));
  EXPECT_EQ(post_it(), 403) << "its form takes nothing more";
  EXPECT_TRUE(objects().empty());
  for (const std::string& none : {photo, std::string("abc"), std::string("%00"), std::string("*")})
    EXPECT_EQ(refused(remove(none)).status, 404) << none;
  fields_ = form().at("fields").as_object();
  EXPECT_EQ(post_it(), 204) << "another photo is another photo";
  EXPECT_EQ(listed().size(), 1U);
}

TEST_F(PhotoRemoval, of_a_photo_that_is_only_announced_ends_its_form) {
  ASSERT_EQ(ask(remove(only_photo())).status, 204);
  EXPECT_TRUE(listed().empty());
  EXPECT_EQ(post_it(), 403);
  run_jobs();
  EXPECT_TRUE(objects().empty());
}

TEST_F(PhotoRemoval, is_what_undoing_its_receipt_is) {
  ASSERT_EQ(post_it(), 204);
  EXPECT_EQ(trail().back().at("verb"), json::string("receive_photo"));
  EXPECT_EQ(trail().back().at("actor"), json::string("guest"));
  EXPECT_EQ(trail().back().at("can_undo"), json::value(true));
  const Ask undo = undo_last();
  clock().advance(std::chrono::milliseconds(20));
  const Response undone = ask(undo);
  ASSERT_EQ(undone.status, 200) << undone.body;
  EXPECT_TRUE(listed().empty());
  run_jobs();
  EXPECT_TRUE(objects().empty());
  EXPECT_EQ(post_it(), 403);
  EXPECT_TRUE(is_problem(refused(undo), 409, "already-undone"));
  EXPECT_TRUE(is_problem(refused(undo_last()), 422, "invalid-request", {"entry"}));
}

TEST_F(PhotoRemoval, after_which_nothing_is_left_to_undo) {
  ASSERT_EQ(post_it(), 204);
  const Ask undo = undo_last();
  ASSERT_EQ(ask(remove(only_photo())).status, 204);
  EXPECT_TRUE(is_problem(refused(undo), 409, "changed-since"));
}

TEST_F(PhotoRemoval, makes_room_for_another) {
  ASSERT_EQ(post_it(), 204);
  for (int i = 1; i < domain::charter_photos_max; ++i) {
    clock().advance(std::chrono::seconds(10));
    ASSERT_EQ(ask(presign(question())).status, 200) << i;
  }
  clock().advance(std::chrono::seconds(10));
  ASSERT_EQ(ask(presign(question())).status, 429);
  ASSERT_EQ(ask(remove(only_photo())).status, 204);
  clock().advance(std::chrono::seconds(10));
  EXPECT_EQ(ask(presign(question())).status, 200);
}

// What lands in a bucket of S3 is not asked for first.
TEST_F(PhotoRemoval, of_bytes_that_come_all_the_same_happens_again) {
  ASSERT_EQ(post_it(), 204);
  const std::string key(fields_.at("key").as_string());
  ASSERT_EQ(ask(remove(only_photo())).status, 204);
  run_jobs();
  const ports::ObjectName name{domain::TenantId("jada"), key};
  ASSERT_TRUE(object_store().put(name, {std::string(jpeg), "image/jpeg", 0}));
  ASSERT_TRUE(app::receive_photo(owners().operations(name.tenant), world(), key, 4));
  EXPECT_TRUE(listed().empty());
  run_jobs();
  EXPECT_TRUE(objects().empty());
}

TEST_F(PhotoRemoval, a_repeated_question_for_its_form_finds_it_gone) {
  const Ask call = presign(question()).with("Idempotency-Key", "first");
  const std::string key(object_of(ask(call)).at("key").as_string());
  const auto named = domain::photo_named_by_key(key);
  ASSERT_EQ(ask(remove(named->photo.text())).status, 204);
  EXPECT_EQ(ask(call).status, 404);
}

// covers: DELETE /charters/{id}/photos/{photo} refused stranger
TEST_F(PhotoRemoval, is_the_owners_alone) {
  ASSERT_EQ(post_it(), 204);
  const Ask right = remove(only_photo());
  Ask bare = right;
  bare.headers.clear();
  EXPECT_TRUE(is_problem(refused(bare), 401, "missing-credential"));
  EXPECT_TRUE(
      is_problem(refused(bare.with("X-Dashboard-Token", "x.y.z")), 401, "wrong-credential"));
  EXPECT_TRUE(
      is_problem(refused(bare.with("X-Dashboard-Token", tern().token)), 401, "wrong-credential"));
  EXPECT_EQ(refused(tern().owner(Method::del, right.target)).status, 404);
  EXPECT_EQ(listed().size(), 1U);
}

}  // namespace
}  // namespace web::testing
