// What is asked of the audit: filters find exactly what they say, many calls become few numbers, and a call tells the runs it was
// about and no other ids.
#include "mcp/audit/callexport.h"
#include "mcp/audit/statistics.h"
#include "mcp/audit/store.h"
#include "mcp/audit/touchedruns.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

const QString one = u"3c9e7f10-1111-2222-3333-444455556666"_s;
const QString two = u"3c9e7f10-aaaa-bbbb-cccc-444455556666"_s;

AuditEntry call(qint64 time, const QString &tool, const QString &client, const QString &outcome = u"ok"_s)
{
    AuditEntry entry;
    entry.time = time;
    entry.tool = tool;
    entry.client = client;
    entry.outcome = outcome;
    entry.profile = u"local"_s;
    entry.effect = u"read"_s;
    return entry;
}

} // namespace

class TestAuditQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_store = std::make_unique<AuditStore>(m_directory->filePath(u"audit.db"_s));
        QVERIFY(m_store->open(AuditStore::Access::Append));
    }

    void cleanup() { m_store.reset(); }

    void filters()
    {
        AuditEntry told = call(30, u"c"_s, u"x"_s, u"error"_s);
        told.arguments = u"{\"a\":\"50%\"}"_s;
        told.detail = u"No Such thing"_s;
        told.pid = 7;
        keep({call(10, u"a"_s, u"x"_s), call(20, u"b"_s, u"y"_s), told});
        QCOMPARE(found({}), u"abc"_s);
        QCOMPARE(found({.since = 20}), u"bc"_s);
        QCOMPARE(found({.until = 20}), u"a"_s);
        QCOMPARE(found({.tool = u"b"_s}), u"b"_s);
        QCOMPARE(found({.client = u"x"_s}), u"ac"_s);
        QCOMPARE(found({.profile = u"other"_s}), QString());
        QCOMPARE(found({.outcome = u"error"_s}), u"c"_s);
        QCOMPARE(found({.text = u"no such"_s}), u"c"_s);
        QCOMPARE(found({.text = u"50%"_s}), u"c"_s);
        QCOMPARE(found({.text = u"5%\""_s}), QString()); // not a wildcard
        QCOMPARE(found({.text = u"' OR 1=1 --"_s}), QString());
        QCOMPARE(found({.pids = {7, 8}}), u"c"_s);
        QCOMPARE(found({.client = u"x"_s, .newest = 1}), u"c"_s);
        QCOMPARE(found({.text = u"no such"_s, .brief = true}), u"c"_s);
    }

    void anOpenCallIsFoundAsUnknownAndByItsEndLater()
    {
        AuditEntry begun = call(10, u"a"_s, u"x"_s, {});
        begun.kind = AuditEntry::Kind::Begun;
        keep({begun});
        QCOMPARE(found({.outcome = u"unknown"_s}), u"a"_s);
        AuditEntry ended;
        ended.kind = AuditEntry::Kind::Ended;
        ended.refersTo = 1;
        ended.outcome = u"refused"_s;
        ended.detail = u"frozen"_s;
        keep({ended});
        QCOMPARE(found({.outcome = u"unknown"_s}), QString());
        QCOMPARE(found({.outcome = u"refused"_s}), u"a"_s);
        QCOMPARE(found({.text = u"frozen"_s}), u"a"_s);
    }

    void namesAndChanges()
    {
        AuditStore reader(m_directory->filePath(u"audit.db"_s));
        QVERIFY(reader.open(AuditStore::Access::Read));
        const qint64 before = *reader.dataVersion();
        QCOMPARE(*reader.dataVersion(), before);
        keep({call(10, u"b"_s, u"y"_s), call(20, u"a"_s, u"y"_s)});
        QVERIFY(*reader.dataVersion() != before);
        const AuditNames names = *reader.names();
        QCOMPARE(names.clients, QStringList{u"y"_s});
        QCOMPARE(names.tools, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(names.profiles, QStringList{u"local"_s});
    }

    void percentiles()
    {
        QCOMPARE(percentile({}, 0.5), 0.0);
        QCOMPARE(percentile({7}, 0.99), 7.0);
        std::vector<qint64> hundred;
        for (int i = 1; i <= 100; ++i)
            hundred.push_back(i);
        QCOMPARE(percentile(hundred, 0.5), 50.0);
        QCOMPARE(percentile(hundred, 0.95), 95.0);
        QCOMPARE(percentile(hundred, 0.99), 99.0);
    }

    void countsOverTime()
    {
        constexpr qint64 minute = 60'000;
        CallCounter counter;
        for (int i = 0; i < 10; ++i) {
            AuditEntry entry = call(100 * minute + i * minute, i < 7 ? u"a"_s : u"b"_s, u"x"_s, i == 9 ? u"error"_s : u"ok"_s);
            entry.tookUs = (i + 1) * 1000;
            counter.take(entry);
        }
        AuditEntry lost;
        lost.kind = AuditEntry::Kind::Lost;
        counter.take(lost); // no call
        const CallStatistics statistics = counter.result();
        QCOMPARE(statistics.calls, 10);
        QCOMPARE(statistics.failed, 1);
        QCOMPARE(statistics.width, minute);
        QCOMPARE(statistics.buckets.size(), 10u);
        QCOMPARE(statistics.buckets[0].begins, 100 * minute);
        QCOMPARE(statistics.buckets[9].failed, 1);
        QCOMPARE(statistics.buckets[9].p95, 10.0);
        QCOMPARE(statistics.tools[0].name, u"a"_s);
        QCOMPARE(statistics.tools[0].calls, 7);
        QCOMPARE(statistics.tools[1].p95, 10.0);
        QCOMPARE(statistics.clients.size(), 1u);
        QVERIFY(CallCounter().result().buckets.empty());
    }

    void bucketsGrowWithTheSpan()
    {
        CallCounter counter;
        counter.take(call(0, u"a"_s, u"x"_s));
        counter.take(call(100LL * 365 * 86'400'000, u"a"_s, u"x"_s)); // a clock that was wrong
        const CallStatistics statistics = counter.result(60);
        QVERIFY(statistics.buckets.size() <= 60);
        QCOMPARE(statistics.buckets.front().calls + statistics.buckets.back().calls, 2);
    }

    void touchedRuns_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QString>("detail");
        QTest::addColumn<QStringList>("runs");
        QTest::newRow("none") << u"{}"_s << QString() << QStringList();
        QTest::newRow("list") << u"{\"workflow_ids\":[\"%1\",\"%2\"]}"_s.arg(one, two) << QString() << QStringList{one, two};
        QTest::newRow("one, twice") << u"{\"workflow_id\":\"%1\",\"workflowId\":\"%1\"}"_s.arg(one) << QString() << QStringList{one};
        QTest::newRow("path") << u"{\"method\":\"GET\",\"path\":\"/api/workflow/%1/tasks\"}"_s.arg(one) << QString() << QStringList{one};
        QTest::newRow("started") << u"{\"name\":\"order\"}"_s << one << QStringList{one};
        QTest::newRow("a task's id is no run's") << u"{\"task_id\":\"%1\"}"_s.arg(one) << QString() << QStringList();
    }

    void touchedRuns()
    {
        QFETCH(QString, arguments);
        QFETCH(QString, detail);
        QFETCH(QStringList, runs);
        AuditEntry entry = call(1, u"t"_s, u"x"_s);
        entry.arguments = arguments;
        entry.detail = detail;
        QCOMPARE(mcp::touchedRuns(entry), runs);
    }

    void theAnswerOfAChangeTellsItsRuns()
    {
        AuditEntry ended; // of a call that changes: its row has no effect
        addEnd(ended, {.outcome = AuditedEnd::Outcome::Ok, .answer = {.structured = {{u"executions"_s, QJsonArray{QJsonObject{{u"workflow_id"_s, one}}, QJsonObject{{u"workflow_id"_s, two}}}}}}});
        QCOMPARE(ended.detail, QString(one + u' ' + two));
        AuditEntry read = call(1, u"t"_s, u"x"_s);
        addEnd(read, {.outcome = AuditedEnd::Outcome::Ok, .answer = {.structured = {{u"workflow_id"_s, one}}}});
        QCOMPARE(read.detail, QString());
    }

    void exportsLines()
    {
        AuditEntry entry = call(1'790'000'000'000, u"=cmd()"_s, u"a\"b"_s);
        entry.arguments = u"{\"a\":1}"_s;
        QCOMPARE(QJsonDocument::fromJson(jsonLine(entry)).object()[u"arguments"][u"a"].toInt(), 1);
        const QByteArray csv = csvLine(entry);
        QVERIFY(csv.contains("\"'=cmd()\""));
        QVERIFY(csv.contains("\"a\"\"b\""));
        QCOMPARE(csvHeader().count(','), 16);
        QCOMPARE(outcomeOf(entry), u"ok"_s);
    }

private:
    void keep(const std::vector<AuditEntry> &entries)
    {
        QVERIFY(m_store->begin(false));
        for (const AuditEntry &entry : entries)
            QVERIFY(m_store->append(entry));
        QVERIFY(m_store->commit());
    }

    QString found(const AuditQuery &query)
    {
        QString tools;
        const auto read = m_store->calls(query, [&tools](const AuditEntry &entry) {
            tools += entry.tool;
            return true;
        });
        return read ? tools : read.error().message;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<AuditStore> m_store;
};

QTEST_MAIN(TestAuditQueries)
#include "tst_auditqueries.moc"
