// The ids of the house. Charter and job ids carry their tenant: "jada.7k3m2q" and
// "jada.7k3m2q.guest_page.1".
#pragma once

#include <optional>

#include "base/id.h"

namespace domain {

using TenantId = base::Id<struct TenantTag>;
using VesselId = base::Id<struct VesselTag>;
using MemberId = base::Id<struct MemberTag>;
using CharterId = base::Id<struct CharterTag>;
using BlockId = base::Id<struct BlockTag>;
using JobId = base::Id<struct JobTag>;
using PassId = base::Id<struct PassTag>;
using PhotoId = base::Id<struct PhotoTag>;
using DeedId = base::Id<struct DeedTag>;  // "2026-11-26T01:38:24.125Z_k3f2a7qm"
using Role = base::Id<struct RoleTag>;
using Channel = base::Id<struct ChannelTag>;
using Slug = base::Id<struct SlugTag>;
using PhotoId = base::Id<struct PhotoTag>;

inline const Role captain_role("captain");

// nullopt: not of the form; says nothing about whether it exists.
std::optional<TenantId> tenant_of(const CharterId& charter);
std::optional<TenantId> tenant_of(const JobId& job);
std::optional<CharterId> charter_of(const JobId& job);

}  // namespace domain
