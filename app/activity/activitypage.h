// What AI clients did, on every server and through every server process: the audit as a table with filters, as charts, as what each
// client needs, and as a session's story. The window owns it.
#pragma once

#include "app/activity/auditreader.h"
#include "app/activity/toolrun.h"
#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/poller.h"
#include "app/core/servers.h"
#include "app/widgets/savepath.h"

class QButtonGroup;
class QStackedWidget;

namespace app {

class ActivityCharts;
class ActivityFilters;
class ActivityReports;
class AgainPane;
class CallsView;
class ClientNeeds;
class EmptyState;
class LoadingBar;
class MessageBar;
class NoteLine;
class PageHeader;
class SearchField;
class StoryPane;

class ActivityPage : public Page
{
    Q_OBJECT

public:
    struct Setup {
        QString audit = mcp::AuditStore::standardPath();
        CarryOut carryOut;              // for "run again"
        AskSavePath askPath = askSavePath;
    };

    enum class View { Calls, Charts, Clients };

    static constexpr qint64 pageSize = 500;
    static constexpr qint64 mostRows = 5000;

    ActivityPage(Setup setup, Servers &servers, Clock clock, QWidget *parent = nullptr);
    ~ActivityPage() override;

    void showView(View view);
    void showStory(const QString &client, const QList<qint64> &pids); // of the session that these processes served

    void setLive(bool live) override;
    void refresh() override;
    void focusSearch() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void openRequested(const QString &serverId, const QString &executionId);
    void clientsWanted(); // nothing was called yet
    void read();          // what is shown is what the audit holds now

private:
    enum Content { CallsContent, ChartsContent, ClientsContent, StoryContent, AgainContent, EmptyContent };

    void build();
    QWidget *buildFilters();
    void connectParts();
    void filterChanged();
    mcp::AuditQuery query() const;
    mcp::AuditQuery exported() const;
    bool isFiltered() const;

    conductor::Reply<Activity> look();
    conductor::Reply<conductor::Done> readView();
    void showRows(const std::vector<mcp::AuditEntry> &rows);
    void showTrouble(const conductor::Error &error);
    void showEmptiness(bool nothingKept);
    void showContent(Content content);
    void markView();
    void leavePane();

    conductor::Reply<conductor::Done> readStory(QString client, QList<qint64> pids);
    void openRun(const QString &executionId);

    Setup m_setup;
    Servers &m_servers;
    Clock m_clock;
    std::unique_ptr<AuditReader> m_reader;
    std::unique_ptr<Poller> m_poller;
    View m_view = View::Calls;
    qint64 m_wanted = pageSize;
    qint64 m_version = -1; // of the audit that is shown; -1: read anew
    std::function<void()> m_emptyAction;

    PageHeader *m_header;
    SearchField *m_field;
    QButtonGroup *m_views;
    ActivityFilters *m_filters;
    QWidget *m_filterLine = nullptr;
    NoteLine *m_notes;
    MessageBar *m_message;
    LoadingBar *m_loading;
    ActivityReports *m_reports;
    QStackedWidget *m_stack;
    CallsView *m_calls;
    ActivityCharts *m_charts = nullptr; // made when first shown, as its library is large
    ClientNeeds *m_clients;
    StoryPane *m_story;
    AgainPane *m_again;
    EmptyState *m_empty;
};

} // namespace app
