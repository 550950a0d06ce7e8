// Tells a server process when it must end: a signal that asks for it, or the death of who started it.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace mcp {

class Lifeline : public QObject
{
    Q_OBJECT

public:
    // Takes SIGINT, SIGTERM and SIGHUP, ignores SIGPIPE, and watches the parent by a pidfd: PDEATHSIG would fire when the
    // parent's starting thread ends. One per process.
    explicit Lifeline(QObject *parent = nullptr);
    ~Lifeline() override;

Q_SIGNALS:
    void cut(QString why);

private:
    int m_signals[2] = {-1, -1};
    int m_parent = -1;
    std::unique_ptr<QSocketNotifier> m_signalNotifier;
    std::unique_ptr<QSocketNotifier> m_parentNotifier;
};

} // namespace mcp
