// One call that waits for approval, or did: who asks, what would be done with what effect, and the answers there are. Decides
// nothing by itself. The inbox page owns it.
#pragma once

#include "app/core/clock.h"
#include "mcp/host/approvals.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QTabWidget;

namespace app {

class DiffView;
class GraphView;
class JsonView;
class PlainTextPane;
class ProductionTag;
class StatusBadge;

class ApprovalView : public QWidget
{
    Q_OBJECT

public:
    explicit ApprovalView(Clock clock, QWidget *parent = nullptr);

    // waiting: how many calls of the same session wait, this one among them.
    void show(const mcp::Approval &approval, int waiting);
    using QWidget::show;
    void tick(); // time has passed

    void focusDeny(); // nothing is allowed by accident
    // Off for a moment after another call took the place of the one that was decided.
    void setAllowing(bool allowing);
    bool isAllowing() const { return m_allowing; }

Q_SIGNALS:
    void chosen(mcp::Approvals::Choice choice);
    void denyAllRequested(); // of this session

private:
    void build();
    QWidget *buildEffect();
    QWidget *buildArguments();
    QWidget *buildButtons();
    void showEffect(const mcp::ApprovalRequest &request);
    void showGraph(const mcp::Premise &premise);
    void showArguments(const mcp::ApprovalRequest &request);
    void showButtons();

    Clock m_clock;
    mcp::Approval m_approval;
    int m_waiting = 0;
    bool m_allowing = true;

    QLabel *m_title;
    ProductionTag *m_production;
    QLabel *m_who;
    StatusBadge *m_state;
    QLabel *m_words;
    QPushButton *m_deny;
    QPushButton *m_allow;
    QPushButton *m_allowForAWhile;
    QPushButton *m_denyAll;
    QTabWidget *m_tabs;
    PlainTextPane *m_facts;
    QLabel *m_changes;
    DiffView *m_diff;
    QWidget *m_diffPlace;
    GraphView *m_graph;
    QLabel *m_cut;
    JsonView *m_arguments;
};

} // namespace app
