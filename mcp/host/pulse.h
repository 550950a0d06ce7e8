// Notices a server that does not answer any more. While a client waits and nothing is heard, the server is pinged once; when that
// brings nothing either it hangs. A server nobody waits for is left in peace. The relay owns it.
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace mcp {

class Pulse : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds usualPatience{10}; // before the ping, and again after it

    explicit Pulse(std::chrono::milliseconds patience = usualPatience, QObject *parent = nullptr);

    void setPatience(std::chrono::milliseconds patience) { m_timer.setInterval(patience); }

    void expect(); // a client waits from now on
    void hear();   // the server said something
    void rest();   // nobody waits

    bool isWaiting() const { return m_timer.isActive(); }

Q_SIGNALS:
    void doubts(); // ping it
    void hangs();

private:
    QTimer m_timer;
    bool m_pinged = false;
};

} // namespace mcp
