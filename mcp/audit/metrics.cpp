#include "mcp/audit/metrics.h"

namespace mcp {
namespace {

// A label's value: backslash, quote and line break are written with a backslash.
QByteArray quoted(const QString &text)
{
    QByteArray value = text.toUtf8();
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return QByteArray('"' + value + '"');
}

QByteArray head(const QByteArray &name, const QByteArray &type, const QByteArray &help)
{
    return QByteArray("# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n');
}

QByteArray line(const QByteArray &name, const QByteArray &labels, const QByteArray &value)
{
    return QByteArray(name + (labels.isEmpty() ? QByteArray() : QByteArray('{' + labels + '}')) + ' ' + value + '\n');
}

QByteArray single(const QByteArray &name, const QByteArray &type, const QByteArray &help, qint64 value)
{
    return QByteArray(head(name, type, help) + line(name, {}, QByteArray::number(value)));
}

} // namespace

void Metrics::Histogram::add(std::chrono::microseconds took)
{
    const double seconds = double(std::max<qint64>(0, took.count())) / 1e6;
    for (size_t i = 0; i < bounds.size(); ++i)
        m_within[i] += seconds <= bounds[i];
    ++m_count;
    m_sum += seconds;
}

QByteArray Metrics::Histogram::lines(const QByteArray &name, const QByteArray &labels) const
{
    QByteArray text;
    for (size_t i = 0; i < bounds.size(); ++i)
        text += line(name + "_bucket", labels + ",le=\"" + QByteArray::number(bounds[i]) + '"', QByteArray::number(m_within[i]));
    text += line(name + "_bucket", labels + ",le=\"+Inf\"", QByteArray::number(m_count));
    text += line(name + "_sum", labels, QByteArray::number(m_sum, 'f', 6));
    return QByteArray(text + line(name + "_count", labels, QByteArray::number(m_count)));
}

void Metrics::called(const QString &tool, const QString &outcome, std::chrono::microseconds took)
{
    ++m_calls[{tool, outcome}];
    m_latency[tool].add(took);
}

void Metrics::requested(std::chrono::microseconds took, int status)
{
    m_requests[status > 0 ? QString(QString::number(status / 100) + QLatin1String("xx")) : QStringLiteral("none")].add(took);
}

void Metrics::sessionBegun()
{
    ++m_sessions;
    ++m_openSessions;
}

void Metrics::sessionEnded()
{
    --m_openSessions;
}

qint64 Metrics::calls() const
{
    qint64 all = 0;
    for (const qint64 calls : m_calls)
        all += calls;
    return all;
}

QByteArray Metrics::prometheusText() const
{
    QByteArray text = head("mcp_tool_calls_total", "counter", "Tool calls answered.");
    qint64 errors = 0;
    for (auto it = m_calls.begin(); it != m_calls.end(); ++it) {
        text += line("mcp_tool_calls_total", "tool=" + quoted(it.key().first) + ",outcome=" + quoted(it.key().second), QByteArray::number(it.value()));
        errors += it.key().second == QLatin1String("ok") || it.key().second == QLatin1String("cancelled") ? 0 : it.value();
    }
    text += single("mcp_errors_total", "counter", "Tool calls answered with an error.", errors);
    text += head("mcp_latency_seconds", "histogram", "From a tool call to its answer.");
    for (auto it = m_latency.begin(); it != m_latency.end(); ++it)
        text += it.value().lines("mcp_latency_seconds", "tool=" + quoted(it.key()));
    text += head("conductor_request_seconds", "histogram", "Requests to the Conductor server, by status of the answer.");
    for (auto it = m_requests.begin(); it != m_requests.end(); ++it)
        text += it.value().lines("conductor_request_seconds", "status=" + quoted(it.key()));
    text += single("mcp_sessions", "gauge", "Sessions that are open.", m_openSessions);
    text += single("mcp_sessions_total", "counter", "Sessions begun.", m_sessions);
    text += single("mcp_server_restarts_total", "counter", "Server processes that were replaced.", m_restarts);
    text += single("mcp_audit_rows_lost_total", "counter", "Rows of the audit that could not be kept.", m_auditLost);
    return text;
}

} // namespace mcp
