// The metrics count what was called and asked, in the text that Prometheus reads.
#include "mcp/audit/metrics.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using mcp::Metrics;

class TestMetrics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts()
    {
        Metrics metrics;
        metrics.called(u"one"_s, u"ok"_s, 3ms);
        metrics.called(u"one"_s, u"ok"_s, 700ms);
        metrics.called(u"one"_s, u"error"_s, 90s);
        metrics.called(u"two"_s, u"cancelled"_s, 1ms);
        metrics.requested(4ms, 200);
        metrics.requested(4ms, 204);
        metrics.requested(4ms, 503);
        metrics.requested(4ms, 0);
        metrics.sessionBegun();
        metrics.sessionBegun();
        metrics.sessionEnded();
        metrics.setRestarts(3);
        metrics.setAuditLost(5);
        const QByteArrayList lines = metrics.prometheusText().split('\n');
        for (const QByteArray &line :
             {QByteArray("mcp_tool_calls_total{tool=\"one\",outcome=\"ok\"} 2"), QByteArray("mcp_tool_calls_total{tool=\"one\",outcome=\"error\"} 1"),
              QByteArray("mcp_errors_total 1"), QByteArray("mcp_latency_seconds_bucket{tool=\"one\",le=\"0.0025\"} 0"),
              QByteArray("mcp_latency_seconds_bucket{tool=\"one\",le=\"0.005\"} 1"), QByteArray("mcp_latency_seconds_bucket{tool=\"one\",le=\"1\"} 2"),
              QByteArray("mcp_latency_seconds_bucket{tool=\"one\",le=\"60\"} 2"), QByteArray("mcp_latency_seconds_bucket{tool=\"one\",le=\"+Inf\"} 3"),
              QByteArray("mcp_latency_seconds_count{tool=\"one\"} 3"), QByteArray("mcp_latency_seconds_sum{tool=\"one\"} 90.703000"),
              QByteArray("conductor_request_seconds_count{status=\"2xx\"} 2"), QByteArray("conductor_request_seconds_count{status=\"5xx\"} 1"),
              QByteArray("conductor_request_seconds_count{status=\"none\"} 1"), QByteArray("mcp_sessions 1"), QByteArray("mcp_sessions_total 2"),
              QByteArray("mcp_server_restarts_total 3"), QByteArray("mcp_audit_rows_lost_total 5")})
            QVERIFY2(lines.contains(line), line.constData());
        QCOMPARE(metrics.calls(), 4);
    }

    void isWellFormed()
    {
        Metrics metrics;
        metrics.called(u"a\"b\\c\nd"_s, u"ok"_s, 1ms);
        static const QRegularExpression good(
            uR"(^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="([^"\\\n]|\\["\\n])*"(,[a-z]+="([^"\\\n]|\\["\\n])*")*\})? [0-9.e+-]+)$)"_s);
        const QString text = QString::fromUtf8(metrics.prometheusText());
        QVERIFY(text.endsWith(u'\n'));
        QSet<QString> typed;
        for (const QString &line : text.chopped(1).split(u'\n')) {
            QVERIFY2(good.match(line).hasMatch(), qPrintable(line));
            if (line.startsWith(u"# TYPE ")) {
                QVERIFY2(!typed.contains(line), qPrintable(line)); // once each
                typed << line;
            }
        }
        QVERIFY(typed.size() >= 8);
    }
};

QTEST_GUILESS_MAIN(TestMetrics)
#include "tst_metrics.moc"
