// How long a run will take is told by those before it: of its own version where there are enough. That, and who polls a queue, is
// asked once and not at each look.
#include "mcp/tools/earlierruns.h"
#include "mcp/tools/queuepolls.h"
#include "support/scriptedtransport.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp::tools;

namespace {

QJsonObject page(const QList<std::pair<int, int>> &runs) // version, milliseconds
{
    QJsonArray rows;
    for (const auto &[version, ms] : runs)
        rows << QJsonObject{{u"workflowId"_s, u"w%1"_s.arg(rows.size())}, {u"workflowType"_s, u"w"_s}, {u"version"_s, version}, {u"status"_s, u"COMPLETED"_s}, {u"executionTime"_s, ms}};
    return {{u"totalHits"_s, rows.size()}, {u"results"_s, rows}};
}

} // namespace

class TestEarlierRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofTheSameVersionWhereThereAreThree()
    {
        const EarlierRuns runs = ask({page({{2, 500}, {1, 9000}, {2, 100}, {2, 300}})});
        QCOMPARE(runs.runs, 3);
        QCOMPARE(runs.medianMs, 300);
        QCOMPARE(runs.slowestMs, 500);
    }

    void elseOfAll()
    {
        const EarlierRuns runs = ask({page({{1, 9000}, {2, 100}, {1, 300}})});
        QCOMPARE(runs.runs, 3);
        QCOMPARE(runs.medianMs, 300);
    }

    void noneAndNoAnswerAreNone()
    {
        QCOMPARE(ask({page({})}).runs, 0);
        QCOMPARE(ask({Failure({Error::Kind::Network, u"down"_s})}).runs, 0);
    }

    void isAskedOnce()
    {
        auto transport = std::make_shared<support::ScriptedTransport>();
        transport->then(Failure({Error::Kind::Network, u"down"_s})); // is not kept
        transport->then(page({{2, 100}}));
        const auto kept = std::make_shared<EarlierRunsKept>();
        for (const int expected : {0, 1, 1, 1})
            QCOMPARE(support::awaited(earlierRuns(Client(transport), kept, u"w"_s, 2))->runs, expected);
        QCOMPARE(transport->asked.size(), 2U);
        QVERIFY2(support::line(transport->asked.back()).contains(u"workflowType%3Dw AND status%3DCOMPLETED"), qPrintable(support::line(transport->asked.back())));
        [[maybe_unused]] const auto other = support::awaited(earlierRuns(Client(transport), kept, u"w"_s, 3));
        QCOMPARE(transport->asked.size(), 3U);
    }

    void queuesAreAskedOnce()
    {
        auto transport = std::make_shared<support::ScriptedTransport>();
        transport->then(QJsonArray{QJsonObject{{u"queueName"_s, u"a"_s}, {u"workerId"_s, u"w"_s}, {u"lastPollTime"_s, 1000}},
                                   QJsonObject{{u"queueName"_s, u"a"_s}, {u"workerId"_s, u"v"_s}, {u"lastPollTime"_s, 3000}}});
        transport->then(Failure({Error::Kind::Network, u"down"_s}));
        transport->then(QJsonArray());
        const auto kept = std::make_shared<QueuePollsKept>();
        const QHash<QString, QDateTime> first = *support::awaited(queuePolls(Client(transport), kept, {u"a"_s, u"b"_s}));
        QCOMPARE(first.keys(), QStringList{u"a"_s}); // nothing is claimed of what did not answer
        QCOMPARE(first[u"a"_s].toMSecsSinceEpoch(), 3000);
        const QHash<QString, QDateTime> second = *support::awaited(queuePolls(Client(transport), kept, {u"a"_s, u"b"_s}));
        QCOMPARE(second.size(), 2);
        QVERIFY2(!second[u"b"_s].isValid(), "nobody has ever polled it");
        QCOMPARE(transport->asked.size(), 3U);
    }

private:
    static EarlierRuns ask(std::initializer_list<support::ScriptedTransport::Answer> answers)
    {
        const auto transport = std::make_shared<support::ScriptedTransport>(answers);
        return *support::awaited(earlierRuns(Client(transport), std::make_shared<EarlierRunsKept>(), u"w"_s, 2));
    }
};

QTEST_GUILESS_MAIN(TestEarlierRuns)
#include "tst_earlierruns.moc"
