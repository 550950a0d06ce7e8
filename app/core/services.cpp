#include "app/core/services.h"

#include "conductor/secret/keychainstore.h"
#include "conductor/secret/profilekeys.h"
#include "mcp/host/httpsection.h"

#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace app {
namespace {

// A section of the local server's profile: that it is ours, and whether its demo is wanted.
const QString localSection = u"localServer"_s;
const QString demoKey = u"demo"_s;
const QString wantedKey = u"wanted"_s;

const Profile *localProfile(const ProfileStore &profiles)
{
    const auto found = std::find_if(profiles.profiles().begin(), profiles.profiles().end(), Services::isLocal);
    return found == profiles.profiles().end() ? nullptr : &*found;
}

} // namespace

Services::Services(QString profilesPath, std::shared_ptr<SecretStore> secrets, mcp::Host::Setup host, QObject *parent)
    : QObject(parent)
    , m_profiles(std::move(profilesPath))
    , m_secrets(secrets ? std::move(secrets) : std::make_shared<KeychainStore>())
    , m_hosting(std::move(host))
    , m_demo(m_localServer)
{
    connect(&m_profiles, &ProfileStore::changed, this, &Services::serveHttp);
    connect(&m_localServer, &LocalServer::stateChanged, this, &Services::localServerChanged);
    connect(&m_hosting, &Hosting::stopped, this, [this] {
        m_hostStopped = true;
        finishStopping();
    });
}

Services::~Services() = default;

void Services::start()
{
    m_profiles.watch();
    m_freeze.watch();
    m_hosting.start();
    m_started = true;
    serveHttp();
    const Profile *local = localProfile(m_profiles);
    const QJsonObject section = local ? local->sections[localSection].toObject() : QJsonObject();
    if (section[wantedKey].toBool())
        startLocalServer(section[demoKey].toBool() ? Demo::With : Demo::Without);
}

void Services::startLocalServer(Demo demo)
{
    if (demo == Demo::With)
        m_demo.start();
    m_localServer.start();
    if (m_localServer.state() == LocalServer::State::Ready)
        keepLocalProfile();
}

void Services::stopLocalServer()
{
    m_demo.stop();
    m_localServer.stop();
    if (const Profile *local = localProfile(m_profiles))
        m_profiles.change(local->id, [](Profile &profile) {
            QJsonObject section = profile.sections[localSection].toObject();
            section[wantedKey] = false;
            profile.sections[localSection] = section;
        });
}

bool Services::isLocal(const Profile &profile)
{
    return profile.sections.contains(localSection);
}

void Services::stop()
{
    if (m_stopping)
        return;
    m_stopping = true;
    m_demo.stop();
    m_localServer.stop();
    m_hostStopped = !m_hosting.isRunning();
    m_hosting.stop();
    QTimer::singleShot(12'000, this, &Services::stopped);
    finishStopping();
}

Client Services::connectTo(const Profile &profile)
{
    return Client::to(profile.url, std::make_shared<ProfileKeys>(m_profiles, m_secrets, profile.id, profile.url));
}

void Services::localServerChanged(LocalServer::State state)
{
    if (state == LocalServer::State::Ready)
        keepLocalProfile();
    finishStopping();
}

// The server may have had to take another port: its profile follows, and running sessions with it.
void Services::keepLocalProfile()
{
    const auto describe = [this](Profile &profile) {
        profile.url = m_localServer.url();
        profile.sections[localSection] = QJsonObject{{wantedKey, true}, {demoKey, m_demo.isWanted()}};
    };
    const Profile *local = localProfile(m_profiles);
    if (local && local->url == m_localServer.url() && local->sections[localSection][wantedKey].toBool()
        && local->sections[localSection][demoKey].toBool() == m_demo.isWanted()) {
        Q_EMIT localServerProfiled(*local);
        return;
    }
    Result<Profile> kept = Failure(Error{});
    if (local) {
        kept = m_profiles.change(local->id, describe);
    } else {
        Profile profile;
        describe(profile);
        // Somebody may have a server of that name already.
        for (int attempt = 1; attempt <= 9 && !kept; ++attempt) {
            profile.name = attempt == 1 ? u"local"_s : u"local %1"_s.arg(attempt);
            kept = m_profiles.add(profile);
        }
    }
    if (kept)
        Q_EMIT localServerProfiled(*kept);
    else
        qWarning("the local server's profile cannot be kept: %s", qPrintable(sentence(kept.error())));
}

// Every profile whose HTTP server is switched on.
void Services::serveHttp()
{
    if (!m_started || m_stopping)
        return;
    QList<mcp::HttpWish> wishes;
    for (const Profile &profile : m_profiles.profiles()) {
        if (const mcp::HttpSection http = mcp::HttpSection::of(profile); http.on)
            wishes << mcp::HttpWish{profile.id, profile.name, http.port};
    }
    m_hosting.serveHttp(wishes);
}

void Services::finishStopping()
{
    const LocalServer::State state = m_localServer.state();
    const bool serverIsDown = state == LocalServer::State::Stopped || state == LocalServer::State::Absent || state == LocalServer::State::Failed;
    if (m_stopping && m_hostStopped && serverIsDown)
        Q_EMIT stopped();
}

} // namespace app
