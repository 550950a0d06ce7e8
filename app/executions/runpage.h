// One run of a server: how it is, what it holds, what can be done to it, kept at what the server says. The window owns it; it has no
// line in the sidebar and is opened from the pages that list runs.
#pragma once

#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/servers.h"

#include <memory>

class QStackedWidget;
class QTimer;

namespace app {

class EmptyState;
class LiveRun;
class LoadingBar;
class MessageBar;
class ReasonBox;
class RunActions;
class RunHeader;
class RunView;

class RunPage : public Page
{
    Q_OBJECT

public:
    RunPage(Servers &servers, Clock clock, QWidget *parent = nullptr);
    ~RunPage() override;

    // back: where Esc leads from here, as in "Back to the executions".
    void open(const QString &serverId, const QString &executionId, const QString &back = {});
    QString executionId() const;
    RunView &view() { return *m_view; }

    void setLive(bool live) override;
    void refresh() override;
    void focusSearch() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void backRequested();

private:
    struct Step { // on the way into sub-workflows
        QString executionId;
        QString nodeId;
    };

    void build();
    void connectParts();
    void openRun(const QString &executionId, const QString &nodeId);
    void openChild(const QString &executionId);
    void goBack();
    void runChanged();
    void runAnswered();
    void runFailed();
    void showFailure();
    void recover(); // what the reason's button offers
    void tick();

    Servers &m_servers;
    Clock m_clock;
    QString m_serverId;
    QString m_back;
    bool m_live = false;
    bool m_isStale = false; // the message says so
    QString m_toSelect;     // once the run is there
    std::vector<Step> m_trail;
    std::unique_ptr<LiveRun> m_run; // null before open()

    RunActions *m_actions;
    RunHeader *m_header;
    MessageBar *m_message;
    ReasonBox *m_reason;
    LoadingBar *m_loading;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    RunView *m_view;
    QTimer *m_tick;
};

} // namespace app
