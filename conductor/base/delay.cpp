#include "conductor/base/delay.h"

#include <QTimer>

#include <functional>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

// Lives from the start of the pause to its end, whichever way it ends.
class Pause : public QTimer
{
public:
    explicit Pause(std::stop_token stop)
        : m_stopped(std::move(stop), [this] { end(Failure({Error::Kind::Cancelled, u"Cancelled"_s})); })
    {
        setSingleShot(true);
        callOnTimeout(this, [this] { end(Done{}); });
    }

    Reply<Done> begin(std::chrono::milliseconds time)
    {
        m_promise.start();
        const Reply<Done> reply = m_promise.future();
        if (m_over)
            finish();
        else
            start(time);
        return reply;
    }

private:
    void end(Result<Done> result)
    {
        if (m_over)
            return;
        m_over = true;
        m_result = std::move(result);
        if (m_promise.future().isStarted())
            finish();
    }

    void finish()
    {
        m_promise.addResult(m_result);
        m_promise.finish();
        deleteLater();
    }

    QPromise<Result<Done>> m_promise;
    Result<Done> m_result = Done{};
    bool m_over = false;
    std::stop_callback<std::function<void()>> m_stopped; // last: it may fire while it is made
};

} // namespace

Reply<Done> delay(std::chrono::milliseconds time, std::stop_token stop)
{
    auto *pause = new Pause(std::move(stop)); // deletes itself
    return pause->begin(time);
}

} // namespace conductor
