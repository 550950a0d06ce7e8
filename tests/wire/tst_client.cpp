// Every call of conductor/api against the real Conductor server: what is asked is understood, what is answered is read, and each
// refusal has the kind and the sense that the rest of the program relies on.
#include "support/realserver.h"
#include "support/samples.h"

#include <QRandomGenerator>
#include <QtTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::realClient;
using support::settled;

namespace {

// A refusal as a test compares it: its kind, or what was answered instead.
template <typename T>
QString refusal(const Result<T> &result)
{
    return result ? u"no error"_s : kindName(result.error().kind);
}

QJsonObject simpleTask(const QString &name, const QString &ref, const QJsonObject &input = {})
{
    return {{u"name"_s, name}, {u"taskReferenceName"_s, ref}, {u"type"_s, u"SIMPLE"_s}, {u"inputParameters"_s, input}};
}

QJsonObject workflow(const QString &name, int version, const QJsonArray &tasks)
{
    return {{u"name"_s, name}, {u"version"_s, version}, {u"schemaVersion"_s, 2}, {u"ownerEmail"_s, u"dev@example.com"_s}, {u"tasks"_s, tasks}};
}

} // namespace

class TestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_pair = named(u"pair"_s);
        m_a = named(u"a"_s);
        m_b = named(u"b"_s);
        const QJsonArray taskDefinitions{QJsonObject{{u"name"_s, m_a}, {u"retryCount"_s, 1}, {u"retryDelaySeconds"_s, 600}, {u"ownerEmail"_s, u"dev@example.com"_s}},
                                         QJsonObject{{u"name"_s, m_b}, {u"retryCount"_s, 0}, {u"ownerEmail"_s, u"dev@example.com"_s}}};
        QVERIFY(settled(m_client.taskDefinitions().create(taskDefinitions)));
        const QJsonArray tasks{simpleTask(m_a, u"first"_s, {{u"n"_s, u"${workflow.input.n}"_s}}), simpleTask(m_b, u"second"_s)};
        QVERIFY(settled(m_client.definitions().create(workflow(m_pair, 1, tasks), Definitions::Existing::Refuse)));
    }

    // --- definitions ---

    void definitionsLiveAndDie()
    {
        const Definitions definitions = m_client.definitions();
        const QString name = named(u"def"_s);
        const QJsonArray tasks{simpleTask(m_a, u"one"_s)};
        QVERIFY(settled(definitions.create(workflow(name, 2, tasks), Definitions::Existing::Refuse)));
        QVERIFY(settled(definitions.create(workflow(name, 1, tasks), Definitions::Existing::Refuse)));

        const Result<std::vector<DefinitionVersion>> all = settled(definitions.versions());
        QVERIFY(all);
        QStringList ours;
        for (const DefinitionVersion &version : *all) {
            if (version.name != name)
                continue;
            ours << QString::number(version.version);
            QVERIFY(qAbs(version.created.secsTo(QDateTime::currentDateTime())) < 600);
        }
        QCOMPARE(ours, (QStringList{u"1"_s, u"2"_s}));
        QVERIFY(std::is_sorted(all->begin(), all->end(), [](const DefinitionVersion &a, const DefinitionVersion &b) { return a.name < b.name; }));

        QCOMPARE((*settled(definitions.get(name)))->version, 2);
        const auto first = *settled(definitions.get(name, 1));
        QCOMPARE(first->version, 1);
        QCOMPARE(first->ownerEmail, u"dev@example.com"_s);
        QCOMPARE(first->tasks.at(0).ref, u"one"_s);

        QVERIFY(settled(definitions.remove(name, 1)));
        QCOMPARE(refusal(settled(definitions.get(name, 1))), u"not_found"_s);
        QCOMPARE(refusal(settled(definitions.remove(name, 1))), u"not_found"_s);
        QVERIFY(settled(definitions.remove(name, 2)));
        QCOMPARE(refusal(settled(definitions.get(name))), u"not_found"_s);
    }

    void anExistingVersionIsReplacedOnlyWhenSaid()
    {
        const Definitions definitions = m_client.definitions();
        const QString name = named(u"replaced"_s);
        QJsonObject definition = workflow(name, 1, {simpleTask(m_a, u"one"_s)});
        QVERIFY(settled(definitions.create(definition, Definitions::Existing::Refuse)));

        definition[u"description"] = u"changed"_s;
        const Result<Done> refused = settled(definitions.create(definition, Definitions::Existing::Refuse));
        QCOMPARE(refusal(refused), u"conflict"_s);
        QVERIFY2(refused.error().message.contains(name), qPrintable(refused.error().message));
        QVERIFY((*settled(definitions.get(name)))->description.isEmpty());

        QVERIFY(settled(definitions.create(definition, Definitions::Existing::Replace)));
        QCOMPARE((*settled(definitions.get(name)))->description, u"changed"_s);
    }

    void validationNamesEachProblem()
    {
        const Definitions definitions = m_client.definitions();
        const QString name = named(u"checked"_s);
        QVERIFY(settled(definitions.validate(workflow(name, 1, {simpleTask(m_a, u"one"_s)}))));
        QCOMPARE(refusal(settled(definitions.get(name))), u"not_found"_s); // it was checked, not stored

        const QJsonObject faulty = workflow(name, 1, {simpleTask(m_a, u"one"_s), simpleTask(m_b, u"one"_s), simpleTask(QString(), u"three"_s)});
        for (const Result<Done> &result : {settled(definitions.validate(faulty)), settled(definitions.create(faulty, Definitions::Existing::Refuse))}) {
            QCOMPARE(refusal(result), u"validation"_s);
            const QString message = result.error().message;
            QVERIFY2(message.contains(u"should be unique"_s), qPrintable(message));
            QVERIFY2(message.contains(u"tasks[2].name: "_s), qPrintable(message));
            QVERIFY2(!message.contains(u"arg0"_s), qPrintable(message));
        }
        QJsonObject unreadable = workflow(name, 1, {simpleTask(m_a, u"one"_s)});
        unreadable[u"timeoutPolicy"] = u"BOGUS"_s;
        QCOMPARE(refusal(settled(definitions.validate(unreadable))), u"validation"_s); // the server says 500
    }

    void namesMayHoldWhatAUrlMayNot_data()
    {
        QTest::addColumn<QString>("part");

        QTest::newRow("blank") << u"a b"_s;
        QTest::newRow("query") << u"a?b&c=d#e"_s;
        QTest::newRow("percent") << u"100%41"_s;
        QTest::newRow("plus") << u"a+b"_s;
        QTest::newRow("colon") << u"a:b"_s;
        QTest::newRow("unicode") << u"müßig-工作"_s;
    }

    void namesMayHoldWhatAUrlMayNot()
    {
        QFETCH(QString, part);
        const Definitions definitions = m_client.definitions();
        const QString name = named(part);
        QVERIFY(settled(definitions.create(workflow(name, 1, {simpleTask(m_a, u"one"_s)}), Definitions::Existing::Refuse)));
        const auto read = settled(definitions.get(name, 1));
        QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
        QCOMPARE((*read)->name, name);
        const Result<QString> id = settled(m_client.executions().start({.name = name, .correlationId = name}));
        QVERIFY(id);
        const Result<ExecutionPage> found = settled(m_client.executions().search({.names = {name}, .correlationId = name}));
        QVERIFY2(found, qPrintable(found ? QString() : found.error().message));
        QCOMPARE(found->total, 1);
        QCOMPARE(found->rows.at(0).id, *id);
        QVERIFY(settled(definitions.remove(name, 1)));
    }

    void aNameWithASlashCannotBeReached()
    {
        const QString name = named(u"a/b"_s);
        QVERIFY(settled(m_client.definitions().create(workflow(name, 1, {simpleTask(m_a, u"one"_s)}), Definitions::Existing::Refuse)));
        const auto read = settled(m_client.definitions().get(name));
        QCOMPARE(refusal(read), u"protocol"_s);
        QVERIFY2(read.error().hint.contains(u"slash"_s), qPrintable(read.error().hint));
    }

    // --- task definitions ---

    void taskDefinitionsLiveAndDie()
    {
        const TaskDefinitions definitions = m_client.taskDefinitions();
        const QString name = named(u"td"_s);
        QJsonObject definition{{u"name"_s, name},
                               {u"description"_s, u"before"_s},
                               {u"retryCount"_s, 7},
                               {u"retryLogic"_s, u"EXPONENTIAL_BACKOFF"_s},
                               {u"retryDelaySeconds"_s, 11},
                               {u"timeoutSeconds"_s, 300},
                               {u"timeoutPolicy"_s, u"RETRY"_s},
                               {u"responseTimeoutSeconds"_s, 90},
                               {u"concurrentExecLimit"_s, 3},
                               {u"ownerEmail"_s, u"dev@example.com"_s}};
        QVERIFY(settled(definitions.create({definition})));
        const Result<TaskDefinition> read = settled(definitions.get(name));
        QVERIFY(read);
        QCOMPARE(read->name, name);
        QCOMPARE(read->description, u"before"_s);
        QCOMPARE(read->retryCount, 7);
        QCOMPARE(read->retryLogic, u"EXPONENTIAL_BACKOFF"_s);
        QCOMPARE(read->retryDelaySeconds, 11);
        QCOMPARE(read->timeoutSeconds, 300);
        QCOMPARE(read->timeoutPolicy, u"RETRY"_s);
        QCOMPARE(read->responseTimeoutSeconds, 90);
        QCOMPARE(read->concurrentExecLimit, 3);

        definition[u"description"] = u"after"_s;
        QVERIFY(settled(definitions.update(definition)));
        QCOMPARE(settled(definitions.get(name))->description, u"after"_s);
        definition[u"description"] = u"replaced"_s;
        QVERIFY(settled(definitions.create({definition}))); // no conflict: that is how the server is
        QCOMPARE(settled(definitions.get(name))->description, u"replaced"_s);

        const Result<std::vector<TaskDefinition>> all = settled(definitions.all());
        QVERIFY(all);
        QCOMPARE(std::count_if(all->begin(), all->end(), [&](const TaskDefinition &one) { return one.name == name; }), 1);

        QVERIFY(settled(definitions.remove(name)));
        QCOMPARE(refusal(settled(definitions.get(name))), u"not_found"_s);
        QCOMPARE(refusal(settled(definitions.remove(name))), u"not_found"_s);
        QCOMPARE(refusal(settled(definitions.update(definition))), u"not_found"_s);
    }

    void aWrongTaskDefinitionIsRefused()
    {
        const QJsonObject contradictory{{u"name"_s, named(u"td"_s)}, {u"timeoutSeconds"_s, 5}, {u"responseTimeoutSeconds"_s, 10}, {u"ownerEmail"_s, u"dev@example.com"_s}};
        const Result<Done> refused = settled(m_client.taskDefinitions().create({contradictory}));
        QCOMPARE(refusal(refused), u"validation"_s);
        QVERIFY2(refused.error().message.contains(u"must be less than timeoutSeconds"_s), qPrintable(refused.error().message));
        QCOMPARE(refusal(settled(m_client.taskDefinitions().create({}))), u"validation"_s);
    }

    // --- starting and reading ---

    void startsAndReadsAnExecution()
    {
        const Executions executions = m_client.executions();
        const QString correlation = named(u"order"_s);
        const QJsonObject input{{u"n"_s, 42}, {u"text"_s, u"ü \"x\""_s}};
        const Result<QString> id = settled(executions.start({.name = m_pair, .version = 1, .input = input, .correlationId = correlation, .priority = 7}));
        QVERIFY(id);
        QCOMPARE(id->size(), 36);

        const auto execution = *settled(executions.get(*id));
        QCOMPARE(execution->id, *id);
        QCOMPARE(execution->name, m_pair);
        QCOMPARE(execution->status, ExecutionStatus::Running);
        QCOMPARE(execution->correlationId, correlation);
        QCOMPARE(execution->priority, 7);
        QCOMPARE(execution->input, input);
        QVERIFY(!execution->ended.isValid());
        QVERIFY(qAbs(execution->created.secsTo(QDateTime::currentDateTime())) < 60);
        QCOMPARE(execution->definition->tasks.size(), size_t(2));
        QCOMPARE(execution->attempts.size(), size_t(1)); // the second is not scheduled yet
        QCOMPARE(execution->attempts.at(0).ref, u"first"_s);
        QCOMPARE(execution->attempts.at(0).status, TaskStatus::Scheduled);
        QCOMPARE(execution->attempts.at(0).input, (QJsonObject{{u"n"_s, 42}}));
        QVERIFY(!execution->attempts.at(0).started.isValid());

        const Result<QJsonValue> json = settled(executions.json(*id));
        QVERIFY(json);
        QCOMPARE((*json)[u"workflowId"].toString(), *id);
        const Result<ExecutionState> state = settled(executions.state(*id));
        QVERIFY(state);
        QCOMPARE(state->id, *id);
        QCOMPARE(state->status, ExecutionStatus::Running);
        QCOMPARE(state->statusWord, u"RUNNING"_s);
    }

    void aStartThatCannotBeIsRefused()
    {
        const Executions executions = m_client.executions();
        QCOMPARE(refusal(settled(executions.start({.name = named(u"nobody"_s)}))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.start({.name = m_pair, .version = 9}))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.start({.name = m_pair, .priority = 100}))), u"validation"_s);
        QCOMPARE(refusal(settled(executions.start({}))), u"validation"_s);
    }

    void anUnknownIdIsNotFound_data()
    {
        QTest::addColumn<QString>("id");

        QTest::newRow("well formed") << u"00000000-0000-4000-8000-000000000000"_s;
        QTest::newRow("no id at all") << u"x y"_s;
    }

    void anUnknownIdIsNotFound()
    {
        QFETCH(QString, id);
        const Executions executions = m_client.executions();
        QCOMPARE(refusal(settled(executions.get(id))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.json(id))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.state(id))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.retry(id, Executions::SubWorkflows::Leave))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.rerun(id, {}))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.skipTask(id, u"second"_s, {}, {}))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.decide(id))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.resetCallbacks(id))), u"not_found"_s);
        QCOMPARE(refusal(settled(executions.remove(id))), u"not_found"_s);
    }

    void idsThatWouldAskSomethingElseAreRefusedHere()
    {
        const Executions executions = m_client.executions();
        for (const QString &id : {u""_s, u"."_s, u".."_s})
            QCOMPARE(refusal(settled(executions.get(id))), u"validation"_s);
    }

    // --- search ---

    void searchFinds_data()
    {
        QTest::addColumn<ExecutionQuery>("query");
        QTest::addColumn<QString>("found"); // r running, c completed, t terminated

        const QDateTime longAgo = QDateTime::currentDateTime().addDays(-1);
        const QDateTime later = QDateTime::currentDateTime().addDays(1);
        const QString name = searched();
        QTest::newRow("name") << ExecutionQuery{.names = {name}} << u"crt"_s;
        QTest::newRow("two names") << ExecutionQuery{.names = {name, u"tc_no_such"_s}} << u"crt"_s;
        QTest::newRow("wildcard, case ignored") << ExecutionQuery{.names = {u'*' + name.mid(3).toUpper() + u'*'}} << u"crt"_s;
        QTest::newRow("one status") << ExecutionQuery{.names = {name}, .statuses = {u"RUNNING"_s}} << u"r"_s;
        QTest::newRow("two statuses") << ExecutionQuery{.names = {name}, .statuses = {u"COMPLETED"_s, u"TERMINATED"_s}} << u"ct"_s;
        QTest::newRow("status in the wrong case") << ExecutionQuery{.names = {name}, .statuses = {u"running"_s}} << u""_s;
        QTest::newRow("correlation") << ExecutionQuery{.correlationId = name + u"-c"_s} << u"c"_s;
        QTest::newRow("text in the input") << ExecutionQuery{.names = {name}, .text = u"NEEDLE-t"_s} << u"t"_s;
        QTest::newRow("started after") << ExecutionQuery{.names = {name}, .startedAfter = longAgo} << u"crt"_s;
        QTest::newRow("started between") << ExecutionQuery{.names = {name}, .startedAfter = longAgo, .startedBefore = later} << u"crt"_s;
        QTest::newRow("started in the future") << ExecutionQuery{.names = {name}, .startedAfter = later} << u""_s;
        QTest::newRow("ended after") << ExecutionQuery{.names = {name}, .endedAfter = longAgo} << u"ct"_s;
        QTest::newRow("top level") << ExecutionQuery{.names = {name}, .topLevelOnly = true} << u"crt"_s;
        QTest::newRow("children of nobody") << ExecutionQuery{.names = {name}, .parentId = u"x"_s} << u""_s;
        QTest::newRow("count only") << ExecutionQuery{.names = {name}, .size = 0} << u"#3"_s;
        QTest::newRow("beyond the end") << ExecutionQuery{.names = {name}, .start = 50} << u"#3"_s;
    }

    void searchFinds()
    {
        QFETCH(ExecutionQuery, query);
        QFETCH(QString, found);
        const Result<ExecutionPage> page = settled(m_client.executions().search(query));
        QVERIFY2(page, qPrintable(page ? QString() : page.error().message));
        QStringList marks;
        for (const ExecutionSummary &row : page->rows)
            marks << row.correlationId.right(1);
        marks.sort();
        if (found.startsWith(u'#')) {
            QCOMPARE(page->total, found.mid(1).toInt());
            QVERIFY(marks.isEmpty());
        } else {
            QCOMPARE(marks.join(QString()), found);
            QCOMPARE(page->total, found.size());
        }
    }

    void searchAnswersNewestFirstInPages()
    {
        const QString name = searched();
        const Result<ExecutionPage> all = settled(m_client.executions().search({.names = {name}}));
        QVERIFY(all);
        QCOMPARE(all->rows.size(), size_t(3));
        QVERIFY(all->rows.at(0).started >= all->rows.at(1).started && all->rows.at(1).started >= all->rows.at(2).started);
        const Result<ExecutionPage> second = settled(m_client.executions().search({.names = {name}, .start = 1, .size = 1}));
        QVERIFY(second);
        QCOMPARE(second->total, 3);
        QCOMPARE(second->rows.size(), size_t(1));
        QCOMPARE(second->rows.at(0).id, all->rows.at(1).id);
    }

    void aSearchRowTellsWhatListsShow()
    {
        const QString name = searched();
        const Result<ExecutionPage> running = settled(m_client.executions().search({.names = {name}, .statuses = {u"RUNNING"_s}}));
        QVERIFY(running && running->rows.size() == 1);
        QCOMPARE(running->rows.at(0).status, ExecutionStatus::Running);
        QCOMPARE(running->rows.at(0).durationMs, 0);
        QVERIFY(!running->rows.at(0).ended.isValid());

        const Result<ExecutionPage> terminated = settled(m_client.executions().search({.names = {name}, .statuses = {u"TERMINATED"_s}}));
        QVERIFY(terminated && terminated->rows.size() == 1);
        const ExecutionSummary &row = terminated->rows.at(0);
        QCOMPARE(row.name, name);
        QCOMPARE(row.version, 1);
        QCOMPARE(row.status, ExecutionStatus::Terminated);
        QCOMPARE(row.reason, u"enough"_s);
        QCOMPARE(row.priority, 5);
        QVERIFY(row.parentId.isEmpty());
        QVERIFY(row.started.isValid() && row.ended.isValid() && row.ended >= row.started);
        QVERIFY(qAbs(row.started.secsTo(QDateTime::currentDateTime())) < 600);
    }

    void whatTheServerCannotSearchIsRefused()
    {
        const Executions executions = m_client.executions();
        for (const QString &value : {u"a,b"_s, u"a'b"_s, u"a\"b"_s, u"a(b"_s, u"a AND b"_s})
            QCOMPARE(refusal(settled(executions.search({.correlationId = value}))), u"validation"_s);
        QCOMPARE(refusal(settled(executions.search({.size = 5001}))), u"validation"_s);
    }

    void aParentFindsItsChildren()
    {
        const QString name = named(u"parent"_s);
        const QJsonObject child{{u"name"_s, u"child"_s},
                                {u"taskReferenceName"_s, u"child"_s},
                                {u"type"_s, u"SUB_WORKFLOW"_s},
                                {u"subWorkflowParam"_s, QJsonObject{{u"name"_s, m_pair}, {u"version"_s, 1}}}};
        QVERIFY(settled(m_client.definitions().create(workflow(name, 1, {child}), Definitions::Existing::Refuse)));
        const Result<QString> parent = settled(m_client.executions().start({.name = name}));
        QVERIFY(parent);

        // The server starts a sub-workflow a moment after it has answered.
        QString childId;
        QTRY_VERIFY_WITH_TIMEOUT(!(childId = (*settled(m_client.executions().get(*parent)))->attempts.at(0).subWorkflowId).isEmpty(), 30000);
        const Result<ExecutionPage> children = settled(m_client.executions().search({.parentId = *parent}));
        QVERIFY(children);
        QCOMPARE(children->total, 1);
        QCOMPARE(children->rows.at(0).id, childId);
        QCOMPARE(children->rows.at(0).parentId, *parent);
        const auto run = *settled(m_client.executions().get(childId));
        QCOMPARE(run->parentId, *parent);

        QVERIFY(settled(m_client.executions().terminate({*parent}, u"with all it started"_s)));
        QCOMPARE(statusOf(childId), ExecutionStatus::Terminated);
    }

    // --- acting on executions ---

    void pausesAndResumes()
    {
        const Executions executions = m_client.executions();
        const QString running = started();
        const QString ended = started();
        QVERIFY(settled(executions.terminate({ended}, u"over"_s)));
        const QString unknown = u"00000000-0000-4000-8000-000000000001"_s;

        const Result<BulkOutcome> paused = settled(executions.pause({running, ended, unknown}));
        QVERIFY(paused);
        QCOMPARE(paused->done, QStringList{running});
        QCOMPARE(paused->refused.size(), 2);
        QVERIFY2(paused->refused[ended].contains(u"has ended"_s), qPrintable(paused->refused[ended]));
        QVERIFY2(paused->refused[unknown].contains(u"No such workflow"_s), qPrintable(paused->refused[unknown]));
        QCOMPARE(statusOf(running), ExecutionStatus::Paused);
        QCOMPARE(settled(executions.pause({running}))->done, QStringList{running}); // pausing twice is no fault

        const Result<BulkOutcome> resumed = settled(executions.resume({running, ended}));
        QVERIFY(resumed);
        QCOMPARE(resumed->done, QStringList{running});
        QVERIFY(resumed->refused.contains(ended));
        QCOMPARE(statusOf(running), ExecutionStatus::Running);
        QVERIFY2(settled(executions.resume({running}))->refused[running].contains(u"not PAUSED"_s), "it runs already");
    }

    void terminates()
    {
        const Executions executions = m_client.executions();
        const QString one = started();
        const QString two = started();
        const QString completed = started();
        complete(completed);
        const Result<BulkOutcome> outcome = settled(executions.terminate({one, two, completed}, u"no need & no \"wish\"?"_s));
        QVERIFY(outcome);
        QCOMPARE(QSet<QString>(outcome->done.begin(), outcome->done.end()), (QSet<QString>{one, two}));
        QVERIFY2(outcome->refused[completed].contains(u"COMPLETED"_s), qPrintable(outcome->refused[completed]));

        const auto run = *settled(executions.get(one));
        QCOMPARE(run->status, ExecutionStatus::Terminated);
        QCOMPARE(run->reason, u"no need & no \"wish\"?"_s);
        QVERIFY(run->ended.isValid());
        QCOMPARE(run->attempts.at(0).status, TaskStatus::Canceled);
    }

    void aBulkCallHasLimits()
    {
        const Executions executions = m_client.executions();
        QCOMPARE(refusal(settled(executions.pause({}))), u"validation"_s);
        QStringList many;
        for (int i = 0; i <= 1000; ++i)
            many << u"x%1"_s.arg(i);
        QCOMPARE(refusal(settled(executions.terminate(many, u"all"_s))), u"validation"_s);
    }

    void retriesAFailedRun()
    {
        const Executions executions = m_client.executions();
        const QString running = started();
        QCOMPARE(refusal(settled(executions.retry(running, Executions::SubWorkflows::Leave))), u"conflict"_s); // the server says 404
        const QString completed = started();
        complete(completed);
        QCOMPARE(refusal(settled(executions.retry(completed, Executions::SubWorkflows::Leave))), u"conflict"_s);
        QVERIFY(settled(executions.retry(completed, Executions::SubWorkflows::Resume))); // nothing to do, and nothing said
        QCOMPARE(statusOf(completed), ExecutionStatus::Completed);

        const QString failed = started();
        fail(failed, u"first"_s);
        QCOMPARE(statusOf(failed), ExecutionStatus::Failed);
        QVERIFY(settled(executions.retry(failed, Executions::SubWorkflows::Leave)));
        const auto run = *settled(executions.get(failed));
        QCOMPARE(run->status, ExecutionStatus::Running);
        QCOMPARE(run->attempts.size(), size_t(2));
        QVERIFY(run->attempts.at(0).retried);
        QCOMPARE(run->attempts.at(0).status, TaskStatus::FailedWithTerminalError);
        QCOMPARE(run->attempts.at(0).failureReason(), u"on purpose"_s);
        QCOMPARE(run->attempts.at(1).retryCount, 1);
        QCOMPARE(run->attempts.at(1).retriedTaskId, run->attempts.at(0).id);
        QVERIFY(run->attempts.at(1).failureReason().isEmpty());

        fail(failed, u"first"_s);
        const Result<BulkOutcome> bulk = settled(executions.retry(QStringList{failed, running}));
        QVERIFY(bulk);
        QCOMPARE(bulk->done, QStringList{failed});
        QVERIFY2(bulk->refused[running].contains(u"still running"_s), qPrintable(bulk->refused[running]));
        QCOMPARE((*settled(executions.get(failed)))->attempts.size(), size_t(3));
    }

    void restartsFromTheBeginning()
    {
        const Executions executions = m_client.executions();
        const QString name = named(u"restarted"_s);
        QJsonObject definition = workflow(name, 1, {simpleTask(m_b, u"before"_s)});
        QVERIFY(settled(m_client.definitions().create(definition, Definitions::Existing::Refuse)));
        const QString id = *settled(executions.start({.name = name}));
        const QString running = started();

        QVERIFY(settled(executions.restart({id}, Executions::Definitions::Current))->refused.contains(id)); // it has not ended
        QVERIFY(settled(executions.terminate({id}, u"to begin again"_s)));
        definition[u"tasks"] = QJsonArray{simpleTask(m_b, u"after"_s)};
        QVERIFY(settled(m_client.definitions().create(definition, Definitions::Existing::Replace)));

        const Result<BulkOutcome> outcome = settled(executions.restart({id, running}, Executions::Definitions::Current));
        QVERIFY(outcome);
        QCOMPARE(outcome->done, QStringList{id});
        QVERIFY(outcome->refused.contains(running));
        QCOMPARE(statusOf(id), ExecutionStatus::Running);
        QCOMPARE((*settled(executions.get(id)))->attempts.at(0).ref, u"before"_s);

        QVERIFY(settled(executions.terminate({id}, u"once more"_s)));
        QCOMPARE(settled(executions.restart({id}, Executions::Definitions::Latest))->done, QStringList{id});
        QCOMPARE((*settled(executions.get(id)))->attempts.at(0).ref, u"after"_s);
    }

    void rerunsFromATask()
    {
        const Executions executions = m_client.executions();
        const QString id = started();
        const RerunOrder fromTheBeginning;
        QCOMPARE(refusal(settled(executions.rerun(id, fromTheBeginning))), u"conflict"_s); // it runs
        complete(id);
        QCOMPARE(statusOf(id), ExecutionStatus::Completed);
        const auto before = *settled(executions.get(id));
        QCOMPARE(before->attempts.size(), size_t(2));

        const RerunOrder fromNowhere{.fromTaskId = u"bogus"_s};
        QCOMPARE(refusal(settled(executions.rerun(id, fromNowhere))), u"validation"_s);
        const RerunOrder fromSecond{.fromTaskId = before->attempts.at(1).id, .taskInput = QJsonObject{{u"again"_s, true}}};
        QVERIFY(settled(executions.rerun(id, fromSecond)));
        const auto again = *settled(executions.get(id));
        QCOMPARE(again->status, ExecutionStatus::Running);
        QCOMPARE(again->attempts.size(), size_t(2));
        QCOMPARE(again->attempts.at(0).status, TaskStatus::Completed);
        QCOMPARE(again->attempts.at(1).status, TaskStatus::Scheduled);
        QCOMPARE(again->attempts.at(1).input[u"again"].toBool(), true);

        QVERIFY(settled(executions.terminate({id}, u"to rerun"_s)));
        const RerunOrder anew{.workflowInput = QJsonObject{{u"n"_s, 8}}};
        QVERIFY(settled(executions.rerun(id, anew)));
        const auto whole = *settled(executions.get(id));
        QCOMPARE(whole->attempts.size(), size_t(1));
        QCOMPARE(whole->input[u"n"].toInt(), 8);
    }

    void skipsATaskThatHasNotComeYet()
    {
        const Executions executions = m_client.executions();
        const QString id = started();
        const QJsonObject output{{u"out"_s, 2}, {u"text"_s, u"a&b=[c] ü"_s}, {u"nested"_s, QJsonObject{{u"x"_s, QJsonArray{1, 2}}}}};
        QVERIFY(settled(executions.skipTask(id, u"second"_s, {{u"in"_s, true}}, output)));
        QCOMPARE(refusal(settled(executions.skipTask(id, u"first"_s, {}, {}))), u"conflict"_s);      // the server says 500
        QCOMPARE(refusal(settled(executions.skipTask(id, u"no_such"_s, {}, {}))), u"not_found"_s); // and 500
        finish(id, u"first"_s, u"COMPLETED"_s);
        const auto run = *settled(executions.get(id));
        QCOMPARE(run->status, ExecutionStatus::Completed);
        const auto skipped = std::find_if(run->attempts.begin(), run->attempts.end(), [](const TaskAttempt &attempt) { return attempt.ref == u"second"; });
        QVERIFY(skipped != run->attempts.end());
        QCOMPARE(skipped->status, TaskStatus::Skipped);
        QCOMPARE(skipped->input, (QJsonObject{{u"in"_s, u"true"_s}})); // the server takes texts only
        QCOMPARE(skipped->output, (QJsonObject{{u"out"_s, u"2"_s}, {u"text"_s, u"a&b=[c] ü"_s}, {u"nested"_s, u"{\"x\":[1,2]}"_s}}));
        QCOMPARE(refusal(settled(executions.skipTask(id, u"second"_s, {}, {}))), u"conflict"_s);
    }

    void decidesAndResetsCallbacks()
    {
        const Executions executions = m_client.executions();
        const QString id = started();
        QVERIFY(settled(executions.decide(id)));
        QCOMPARE(statusOf(id), ExecutionStatus::Running);

        // A failed attempt waits 600 s for its retry, until it is made due.
        finish(id, u"first"_s, u"FAILED"_s);
        const auto waiting = *settled(executions.get(id));
        QCOMPARE(waiting->attempts.size(), size_t(2));
        QCOMPARE(waiting->attempts.at(1).status, TaskStatus::Scheduled);
        QCOMPARE(waiting->attempts.at(1).startDelaySeconds, 600);
        QVERIFY(settled(executions.resetCallbacks(id)));
        QCOMPARE(takeUntil(m_a, id).attempt.id, waiting->attempts.at(1).id);

        QVERIFY(settled(executions.terminate({id}, u"over"_s)));
        QCOMPARE(refusal(settled(executions.resetCallbacks(id))), u"conflict"_s);
    }

    void removesForGood()
    {
        const Executions executions = m_client.executions();
        const QString id = started();
        QVERIFY(settled(executions.terminate({id}, u"over"_s)));
        QVERIFY(settled(executions.remove(id)));
        QCOMPARE(refusal(settled(executions.get(id))), u"not_found"_s);
        QCOMPARE(settled(executions.search({.id = id}))->total, 0);
    }

    // --- tasks ---

    void aWorkerTakesAndFinishesTasks()
    {
        const Tasks tasks = m_client.tasks();
        const QString id = started(5);
        const PolledTask task = takeUntil(m_a, id);
        QCOMPARE(task.executionId, id);
        QCOMPARE(task.workflowName, m_pair);
        QCOMPARE(task.responseTimeoutSeconds, 3600);
        QCOMPARE(task.attempt.ref, u"first"_s);
        QCOMPARE(task.attempt.name, m_a);
        QCOMPARE(task.attempt.status, TaskStatus::InProgress);
        QCOMPARE(task.attempt.workerId, u"tc worker/1"_s);
        QCOMPARE(task.attempt.input, (QJsonObject{{u"n"_s, 5}}));

        QCOMPARE(settled(tasks.log(task.attempt.id))->size(), size_t(0)); // the server says 204
        QVERIFY(settled(tasks.addLog(task.attempt.id, u"looked {\"at\": \"it\"}"_s)));
        const TaskUpdate update{.executionId = id, .taskId = task.attempt.id, .status = u"COMPLETED"_s, .output = {{u"sum"_s, 10}},
                                .workerId = u"tc worker/1"_s, .logs = {u"began"_s, u"ended: ü"_s}};
        QVERIFY(settled(tasks.update(update)));
        const Result<PolledTask> read = settled(tasks.get(task.attempt.id));
        QVERIFY(read);
        QCOMPARE(read->executionId, id);
        QCOMPARE(read->attempt.status, TaskStatus::Completed);
        QCOMPARE(read->attempt.output, (QJsonObject{{u"sum"_s, 10}}));
        const Result<std::vector<TaskLogLine>> log = settled(tasks.log(task.attempt.id));
        QVERIFY(log);
        QCOMPARE(log->size(), size_t(3));
        QCOMPARE(log->at(0).text, u"looked {\"at\": \"it\"}"_s);
        QCOMPARE(log->at(1).text, u"began"_s);
        QCOMPARE(log->at(2).text, u"ended: ü"_s);
        QVERIFY(qAbs(log->at(0).created.secsTo(QDateTime::currentDateTime())) < 60);
        QCOMPARE((*settled(m_client.executions().get(id)))->attempts.at(1).ref, u"second"_s);
    }

    void pollingTakesNoMoreThanAskedFor()
    {
        const QString type = named(u"many"_s);
        const QString name = named(u"many_wf"_s);
        QVERIFY(settled(m_client.definitions().create(workflow(name, 1, {simpleTask(type, u"one"_s)}), Definitions::Existing::Refuse)));
        for (int i = 0; i < 3; ++i)
            QVERIFY(settled(m_client.executions().start({.name = name})));
        QCOMPARE(settled(m_client.queues().sizes({type}))->value(type), 3);
        QCOMPARE(settled(m_client.tasks().poll({.taskType = type, .workerId = u"w"_s, .count = 2, .waitMs = 1000}))->size(), size_t(2));
        QCOMPARE(settled(m_client.tasks().poll({.taskType = type, .workerId = u"w"_s, .count = 2, .waitMs = 200}))->size(), size_t(1));
        QCOMPARE(settled(m_client.tasks().poll({.taskType = type, .workerId = u"w"_s}))->size(), size_t(0));
        QCOMPARE(refusal(settled(m_client.tasks().poll({.taskType = type, .waitMs = 5001}))), u"validation"_s);
    }

    void domainsKeepTasksApart()
    {
        const QString id = *settled(m_client.executions().start({.name = m_pair, .taskToDomain = {{u"*"_s, u"tcd"_s}}}));
        const Result<std::vector<PolledTask>> polled = settled(m_client.tasks().poll({.taskType = m_a, .workerId = u"w"_s, .domain = u"tcd"_s, .waitMs = 1000}));
        QVERIFY(polled);
        QCOMPARE(polled->size(), size_t(1));
        QCOMPARE(polled->at(0).executionId, id);
        QCOMPARE(polled->at(0).attempt.domain, u"tcd"_s);
        const Result<std::vector<PollData>> polls = settled(m_client.queues().polls(m_a));
        QVERIFY(polls);
        QVERIFY(std::any_of(polls->begin(), polls->end(), [](const PollData &poll) { return poll.domain == u"tcd" && poll.workerId == u"w"; }));
    }

    void anUpdateThatCannotBeIsRefused()
    {
        const Tasks tasks = m_client.tasks();
        const QString id = started();
        const QString taskId = (*settled(m_client.executions().get(id)))->attempts.at(0).id;
        const TaskUpdate unknownTask{.executionId = id, .taskId = u"no-such-task"_s, .status = u"COMPLETED"_s};
        QCOMPARE(refusal(settled(tasks.update(unknownTask))), u"not_found"_s);
        const TaskUpdate unknownStatus{.executionId = id, .taskId = taskId, .status = u"DONE"_s};
        const Result<Done> refused = settled(tasks.update(unknownStatus));
        QCOMPARE(refusal(refused), u"validation"_s); // the server says 500
        QVERIFY2(refused.error().message.contains(u"COMPLETED"_s), qPrintable(refused.error().message)); // it lists what it knows
        QCOMPARE(refusal(settled(tasks.get(u"no-such-task"_s))), u"not_found"_s);

        // An update of a task that has ended is accepted, and nothing happens.
        finish(id, u"first"_s, u"COMPLETED"_s);
        const TaskUpdate tooLate{.executionId = id, .taskId = taskId, .status = u"FAILED"_s, .reason = u"too late"_s};
        QVERIFY(settled(tasks.update(tooLate)));
        QCOMPARE(settled(tasks.get(taskId))->attempt.status, TaskStatus::Completed);
    }

    void aTaskMayAskToBeCalledBack()
    {
        const QString id = started();
        const PolledTask task = takeUntil(m_a, id);
        const TaskUpdate update{.executionId = id, .taskId = task.attempt.id, .status = u"IN_PROGRESS"_s, .output = {{u"percent"_s, 50}},
                                .callbackAfterSeconds = 300};
        QVERIFY(settled(m_client.tasks().update(update)));
        const Result<PolledTask> read = settled(m_client.tasks().get(task.attempt.id));
        QVERIFY(read);
        QCOMPARE(read->attempt.callbackAfterSeconds, 300);
        QCOMPARE(read->attempt.output[u"percent"].toInt(), 50);
    }

    // --- queues ---

    void queuesTellWhatWaitsAndWhoAsks()
    {
        const QString type = named(u"queued"_s);
        const QString name = named(u"queued_wf"_s);
        QVERIFY(settled(m_client.definitions().create(workflow(name, 1, {simpleTask(type, u"one"_s)}), Definitions::Existing::Refuse)));
        QVERIFY(settled(m_client.executions().start({.name = name})));

        const Result<QueueSizes> some = settled(m_client.queues().sizes({type, u"tc_nobody"_s}));
        QVERIFY(some);
        QCOMPARE(*some, (QueueSizes{{type, 1}, {u"tc_nobody"_s, 0}}));
        const Result<QueueSizes> all = settled(m_client.queues().sizes({}));
        QVERIFY(all);
        QCOMPARE(all->value(type), 1);

        QCOMPARE(settled(m_client.queues().polls(type))->size(), size_t(0)); // nobody has asked yet
        QVERIFY(settled(m_client.tasks().poll({.taskType = type, .workerId = u"asker"_s, .waitMs = 1000})));
        const Result<std::vector<PollData>> polls = settled(m_client.queues().polls(type));
        QVERIFY(polls);
        QCOMPARE(polls->size(), size_t(1));
        QCOMPARE(polls->at(0).queue, type);
        QCOMPARE(polls->at(0).workerId, u"asker"_s);
        QVERIFY(qAbs(polls->at(0).lastPoll.secsTo(QDateTime::currentDateTime())) < 60);
        const Result<std::vector<PollData>> every = settled(m_client.queues().allPolls());
        QVERIFY(every);
        QVERIFY(std::any_of(every->begin(), every->end(), [&](const PollData &poll) { return poll.queue == type && poll.workerId == u"asker"; }));
    }

    // --- the whole ---

    void readsTheOpenApiDocument()
    {
        const Result<QJsonValue> document = settled(m_client.openApi());
        QVERIFY(document);
        const QJsonObject paths = (*document)[u"paths"].toObject();
        QVERIFY(paths.size() > 100);
        QVERIFY(paths.contains(u"/api/workflow/{workflowId}"_s));
    }

    void sendsAnyRequest()
    {
        const Result<QJsonValue> version = settled(m_client.send(get(u"version"_s)));
        QVERIFY(version);
        QCOMPARE(version->toString(), u"3.32.3"_s);                                                // text/plain
        QVERIFY(settled(m_client.send(get(u"tasks"_s, u"queue"_s, u"size"_s).with(u"taskType"_s, m_b)))->isDouble()); // a bare number
        const QString id = started();
        const Result<QJsonValue> nothing = settled(m_client.send(post(u"tasks"_s, id, u"no_such_ref"_s, u"COMPLETED"_s).json(QJsonObject())));
        QVERIFY(nothing);
        QVERIFY(nothing->isNull()); // 200 with an empty body: nothing happened
        QCOMPARE(refusal(settled(m_client.send(get(u"no"_s, u"such"_s, u"path"_s)))), u"not_found"_s);
        QCOMPARE(refusal(settled(m_client.send(del(u"version"_s)))), u"validation"_s); // "Request method 'DELETE' is not supported"
    }

    void anAddressWithoutApiIsToldApart()
    {
        const QUrl bare = support::realServer().resolved(QUrl(u"/"_s));
        const Result<QJsonValue> answer = settled(Client::to(bare.adjusted(QUrl::StripTrailingSlash), fixedKey({})).send(get(u"version"_s)));
        QCOMPARE(refusal(answer), u"protocol"_s);
        QVERIFY2(answer.error().hint.contains(u"/api"_s), qPrintable(answer.error().hint));
    }

    void stopsAndDeadlinesHold()
    {
        std::stop_source stop;
        const Client bound = m_client.within(stop.get_token(), QDeadlineTimer::Forever);
        const PollOrder longPoll{.taskType = named(u"nothing"_s), .workerId = u"w"_s, .waitMs = 5000};
        const Reply<std::vector<PolledTask>> waiting = bound.tasks().poll(longPoll);
        stop.request_stop();
        QCOMPARE(refusal(settled(waiting)), u"cancelled"_s);
        const Client hurried = m_client.within({}, QDeadlineTimer(300));
        QCOMPARE(refusal(settled(hurried.tasks().poll(longPoll))), u"timeout"_s);
        QVERIFY(settled(m_client.queues().sizes({m_a}))); // the connection serves on
    }

    void readsTheSamplesAsTheServerKeepsThem()
    {
        const WorkflowDefinition written = support::sampleDefinition(u"swarm22.definition.json"_s);
        QJsonObject json = written.json;
        json[u"name"] = named(u"swarm"_s);
        QVERIFY(settled(m_client.definitions().create(json, Definitions::Existing::Refuse)));
        const auto kept = *settled(m_client.definitions().get(json[u"name"].toString()));
        QStringList before;
        QStringList after;
        visit(written.tasks, [&](const WorkflowTask &task) { before << task.type + u' ' + task.ref; });
        visit(kept->tasks, [&](const WorkflowTask &task) { after << task.type + u' ' + task.ref; });
        QCOMPARE(after, before);
        QCOMPARE(before.size(), 30);
    }

private:
    // Nobody else's name, also when the server is used again.
    QString named(const QString &part) const { return u"tc_%1_%2"_s.arg(m_run, part); }

    QString started(int n = 1) const
    {
        const Result<QString> id = settled(m_client.executions().start({.name = m_pair, .input = {{u"n"_s, n}}}));
        return id ? *id : QString();
    }

    ExecutionStatus statusOf(const QString &id) const { return settled(m_client.executions().state(id)).value_or(ExecutionState()).status; }

    // Ends the open attempt at a task without polling for it.
    void finish(const QString &id, const QString &ref, const QString &status) const
    {
        const auto run = *settled(m_client.executions().get(id));
        for (const TaskAttempt &attempt : run->attempts) {
            if (attempt.ref != ref || isTerminal(attempt.status))
                continue;
            const TaskUpdate update{.executionId = id, .taskId = attempt.id, .status = status, .reason = status == u"COMPLETED" ? QString() : u"on purpose"_s};
            QVERIFY(settled(m_client.tasks().update(update)));
            return;
        }
        QFAIL("there is no open attempt");
    }

    void fail(const QString &id, const QString &ref) const { finish(id, ref, u"FAILED_WITH_TERMINAL_ERROR"_s); }

    void complete(const QString &id) const
    {
        finish(id, u"first"_s, u"COMPLETED"_s);
        finish(id, u"second"_s, u"COMPLETED"_s);
    }

    // Polls until the task of that execution comes; what others left in the queue comes first.
    PolledTask takeUntil(const QString &type, const QString &id) const
    {
        for (int i = 0; i < 100; ++i) {
            const Result<std::vector<PolledTask>> polled = settled(m_client.tasks().poll({.taskType = type, .workerId = u"tc worker/1"_s, .waitMs = 500}));
            if (polled && !polled->empty() && polled->at(0).executionId == id)
                return polled->at(0);
        }
        return {};
    }

    // A workflow with one run of each: running (r), completed (c), terminated (t).
    QString searched()
    {
        const QString name = named(u"searched"_s);
        if (m_searched)
            return name;
        m_searched = true;
        settled(m_client.definitions().create(workflow(name, 1, {simpleTask(m_a, u"first"_s), simpleTask(m_b, u"second"_s)}), Definitions::Existing::Refuse));
        for (const QString &mark : {u"r"_s, u"c"_s, u"t"_s}) {
            const StartOrder order{.name = name, .input = {{u"word"_s, QString(u"needle-"_s + mark)}}, .correlationId = name + u'-' + mark, .priority = 5};
            const QString id = settled(m_client.executions().start(order)).value_or(QString());
            if (mark == u"c")
                complete(id);
            if (mark == u"t")
                settled(m_client.executions().terminate({id}, u"enough"_s));
        }
        return name;
    }

    const Client m_client = realClient();
    const QString m_run = QString::number(QRandomGenerator::global()->bounded(0x10000000, 0x7fffffff), 16);
    QString m_pair;
    QString m_a;
    QString m_b;
    bool m_searched = false;
};

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
