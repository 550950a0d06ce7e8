// A limit on how long somebody waits for a reply that has no limit of its own, such as one that others wait for too.
#pragma once

#include "conductor/base/reply.h"

#include <QDeadlineTimer>
#include <QTimer>

#include <functional>
#include <stop_token>

namespace conductor {

namespace detail {

// Waits for a reply, a deadline and a stop request, whichever comes first; deletes itself then.
template <typename T>
class Patience : public QObject
{
public:
    Patience(Reply<T> reply, std::stop_token stop, QDeadlineTimer deadline, QString impatience)
        : m_stopped(std::move(stop), [this] { end(Failure({Error::Kind::Cancelled, QStringLiteral("Cancelled")})); })
    {
        connect(&m_watcher, &QFutureWatcherBase::finished, this, [this, reply] { end(answer(reply)); });
        m_watcher.setFuture(reply);
        if (!deadline.isForever()) {
            m_timer.setSingleShot(true);
            m_timer.callOnTimeout(this, [this, impatience] { end(Failure({Error::Kind::Timeout, impatience})); });
            m_timer.start(std::chrono::milliseconds(std::max<qint64>(0, deadline.remainingTime())));
        }
    }

    Reply<T> future() { return m_promise.future(); }

private:
    void end(Result<T> result)
    {
        if (m_over)
            return;
        m_over = true;
        m_timer.stop();
        m_promise.start();
        m_promise.addResult(std::move(result));
        m_promise.finish();
        deleteLater();
    }

    QPromise<Result<T>> m_promise;
    QFutureWatcher<Result<T>> m_watcher;
    QTimer m_timer;
    bool m_over = false;
    std::stop_callback<std::function<void()>> m_stopped; // last: it may fire while it is made
};

} // namespace detail

// The reply's answer, or Timeout with the text, or Cancelled. The reply itself goes on for others.
template <typename T>
Reply<T> patiently(Reply<T> reply, std::stop_token stop, QDeadlineTimer deadline, QString impatience)
{
    auto *patience = new detail::Patience<T>(std::move(reply), std::move(stop), deadline, std::move(impatience)); // deletes itself
    return patience->future();
}

} // namespace conductor
