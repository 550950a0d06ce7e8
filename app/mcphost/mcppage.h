// AI clients and the servers that serve them: who is connected, how their processes do, what went through, and how to connect
// one more. The window owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/servers.h"
#include "mcp/host/sessioninfo.h"

#include <QList>
#include <QPersistentModelIndex>

class QComboBox;
class QSplitter;
class QStackedWidget;
class QTabWidget;
class QTimer;

namespace mcp {
struct TrafficLine;
}

namespace app {

class EmptyState;
class Hosting;
class JsonView;
class MessageBar;
class PageHeader;
class PlainTextPane;
class SessionsModel;
class Table;
class TrafficModel;
class ValueList;

class McpPage : public Page
{
    Q_OBJECT

public:
    // profileNames: of the servers that a client may be given, the default first.
    McpPage(Hosting &hosting, Servers &servers, Clock clock, QWidget *parent = nullptr);

    void setLive(bool live) override;
    void refresh() override;
    void focusContent() override;
    bool closePane() override;

private:
    void build();
    QWidget *buildEntry();
    QWidget *buildDetail();
    void showSessions();
    void showServers();
    void showSelected();
    void showLog(const QString &id, const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput);
    void showMessage();
    void endSelected();
    void copyEntry();
    const mcp::SessionInfo *selected() const;

    Hosting &m_hosting;
    Servers &m_servers;
    Clock m_clock;
    bool m_live = false;

    PageHeader *m_header;
    QComboBox *m_profile;
    PlainTextPane *m_entry;
    MessageBar *m_message;
    QStackedWidget *m_stack;
    Table *m_table;
    SessionsModel *m_sessions;
    EmptyState *m_empty;
    QSplitter *m_splitter;
    QWidget *m_detail;
    ValueList *m_facts;
    Table *m_log;
    TrafficModel *m_traffic;
    JsonView *m_json;
    PlainTextPane *m_stderr;
    QWidget *m_end;
    QTimer *m_tick;
};

} // namespace app
