// Coroutines of Reply: errors leave them, the death of their object ends them, a stop or a deadline ends a wait.
#include "conductor/base/delay.h"
#include "conductor/base/patience.h"
#include "support/scriptedtransport.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using support::awaited;

namespace {

const Error refused{Error::Kind::Network, u"refused"_s};

Reply<int> number(Result<int> value)
{
    co_await delay(1ms);
    co_return value;
}

Reply<int> sum(Reply<int> a, Reply<int> b)
{
    const int first = co_await a;
    const int second = co_await b;
    co_return first + second;
}

Reply<QString> look(Reply<int> reply)
{
    const Result<int> result = co_await outcome(reply);
    co_return result ? QString::number(*result) : result.error().message;
}

class Owner : public QObject
{
public:
    Reply<int> after(Reply<int> reply)
    {
        const int value = co_await reply;
        ++resumed;
        co_return value;
    }

    static inline int resumed = 0;
};

} // namespace

class TestReply : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesTheValue() { QCOMPARE(awaited(sum(number(2), number(3))).value(), 5); }

    void leavesWithTheFirstError()
    {
        const Result<int> result = awaited(sum(number(Failure(refused)), number(3)));
        QVERIFY(!result);
        QCOMPARE(result.error().message, u"refused"_s);
    }

    void outcomeIsLookedAt()
    {
        QCOMPARE(awaited(look(number(Failure(refused)))).value(), u"refused"_s);
        QCOMPARE(awaited(look(number(7))).value(), u"7"_s);
    }

    void aDroppedPromiseIsCancelled()
    {
        Reply<int> reply;
        {
            QPromise<Result<int>> promise;
            promise.start();
            reply = promise.future();
        }
        const Result<int> result = awaited(sum(reply, number(1)));
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    }

    void endsWithItsObject()
    {
        Owner::resumed = 0;
        QPromise<Result<int>> promise;
        promise.start();
        auto owner = std::make_unique<Owner>();
        const Reply<int> reply = owner->after(promise.future());
        owner.reset();
        promise.addResult(1);
        promise.finish();

        const Result<int> result = awaited(reply);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Cancelled);
        QCOMPARE(Owner::resumed, 0);
    }

    void delayIsCutShort()
    {
        std::stop_source stop;
        const Reply<Done> reply = delay(1h, stop.get_token());
        stop.request_stop();
        const Result<Done> result = awaited(reply);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, Error::Kind::Cancelled);
    }

    void delayStoppedBeforeItBegan()
    {
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(awaited(delay(1h, stop.get_token())).error().kind, Error::Kind::Cancelled);
    }

    void patienceEnds()
    {
        QPromise<Result<int>> promise;
        promise.start();
        const Reply<int> never = promise.future();
        std::stop_source stop;

        const Result<int> late = awaited(patiently(never, {}, QDeadlineTimer(5), u"too late"_s));
        QCOMPARE(late.error().kind, Error::Kind::Timeout);
        QCOMPARE(late.error().message, u"too late"_s);

        const Reply<int> waiting = patiently(never, stop.get_token(), QDeadlineTimer(QDeadlineTimer::Forever), u"too late"_s);
        stop.request_stop();
        QCOMPARE(awaited(waiting).error().kind, Error::Kind::Cancelled);

        QCOMPARE(awaited(patiently(number(4), {}, QDeadlineTimer(5000), u"too late"_s)).value(), 4);
    }
};

QTEST_GUILESS_MAIN(TestReply)
#include "tst_reply.moc"
