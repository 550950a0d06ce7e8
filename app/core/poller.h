// The one loop that keeps something on the screen up to date:
//
//              ┌──────────── wake(): at once ───────────┐
//              ▼                                        │
//   paused ─► ask ─► answered ─► pause ─► ask …         │   pause = fast while something runs, slow otherwise,
//     ▲        │        │          │                    │           after errors slow × 2, × 4 … longest, give or take a quarter
//     └────────┴────────┴──────────┴── setLive(false) ──┘
//
// It starts paused. One question is under way at a time: wake() during one asks again right after it. What is answered while
// paused is still told, but not followed by another question. Its page owns it.
#pragma once

#include "conductor/base/reply.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace app {

// Where a poller's pauses come from; tests have one they move by hand.
class Alarm
{
public:
    virtual ~Alarm() = default;
    virtual void set(std::chrono::milliseconds after, std::function<void()> ring) = 0; // replaces what was set
    virtual void cancel() = 0;

    static std::unique_ptr<Alarm> ofSystem();
};

enum class Activity { Idle, Busy }; // Busy: what was asked about is changing

struct Pace {
    std::chrono::milliseconds fast{1'000};
    std::chrono::milliseconds slow{10'000};
    std::chrono::milliseconds longest{60'000};
};

// The pause after an answer or after the given number of failures in a row; jitter is 0 to 1.
std::chrono::milliseconds pauseAfter(const Pace &pace, Activity activity, int failures, double jitter);

class Poller : public QObject
{
    Q_OBJECT

public:
    using Ask = std::function<conductor::Reply<Activity>()>;

    Poller(Ask ask, Pace pace, QObject *parent = nullptr);
    Poller(Ask ask, Pace pace, std::unique_ptr<Alarm> alarm, std::function<double()> jitter, QObject *parent = nullptr);
    ~Poller() override;

    void setLive(bool live); // true asks at once
    void wake();             // asks now; after the question under way; when it is live again
    bool isLive() const { return m_live; }
    bool isAsking() const { return m_asking; }
    int failures() const { return m_failures; }

Q_SIGNALS:
    void askingChanged(bool asking);

private:
    void ask();
    void answered(const conductor::Result<Activity> &activity);

    Ask m_ask;
    Pace m_pace;
    std::unique_ptr<Alarm> m_alarm;
    std::function<double()> m_jitter;
    bool m_live = false;
    bool m_asking = false;
    bool m_again = false;
    int m_failures = 0;
};

} // namespace app
