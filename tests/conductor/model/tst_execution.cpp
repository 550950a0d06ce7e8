// Executions of a real server are read as they are meant: attempts, loops, zero times, delayed retries, nested reasons.
#include "support/samples.h"

#include <QDir>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::sampleExecution;

namespace {

const TaskAttempt *newest(const Execution &execution, const QString &ref)
{
    const std::vector<const TaskAttempt *> attempts = newestAttempts(execution);
    const auto found = std::find_if(attempts.begin(), attempts.end(), [&](const TaskAttempt *attempt) { return attempt->ref == ref; });
    return found == attempts.end() ? nullptr : *found;
}

} // namespace

class TestExecution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsNothingToWhatTheServerSaid()
    {
        const QJsonObject said{{u"referenceTaskName"_s, u"a"_s}, {u"inputData"_s, QJsonObject{{u"n"_s, 1}}}, {u"outputData"_s, QJsonObject{{u"sum"_s, 2}}}};
        const Result<TaskAttempt> attempt = TaskAttempt::fromJson(said, u"task"_s);
        QVERIFY(attempt);
        QCOMPARE(attempt->input, said[u"inputData"].toObject());
        QCOMPARE(attempt->output, said[u"outputData"].toObject());
    }

    void readsEverySample()
    {
        const QStringList names = QDir(QStringLiteral(SAMPLES_DIR)).entryList({u"*.execution*.json"_s});
        QVERIFY(names.size() >= 12);
        for (const QString &name : names) {
            const Execution execution = sampleExecution(name);
            QVERIFY2(execution.status != ExecutionStatus::Unknown, qPrintable(name));
            QVERIFY2(!execution.attempts.empty(), qPrintable(name));
            QVERIFY2(!execution.definition->tasks.empty(), qPrintable(name));
            for (const TaskAttempt &attempt : execution.attempts)
                QVERIFY2(attempt.status != TaskStatus::Unknown && !attempt.type.isEmpty(), qPrintable(name + u' ' + attempt.ref));
        }
    }

    void aRetryIsANewAttempt()
    {
        const Execution swarm = sampleExecution(u"swarm22.execution.json"_s);
        const TaskAttempt *retry = newest(swarm, u"build_api"_s);
        QVERIFY(retry);
        QCOMPARE(retry->retryCount, 1);
        QCOMPARE(retry->status, TaskStatus::Scheduled);
        QCOMPARE(retry->startDelaySeconds, 600);
        QVERIFY(!retry->reason.isEmpty());
        QVERIFY2(retry->failureReason().isEmpty(), "a waiting retry did not fail; its reason is that of the attempt before");
    }

    void aForkIsAForkThoughItsTaskTypeSaysOtherwise()
    {
        const Execution sink = sampleExecution(u"kitchen_sink.execution_completed.json"_s);
        QCOMPARE(newest(sink, u"split"_s)->kind(), TaskKind::Fork);
        QCOMPARE(newest(sink, u"fan_out"_s)->kind(), TaskKind::DynamicFork);
        QCOMPARE(newest(sink, u"pick_task"_s)->kind(), TaskKind::Dynamic);
    }

    void loopsKeepTheirTurns()
    {
        const Execution nested = sampleExecution(u"f_nested.execution.json"_s);
        const TaskAttempt *second = newest(nested, u"fk__2"_s);
        QVERIFY(second);
        QCOMPARE(second->iteration, 2);
        QCOMPARE(second->plainRef(), u"fk"_s);
    }

    void zeroIsNotATime()
    {
        QVERIFY(!sampleExecution(u"swarm22.execution.json"_s).ended.isValid());
    }

    void skippedTasksStandFirst()
    {
        const Execution skipped = sampleExecution(u"skipped.execution.json"_s);
        QCOMPARE(skipped.attempts[0].status, TaskStatus::Skipped);
        QCOMPARE(skipped.attempts[0].seq, 0);
    }

    void findsTheInnermostReason()
    {
        QCOMPARE(innermostReason(u"Sub workflow f_inline.1/4711 failure reason: 'Task 9 failed with status: FAILED and reason: 'boom''"_s), u"boom"_s);
        QCOMPARE(innermostReason(u"Connection refused"_s), u"Connection refused"_s);
    }

    void readsDurations()
    {
        const Execution sink = sampleExecution(u"kitchen_sink.execution_completed.json"_s);
        QCOMPARE(sink.durationMs(QDateTime::currentDateTimeUtc()), sink.created.msecsTo(sink.ended));
    }
};

QTEST_GUILESS_MAIN(TestExecution)
#include "tst_execution.moc"
