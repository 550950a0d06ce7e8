#include "app/profiles/servercare.h"

#include "app/profiles/checklines.h"
#include "conductor/base/hostile.h"
#include "conductor/secret/profilekeys.h"

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
    co_return profiles().remove(profileId);
}

} // namespace app
