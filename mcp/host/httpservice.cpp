#include "mcp/host/httpservice.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace conductor;

namespace mcp {

HttpService::HttpService(Configuration configuration, HttpOptions options, QObject *parent)
    : QObject(parent)
    , m_service(std::move(configuration))
    , m_options(std::move(options))
    , m_lifeline(Lifeline::Watch::Signals) // it may well outlive the shell that started it
{
    m_winding.setInterval(10ms);
    m_winding.callOnTimeout(this, &HttpService::wind);
    connect(&m_lifeline, &Lifeline::cut, this, [this] {
        if (m_winding.isActive())
            return;
        if (m_server)
            m_server->stopListening();
        m_lastAnswers = QDeadlineTimer(800ms);
        m_lastBytes = QDeadlineTimer(1000ms);
        m_winding.start();
    });
}

HttpService::~HttpService() = default;

Result<Done> HttpService::begin()
{
    if (const Result<Done> ready = m_service.ready(); !ready)
        return ready;
    if (m_service.requiresCompanion())
        return Failure({Error::Kind::Validation, u"This profile may be used only through Conductor Companion"_s, u"Choose another profile for --http"_s});
    const Result<HttpOptions::Address> address = m_options.address();
    if (!address)
        return Failure(address.error());
    const Result<QByteArray> token = m_options.token();
    if (!token)
        return Failure(token.error());
    const bool remote = m_options.allowRemote && !token->isEmpty(); // also behind a proxy on this machine
    m_server = std::make_unique<HttpServer>([this] { return m_service.makeSession(); }, HttpGate(*token, remote));
    m_server->setSchemas([this](const QString &tool) {
        const ToolRegistry::Entry *entry = m_service.tools().find(tool);
        return entry ? entry->tool.inputSchema : QJsonObject();
    });
    m_server->setMetrics([this] { return m_service.metrics().prometheusText(); });
    return m_server->listen(address->host, address->port);
}

QString HttpService::address() const
{
    const QHostAddress host = m_options.address().value_or(HttpOptions::Address()).host;
    const QString name = host.protocol() == QAbstractSocket::IPv6Protocol ? u"[%1]"_s.arg(host.toString()) : host.toString();
    return u"http://%1:%2/mcp"_s.arg(name).arg(m_server->port());
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
