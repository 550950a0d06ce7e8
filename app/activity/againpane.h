// Makes a kept call once more, of a server that is chosen here: shows its arguments and what it would do, asks first when it is more
// than reading, and shows the answer. The activity page owns it.
#pragma once

#include "app/activity/toolrun.h"
#include "app/core/servers.h"
#include "mcp/audit/entry.h"
#include "mcp/server/toolregistry.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace app {

class JsonView;
class LoadingBar;
class MessageBar;
class StatusBadge;

class AgainPane : public QWidget
{
    Q_OBJECT

public:
    AgainPane(Servers &servers, CarryOut carryOut, QWidget *parent = nullptr);

    void show(const mcp::AuditEntry &call);
    using QWidget::show;
    void focusFirst();
    bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void backRequested();
    void called(); // it is in the audit now

private:
    QWidget *buildQuestion();
    void showServers();
    void judge();
    const ServerEntry *chosen() const;
    conductor::Reply<conductor::Done> run();
    void showAnswer(const ToolAnswer &answer);

    Servers &m_servers;
    CarryOut m_carryOut;
    std::shared_ptr<const mcp::ToolRegistry> m_effects; // made when first needed
    ToolCall m_call;
    bool m_busy = false;

    QWidget *m_back;
    QLabel *m_title;
    QComboBox *m_server;
    QLabel *m_effect;
    QCheckBox *m_sure;
    QPushButton *m_run;
    LoadingBar *m_loading;
    MessageBar *m_message;
    JsonView *m_arguments;
    JsonView *m_answer;
};

} // namespace app
