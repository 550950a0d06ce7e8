// AI clients and the servers that serve them: who is connected, how their processes do, and what went through. The window owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "mcp/host/sessioninfo.h"

class QPushButton;
class QStackedWidget;
class QTimer;

namespace app {

class EmptyState;
class Hosting;
class MessageBar;
class PageHeader;
class SessionDetail;
class SessionsModel;
class Table;

class McpPage : public Page
{
    Q_OBJECT

public:
    McpPage(Hosting &hosting, Clock clock, QWidget *parent = nullptr);

    void setLive(bool live) override;
    void refresh() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void clientsWanted(); // to connect one more

private:
    void build();
    void buildTable();
    void showSessions();
    void showSelected();
    void tick();
    const mcp::SessionInfo *selected() const;

    Hosting &m_hosting;
    Clock m_clock;

    PageHeader *m_header;
    QPushButton *m_connect = nullptr;
    MessageBar *m_message;
    QStackedWidget *m_stack;
    Table *m_table;
    SessionsModel *m_sessions;
    EmptyState *m_empty;
    SessionDetail *m_detail;
    QTimer *m_tick;
};

} // namespace app
