// Whether the keyboard has been within a widget, and on what it shows now, for long enough that a key is meant for it: whoever types
// elsewhere must not decide anything here. The widget owns it.
#pragma once

#include <QTimer>
#include <QWidget>

#include <chrono>

namespace app {

class SettledFocus : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds pause{1000};

    explicit SettledFocus(QWidget *within);

    bool isSettled() const { return m_settled; }
    void beginAnew(); // something else is shown

Q_SIGNALS:
    void settled();

private:
    void focusMoved(QWidget *from, QWidget *to);

    QWidget *m_within;
    QTimer m_pause;
    bool m_settled = false;
};

} // namespace app
