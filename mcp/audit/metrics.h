// What this process counts of itself, for GET /metrics. Owned by the service; lives in one thread.
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

#include <array>
#include <chrono>
#include <utility>

namespace mcp {

class Metrics
{
public:
    void called(const QString &tool, const QString &outcome, std::chrono::microseconds took);
    // A request to Conductor; status 0: no answer came.
    void requested(std::chrono::microseconds took, int status);
    void sessionBegun();
    void sessionEnded();
    void setRestarts(qint64 restarts) { m_restarts = restarts; } // of server processes, as far as this one knows
    void setAuditLost(qint64 rows) { m_auditLost = rows; }

    qint64 calls() const;

    // The text format of Prometheus, version 0.0.4: Content-Type text/plain; version=0.0.4; charset=utf-8.
    QByteArray prometheusText() const;

private:
    class Histogram
    {
    public:
        static constexpr std::array bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0}; // s

        void add(std::chrono::microseconds took);
        QByteArray lines(const QByteArray &name, const QByteArray &labels) const;

    private:
        std::array<qint64, bounds.size()> m_within{};
        qint64 m_count = 0;
        double m_sum = 0;
    };

    QMap<std::pair<QString, QString>, qint64> m_calls; // by tool and outcome
    QMap<QString, Histogram> m_latency;                // by tool
    QMap<QString, Histogram> m_requests;               // by class of status: "2xx", "none"
    qint64 m_sessions = 0;
    qint64 m_openSessions = 0;
    qint64 m_restarts = 0;
    qint64 m_auditLost = 0;
};

} // namespace mcp
