// Foreign JSON: what others' answers and events say, where much may be missing and nothing can be
// asked back. What is absent or of another kind reads as nothing. For requests to us: Fields of
// base/json.h, which names each fault.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace base {

std::string text_in(const json::object& object, std::string_view name);  // "": none
// nullptr: none.
const json::object* object_in(const json::object& object, std::string_view name);
const json::array* list_in(const json::object& object, std::string_view name);

}  // namespace base
