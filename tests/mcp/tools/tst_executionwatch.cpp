// Who subscribes to an execution hears of its changes and of nothing else, and a server that is away meanwhile ends nothing.
#include "mcp/tools/executionwatch.h"

#include "support/samples.h"
#include "support/scriptedtransport.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace {

QJsonValue pageWith(const QString &updateTime)
{
    QJsonObject page = support::sample(u"search.result.json"_s).toObject();
    QJsonObject row = page[u"results"].toArray().first().toObject();
    row[u"updateTime"] = updateTime;
    page[u"results"] = QJsonArray{row};
    return page;
}

} // namespace

class TestExecutionWatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsOfChangesOnly()
    {
        auto transport = std::make_shared<support::ScriptedTransport>();
        for (const QString &time : {u"2026-11-24T10:00:00.000Z"_s, u"2026-11-24T10:00:00.000Z"_s, u"2026-11-24T10:00:05.000Z"_s})
            transport->then(pageWith(time));
        int changes = 0;
        const tools::ExecutionWatch watch(std::make_shared<Backend>([transport]() -> Result<Client> { return Client(transport); }), u"some"_s, [&] { ++changes; });
        QTRY_COMPARE_WITH_TIMEOUT(transport->asked.size(), size_t(2), 10000);
        QCOMPARE(changes, 0);
        QTRY_COMPARE_WITH_TIMEOUT(changes, 1, 10000);
        QVERIFY(support::line(transport->asked[0]).contains(u"some"));
    }

    void aServerThatIsAwayIsAskedAgainLater()
    {
        int connected = 0;
        const tools::ExecutionWatch watch(std::make_shared<Backend>([&]() -> Result<Client> {
                                              ++connected;
                                              return Failure({Error::Kind::Network, u"away"_s});
                                          }),
                                          u"some"_s, [] { QFAIL("nothing has changed"); });
        QTRY_COMPARE(connected, 1);
    }
};

QTEST_GUILESS_MAIN(TestExecutionWatch)
#include "tst_executionwatch.moc"
