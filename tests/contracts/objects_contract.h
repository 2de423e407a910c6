// What every ports::Objects must do, written against the port alone.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "ports/objects.h"

namespace contracts {

class OpenedObjects {
 public:
  virtual ~OpenedObjects() = default;
  virtual ports::Objects& objects() = 0;
};

struct ObjectsFactory {
  std::string name;
  std::function<std::unique_ptr<OpenedObjects>()> open;
  friend std::ostream& operator<<(std::ostream& out, const ObjectsFactory& factory) {
    return out << factory.name;
  }
};

class ObjectsContract : public testing::TestWithParam<ObjectsFactory> {
 protected:
  void SetUp() override { opened_ = GetParam().open(); }
  ports::Objects& objects() { return opened_->objects(); }

  static ports::ObjectName named(const std::string& path, const std::string& tenant = "jada") {
    return {domain::TenantId(tenant), path};
  }
  base::Result<std::uint64_t> put(const std::string& path, std::uint64_t over, std::string bytes) {
    return objects().put(named(path), {std::move(bytes), "text/html; charset=utf-8", over});
  }
  // "nothing" when there is no such object.
  std::string bytes_of(const ports::ObjectName& name) {
    auto object = objects().get(name);
    EXPECT_TRUE(object);
    return object && *object ? (*object)->bytes : "nothing";
  }

 private:
  std::unique_ptr<OpenedObjects> opened_;
};

}  // namespace contracts
