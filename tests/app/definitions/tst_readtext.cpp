// The way between a place in the text, a task and a problem: nested tasks, text that is no JSON, what a server says with and
// without a path.
#include "app/definitions/readtext.h"
#include "app/definitions/serverproblems.h"

#include "conductor/definition/printer.h"
#include "support/graphs.h"
#include "support/samples.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::ReadText;
using conductor::Error;

class TestReadText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsEveryTaskAtItsPlace_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::newRow("swarm: forks in forks") << u"swarm22.definition.json"_s;
        QTest::newRow("kitchen sink: cases and loops") << u"kitchen_sink.definition.json"_s;
    }

    void findsEveryTaskAtItsPlace()
    {
        QFETCH(QString, sample);
        const QString text = conductor::definitionText(support::sample(sample).toObject());
        const ReadText read(text, {});
        const QStringList lines = text.split(u'\n');
        QVERIFY2(read.refs().size() >= 20, qPrintable(QString::number(read.refs().size())));
        for (const QString &ref : read.refs()) {
            const auto place = read.placeOfTask(ref);
            QVERIFY2(place, qPrintable(ref));
            QCOMPARE(read.taskAt(*place), ref);
            // The line with its reference belongs to it as well.
            const auto own = read.placeOf(read.pathOfTask(ref) + u".taskReferenceName");
            QVERIFY2(lines[own.line - 1].contains(u'"' + ref + u'"'), qPrintable(ref));
            QCOMPARE(read.taskAt(own), ref);
        }
    }

    void aThousandTasksAreReadWhileOneTypes()
    {
        const QString text = conductor::definitionText(support::wideDefinition(1000).json);
        QVERIFY(text.size() > 100'000);
        QElapsedTimer timer;
        timer.start();
        const ReadText read(text, {});
        qInfo("%lld ms for %lld KB", timer.elapsed(), qlonglong(text.size() / 1024));
        QVERIFY(read.refs().size() >= 1000);
        QVERIFY2(timer.elapsed() < 2000, "the window would stand still");
    }

    void outsideOfTasksThereIsNone()
    {
        const ReadText read(u"{\n  \"name\": \"x\",\n  \"tasks\": [\n    { \"taskReferenceName\": \"a\" }\n  ],\n  \"version\": 1\n}"_s, {});
        QCOMPARE(read.taskAt({1, 1}), QString());
        QCOMPARE(read.taskAt({2, 5}), QString());
        QCOMPARE(read.taskAt({4, 8}), u"a"_s);
        QCOMPARE(read.taskAt({6, 5}), QString());
    }

    void aBrokenTextSaysWhere()
    {
        const ReadText read(u"{\n  \"name\": \"x\",,\n}"_s, {});
        QVERIFY(!read.json());
        QVERIFY(!read.definition());
        QCOMPARE(read.fault()->at.line, 2);
        QCOMPARE(read.problems().size(), size_t(1));
        QCOMPARE(read.problems()[0].line, 2);
        QCOMPARE(read.taskAt({2, 1}), QString());
    }

    // As 3.32.3 says it (the wording of each was recorded from that server).
    void placesWhatTheServerSays_data()
    {
        QTest::addColumn<QString>("said");
        QTest::addColumn<int>("line");
        QTest::newRow("with a path") << u"tasks[1].name: WorkflowTask name cannot be empty or null"_s << 9;
        QTest::newRow("duplicate") << u"taskReferenceName: second should be unique across tasks for a given workflowDefinition: x"_s << 8;
        QTest::newRow("unknown reference")
            << u"taskReferenceName: nobody for given task: act input value: q of input parameter: ${nobody.output.x} is not defined in workflow definition."_s << 11;
        QTest::newRow("what a type needs") << u"forkTasks should have atleast one task for taskType: FORK_JOIN taskName: second"_s << 8;
        QTest::newRow("the whole") << u"WorkflowDef name cannot be null or empty"_s << 1;
    }

    void placesWhatTheServerSays()
    {
        QFETCH(QString, said);
        QFETCH(int, line);
        const ReadText read(twoTasks(), {});
        const auto problems = app::serverProblems({Error::Kind::Validation, said}, read);
        QCOMPARE(problems.size(), size_t(1));
        QCOMPARE(problems[0].line, line);
        QCOMPARE(problems[0].severity, conductor::Problem::Severity::Error);
        QVERIFY(!problems[0].message.isEmpty());
    }

    void tellsSeveralApart()
    {
        const ReadText read(twoTasks(), {});
        const auto problems = app::serverProblems({Error::Kind::Validation, u"tasks[1].name: is empty; tasks[0].name: is empty; WorkflowDef name cannot be null"_s}, read);
        QCOMPARE(problems.size(), size_t(3));
        QCOMPARE(problems[0].line, 1);
        QCOMPARE(problems[1].line, 5);
        QCOMPARE(problems[2].line, 9);
    }

private:
    static QString twoTasks()
    {
        return QStringList{u"{"_s,                                      // 1
                           u"  \"name\": \"x\","_s,                     // 2
                           u"  \"tasks\": ["_s,                         // 3
                           u"    {"_s,                                  // 4
                           u"      \"name\": \"act\","_s,               // 5
                           u"      \"taskReferenceName\": \"first\""_s, // 6
                           u"    },"_s,                                 // 7
                           u"    {"_s,                                  // 8
                           u"      \"name\": \"act\","_s,               // 9
                           u"      \"taskReferenceName\": \"second\","_s,
                           u"      \"inputParameters\": { \"q\": \"${nobody.output.x}\" }"_s, // 11
                           u"    }"_s,
                           u"  ]"_s,
                           u"}"_s}
            .join(u'\n');
    }
};

QTEST_MAIN(TestReadText)
#include "tst_readtext.moc"
