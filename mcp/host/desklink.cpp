#include "mcp/host/desklink.h"

#include "conductor/base/utc.h"
#include "mcp/transport/socketlink.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace mcp {

QByteArray DeskReport::toLine() const
{
    const QJsonObject json{{u"client"_s, client.name},
                           {u"client_version"_s, client.version},
                           {u"revision"_s, client.revision},
                           {u"since"_s, since.toMSecsSinceEpoch()},
                           {u"calls"_s, calls},
                           {u"errors"_s, errors},
                           {u"last_call"_s, lastCall.isValid() ? lastCall.toMSecsSinceEpoch() : 0}};
    return QJsonDocument(QJsonObject{{u"report"_s, json}}).toJson(QJsonDocument::Compact);
}

std::optional<DeskReport> DeskReport::fromLine(const QByteArray &line)
{
    const QJsonValue json = QJsonDocument::fromJson(line).object()[u"report"];
    if (!json.isObject())
        return {};
    DeskReport report;
    report.client = {json[u"client"].toString(), json[u"client_version"].toString(), json[u"revision"].toString()};
    report.since = conductor::utcFromMs(json[u"since"].toInteger());
    report.calls = json[u"calls"].toInteger();
    report.errors = json[u"errors"].toInteger();
    if (const qint64 last = json[u"last_call"].toInteger(); last > 0)
        report.lastCall = conductor::utcFromMs(last);
    return report;
}

DeskLink::DeskLink(Hello hello, QObject *parent)
    : QObject(parent)
    , m_hello(std::move(hello))
    , m_path(rendezvousPath())
{
    m_hello.purpose = Hello::Purpose::Desk;
    m_report.since = QDateTime::currentDateTimeUtc();
    m_lastHeard = m_report.since;
    m_again.setInterval(2s);
    m_again.setTimerType(Qt::VeryCoarseTimer);
    m_again.callOnTimeout(this, &DeskLink::knock);
    m_soon.setSingleShot(true);
    m_soon.setInterval(200ms);
    m_soon.callOnTimeout(this, &DeskLink::report);
}

DeskLink::~DeskLink()
{
    if (m_link)
        m_link->disconnect(this);
}

void DeskLink::join(Session *session, Dispatcher *dispatcher)
{
    ++m_sessions;
    const QPointer<DeskLink> link(this);
    connect(session, &QObject::destroyed, this, [this] { --m_sessions; });
    connect(session, &Session::identified, this, [this, session] { tellOf(session->client()); });
    connect(dispatcher, &Dispatcher::called, session, [link, session](const Dispatcher::Outcome &outcome) { // goes with the session
        if (link && outcome.caller == session)
            link->count(outcome);
    });
    if (session->client() != ClientIdentity())
        tellOf(session->client());
}

void DeskLink::tellOf(const ClientIdentity &client)
{
    m_lastHeard = QDateTime::currentDateTimeUtc();
    const bool isNews = m_report.client != client;
    m_report.client = client;
    if (isNews && !m_soon.isActive())
        m_soon.start();
    if (!m_link && !m_knock && !m_again.isActive())
        m_again.start(200ms); // soon, but not before the first answers
}

void DeskLink::count(const Dispatcher::Outcome &outcome)
{
    ++m_report.calls;
    m_report.errors += outcome.isError;
    m_report.lastCall = QDateTime::currentDateTimeUtc();
    m_lastHeard = m_report.lastCall;
    if (!m_soon.isActive())
        m_soon.start();
}

void DeskLink::knock()
{
    m_again.setInterval(2s);
    if (m_link || m_knock)
        return;
    m_knock = std::make_unique<Knock>(m_hello);
    connect(m_knock.get(), &Knock::welcomed, this, [this](std::shared_ptr<QLocalSocket> socket, const QByteArray &early) {
        m_again.stop();
        m_knock.release()->deleteLater();
        m_link = std::make_unique<SocketLink>(std::move(socket), early);
        connect(m_link.get(), &Link::closed, this, [this] {
            m_link.release()->deleteLater();
            m_again.start(2s);
        });
        report();
    });
    connect(m_knock.get(), &Knock::alone, this, [this] { m_knock.release()->deleteLater(); });
    m_knock->begin(m_path);
}

void DeskLink::report()
{
    if (m_link)
        m_link->send(m_report.toLine());
}

} // namespace mcp
