#include "app/profiles/httpcare.h"

#include "app/profiles/httppanel.h"
#include "conductor/base/hostile.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace app {
namespace {

// A profile that never had one is offered a port that no other profile has.
mcp::HttpSection sectionOf(const Profile &profile, const ProfileStore &profiles)
{
    mcp::HttpSection section = mcp::HttpSection::of(profile);
    const auto isTaken = [&](int port) {
        return std::any_of(profiles.profiles().begin(), profiles.profiles().end(), [&](const Profile &other) {
            return other.id != profile.id && mcp::HttpSection::isIn(other) && mcp::HttpSection::of(other).port == port;
        });
    };
    while (!mcp::HttpSection::isIn(profile) && section.port < 65535 && isTaken(section.port))
        ++section.port;
    return section;
}

} // namespace

HttpCare::HttpCare(Services &services, ServerCare &care, HttpPanel &panel, QObject *parent)
    : QObject(parent)
    , m_services(services)
    , m_care(care)
    , m_panel(panel)
{
    connect(&panel, &HttpPanel::chosen, this, &HttpCare::choose);
    connect(&panel, &HttpPanel::headerWanted, this, &HttpCare::copyHeader);
    connect(&panel, &HttpPanel::addressWanted, this, &HttpCare::copyAddress);
    connect(&panel, &HttpPanel::againWanted, this, [this] { m_services.hosting().tryHttpAgain(m_profileId); });
    connect(&panel, &HttpPanel::newTokenWanted, this, [this] {
        if (const Profile *chosen = profile())
            Q_EMIT newTokenWanted(*chosen);
    });
    connect(&services.hosting(), &Hosting::httpChanged, this, &HttpCare::refresh);
    connect(&services.hosting(), &Hosting::sessionsChanged, this, &HttpCare::refresh);
}

void HttpCare::show(const Profile &profile)
{
    m_profileId = profile.id;
    refresh();
}

const Profile *HttpCare::profile() const
{
    return m_services.profiles().find(m_profileId);
}

void HttpCare::refresh()
{
    const Profile *chosen = profile();
    if (!chosen)
        return;
    HttpFacts facts{.profileId = m_profileId, .wanted = sectionOf(*chosen, m_services.profiles()), .server = m_services.hosting().http(m_profileId)};
    for (const mcp::SessionInfo &session : m_services.hosting().sessions()) {
        if (session.kind != mcp::SessionInfo::Kind::Http || session.serverPid != facts.server.pid)
            continue;
        ++facts.clients;
        facts.calls += session.calls;
        facts.errors += session.errors;
    }
    m_panel.show(facts);
}

Reply<Done> HttpCare::choose(bool on, int port)
{
    const QString id = m_profileId;
    m_panel.setBusy(true);
    const Result<Done> set = co_await outcome(m_care.setHttp(id, on, port));
    m_panel.setBusy(false);
    refresh(); // what is in force, whatever was clicked
    if (!set)
        Q_EMIT failed(on ? tr("The HTTP server was not switched on") : tr("The HTTP server was not changed"), set.error());
    co_return Done{};
}

Reply<Done> HttpCare::copyHeader()
{
    const Result<QByteArray> token = co_await outcome(m_care.httpToken(m_profileId));
    if (!token) {
        Q_EMIT failed(tr("The token was not copied"), token.error());
        co_return Done{};
    }
    m_clipboard.copy(u"Authorization: Bearer "_s + QString::fromLatin1(*token));
    Q_EMIT said(tr("Header with the token copied. It leaves the clipboard in a minute"));
    co_return Done{};
}

void HttpCare::copyAddress()
{
    const Profile *chosen = profile();
    if (!chosen)
        return;
    const mcp::HttpInfo server = m_services.hosting().http(m_profileId);
    const QString address = server.address.isEmpty() ? u"http://127.0.0.1:%1/mcp"_s.arg(mcp::HttpSection::of(*chosen).port) : server.address;
    QGuiApplication::clipboard()->setText(address);
    Q_EMIT said(tr("Address copied"));
}

} // namespace app
