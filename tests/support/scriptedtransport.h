// Answers requests with what the test scripted, in order, and remembers what was asked. For pure mapping of request and
// answer, and for what a real server cannot be made to say.
#pragma once

#include "conductor/api/transport.h"

#include <deque>
#include <vector>

namespace support {

class ScriptedTransport : public conductor::Transport
{
public:
    using Answer = conductor::Result<QJsonValue>;

    ScriptedTransport() = default;
    explicit ScriptedTransport(std::initializer_list<Answer> answers) : m_answers(answers) {}

    void then(Answer answer) { m_answers.push_back(std::move(answer)); }

    // The next scripted answer; the last one again when none is left.
    conductor::Reply<QJsonValue> send(conductor::Request request) override;

    std::vector<conductor::Request> asked;

private:
    std::deque<Answer> m_answers;
};

// Waits for the reply and hands its Result on.
template <typename T>
conductor::Result<T> awaited(conductor::Reply<T> reply, int patienceMs = 5000);

// "GET /workflow/search?size=20": how a test compares what was asked.
QString line(const conductor::Request &request);

} // namespace support

#include <QEventLoop>
#include <QFutureWatcher>
#include <QTest>
#include <QTimer>

template <typename T>
conductor::Result<T> support::awaited(conductor::Reply<T> reply, int patienceMs)
{
    if (!reply.isFinished()) { // QTest::qWaitFor naps for 10 ms between its looks, which is long for a chain of replies
        QEventLoop loop;
        QFutureWatcher<conductor::Result<T>> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        QTimer::singleShot(patienceMs, &loop, &QEventLoop::quit);
        watcher.setFuture(reply);
        loop.exec();
    }
    if (!reply.isFinished())
        return conductor::Failure({conductor::Error::Kind::Timeout, QStringLiteral("The test waited %1 ms for an answer").arg(patienceMs)});
    return conductor::answer(reply);
}
