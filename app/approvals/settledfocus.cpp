#include "app/approvals/settledfocus.h"

#include <QApplication>

namespace app {

SettledFocus::SettledFocus(QWidget *within)
    : QObject(within)
    , m_within(within)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::PreciseTimer); // a coarse one may end early
    m_pause.setInterval(pause);
    m_pause.callOnTimeout(this, [this] {
        m_settled = true;
        Q_EMIT settled();
    });
    connect(qApp, &QApplication::focusChanged, this, &SettledFocus::focusMoved);
}

void SettledFocus::beginAnew()
{
    m_settled = false;
    m_pause.stop();
    if (QWidget *focus = QApplication::focusWidget(); focus && (focus == m_within || m_within->isAncestorOf(focus)))
        m_pause.start();
}

void SettledFocus::focusMoved(QWidget *from, QWidget *to)
{
    const auto isWithin = [this](QWidget *widget) { return widget && (widget == m_within || m_within->isAncestorOf(widget)); };
    if (isWithin(from) != isWithin(to))
        beginAnew();
}

} // namespace app
