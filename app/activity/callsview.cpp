#include "app/activity/callsview.h"

#include "app/activity/activitydetail.h"
#include "app/activity/activitymodel.h"
#include "app/activity/outcomelook.h"
#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/table.h"

#include <QHeaderView>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace app {

CallsView::CallsView(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_table(new Table(tr("Calls of AI clients")))
    , m_model(new ActivityModel(std::move(clock), this))
    , m_more(button(tr("Show more"), ButtonKind::Quiet))
    , m_detail(new ActivityDetail)
{
    buildTable();
    auto *place = new QVBoxLayout; // its rows begin under the title
    place->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, 0, 0, 0);
    place->setSpacing(0);
    place->addWidget(m_table, 1);
    place->addWidget(m_more, 0, Qt::AlignHCenter);
    auto *tablePlace = new QWidget;
    tablePlace->setLayout(place);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(tablePlace);
    splitter->addWidget(m_detail);
    splitter->setSizes({3000, 2000});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    m_detail->hide();
    m_more->hide();
    connect(m_more, &QPushButton::clicked, this, &CallsView::moreRequested);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CallsView::showSelected);
}

void CallsView::buildTable()
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(Table::SingleSelection);
    setCallColumns(*m_table);
}

void setCallColumns(Table &table)
{
    table.setItemDelegateForColumn(ActivityModel::Outcome, new StatusDelegate(TextStyle::Base, Qt::ElideRight, &table));
    table.setItemDelegateForColumn(ActivityModel::Duration, new DurationDelegate(&table));
    table.setColumnCharacters(ActivityModel::Time, 13);
    table.setColumnCharacters(ActivityModel::Client, 20);
    table.setColumnCharacters(ActivityModel::Profile, 13);
    table.setColumnCharacters(ActivityModel::Tool, 36);
    table.setColumnCharacters(ActivityModel::Effect, 10);
    table.setColumnCharacters(ActivityModel::Duration, 15);
    table.setColumnCharacters(ActivityModel::Size, 10);
    std::vector<StatusLook> looks;
    for (const QString &word : {u"ok"_s, u"error"_s, u"invalid"_s, u"refused"_s, u"cancelled"_s, u"unknown"_s, u"running"_s})
        looks.push_back(outcomeLook(word));
    table.setColumnWidth(ActivityModel::Outcome, StatusDelegate::columnWidth(looks));
}

void CallsView::show(const std::vector<mcp::AuditEntry> &calls, bool more)
{
    m_table->rememberPlace();
    m_model->show(calls);
    m_table->returnToPlace();
    m_more->setVisible(more);
    showSelected();
}

void CallsView::tick()
{
    m_model->tick();
}

bool CallsView::hasOpen() const
{
    return m_model->hasOpen();
}

int CallsView::count() const
{
    return m_model->rowCount();
}

bool CallsView::unselect()
{
    if (m_detail->isHidden())
        return false;
    m_table->clearSelection();
    return true;
}

void CallsView::focusFirst()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

void CallsView::showSelected()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    m_detail->setVisible(!rows.isEmpty());
    if (!rows.isEmpty())
        m_detail->show(m_model->rows()[size_t(rows.first().row())]);
}

} // namespace app
