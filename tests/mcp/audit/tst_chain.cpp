// The audit's chain tells what was done to its rows: changed, removed, moved, put in. Pruning is no fault, and says itself.
#include "mcp/audit/chain.h"

#include "support/auditrows.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestChain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        path = directory->filePath(u"below/audit.db"_s);
    }

    void holdsWhatItWasGiven()
    {
        write(3);
        QCOMPARE(faults(), QStringList());
        const QList<AuditEntry> rows = support::auditRows(path);
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0].number, 1);
        QCOMPARE(rows[2].tool, u"tool_2"_s);
        QCOMPARE(rows[1].previous, rows[0].hash);
        QCOMPARE(rows[1].hash.size(), 64);
        struct stat info = {};
        for (const QString &name : {path, directory->filePath(u"below"_s)}) {
            QCOMPARE(stat(qPrintable(name), &info), 0);
            QCOMPARE(info.st_mode & 077, mode_t(0));
        }
    }

    void textsComeBackAsTheyWereHashed()
    {
        AuditedCall call{.client = {u"a\0b"_s, u"\u202e"_s, {}}, .tool = u"tööl"_s, .arguments = {{u"lone"_s, QString(QChar(0xd800))}, {u"empty"_s, u""_s}}};
        AuditStore store(path);
        QVERIFY(store.open(AuditStore::Access::Append));
        QVERIFY(store.begin(true));
        AuditEntry entry = entryOf(call);
        addEnd(entry, {.answer = {.text = QString(QChar(0xdfff))}});
        QVERIFY(store.append(entry));
        QVERIFY(store.commit());
        QCOMPARE(faults(), QStringList());
        QCOMPARE(support::auditRows(path).first().client, u"a\u2400b"_s);
    }

    void tellsTampering_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QStringList>("expected");
        const QStringList four{u"row 4 was changed after it was written"_s};
        for (const QString &column : {u"client"_s, u"tool"_s, u"arguments"_s, u"effect"_s, u"outcome"_s, u"profile"_s, u"detail"_s, u"kind"_s})
            QTest::newRow(qPrintable(column)) << u"UPDATE entries SET %1 = 'x' WHERE number = 4"_s.arg(column) << four;
        for (const QString &column : {u"time"_s, u"pid"_s, u"requests"_s, u"took_us"_s, u"bytes"_s, u"refers_to"_s})
            QTest::newRow(qPrintable(column)) << u"UPDATE entries SET %1 = %1 + 1 WHERE number = 4"_s.arg(column) << four;
        QTest::newRow("removed") << u"DELETE FROM entries WHERE number = 4"_s << QStringList{u"row 4 was removed"_s};
        QTest::newRow("several removed") << u"DELETE FROM entries WHERE number IN (4, 5, 6)"_s << QStringList{u"rows 4 to 6 were removed"_s};
        QTest::newRow("the first removed") << u"DELETE FROM entries WHERE number < 3"_s
                                           << QStringList{u"rows 1 to 2 were removed before row 3, and no pruning says so"_s};
        QTest::newRow("removed and renumbered") << u"DELETE FROM entries WHERE number = 4; UPDATE entries SET number = 4 WHERE number = 5; "
                                                   "UPDATE entries SET number = 5 WHERE number = 6; DELETE FROM entries WHERE number > 5"_s
                                                << QStringList{u"row 4 does not follow from row 3: one of them was replaced, moved or put in"_s, four[0],
                                                               u"row 5 was changed after it was written"_s};
        QTest::newRow("moved") << u"UPDATE entries SET number = -1 WHERE number = 4; UPDATE entries SET number = 4 WHERE number = 5; "
                                  "UPDATE entries SET number = 5 WHERE number = -1"_s
                               << QStringList{u"row 4 does not follow from row 3: one of them was replaced, moved or put in"_s, four[0],
                                              u"row 5 does not follow from row 4: one of them was replaced, moved or put in"_s,
                                              u"row 5 was changed after it was written"_s,
                                              u"row 6 does not follow from row 5: one of them was replaced, moved or put in"_s};
    }

    void tellsTampering()
    {
        QFETCH(QString, statement);
        write(8);
        for (const QString &one : statement.split(u"; "_s))
            QVERIFY(support::tamper(path, one));
        QTEST(faults(), "expected");
    }

    // Whoever computes the hash of the row he changed anew breaks the link to the next.
    void tellsARowThatWasRehashed()
    {
        write(5);
        AuditEntry third = support::auditRows(path)[2];
        third.arguments = u"{}"_s;
        QVERIFY(support::tamper(path, u"UPDATE entries SET arguments = '{}', hash = '%1' WHERE number = 3"_s.arg(QString::fromLatin1(third.computedHash()))));
        QCOMPARE(faults(), QStringList{u"row 4 does not follow from row 3: one of them was replaced, moved or put in"_s});
    }

    void aNotedRowShowsACutOffEnd()
    {
        write(5);
        const AuditEntry last = support::auditRows(path).last();
        QCOMPARE(faults({last.number, last.hash}), QStringList());
        QCOMPARE(faults({last.number, QByteArray(64, 'f')}), QStringList{u"row 5 is not the one that was noted"_s});
        QVERIFY(support::tamper(path, u"DELETE FROM entries WHERE number > 3"_s));
        QCOMPARE(faults(), QStringList()); // the chain itself does not show it
        QCOMPARE(faults({last.number, last.hash}), QStringList{u"row 5, which was noted, is missing: the end was cut off"_s});
        write(2);
        QCOMPARE(faults({last.number, last.hash}), QStringList{u"row 5 is not the one that was noted"_s});
    }

    void pruningLeavesACheckpoint()
    {
        write(6);
        QCOMPARE(prune(firstTime + 3), 3);
        QCOMPARE(faults(), QStringList());
        QList<AuditEntry> rows = support::auditRows(path);
        QCOMPARE(rows.size(), 4);
        QCOMPARE(rows.first().number, 4);
        QCOMPARE(word(rows.last().kind), u"pruned"_s);
        QCOMPARE(rows.last().refersTo, 3);
        QCOMPARE(rows.last().detail.toLatin1(), rows.first().previous);

        // And again, over the first checkpoint, until nothing but the last one is left.
        QCOMPARE(prune(firstTime + 5), 2);
        QCOMPARE(faults(), QStringList());
        QCOMPARE(prune(QDateTime::currentMSecsSinceEpoch() + 1000), 3);
        QCOMPARE(faults(), QStringList());
        rows = support::auditRows(path);
        QCOMPARE(rows.size(), 1);
        QCOMPARE(rows.first().number, 9);
        write(1);
        QCOMPARE(faults(), QStringList());
    }

    void pruningStopsAtTheFirstRowThatIsKept()
    {
        write(2);
        QCOMPARE(prune(firstTime), 0);
        QCOMPARE(support::auditRows(path).size(), 2);
    }

    void removingMoreThanWasPrunedIsTold()
    {
        write(6);
        QCOMPARE(prune(firstTime + 3), 3);
        QVERIFY(support::tamper(path, u"DELETE FROM entries WHERE number = 4"_s));
        QCOMPARE(faults(), QStringList{u"rows 1 to 4 were removed before row 5, and no pruning says so"_s});
    }

    void aCallIsOneRowWithItsEnd()
    {
        AuditStore store(path);
        QVERIFY(store.open(AuditStore::Access::Append));
        QVERIFY(store.begin(true));
        for (const qint64 pid : {7, 7, 8})
            QVERIFY(store.append({.kind = AuditEntry::Kind::Begun, .time = firstTime, .pid = pid, .tool = u"changes"_s}));
        QVERIFY(store.append({.kind = AuditEntry::Kind::Ended, .refersTo = 1, .outcome = u"ok"_s, .requests = 2}));
        QCOMPARE(store.closeOpen(7, firstTime, u"killed by signal 9"_s).value_or(-1), 1); // the second; the third is another's
        QCOMPARE(store.closeOpen(7, firstTime, u"killed by signal 9"_s).value_or(-1), 0);
        QCOMPARE(store.closeOpen(8, firstTime + 1, u"began later"_s).value_or(-1), 0);
        QVERIFY(store.commit());

        QList<AuditEntry> calls;
        QVERIFY(store.calls({}, [&calls](const AuditEntry &entry) {
            calls << entry;
            return true;
        }));
        QCOMPARE(calls.size(), 3);
        QCOMPARE(calls[0].outcome, u"ok"_s);
        QCOMPARE(calls[0].requests, 2);
        QCOMPARE(calls[1].outcome, u"unknown"_s);
        QCOMPARE(calls[1].detail, u"killed by signal 9"_s);
        QCOMPARE(calls[2].outcome, QString());
        QCOMPARE(faults(), QStringList());
    }

    void aFileOfALaterVersionIsLeftAlone()
    {
        write(1);
        QVERIFY(support::tamper(path, u"PRAGMA user_version = 99"_s));
        AuditStore store(path);
        const auto opened = store.open(AuditStore::Access::Append);
        QVERIFY(!opened);
        QVERIFY(opened.error().message.contains(u"later version"));
    }

    void aLinkIsNotFollowed()
    {
        const QString other = directory->filePath(u"elsewhere"_s);
        QVERIFY(QFile::link(other, directory->filePath(u"audit.db"_s)));
        AuditStore store(directory->filePath(u"audit.db"_s));
        QVERIFY(!store.open(AuditStore::Access::Append));
        QVERIFY(!QFile::exists(other));
    }

private:
    static constexpr qint64 firstTime = 1'700'000'000'000;

    void write(int rows)
    {
        AuditStore store(path);
        QVERIFY(store.open(AuditStore::Access::Append));
        QVERIFY(store.begin(false));
        for (int i = 0; i < rows; ++i)
            QVERIFY(store.append({.time = firstTime + i, .client = u"tester"_s, .tool = u"tool_%1"_s.arg(i), .arguments = u"{\"a\":1}"_s, .outcome = u"ok"_s}));
        QVERIFY(store.commit());
    }

    int prune(qint64 olderThan)
    {
        AuditStore store(path);
        if (!store.open(AuditStore::Access::Append) || !store.begin(false))
            return -1;
        const int removed = store.prune(olderThan, 100).value_or(-1);
        return store.commit() ? removed : -1;
    }

    QStringList faults(const NotedRow &noted = {})
    {
        AuditStore store(path);
        const auto opened = store.open(AuditStore::Access::Read);
        const auto report = opened ? verifyChain(store, noted) : conductor::Failure(opened.error());
        if (!report)
            return {report.error().message};
        QStringList told;
        for (const ChainReport::Fault &fault : report->faults)
            told << fault.what;
        return told;
    }

    std::unique_ptr<QTemporaryDir> directory;
    QString path;
};

QTEST_GUILESS_MAIN(TestChain)
#include "tst_chain.moc"
