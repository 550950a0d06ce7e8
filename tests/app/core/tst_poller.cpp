// The poll loop: fast while something runs, slow otherwise, paused while hidden, backing off on errors, never two at a time.
#include "app/core/poller.h"

#include <QtTest>

#include <deque>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using app::Activity;
using app::Pace;
using app::Poller;
using conductor::Error;
using conductor::Failure;
using conductor::Result;

namespace {

constexpr Pace pace{1s, 10s, 60s};

// Time that moves when the test says so.
struct Hand {
    std::optional<std::chrono::milliseconds> pause;
    std::function<void()> ring;
};

class HandAlarm : public app::Alarm
{
public:
    explicit HandAlarm(Hand &hand) : m_hand(hand) {}

    void set(std::chrono::milliseconds after, std::function<void()> ring) override
    {
        m_hand.pause = after;
        m_hand.ring = std::move(ring);
    }
    void cancel() override { m_hand.pause.reset(); }

private:
    Hand &m_hand;
};

} // namespace

class TestPoller : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_hand = {};
        m_asked.clear();
        m_poller = std::make_unique<Poller>(
            [this] {
                m_asked.emplace_back().start();
                return m_asked.back().future();
            },
            pace, std::make_unique<HandAlarm>(m_hand), [] { return 0.5; });
    }

    void cleanup() { m_poller.reset(); }

    void pausesByWhatItHeard_data()
    {
        QTest::addColumn<Activity>("activity");
        QTest::addColumn<int>("failures");
        QTest::addColumn<double>("jitter");
        QTest::addColumn<qint64>("pause");
        QTest::newRow("busy") << Activity::Busy << 0 << 0.5 << qint64(1'000);
        QTest::newRow("idle") << Activity::Idle << 0 << 0.5 << qint64(10'000);
        QTest::newRow("first failure") << Activity::Idle << 1 << 0.5 << qint64(10'000);
        QTest::newRow("second") << Activity::Idle << 2 << 0.5 << qint64(20'000);
        QTest::newRow("third, least jitter") << Activity::Idle << 3 << 0.0 << qint64(30'000);
        QTest::newRow("longest") << Activity::Idle << 4 << 0.5 << qint64(60'000);
        QTest::newRow("after a weekend") << Activity::Idle << 5'000 << 1.0 << qint64(75'000);
    }

    void pausesByWhatItHeard()
    {
        QFETCH(Activity, activity);
        QFETCH(int, failures);
        QFETCH(double, jitter);
        QTEST(qint64(app::pauseAfter(pace, activity, failures, jitter).count()), "pause");
    }

    void asksWhenItBecomesLiveAndAgainAfterThePause()
    {
        QCOMPARE(m_asked.size(), size_t(0));
        m_poller->setLive(true);
        QCOMPARE(m_asked.size(), size_t(1));

        answer(Activity::Busy);
        QCOMPARE(m_hand.pause, 1s);
        m_hand.ring();
        QCOMPARE(m_asked.size(), size_t(2));

        answer(Activity::Idle);
        QCOMPARE(m_hand.pause, 10s);
    }

    void neverAsksTwiceAtATime()
    {
        m_poller->setLive(true);
        m_poller->wake();
        m_poller->wake();
        QCOMPARE(m_asked.size(), size_t(1));

        answer(Activity::Idle); // woken meanwhile: asks at once, and only once more
        QCOMPARE(m_asked.size(), size_t(2));
        answer(Activity::Idle);
        QCOMPARE(m_asked.size(), size_t(2));
        QCOMPARE(m_hand.pause, 10s);
    }

    void wakesAtOnceFromAPause()
    {
        m_poller->setLive(true);
        answer(Activity::Idle);
        m_poller->wake();
        QCOMPARE(m_asked.size(), size_t(2));
        QVERIFY(!m_hand.pause);
    }

    void restsWhileHidden()
    {
        m_poller->setLive(true);
        m_poller->setLive(false);
        answer(Activity::Busy);
        QVERIFY(!m_hand.pause);
        m_poller->wake();
        QCOMPARE(m_asked.size(), size_t(1));

        m_poller->setLive(true);
        QCOMPARE(m_asked.size(), size_t(2));
    }

    void backsOffAndRecovers()
    {
        m_poller->setLive(true);
        answer(Failure({Error::Kind::Network, u"down"_s}));
        QCOMPARE(m_hand.pause, 10s);
        m_hand.ring();
        answer(Failure({Error::Kind::Network, u"down"_s}));
        QCOMPARE(m_hand.pause, 20s);
        QCOMPARE(m_poller->failures(), 2);
        m_hand.ring();
        answer(Activity::Busy);
        QCOMPARE(m_hand.pause, 1s);
        QCOMPARE(m_poller->failures(), 0);
    }

    void diesWhileAQuestionIsUnderWay()
    {
        m_poller->setLive(true);
        m_poller.reset();
        m_asked.back().addResult(Result<Activity>(Activity::Idle));
        m_asked.back().finish();
        QCoreApplication::processEvents();
        QVERIFY(!m_hand.pause);
    }

private:
    void answer(Result<Activity> activity)
    {
        QSignalSpy asking(m_poller.get(), &Poller::askingChanged);
        m_asked.back().addResult(std::move(activity));
        m_asked.back().finish();
        QTRY_VERIFY(!asking.isEmpty());
    }

    Hand m_hand;
    std::deque<QPromise<Result<Activity>>> m_asked;
    std::unique_ptr<Poller> m_poller;
};

QTEST_GUILESS_MAIN(TestPoller)
#include "tst_poller.moc"
