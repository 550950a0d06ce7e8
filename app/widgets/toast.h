// A short word about something done, at the bottom right of a window for 5 s; with a button when it can be undone.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QTimer;

namespace app {

class Toast : public QWidget
{
    Q_OBJECT

public:
    explicit Toast(QWidget *over); // stays at the bottom right of `over`, which owns it

    void say(const QString &text, const QString &action = {}); // replaces what it says now
    QString text() const;

Q_SIGNALS:
    void actionRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override; // who reads it keeps it
    void leaveEvent(QEvent *event) override;

private:
    void place();

    QLabel *m_text;
    QPushButton *m_action;
    QTimer *m_timer;
};

} // namespace app
