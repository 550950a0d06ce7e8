// A change to an AI client's file before it is made: what would stand in it, line by line, and who writes it. The clients page owns it.
#pragma once

#include "mcp/clients/registrar.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace app {

class DiffView;
class MessageBar;

class ChangeReview : public QWidget
{
    Q_OBJECT

public:
    explicit ChangeReview(mcp::Registrar &registrar, QWidget *parent = nullptr);

    void begin(const mcp::ClientPlan &plan);
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void made(const QString &sentence); // with a remark, if there is one
    void again();                       // the file changed meanwhile: plan anew
    void cancelled();

private:
    void build();
    void setBusy(bool busy);
    conductor::Reply<conductor::Done> make();

    mcp::Registrar &m_registrar;
    mcp::ClientPlan m_plan;
    bool m_busy = false;
    QLabel *m_title;
    QLabel *m_sentence;
    MessageBar *m_message;
    DiffView *m_diff;
    QPushButton *m_cancel;
    QPushButton *m_make;
};

} // namespace app
