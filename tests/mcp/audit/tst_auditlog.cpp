// The audit keeps each call once, those that change something before they are made, from several processes at once, without
// their secrets; and whatever is the matter with its file, calls go on and the trouble is told.
#include "mcp/audit/log.h"

#include "mcp/audit/arguments.h"
#include "mcp/audit/chain.h"
#include "support/auditrows.h"
#include "support/scriptedtransport.h"

#include <QDir>
#include <QFile>
#include <QMutex>
#include <QProcess>
#include <QtTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace mcp;
using support::auditRows;
using support::awaited;

namespace {

const QString canary = u"CANARY-5f3a9c"_s;

AuditedCall callOf(const QString &tool, const QJsonObject &arguments = {})
{
    return {.client = {u"tester"_s, u"2.1"_s, u"2025-11-25"_s}, .tool = tool, .arguments = arguments, .effect = {Effect::Kind::Change, u"1 execution"_s}};
}

} // namespace

class TestAuditLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QDir(QDir::homePath() + u"/.local"_s).removeRecursively();
        reports.clear();
    }

    void keepsACallBeforeItIsMade()
    {
        const auto log = makeLog();
        const AuditTrail::Begun begun = log->begin(callOf(u"changes"_s, {{u"id"_s, u"w1"_s}}));
        QVERIFY(awaited(begun.kept));
        QList<AuditEntry> rows = auditRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(word(rows[0].kind), u"begun"_s);
        QCOMPARE(rows[0].client, u"tester"_s);
        QCOMPARE(rows[0].clientVersion, u"2.1"_s);
        QCOMPARE(rows[0].profile, u"local"_s);
        QCOMPARE(rows[0].arguments, u"{\"id\":\"w1\"}"_s);
        QCOMPARE(rows[0].effect, u"change"_s);
        QCOMPARE(rows[0].target, u"1 execution"_s);
        QCOMPARE(rows[0].pid, QCoreApplication::applicationPid());

        log->end(begun.ticket, {.outcome = AuditedEnd::Outcome::Ok, .answer = {.text = u"ää"_s, .structured = {{u"a"_s, 1}}}, .requests = 3, .tookUs = 1234});
        QTRY_COMPARE(auditRows().size(), 2);
        rows = auditRows();
        QCOMPARE(word(rows[1].kind), u"ended"_s);
        QCOMPARE(rows[1].refersTo, 1);
        QCOMPARE(rows[1].outcome, u"ok"_s);
        QCOMPARE(rows[1].requests, 3);
        QCOMPARE(rows[1].tookUs, 1234);
        QCOMPARE(rows[1].bytes, 4 + 7);
        QCOMPARE(rows[1].detail, QString());
    }

    void readsAreWrittenWhenItGoesAtTheLatest()
    {
        auto log = makeLog();
        for (int i = 0; i < 700; ++i) // more than one transaction
            log->add(callOf(u"reads"_s, {{u"n"_s, i}}), {.outcome = AuditedEnd::Outcome::Error, .answer = {.text = u"no such thing"_s}});
        log.reset();
        const QList<AuditEntry> rows = auditRows();
        QCOMPARE(rows.size(), 700);
        QCOMPARE(rows.last().arguments, u"{\"n\":699}"_s);
        QCOMPARE(rows.last().detail, u"no such thing"_s);
        QVERIFY(chainHolds());
        QCOMPARE(reports, QStringList());
    }

    void nothingIsMadeBeforeTheFirstRow()
    {
        makeLog().reset();
        QVERIFY(!QFile::exists(AuditStore::standardPath()));
    }

    void severalProcessesWriteAtOnce()
    {
        QProcess one, other;
        for (QProcess *process : {&one, &other})
            process->start(QStringLiteral(AUDIT_PROGRAM), {u"500"_s});
        for (QProcess *process : {&one, &other}) {
            QVERIFY(process->waitForFinished(60000));
            QCOMPARE(process->readAllStandardOutput(), "500 0\n");
            QCOMPARE(process->readAllStandardError(), QByteArray());
        }
        const QList<AuditEntry> rows = auditRows();
        QCOMPARE(rows.size(), 2 * (500 + 250));
        QCOMPARE(QSet<qint64>({rows.first().pid, rows.last().pid, one.processId(), other.processId()}).contains(0), true);
        QVERIFY(chainHolds());
        QMap<qint64, QSet<QString>> byProcess;
        for (const AuditEntry &call : support::auditedCalls()) {
            QCOMPARE(call.outcome, u"ok"_s);
            byProcess[call.pid] << call.arguments;
        }
        QCOMPARE(byProcess.size(), 2);
        for (const QSet<QString> &calls : byProcess)
            QCOMPARE(calls.size(), 500);
    }

    // SQLite does not wait while a new file is made ready by another.
    void severalProcessesMakeTheFileAtOnce()
    {
        std::array<QProcess, 6> processes;
        for (QProcess &process : processes)
            process.start(QStringLiteral(AUDIT_PROGRAM), {u"4"_s});
        for (QProcess &process : processes) {
            QVERIFY(process.waitForFinished(60000));
            QCOMPARE(process.readAllStandardError(), QByteArray());
        }
        QCOMPARE(auditRows().size(), 6 * (4 + 2));
        QVERIFY(chainHolds());
    }

    void aFullDiskFailsNoCall()
    {
        QProcess process;
        process.start(QStringLiteral(AUDIT_PROGRAM), {u"400"_s, u"100000"_s}); // room for a part of them
        QVERIFY(process.waitForFinished(60000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QVERIFY(process.readAllStandardOutput().startsWith("400 "));
        const QByteArray told = process.readAllStandardError();
        QCOMPARE(told.count("cannot be written:"), 1);
        QVERIFY2(told.trimmed().split('\n').last().contains("rows lost: "), told.constData());

        // What was written is whole, and with room again the audit goes on.
        const qsizetype kept = auditRows().size();
        QVERIFY2(kept > 0 && kept < 600, qPrintable(QString::number(kept)));
        QVERIFY(chainHolds());
        auto log = makeLog();
        log->add(callOf(u"after"_s), {.outcome = AuditedEnd::Outcome::Ok});
        log.reset();
        QCOMPARE(auditRows().size(), kept + 1);
        QVERIFY(chainHolds());
    }

    void aLockedFileDelaysAndLosesNothing()
    {
        makeLog()->add(callOf(u"first"_s), {.outcome = AuditedEnd::Outcome::Ok});
        QTRY_COMPARE(auditRows().size(), 1);
        auto log = makeLog();
        {
            AuditStore other;
            QVERIFY(other.open(AuditStore::Access::Append));
            QVERIFY(other.begin(false));
            const AuditTrail::Begun begun = log->begin(callOf(u"changes"_s));
            [[maybe_unused]] const auto kept = awaited(begun.kept); // goes on, whatever it answers
            QVERIFY(begun.kept.isFinished());
            QTRY_COMPARE(told().size(), 1);
            QVERIFY2(told().first().contains(u"locked"), qPrintable(told().first()));
            QVERIFY(log->begin(callOf(u"another"_s)).kept.isFinished()); // does not even wait
            log->end(begun.ticket, {.outcome = AuditedEnd::Outcome::Ok});
            other.rollback();
        }
        QTRY_COMPARE_WITH_TIMEOUT(auditRows().size(), 4, 15000);
        QTRY_COMPARE(told().size(), 2);
        QVERIFY(told().last().contains(u"written again; rows lost: 0"));
        QVERIFY(chainHolds());
    }

    void aBrokenFileIsTold()
    {
        QVERIFY(QDir().mkpath(QFileInfo(AuditStore::standardPath()).path()));
        QFile file(AuditStore::standardPath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8192, 'x'));
        file.close();
        auto log = makeLog();
        const AuditTrail::Begun begun = log->begin(callOf(u"changes"_s));
        QVERIFY(awaited(begun.kept));
        log.reset();
        QCOMPARE(told().size(), 2);
        QVERIFY2(told().first().contains(u"not a database"), qPrintable(told().first()));
        QVERIFY2(told().last().contains(u"rows lost: 1"), qPrintable(told().last()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(8192, 'x')); // kept for whoever looks into it
    }

    void tooMuchWaitingIsCountedAndSaid()
    {
        {
            AuditStore store; // makes the file
            QVERIFY(store.open(AuditStore::Access::Append));
            QVERIFY(store.begin(false));
            auto log = makeLog();
            for (int i = 0; i < 6000; ++i)
                log->add(callOf(u"reads"_s), {.outcome = AuditedEnd::Outcome::Ok});
            QCOMPARE(log->lost(), 1000);
            store.rollback();
            QTRY_VERIFY_WITH_TIMEOUT(auditRows().size() == 5001, 15000);
            log.reset();
        }
        const QList<AuditEntry> rows = auditRows();
        const auto lost = std::find_if(rows.begin(), rows.end(), [](const AuditEntry &row) { return row.kind == AuditEntry::Kind::Lost; });
        QVERIFY(lost != rows.end());
        QCOMPARE(lost->detail, u"1000"_s);
    }

    void whatADeadProcessBeganIsClosed()
    {
        auto log = makeLog();
        QVERIFY(awaited(log->begin(callOf(u"changes"_s)).kept));
        log->closeOpen(QCoreApplication::applicationPid(), QDateTime::currentDateTimeUtc().addSecs(-60), u"killed by signal 9"_s);
        QTRY_COMPARE(auditRows().size(), 2);
        QCOMPARE(support::auditedCalls()[0].outcome, u"unknown"_s);
        QCOMPARE(support::auditedCalls()[0].detail, u"killed by signal 9"_s);
    }

    void oldRowsArePruned()
    {
        AuditedCall old = callOf(u"old"_s);
        old.time = QDateTime::currentDateTimeUtc().addDays(-91);
        AuditedCall young = callOf(u"young"_s);
        young.time = QDateTime::currentDateTimeUtc().addDays(-89);
        makeLog(0)->add(old, {.outcome = AuditedEnd::Outcome::Ok});
        QTRY_COMPARE(auditRows().size(), 1);
        makeLog(90)->add(young, {.outcome = AuditedEnd::Outcome::Ok});
        QTRY_COMPARE(auditRows().size(), 2); // the young one and the checkpoint
        QCOMPARE(auditRows().first().tool, u"young"_s);
        QVERIFY(chainHolds());
    }

    void secretsAreNotKept_data()
    {
        QTest::addColumn<QJsonObject>("arguments");
        QTest::newRow("by name") << QJsonObject{{u"password"_s, canary}, {u"deep"_s, QJsonArray{QJsonObject{{u"X-Api-Key"_s, QJsonArray{canary}}}}}};
        QTest::newRow("header list") << QJsonObject{{u"headers"_s, QJsonArray{QJsonObject{{u"name"_s, u"Authorization"_s}, {u"value"_s, canary}}}}};
        QTest::newRow("bearer") << QJsonObject{{u"note"_s, QString(u"use Bearer "_s + canary)}};
        QTest::newRow("basic") << QJsonObject{{u"note"_s, QString(u"Authorization: Basic "_s + canary)}};
        QTest::newRow("address") << QJsonObject{{u"uri"_s, QString(u"https://me:"_s + canary + u"@host/x?a=1"_s)}};
        QTest::newRow("query") << QJsonObject{{u"uri"_s, QString(u"https://host/x?access_token="_s + canary + u"&a=1"_s)}};
        QTest::newRow("JSON in a text") << QJsonObject{{u"body"_s, QString(u"{\"auth\":{\"clientSecret\":\""_s + canary + u"\"}}"_s)}};
        const QString payload = QString::fromLatin1(canary.toLatin1().toBase64(QByteArray::OmitTrailingEquals));
        QTest::newRow("a token") << QJsonObject{{u"note"_s, QString(u"eyJhbGciOiJIUzI1NiJ9."_s + payload + u".sig-"_s + canary)}};
    }

    void secretsAreNotKept()
    {
        QFETCH(QJsonObject, arguments);
        auto log = makeLog();
        AuditedCall call = callOf(u"changes"_s, arguments);
        call.effect.on = u"https://u:"_s + canary + u"@host"_s;
        const AuditTrail::Begun begun = log->begin(call);
        log->end(begun.ticket, {.outcome = AuditedEnd::Outcome::Error, .answer = {.text = u"refused, password="_s + canary}});
        log.reset();
        QCOMPARE(auditRows().size(), 2);
        const QDir directory(QFileInfo(AuditStore::standardPath()).path());
        const QFileInfoList files = directory.entryInfoList(QDir::Files);
        QVERIFY(!files.isEmpty());
        for (const QFileInfo &info : files) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            QVERIFY2(!content.contains(canary.toUtf8()), qPrintable(info.fileName()));
            QVERIFY2(!content.contains(canary.toLatin1().toBase64(QByteArray::OmitTrailingEquals)), qPrintable(info.fileName()));
        }
    }

    void argumentsAreCut()
    {
        const QString kept = auditedArguments({{u"definition"_s, QString(10000, u'x')}, {u"other"_s, 1}});
        QVERIFY(kept.size() < keptArguments + 40);
        QVERIFY2(kept.endsWith(u" more characters)"), qPrintable(kept.right(60)));
        QJsonValue deep = 1;
        for (int i = 0; i < 400; ++i)
            deep = QJsonArray{deep};
        QVERIFY(auditedArguments({{u"deep"_s, deep}}).size() < 400);
    }

private:
    std::unique_ptr<AuditLog> makeLog(int keptDays = 90)
    {
        return std::make_unique<AuditLog>(AuditLog::Setup{.profile = [] { return u"local"_s; },
                                                          .report =
                                                              [this](const QString &text) {
                                                                  const QMutexLocker lock(&mutex);
                                                                  reports << text;
                                                              },
                                                          .keptDays = keptDays});
    }

    QStringList told()
    {
        const QMutexLocker lock(&mutex);
        return reports;
    }

    static bool chainHolds()
    {
        AuditStore store;
        const auto opened = store.open(AuditStore::Access::Read);
        const auto report = opened ? verifyChain(store) : conductor::Failure(opened.error());
        if (report && !report->holds())
            qWarning("%s", qPrintable(report->faults.front().what));
        return report && report->holds();
    }

    QMutex mutex;
    QStringList reports; // guarded: told from the writer's thread
};

QTEST_GUILESS_MAIN(TestAuditLog)
#include "tst_auditlog.moc"
