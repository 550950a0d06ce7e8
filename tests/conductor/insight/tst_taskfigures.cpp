// Which task makes runs slow: told by its median, and without those that only take the time of others.
#include "conductor/insight/taskfigures.h"
#include "support/samples.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace {

TaskSummary row(const QString &name, TaskStatus status, qint64 durationMs, const QString &run = u"r"_s)
{
    TaskSummary row;
    row.name = name;
    row.type = name;
    row.status = status;
    row.durationMs = durationMs;
    row.queueWaitMs = durationMs / 10;
    row.executionId = run;
    row.ended = isTerminal(status) ? QDateTime::currentDateTimeUtc() : QDateTime();
    return row;
}

} // namespace

class TestTaskFigures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theSlowestComesFirst()
    {
        const std::vector<TaskFigures> figures = taskFigures({row(u"quick"_s, TaskStatus::Completed, 10), row(u"slow"_s, TaskStatus::Completed, 100, u"a"_s),
                                                              row(u"slow"_s, TaskStatus::Completed, 900, u"b"_s), row(u"slow"_s, TaskStatus::Completed, 200, u"c"_s),
                                                              row(u"slow"_s, TaskStatus::Failed, 5000, u"d"_s), row(u"slow"_s, TaskStatus::InProgress, 0, u"e"_s)});
        QCOMPARE(figures.size(), 2U);
        const TaskFigures slow{.name = u"slow"_s, .runs = 5, .failed = 1, .medianMs = 200, .slowestMs = 900, .medianWaitMs = 20, .slowestExecution = u"b"_s};
        QCOMPARE(figures.front(), slow);
    }

    void joinsAndLoopsAreLeftOut()
    {
        for (const QString &type : {u"JOIN"_s, u"FORK"_s, u"DO_WHILE"_s, u"SWITCH"_s})
            QVERIFY2(taskFigures({row(type, TaskStatus::Completed, 10)}).empty(), qPrintable(type));
    }

    void ofWhatTheServerAnswers()
    {
        const Result<TaskPage> page = TaskPage::fromJson(support::sample(u"tasks_search.result.json"_s));
        QVERIFY(page);
        const std::vector<TaskFigures> figures = taskFigures(page->rows);
        const auto build = std::find_if(figures.begin(), figures.end(), [](const TaskFigures &one) { return one.name == u"agent_build"; });
        QVERIFY(build != figures.end());
        QCOMPARE(build->failed, 1);
        QVERIFY(build->runs > build->failed);
        QVERIFY(!build->slowestExecution.isEmpty());
    }

    void nothingIsNoTask() { QVERIFY(taskFigures({}).empty()); }
};

QTEST_GUILESS_MAIN(TestTaskFigures)
#include "tst_taskfigures.moc"
