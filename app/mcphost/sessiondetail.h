// One AI client's session: what went through, the calls the audit kept of it, what its server process wrote, and the facts of its
// processes. The MCP page owns it.
#pragma once

#include "app/core/clock.h"
#include "app/widgets/savepath.h"
#include "mcp/audit/entry.h"
#include "mcp/host/bridgedsession.h"

#include <QWidget>

class QPushButton;
class QTabWidget;

namespace app {

class ActivityModel;
class PlainTextPane;
class SessionLog;
class Table;
class ValueList;
struct NamedValue;

class SessionDetail : public QWidget
{
    Q_OBJECT

public:
    SessionDetail(Clock clock, AskSavePath askPath, QWidget *parent = nullptr);

    void show(const mcp::SessionInfo &session);
    using QWidget::show;
    void showLog(const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput);
    bool wantsCalls() const; // somebody looks at them
    void showCalls(const std::vector<mcp::AuditEntry> &calls); // newest first

Q_SIGNALS:
    void endRequested();
    void renewRequested();
    void storyRequested();
    void callsWanted();
    void said(const QString &text);

private:
    QWidget *buildCalls();
    QWidget *buildFacts();
    std::vector<NamedValue> factsOf(const mcp::SessionInfo &session) const;

    Clock m_clock;
    QString m_session; // the id of the one that is shown
    QTabWidget *m_tabs;
    SessionLog *m_log;
    Table *m_calls;
    ActivityModel *m_callsModel;
    QPushButton *m_story = nullptr;
    PlainTextPane *m_stderr;
    ValueList *m_facts;
    QWidget *m_end = nullptr;
    QWidget *m_renew = nullptr;
};

} // namespace app
