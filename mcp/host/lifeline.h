// Tells a process when it must end: a signal that asks for it and, for a server, the death of who started it.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace mcp {

class Lifeline : public QObject
{
    Q_OBJECT

public:
    enum class Watch { SignalsAndParent, Signals };

    // Takes SIGINT, SIGTERM and, unless it is ignored as under nohup, SIGHUP; ignores SIGPIPE. The parent is watched by a pidfd:
    // PDEATHSIG would fire when the parent's starting thread ends. One per process.
    explicit Lifeline(Watch watch = Watch::SignalsAndParent, QObject *parent = nullptr);
    ~Lifeline() override;

Q_SIGNALS:
    void cut(QString why);

private:
    void takeSignals();
    void watchParent();

    int m_signals[2] = {-1, -1};
    int m_parent = -1;
    std::unique_ptr<QSocketNotifier> m_signalNotifier;
    std::unique_ptr<QSocketNotifier> m_parentNotifier;
};

} // namespace mcp
