// Transient trouble is retried, but only for calls that may be sent twice, three times at most and within the deadline.
#include "support/scriptedtransport.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::awaited;
using support::ScriptedTransport;

namespace {

const Failure busy(Error{Error::Kind::Server, u"busy"_s, {}, 503, true});
const Failure broken(Error{Error::Kind::Server, u"broken"_s, {}, 500, false});

} // namespace

class TestRetriedTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void triesAgain()
    {
        const auto script = std::make_shared<ScriptedTransport>(std::initializer_list<ScriptedTransport::Answer>{busy, busy, QJsonValue(1)});
        const Result<QJsonValue> result = awaited(retried(script)->send(get(u"x"_s).repeatably()));
        QVERIFY(result);
        QCOMPARE(script->asked.size(), size_t(3));
    }

    void givesUpAfterThreeMore()
    {
        const auto script = std::make_shared<ScriptedTransport>(std::initializer_list<ScriptedTransport::Answer>{busy});
        const Result<QJsonValue> result = awaited(retried(script)->send(get(u"x"_s).repeatably()));
        QVERIFY(!result);
        QCOMPARE(result.error().message, u"busy"_s);
        QCOMPARE(script->asked.size(), size_t(4));
    }

    void neverRepeatsWhatActs()
    {
        const auto script = std::make_shared<ScriptedTransport>(std::initializer_list<ScriptedTransport::Answer>{busy});
        QVERIFY(!awaited(retried(script)->send(get(u"tasks"_s, u"poll"_s))));
        QCOMPARE(script->asked.size(), size_t(1));
    }

    void neverRepeatsARealFailure()
    {
        const auto script = std::make_shared<ScriptedTransport>(std::initializer_list<ScriptedTransport::Answer>{broken});
        QVERIFY(!awaited(retried(script)->send(get(u"x"_s).repeatably())));
        QCOMPARE(script->asked.size(), size_t(1));
    }

    void staysWithinTheDeadline()
    {
        const auto script = std::make_shared<ScriptedTransport>(std::initializer_list<ScriptedTransport::Answer>{busy});
        Request request = get(u"x"_s).repeatably();
        request.deadline = QDeadlineTimer(20); // the first pause is 50 ms or more
        QVERIFY(!awaited(retried(script)->send(request)));
        QCOMPARE(script->asked.size(), size_t(1));
    }

    void givesEveryRequestADeadline()
    {
        const auto script = std::make_shared<ScriptedTransport>();
        QVERIFY(awaited(retried(script)->send(get(u"x"_s))));
        QVERIFY(!script->asked[0].deadline.isForever());
        QVERIFY(script->asked[0].deadline.remainingTime() <= 60000);
    }

    void stopsWaitingWhenStopped()
    {
        const auto script = std::make_shared<ScriptedTransport>(std::initializer_list<ScriptedTransport::Answer>{busy});
        std::stop_source stop;
        Request request = get(u"x"_s).repeatably();
        request.stop = stop.get_token();
        const Reply<QJsonValue> reply = retried(script)->send(request);
        stop.request_stop();
        QCOMPARE(awaited(reply).error().kind, Error::Kind::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestRetriedTransport)
#include "tst_retriedtransport.moc"
