#include "app/core/poller.h"

#include <QRandomGenerator>
#include <QTimer>

namespace app {
namespace {

class TimerAlarm : public Alarm
{
public:
    TimerAlarm()
    {
        m_timer.setSingleShot(true);
        m_timer.callOnTimeout([this] { m_ring(); });
    }

    void set(std::chrono::milliseconds after, std::function<void()> ring) override
    {
        m_ring = std::move(ring);
        m_timer.start(after);
    }

    void cancel() override { m_timer.stop(); }

private:
    QTimer m_timer;
    std::function<void()> m_ring;
};

} // namespace

std::unique_ptr<Alarm> Alarm::ofSystem()
{
    return std::make_unique<TimerAlarm>();
}

std::chrono::milliseconds pauseAfter(const Pace &pace, Activity activity, int failures, double jitter)
{
    if (failures == 0)
        return activity == Activity::Busy ? pace.fast : pace.slow;
    const int doublings = std::min(failures - 1, 20);
    const auto pause = std::min<std::chrono::milliseconds>(pace.longest, pace.slow * (1LL << doublings));
    return std::chrono::milliseconds(qint64(double(pause.count()) * (0.75 + 0.5 * jitter)));
}

Poller::Poller(Ask ask, Pace pace, QObject *parent)
    : Poller(std::move(ask), pace, Alarm::ofSystem(), [] { return QRandomGenerator::global()->generateDouble(); }, parent)
{
}

Poller::Poller(Ask ask, Pace pace, std::unique_ptr<Alarm> alarm, std::function<double()> jitter, QObject *parent)
    : QObject(parent)
    , m_ask(std::move(ask))
    , m_pace(pace)
    , m_alarm(std::move(alarm))
    , m_jitter(std::move(jitter))
{
}

Poller::~Poller() = default;

void Poller::setLive(bool live)
{
    if (m_live == live)
        return;
    m_live = live;
    if (live)
        wake();
    else
        m_alarm->cancel();
}

void Poller::wake()
{
    if (!m_live) // becoming live asks anyway
        return;
    m_alarm->cancel();
    if (m_asking)
        m_again = true;
    else
        ask();
}

void Poller::ask()
{
    m_asking = true;
    m_again = false;
    Q_EMIT askingChanged(true);
    const conductor::Reply<Activity> reply = m_ask();
    auto *watcher = new QFutureWatcher<conductor::Result<Activity>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, reply] {
        watcher->deleteLater();
        answered(conductor::answer(reply));
    });
    watcher->setFuture(reply);
}

void Poller::answered(const conductor::Result<Activity> &activity)
{
    m_asking = false;
    m_failures = activity ? 0 : m_failures + 1;
    Q_EMIT askingChanged(false);
    if (!m_live || m_asking) // a listener may have asked again or paused us
        return;
    if (m_again)
        ask();
    else
        m_alarm->set(pauseAfter(m_pace, activity.value_or(Activity::Idle), m_failures, m_jitter()), [this] { ask(); });
}

} // namespace app
