// JobDesk: what running jobs may touch. Owner-only records are reached by settle alone, and only
// where there are any.
#pragma once

#include <functional>
#include <string>
#include <utility>

#include "domain/charter.h"

#include "ports/cdn.h"
#include "ports/forecasts.h"
#include "ports/mailer.h"
#include "ports/tenant_store.h"
#include "ports/topic.h"

#include "app/world.h"

namespace app {

struct JobDesk {
  ports::Installation installation;
  World world = {};
  ports::Mailer* mailer = nullptr;
  ports::Topic* topic = nullptr;
  // nullptr: crew and guests alone are served here.
  const ports::OwnerInstallation* books = nullptr;
  ports::Cdn* cdn = nullptr;  // nullptr: pages are handed out from here, and nothing is purged
  ports::Forecasts* forecasts = nullptr;  // nullptr: nobody is asked about the weather
  ports::Tides* tides = nullptr;
};

// Asked before each piece of a long look.
using KeepGoing = std::function<bool()>;

// How one run of a job ended.
enum class JobOutcome {
  done,
  stale,      // the charter moved on; somebody newer will say it
  wait,       // what it needs is not there yet; ask again soon, without counting a try
  later,      // not before JobResult::due; asked again then, without counting a try
  announced,  // somebody else was told to do it; look soon whether they did, without counting
  void_,      // what it was for never came to be; nothing of it stays on the receipt
};

struct JobResult {
  // Implicit: most ends have no more to say than how it ended.
  JobResult(JobOutcome how) : outcome(how) {}  // NOLINT(google-explicit-constructor)
  // Done, with what was rendered and what it said.
  explicit JobResult(domain::Revision revision, std::string said = {})
      : outcome(JobOutcome::done), rendered(revision), told(std::move(said)) {}

  // about: what the job is about from now on; empty: the same.
  static JobResult later(base::Instant due, std::string about = {}) {
    JobResult result(JobOutcome::later);
    result.due = due;
    result.about = std::move(about);
    return result;
  }

  // The charter moved on, and its owner reads why this did not happen.
  static JobResult stale(std::string why) {
    JobResult result(JobOutcome::stale);
    result.reason = std::move(why);
    return result;
  }

  JobOutcome outcome;
  base::Instant due{};            // later
  domain::Revision rendered = 0;  // done: as domain::Job has them
  std::string told;               // done or stale
  std::string reason;             // stale; may be empty
  std::string about;              // later; may be empty
};

}  // namespace app
