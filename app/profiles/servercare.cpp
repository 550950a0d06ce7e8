#include "app/profiles/servercare.h"

#include "app/profiles/checklines.h"
#include "conductor/base/hostile.h"
#include "conductor/secret/profilekeys.h"
#include "mcp/host/httpsection.h"
#include "mcp/host/httptoken.h"

using namespace Qt::StringLiterals;
using namespace conductor;

namespace app {

ServerCare::ServerCare(Services &services, Servers &servers, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_servers(servers)
{
}

std::shared_ptr<KeySource> ServerCare::keysFor(const QUrl &url, const AccessKey &typed, const QString &profileId)
{
    if (!typed.isEmpty() || profileId.isEmpty())
        return fixedKey({typed.id.trimmed(), typed.secret.trimmed()});
    return std::make_shared<ProfileKeys>(profiles(), m_services.secrets(), profileId, url);
}

Reply<ProbeReport> ServerCare::test(QUrl url, AccessKey typed, QString profileId)
{
    const ProbeReport report = co_await probe(url, keysFor(url, typed, profileId));
    const Profile *profile = profiles().find(profileId);
    if (profile && profile->url == url && typed.isEmpty())
        tellHealth(profileId, report);
    co_return report;
}

void ServerCare::tellHealth(const QString &profileId, const ProbeReport &report)
{
    if (report.isUsable()) {
        m_servers.setHealth(profileId, {ServerHealth::State::Ready, shortWords(report.status)});
        return;
    }
    QString detail;
    for (const ProbeCheck &check : report.checks) {
        if (check.state == ProbeCheck::State::Failed && detail.isEmpty())
            detail = harmless(sentence({Error::Kind::Network, check.detail, check.fix}), 300);
    }
    m_servers.setHealth(profileId, {ServerHealth::State::Trouble, shortWords(report.status), detail});
}

Reply<ServerCare::Saved> ServerCare::save(Profile draft, AccessKey typed)
{
    const Result<Profile> kept = draft.id.isEmpty() ? profiles().add(draft) : profiles().change(draft.id, [&draft](Profile &profile) {
        profile.name = draft.name;
        profile.url = draft.url;
        profile.production = draft.production;
        profile.requiresCompanion = draft.requiresCompanion;
    });
    if (!kept)
        co_return Failure(kept.error());
    if (typed.isEmpty())
        co_return Saved{*kept, {}};
    const KeyChange change = co_await setKey(profiles(), m_services.secrets(), kept->id, typed);
    const Profile *now = profiles().find(kept->id);
    co_return Saved{now ? *now : *kept, change.failure};
}

Reply<KeyChange> ServerCare::enterKey(QString profileId, AccessKey key)
{
    return setKey(profiles(), m_services.secrets(), profileId, key);
}

Reply<KeyChange> ServerCare::rotateKey(QString profileId, AccessKey key)
{
    return conductor::rotateKey(profiles(), m_services.secrets(), profileId, key);
}

Reply<Done> ServerCare::removeKey(QString profileId)
{
    const KeyChange change = co_await conductor::removeKey(profiles(), m_services.secrets(), profileId);
    if (change.failure)
        co_return Failure(*change.failure);
    co_return Done{};
}

Reply<Done> ServerCare::remove(QString profileId)
{
    const Profile *profile = profiles().find(profileId);
    if (profile && Services::isLocal(*profile))
        m_services.stopLocalServer();
    co_await removeKey(profileId);
    if (const Profile *left = profiles().find(profileId))
        co_await mcp::removeHttpToken(m_services.secrets(), *left);
    co_return profiles().remove(profileId);
}

Reply<Done> ServerCare::setHttp(QString profileId, bool on, int port)
{
    for (const Profile &other : profiles().profiles()) {
        const mcp::HttpSection theirs = mcp::HttpSection::of(other);
        if (on && other.id != profileId && theirs.on && theirs.port == port)
            co_return Failure({Error::Kind::Conflict, u"Port %1 is that of the profile %2"_s.arg(port).arg(other.name), u"Choose another"_s});
    }
    if (on) {
        const Result<QByteArray> token = co_await outcome(httpToken(profileId));
        if (!token && token.error().kind != Error::Kind::NotFound)
            co_return Failure(token.error());
        if (!token)
            co_await renewHttpToken(profileId);
    }
    const Result<Profile> changed = profiles().change(profileId, [on, port](Profile &profile) {
        mcp::HttpSection section = mcp::HttpSection::of(profile);
        section.on = on;
        section.port = port;
        section.putInto(profile);
    });
    if (!changed)
        co_return Failure(changed.error());
    co_return Done{};
}

Reply<QByteArray> ServerCare::httpToken(QString profileId)
{
    const Profile *profile = profiles().find(profileId);
    if (!profile)
        return answered<QByteArray>(Failure({Error::Kind::NotFound, u"The profile has been removed"_s}));
    return mcp::httpToken(m_services.secrets(), *profile);
}

Reply<Done> ServerCare::renewHttpToken(QString profileId)
{
    return mcp::renewHttpToken(profiles(), m_services.secrets(), profileId);
}

} // namespace app
