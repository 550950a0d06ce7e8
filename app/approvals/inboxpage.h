// All that waits for the person: calls of AI clients to allow or deny, and other things of the inbox. By keyboard alone: j and k walk,
// a allows, d denies. The window owns it.
#pragma once

#include "app/approvals/inbox.h"
#include "app/core/clock.h"
#include "app/core/page.h"
#include "app/core/settings.h"
#include "mcp/host/approvals.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTimer;

namespace app {

class ApprovalView;
class EmptyState;
class GrantsLine;
class Hosting;
class InboxModel;
class PageHeader;
class SettledFocus;
class Table;
struct InboxRow;

class InboxPage : public Page
{
    Q_OBJECT

public:
    InboxPage(Hosting &hosting, Inbox &inbox, Settings &settings, Clock clock, QWidget *parent = nullptr);

    void showApproval(const QString &id); // selects it, or else the first that waits

    void setLive(bool live) override;
    void refresh() override;
    void focusContent() override;
    bool closePane() override;

Q_SIGNALS:
    void pageWanted(const QString &page); // of an item

private:
    void build();
    QWidget *buildItem();
    void buildTable();
    void addKeys();
    void tick();
    void showRows();
    void showSelected();
    const InboxRow *selected() const;
    const mcp::Approval *approval(const QString &id) const;
    int waitingOf(const QString &session) const;
    void choose(mcp::Approvals::Choice choice);
    void chooseByKey(mcp::Approvals::Choice choice);
    void denyAll();
    void walk(int rows);

    Hosting &m_hosting;
    Inbox &m_inbox;
    Clock m_clock;
    QString m_shown; // the key of the row that is shown below
    QString m_decided; // the call that was just decided here: the next one takes its place

    PageHeader *m_header;
    GrantsLine *m_grants;
    QStackedWidget *m_stack;
    Table *m_table;
    InboxModel *m_rows;
    EmptyState *m_empty;
    QStackedWidget *m_detail;
    ApprovalView *m_approval;
    QLabel *m_itemTitle = nullptr;
    QLabel *m_itemDetail = nullptr;
    QPushButton *m_itemAction = nullptr;
    QWidget *m_quiet;
    SettledFocus *m_focus;
    QTimer *m_tick;
};

} // namespace app
