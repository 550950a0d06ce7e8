#include "app/console/toolswitch.h"

using namespace Qt::StringLiterals;
using conductor::Failure;
using conductor::Profile;
using conductor::Result;
using mcp::Policy;

namespace app {
namespace {

Result<Policy> policyOf(const Profile &profile)
{
    return Policy::of({}, profile.sections[Policy::section].toObject(), profile.production);
}

void put(QJsonObject &section, const QString &key, const QJsonObject &from)
{
    if (from.contains(key))
        section[key] = from[key];
    else
        section.remove(key);
}

} // namespace

Policy allowedBy(const conductor::ProfileStore &profiles, const QString &id)
{
    const Profile *profile = profiles.find(id);
    return profile ? policyOf(*profile).value_or(Policy()) : Policy();
}

// The lists alone are written: other rooms may keep more in the section than the policy knows of.
Result<Profile> switchTool(conductor::ProfileStore &profiles, const QString &id, const QString &tool, bool on)
{
    const Profile *profile = profiles.find(id);
    if (profile) {
        if (const Result<Policy> policy = policyOf(*profile); !policy)
            return Failure(policy.error());
    }
    return profiles.change(id, [&](Profile &changed) {
        Policy policy = policyOf(changed).value_or(Policy());
        mcp::Selection &allowed = policy.allowed;
        allowed.excluded.removeAll(tool);
        if (!on)
            allowed.excluded << tool;
        else if (!allowed.offers(tool)) // the chosen toolsets are without it
            allowed.tools << tool;
        QJsonObject section = changed.sections[Policy::section].toObject();
        for (const QString &key : {u"exclude_tools"_s, u"tools"_s})
            put(section, key, policy.toJson());
        if (section.isEmpty())
            changed.sections.remove(Policy::section);
        else
            changed.sections[Policy::section] = section;
    });
}

} // namespace app
