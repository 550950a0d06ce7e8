// A graph can be read aloud: every node once, in order, with its state in words.
#include "conductor/graph/outline.h"
#include "support/graphs.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestOutline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheSwarm()
    {
        const Graph graph = graphOf(support::sampleExecution(u"swarm22.execution.json"_s));
        const std::vector<OutlineLine> lines = outline(graph, QDateTime::fromMSecsSinceEpoch(1795346107650));
        QStringList texts;
        for (const OutlineLine &line : lines)
            texts << QString(line.depth * 2, u' ') + line.text;
        QCOMPARE(texts.mid(0, 4),
                 (QStringList{u"plan, agent_plan: done in 3 ms"_s, u"fork_main, fork of 3: done in 0 ms"_s,
                              u"  branch 1: fork_research, fork of 4: done in 0 ms"_s, u"    branch 1: research_market, agent_research: done in 5 ms"_s}));
        QVERIFY(texts.contains(u"      build_api, agent_build: retrying, attempt 2 of 4, due in 9 min"_s)
                || texts.contains(u"    build_api, agent_build: retrying, attempt 2 of 4, due in 9 min"_s));
        QVERIFY(texts.contains(u"join_main, join: waits for synth_findings, design_system, integrate_all"_s));
        QCOMPARE(texts.last(), u"release, agent_release: planned"_s);
    }

    void everyNodeOnce()
    {
        for (const QString &name : {u"kitchen_sink.execution_completed.json"_s, u"f_nested.execution.json"_s, u"waits.execution.json"_s}) {
            const Graph graph = graphOf(support::sampleExecution(name));
            QSet<QString> ids;
            for (const OutlineLine &line : outline(graph, {})) {
                QVERIFY2(!ids.contains(line.id), qPrintable(line.id));
                QVERIFY(!line.text.isEmpty());
                ids.insert(line.id);
            }
            for (const Graph::Node &node : graph.nodes)
                QCOMPARE(ids.contains(node.id), node.role != Graph::Role::Merge);
        }
    }

    void namesWhatIsWrong()
    {
        const Graph graph = graphOf(support::sampleExecution(u"f_retries.execution.json"_s));
        QStringList texts;
        for (const OutlineLine &line : outline(graph, {}))
            texts << line.text;
        QVERIFY(texts.contains(u"flaky, f_flaky: failed after 3 attempts, connection reset by peer (attempt 3)"_s));
        QVERIFY(texts.contains(u"after, NOOP: not reached"_s));
    }
};

QTEST_GUILESS_MAIN(TestOutline)
#include "tst_outline.moc"
