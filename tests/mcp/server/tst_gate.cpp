// A call that a person is to be asked about is not made before they allowed it: at the desk, else through the client, each time about
// what the server holds then. Denied, unanswered, cancelled and frozen calls are never made, and say why.
#include "mcp/server/dispatcher.h"

#include "support/scriptedtransport.h"

#include <QPromise>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;
using support::awaited;

namespace {

class ScriptedDesk : public Desk
{
public:
    Reply<bool> isThere(const QObject *) override { return answered<bool>(present); }
    Reply<Decision> ask(const QObject *, ApprovalRequest request, std::stop_token stop) override
    {
        requests << request;
        if (leaves)
            return answered<Decision>(Failure({Error::Kind::NotFound, u"No companion"_s}));
        if (!decisions.isEmpty())
            return answered<Decision>(decisions.takeFirst());
        held.start(); // until it is stopped
        stopped.emplace(std::move(stop), [this] {
            held.addResult(Failure({Error::Kind::Cancelled, u"stopped"_s}));
            held.finish();
        });
        return held.future();
    }

    bool present = true;
    bool leaves = false; // before it could be asked
    QList<Decision> decisions;
    QList<ApprovalRequest> requests;
    QPromise<Result<Decision>> held;
    std::optional<std::stop_callback<std::function<void()>>> stopped;
};

class ScriptedClient : public Interaction
{
public:
    bool can(QStringView capability) const override { return capable && capability == u"elicitation"; }
    Reply<QJsonObject> ask(std::vector<Question> questions) override
    {
        asked << questions.front().params[u"message"].toString();
        keys << questions.front().key;
        return answered<QJsonObject>(QJsonObject{{questions.front().key, answer}});
    }

    bool capable = true;
    QJsonObject answer;
    QStringList asked;
    QStringList keys;
};

const QJsonObject accepted{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"allow"_s, true}}}};

} // namespace

class TestGate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        freeze = std::make_shared<FreezeFile>(directory->filePath(u"policy.json"_s));
        policy = std::make_shared<Policy>();
        desk = std::make_shared<ScriptedDesk>();
        client = std::make_shared<ScriptedClient>();
        made = 0;
        looked = 0;
        states = {};
        auto tools = std::make_shared<ToolRegistry>();
        tools->add({.name = u"conductor_terminate_workflow"_s,
                    .title = u"Terminate executions"_s,
                    .description = u"Description"_s,
                    .inputSchema = {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject()}},
                    .hints = {},
                    .effect = [](const QJsonObject &) { return Effect{.kind = Effect::Kind::Destroy, .on = u"execution 1"_s, .runs = 1}; },
                    .premise = [this](Call) {
                        ++looked;
                        const QString state = states.size() > 1 ? states.takeFirst() : states.value(0);
                        return answered<Premise>(Premise{.state = state, .facts = {u"order 1: "_s + state}});
                    },
                    .call = [this](Call) {
                        ++made;
                        return answered<Answer>(Answer{.text = u"done"_s});
                    }});
        dispatcher = std::make_unique<Dispatcher>(Dispatcher::Setup{
            .tools = tools, .freeze = freeze, .gate = std::make_shared<Gate>(Gate::Setup{policy, desk, [] { return u"shop"_s; }})});
        outcomes = std::make_unique<QSignalSpy>(dispatcher.get(), &Dispatcher::called);
    }

    void theDeskAllows()
    {
        desk->decisions = {Decision::Allow};
        const Result<Answer> answer = awaited(call());
        QVERIFY(answer && !answer->isError);
        QCOMPARE(made, 1);
        const ApprovalRequest &asked = desk->requests.first();
        QCOMPARE(asked.client, u"tester"_s);
        QCOMPARE(asked.profile, u"shop"_s);
        QCOMPARE(asked.premise.facts.size(), 1);
        QCOMPARE(asked.patience, std::chrono::milliseconds(Rules::usualPatience));
        QVERIFY(outcomes->first().first().value<Dispatcher::Outcome>().effect.on.contains(u"approved in Conductor Companion"));
        QCOMPARE(client->asked.size(), 0); // the person is at the desk
    }

    void theDeskDoesNot_data()
    {
        QTest::addColumn<int>("decision");
        QTest::addColumn<QString>("told");
        QTest::newRow("denies") << int(Decision::Deny) << u"denied"_s;
        QTest::newRow("nobody answers") << int(Decision::TimedOut) << u"make exactly this call again within 10 minutes"_s;
        QTest::newRow("goes meanwhile") << int(Decision::Lost) << u"ended before"_s;
    }

    void theDeskDoesNot()
    {
        QFETCH(int, decision);
        QFETCH(QString, told);
        desk->decisions = {Decision(decision)};
        const Result<Answer> answer = awaited(call());
        QVERIFY(answer && answer->isError);
        QVERIFY2(answer->text.contains(told), qPrintable(answer->text));
        QCOMPARE(made, 0);
        QVERIFY(outcomes->first().first().value<Dispatcher::Outcome>().refused);
    }

    void whatChangedMeanwhileIsAskedAnew()
    {
        states = {u"RUNNING"_s, u"PAUSED"_s};
        desk->decisions = {Decision::Allow, Decision::Allow};
        QVERIFY(!awaited(call())->isError);
        QCOMPARE(desk->requests.size(), 2);
        QVERIFY(desk->requests[0].digest != desk->requests[1].digest);
        QCOMPARE(made, 1);
    }

    void whatNeverStandsStillIsRefused()
    {
        states = {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s};
        desk->decisions = {Decision::Allow, Decision::Allow, Decision::Allow, Decision::Allow};
        QVERIFY(awaited(call())->isError);
        QCOMPARE(made, 0);
    }

    void aCancelledCallIsTakenBack()
    {
        std::stop_source stop;
        const Reply<Answer> reply = call(stop.get_token());
        QTRY_COMPARE(desk->requests.size(), 1);
        stop.request_stop();
        QVERIFY(!awaited(reply));
        QCOMPARE(made, 0);
    }

    void freezingEndsTheWaiting()
    {
        freeze->watch();
        const Reply<Answer> reply = call();
        QTRY_COMPARE(desk->requests.size(), 1);
        QVERIFY(freeze->set(Freeze::ReadOnly));
        const Result<Answer> answer = awaited(reply);
        QVERIFY(answer && answer->isError && answer->text.contains(u"read only"));
        QCOMPARE(made, 0);
    }

    void withoutADeskTheClientAsks()
    {
        desk->present = false;
        client->answer = accepted;
        states = {u"<b>RUNNING</b>\u202e"_s};
        QVERIFY(!awaited(call())->isError);
        QCOMPARE(made, 1);
        QVERIFY2(client->asked.first().contains(u"shop") && !client->asked.first().contains(u'\u202e'), qPrintable(client->asked.first()));
    }

    void aCompanionThatLeavesFirstIsAsNone()
    {
        desk->leaves = true;
        client->answer = accepted;
        QVERIFY(!awaited(call())->isError);
        QCOMPARE(client->asked.size(), 1);
        client->capable = false;
        policy->production = true;
        QVERIFY(awaited(call())->isError);
        QCOMPARE(made, 1);
    }

    void theClientsPersonDenies_data()
    {
        QTest::addColumn<QJsonObject>("answer");
        QTest::newRow("declined") << QJsonObject{{u"action"_s, u"decline"_s}};
        QTest::newRow("cancelled") << QJsonObject{{u"action"_s, u"cancel"_s}};
        QTest::newRow("accepted without allowing") << QJsonObject{{u"action"_s, u"accept"_s}, {u"content"_s, QJsonObject{{u"allow"_s, false}}}};
        QTest::newRow("nothing") << QJsonObject();
    }

    void theClientsPersonDenies()
    {
        QFETCH(QJsonObject, answer);
        desk->present = false;
        client->answer = answer;
        QVERIFY(awaited(call())->isError);
        QCOMPARE(made, 0);
    }

    void anAnswerToSomethingElseDoesNotCount()
    {
        desk->present = false;
        client->answer = accepted;
        states = {u"RUNNING"_s, u"PAUSED"_s, u"PAUSED"_s};
        QVERIFY(!awaited(call())->isError);
        QCOMPARE(client->keys.size(), 2);
        QVERIFY(client->keys[0] != client->keys[1]);
    }

    void whoCannotBeAskedMayOutsideProduction()
    {
        desk->present = false;
        client->capable = false;
        QVERIFY(!awaited(call())->isError);
        QCOMPARE(made, 1);
        QCOMPARE(looked, 0); // there is nobody to show it to
        QVERIFY(outcomes->first().first().value<Dispatcher::Outcome>().effect.on.contains(u"nobody to ask"));
        policy->production = true;
        const Result<Answer> answer = awaited(call());
        QVERIFY(answer->isError && answer->text.contains(u"production"));
        QCOMPARE(made, 1);
    }

    void whatIsAllowedIsNotAskedAbout()
    {
        policy->rules.freeRuns = 2;
        QVERIFY(!awaited(call())->isError);
        QCOMPARE(desk->requests.size(), 0);
    }

    void whatIsDeniedIsNotAskedAbout()
    {
        policy->rules.effects[Effect::Kind::Destroy] = Verdict::Deny;
        QVERIFY(awaited(call())->isError);
        QCOMPARE(desk->requests.size(), 0);
        QCOMPARE(made, 0);
    }

private:
    Reply<Answer> call(std::stop_token stop = {})
    {
        return dispatcher->call(u"conductor_terminate_workflow"_s, {.stop = std::move(stop), .client = client, .identity = {u"tester"_s, u"1.0"_s, u"2025-11-25"_s}});
    }

    std::unique_ptr<QTemporaryDir> directory;
    std::shared_ptr<FreezeFile> freeze;
    std::shared_ptr<Policy> policy;
    std::shared_ptr<ScriptedDesk> desk;
    std::shared_ptr<ScriptedClient> client;
    std::unique_ptr<Dispatcher> dispatcher;
    std::unique_ptr<QSignalSpy> outcomes;
    QStringList states; // what the premise finds, one look after the other
    int made = 0;
    int looked = 0; // at the premise
};

QTEST_GUILESS_MAIN(TestGate)
#include "tst_gate.moc"
