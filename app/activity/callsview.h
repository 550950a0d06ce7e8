// The calls as a table, with more of them on request, and beside it the one that is selected. The activity page owns it.
#pragma once

#include "app/activity/auditreader.h"
#include "app/core/clock.h"

#include <QWidget>

class QPushButton;

namespace app {

class ActivityDetail;
class ActivityModel;
class Table;

class CallsView : public QWidget
{
    Q_OBJECT

public:
    explicit CallsView(Clock clock, QWidget *parent = nullptr);

    // calls: as many as wanted, newest first; more: there are older ones.
    void show(const std::vector<mcp::AuditEntry> &calls, bool more);
    using QWidget::show;
    void tick();
    bool hasOpen() const;
    int count() const;
    bool unselect(); // false when nothing was selected
    void focusFirst();

    ActivityDetail &detail() { return *m_detail; }
    Table &table() { return *m_table; }

Q_SIGNALS:
    void moreRequested();

private:
    void buildTable();
    void showSelected();

    Table *m_table;
    ActivityModel *m_model;
    QPushButton *m_more;
    ActivityDetail *m_detail;
};

// How columns of a table of calls are drawn and how wide they are.
void setCallColumns(Table &table);

} // namespace app
