// AI clients and the servers that serve them: who is connected, how their processes do, and what went through. The window owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/widgets/savepath.h"
#include "mcp/host/sessioninfo.h"

#include <memory>

class QPushButton;
class QStackedWidget;
class QTimer;

namespace app {

class AuditReader;
class EmptyState;
class Hosting;
class MessageBar;
class OthersPanel;
class PageHeader;
class SessionDetail;
class SessionsModel;
class Table;

class McpPage : public Page
{
    Q_OBJECT

public:
    McpPage(Hosting &hosting, Clock clock, AskSavePath askPath = askSavePath, QWidget *parent = nullptr);
    ~McpPage() override;

    void setLive(bool live) override;
    void refresh() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void clientsWanted(); // to connect one more
    void storyRequested(const QString &client, const QList<qint64> &pids); // of one session

private:
    void build();
    void buildTable();
    void showSessions();
    void showSelected();
    void tick();
    conductor::Reply<conductor::Done> readCalls();
    conductor::Reply<conductor::Done> lookForOthers();
    const mcp::SessionInfo *selected() const;

    Hosting &m_hosting;
    Clock m_clock;
    std::unique_ptr<AuditReader> m_audit; // once somebody looks at calls

    PageHeader *m_header;
    QPushButton *m_connect = nullptr;
    MessageBar *m_message;
    QStackedWidget *m_stack;
    Table *m_table;
    SessionsModel *m_sessions;
    EmptyState *m_empty;
    SessionDetail *m_detail;
    OthersPanel *m_others;
    QTimer *m_tick;
    int m_ticks = 0;
};

} // namespace app
