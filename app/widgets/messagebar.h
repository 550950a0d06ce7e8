// A line at the top of a page for what needs attention: errors and warnings stay until closed, success goes after 5 s.
#pragma once

#include "conductor/base/result.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QTimer;

namespace app {

class IconButton;
class PlainTextPane;

class MessageBar : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Success, Warning, Error };

    explicit MessageBar(QWidget *parent = nullptr); // hidden

    // action: the text of a button; empty for none. details are folded away behind a button.
    void say(Kind kind, const QString &text, const QString &action = {}, const QString &details = {});
    void sayError(const QString &what, const conductor::Error &error, const QString &action = {});
    void close();

    Kind kind() const { return m_kind; }
    QString text() const;

Q_SIGNALS:
    void actionRequested();
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void tint();

    Kind m_kind = Kind::Info;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_unfold;
    IconButton *m_close;
    PlainTextPane *m_details;
    QTimer *m_timer;
};

} // namespace app
