#include "mcp/host/httpservice.h"

#include "mcp/host/httpreport.h"
#include "mcp/host/httpsection.h"
#include "mcp/host/httptoken.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp {

HttpService::HttpService(Configuration configuration, HttpOptions options, std::unique_ptr<Link> supervisor, QObject *parent)
    : QObject(parent)
    , m_service(std::move(configuration))
    , m_options(std::move(options))
    , m_supervisor(std::move(supervisor))
    , m_lifeline(m_supervisor ? Lifeline::Watch::SignalsAndParent : Lifeline::Watch::Signals) // on its own it may well outlive the shell that started it
{
    m_service.setRestarts(m_options.supervised.toInt());
    m_winding.setInterval(10ms);
    m_winding.callOnTimeout(this, &HttpService::wind);
    connect(&m_lifeline, &Lifeline::cut, this, &HttpService::leave);
    if (m_supervisor) // also when the companion died before its death could be watched
        connect(m_supervisor.get(), &Link::closed, this, &HttpService::leave);
    connect(&m_service, &Service::profileChanged, this, &HttpService::followToken);
}

HttpService::~HttpService() = default;

void HttpService::begin()
{
    open();
}

Reply<Done> HttpService::open()
{
    const Result<Done> listening = co_await outcome(listen());
    if (m_supervisor)
        m_supervisor->send(HttpReport{listening ? address() : QString(), listening ? std::nullopt : std::optional<Error>(listening.error())}.toLine());
    if (listening) {
        Q_EMIT serving(address());
    } else {
        Q_EMIT failed(listening.error());
        Q_EMIT finished(1);
    }
    co_return Done{};
}

Reply<Done> HttpService::listen()
{
    if (const Result<Done> ready = m_service.ready(); !ready)
        co_return ready;
    if (!m_supervisor && m_service.requiresCompanion())
        co_return Failure({Error::Kind::Validation, u"This profile may be used only through Conductor Companion"_s,
                           u"Switch its HTTP server on there, page Servers; or choose another profile for --http"_s});
    const Result<HttpOptions::Address> where = m_options.address();
    if (!where)
        co_return Failure(where.error());
    const QByteArray shown = co_await token();
    m_server = std::make_unique<HttpServer>([this] { return m_service.makeHttpSession(); }, gateFor(shown));
    m_server->setExchanges([this] { return m_service.makeHttpExchange(); });
    m_server->setSchemas([this](const QString &tool) {
        const ToolRegistry::Entry *entry = m_service.tools().find(tool);
        return entry ? entry->tool.inputSchema : QJsonObject();
    });
    m_server->setMetrics([this] { return m_service.metrics().prometheusText(); });
    co_return m_server->listen(where->host, where->port);
}

Reply<QByteArray> HttpService::token()
{
    if (!m_options.wantsKeychain())
        return answered(m_options.token());
    if (const Result<Profile> served = m_service.servedProfile())
        m_tokenRevision = HttpSection::of(*served).tokenRevision;
    return m_service.httpToken();
}

HttpGate HttpService::gateFor(const QByteArray &token) const
{
    return HttpGate(token, m_options.allowRemote && !token.isEmpty()); // remote also behind a proxy on this machine
}

// The old token is worth nothing as soon as there is a new one, also while that cannot be read.
void HttpService::followToken()
{
    const Result<Profile> served = m_options.wantsKeychain() && m_server ? m_service.servedProfile() : Failure(Error{});
    if (!served || HttpSection::of(*served).tokenRevision == m_tokenRevision)
        return;
    m_tokenRevision = HttpSection::of(*served).tokenRevision;
    m_server->setGate(gateFor(newHttpToken())); // nobody knows this one
    takeToken();
}

Reply<Done> HttpService::takeToken()
{
    const qint64 revision = m_tokenRevision;
    const Result<QByteArray> token = co_await outcome(m_service.httpToken());
    if (revision != m_tokenRevision)
        co_return Done{}; // there is yet another
    if (token) {
        m_server->setGate(gateFor(*token));
        co_return Done{};
    }
    qWarning("the new token of the HTTP server cannot be read, nobody is let in until it is: %s", qPrintable(sentence(token.error())));
    QTimer::singleShot(5s, this, [this, revision] {
        if (revision == m_tokenRevision)
            takeToken();
    });
    co_return Done{};
}

QString HttpService::address() const
{
    const QHostAddress host = m_options.address().value_or(HttpOptions::Address()).host;
    const QString name = host.protocol() == QAbstractSocket::IPv6Protocol ? u"[%1]"_s.arg(host.toString()) : host.toString();
    return u"http://%1:%2/mcp"_s.arg(name).arg(m_server->port());
}

void HttpService::leave()
{
    if (m_winding.isActive())
        return;
    if (m_server)
        m_server->stopListening();
    m_lastAnswers = QDeadlineTimer(800ms);
    m_lastBytes = QDeadlineTimer(1000ms);
    m_winding.start();
}

// What was asked already is answered if that is done soon; then nothing holds us.
void HttpService::wind()
{
    if (m_server && m_server->pending() > 0 && !m_lastAnswers.hasExpired())
        return;
    if (m_server)
        m_server->close();
    if (!m_server || m_server->connections() == 0 || m_lastBytes.hasExpired())
        Q_EMIT finished(0);
}

} // namespace mcp
