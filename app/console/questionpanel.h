// What the server asks the person while a call runs: its words, a form for the answer, and three ways to answer. Several wait in a row.
#pragma once

#include "mcp/caller/conversation.h"

#include <QFrame>

#include <deque>

class QLabel;
class QPushButton;
class QScrollArea;

namespace app {

class ArgumentForm;

class QuestionPanel : public QFrame
{
    Q_OBJECT

public:
    explicit QuestionPanel(QWidget *parent = nullptr); // hidden

    void ask(const mcp::Inquiry &inquiry);
    void withdraw(const QString &inquiry);
    void forgetAll();

Q_SIGNALS:
    // action: accept, decline or cancel
    void answered(const QString &inquiry, const QString &action, const QJsonObject &content);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showFirst();
    void fitForm();
    void accept();
    void leave(const QString &action, const QJsonObject &content = {});

    std::deque<mcp::Inquiry> m_waiting;
    QLabel *m_title;
    QLabel *m_message;
    ArgumentForm *m_form;
    QScrollArea *m_scroll;
    QPushButton *m_accept;
    QPushButton *m_decline;
    QPushButton *m_cancel;
};

} // namespace app
