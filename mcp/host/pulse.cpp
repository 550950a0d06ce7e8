#include "mcp/host/pulse.h"

namespace mcp {

Pulse::Pulse(std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(patience);
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(this, [this] {
        m_timer.start();
        if (!std::exchange(m_pinged, true))
            Q_EMIT doubts();
        else
            Q_EMIT hangs();
    });
}

void Pulse::expect()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void Pulse::hear()
{
    m_pinged = false;
    if (m_timer.isActive())
        m_timer.start();
}

void Pulse::rest()
{
    m_pinged = false;
    m_timer.stop();
}

} // namespace mcp
