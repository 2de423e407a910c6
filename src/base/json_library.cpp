// Boost.JSON itself, compiled once: the project links no library for it. Nothing else belongs here.
#include <boost/json/src.hpp>
