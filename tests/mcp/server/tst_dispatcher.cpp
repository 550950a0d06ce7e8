// Every call is told to the audit once: what changes something before its tool runs, all others after; and the metrics count them.
#include "mcp/server/dispatcher.h"

#include "conductor/base/delay.h"
#include "support/scriptedtransport.h"

#include <QPromise>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;
using support::awaited;

namespace {

class RememberedTrail : public AuditTrail
{
public:
    Begun begin(AuditedCall call) override
    {
        told << u"begin "_s + call.tool;
        calls << call;
        promise.start();
        return {7, promise.future()};
    }
    void end(Ticket ticket, AuditedEnd end) override
    {
        told << u"end %1 %2"_s.arg(ticket).arg(word(end.outcome));
        ends << end;
    }
    void add(AuditedCall call, AuditedEnd end) override
    {
        told << u"add %1 %2"_s.arg(call.tool, word(end.outcome));
        calls << call;
        ends << end;
    }

    void keep()
    {
        promise.addResult(Done{});
        promise.finish();
    }

    QStringList told;
    QList<AuditedCall> calls;
    QList<AuditedEnd> ends;
    QPromise<Result<Done>> promise;
};

Reply<Answer> waitForStop(Call call)
{
    co_await delay(std::chrono::hours(1), call.stop);
    co_return Answer{};
}

Reply<Answer> startAndWait(Call call)
{
    (void)co_await outcome(delay(std::chrono::hours(1), call.stop));
    co_return Answer{.text = u"it runs as 17"_s};
}

} // namespace

class TestDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        freeze = std::make_shared<FreezeFile>(directory->filePath(u"policy.json"_s));
        trail = std::make_shared<RememberedTrail>();
        metrics = std::make_shared<Metrics>();
        auto tools = std::make_shared<ToolRegistry>();
        tools->add(tool(u"reads"_s, Effect::Kind::Read, [](Call call) {
            call.observer(std::chrono::milliseconds(2), 200);
            call.observer(std::chrono::milliseconds(3), 0);
            return answered<Answer>(Answer{.text = u"hi"_s});
        }));
        tools->add(tool(u"changes"_s, Effect::Kind::Change, [this](Call) {
            trail->told << u"made"_s;
            return answered<Answer>(Answer{.text = u"done"_s});
        }));
        tools->add(tool(u"fails"_s, Effect::Kind::Read, [](Call) { return answered<Answer>(Failure({Error::Kind::NotFound, u"No such thing"_s})); }));
        tools->add(tool(u"waits"_s, Effect::Kind::Change, waitForStop));
        tools->add(tool(u"starts"_s, Effect::Kind::Add, startAndWait));
        dispatcher = std::make_unique<Dispatcher>(Dispatcher::Setup{.tools = tools, .freeze = freeze, .audit = trail, .metrics = metrics});
    }

    void aReadIsKeptAfterwards()
    {
        QVERIFY(awaited(call(u"reads"_s, {{u"n"_s, 1}})));
        QCOMPARE(trail->told, QStringList{u"add reads ok"_s});
        QCOMPARE(trail->calls[0].client.name, u"tester"_s);
        QCOMPARE(trail->calls[0].arguments, (QJsonObject{{u"n"_s, 1}}));
        QCOMPARE(trail->ends[0].requests, 2);
        QCOMPARE(trail->ends[0].answer.text, u"hi"_s);
        QVERIFY(metrics->prometheusText().contains("conductor_request_seconds_count{status=\"none\"} 1\n"));
    }

    void aChangeIsKeptBeforeItIsMade()
    {
        const Reply<Answer> reply = call(u"changes"_s);
        QCoreApplication::processEvents();
        QCOMPARE(trail->told, QStringList{u"begin changes"_s}); // it waits for its row
        trail->keep();
        QVERIFY(awaited(reply));
        QCOMPARE(trail->told, QStringList({u"begin changes"_s, u"made"_s, u"end 7 ok"_s}));
    }

    void whatIsNotMadeIsKeptToo()
    {
        QVERIFY(awaited(call(u"changes"_s, {{u"n"_s, u"not a number"_s}}))->isError);
        QVERIFY(awaited(call(u"fails"_s))->isError);
        QVERIFY(freeze->set(Freeze::ReadOnly));
        QVERIFY(awaited(call(u"changes"_s))->isError);
        QCOMPARE(trail->told, QStringList({u"add changes invalid"_s, u"add fails error"_s, u"add changes refused"_s}));
        QVERIFY(trail->ends[1].answer.text.contains(u"No such thing"));
        QCOMPARE(metrics->calls(), 3);
        QVERIFY(metrics->prometheusText().contains("mcp_errors_total 3\n"));
    }

    void aCancelledCallIsKept()
    {
        std::stop_source stop;
        const Reply<Answer> reply = dispatcher->call(u"waits"_s, {.stop = stop.get_token()});
        trail->keep();
        QCoreApplication::processEvents();
        stop.request_stop();
        QVERIFY(!awaited(reply));
        QCOMPARE(trail->told, QStringList({u"begin waits"_s, u"end 7 cancelled"_s}));
    }

    // What a tool had done before it was cancelled must not be lost with the answer that nobody hears.
    void aCancelledCallThatAnswersIsKeptWithItsAnswer()
    {
        std::stop_source stop;
        const Reply<Answer> reply = dispatcher->call(u"starts"_s, {.stop = stop.get_token()});
        trail->keep();
        QCoreApplication::processEvents();
        stop.request_stop();
        QVERIFY(awaited(reply));
        QCOMPARE(trail->told, QStringList({u"begin starts"_s, u"end 7 cancelled"_s}));
        QCOMPARE(trail->ends[0].answer.text, u"it runs as 17"_s);
    }

    void aCallThatTheServerDoesNotOutliveIsUnknown()
    {
        const Reply<Answer> reply = call(u"waits"_s);
        trail->keep();
        QCoreApplication::processEvents();
        dispatcher.reset();
        QCOMPARE(trail->told, QStringList({u"begin waits"_s, u"end 7 unknown"_s}));
    }

private:
    static Tool tool(const QString &name, Effect::Kind effect, std::function<Reply<Answer>(Call)> made)
    {
        return {.name = name,
                .title = u"Title"_s,
                .description = u"Description"_s,
                .inputSchema = {{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"n"_s, QJsonObject{{u"type"_s, u"integer"_s}}}}}},
                .hints = {},
                .effect = [effect](const QJsonObject &) { return Effect{effect, u"1 thing"_s}; },
                .call = std::move(made)};
    }

    Reply<Answer> call(const QString &tool, const QJsonObject &arguments = {})
    {
        return dispatcher->call(tool, {.arguments = arguments, .identity = {u"tester"_s, u"1.0"_s, u"2025-11-25"_s}});
    }

    std::unique_ptr<QTemporaryDir> directory;
    std::shared_ptr<FreezeFile> freeze;
    std::shared_ptr<RememberedTrail> trail;
    std::shared_ptr<Metrics> metrics;
    std::unique_ptr<Dispatcher> dispatcher;
};

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"
