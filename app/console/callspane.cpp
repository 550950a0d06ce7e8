#include "app/console/callspane.h"

#include "app/console/callsmodel.h"
#include "app/console/resultpane.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/table.h"

#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

namespace app {

CallsPane::CallsPane(QWidget *parent)
    : QWidget(parent)
    , m_calls(new CallsModel(this))
    , m_table(new Table(tr("Calls of this console")))
    , m_none(new QLabel(tr("What you call here is listed, to look at and to call again.")))
    , m_detail(new QWidget)
    , m_arguments(new JsonView(tr("Arguments of the call")))
    , m_result(new ResultPane)
    , m_again(button(tr("Fill in again")))
{
    m_table->setModel(m_calls);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setSelectionMode(Table::SingleSelection);
    const std::array widths{12, 44, 30, 14, 12, 12};
    for (int column = 0; column < CallsModel::ColumnCount; ++column)
        m_table->setColumnCharacters(column, widths[size_t(column)]);
    setTextStyle(*m_none, TextStyle::Hint);
    m_none->setAlignment(Qt::AlignCenter);
    m_again->setToolTip(tr("Opens the form with these arguments. Nothing is called yet"));
    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, Metrics::groupGap, 0);
    leftColumn->addWidget(m_arguments, 1);
    leftColumn->addWidget(m_again, 0, Qt::AlignLeft);
    auto *across = new QSplitter(Qt::Horizontal);
    across->setChildrenCollapsible(false);
    across->addWidget(left);
    across->addWidget(m_result);
    across->setSizes({1000, 1500});
    auto *detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(0, Metrics::rowGap, 0, 0);
    detail->addWidget(across);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setSizes({1000, 1500});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->addWidget(m_none, 1);
    layout->addWidget(splitter, 1);
    const auto showList = [this, splitter] {
        m_none->setVisible(m_calls->isEmpty());
        splitter->setVisible(!m_calls->isEmpty());
    };
    showList();
    connect(m_calls, &CallsModel::rowsInserted, this, showList);
    connect(m_calls, &CallsModel::dataChanged, this, &CallsPane::showSelected);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CallsPane::showSelected);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (const ConsoleCall *call = m_calls->at(m_table->currentIndex()))
            Q_EMIT againWanted(*call);
    });
    connect(m_arguments, &JsonView::copied, this, &CallsPane::copied);
    connect(m_result, &ResultPane::copied, this, &CallsPane::copied);
    showSelected();
}

void CallsPane::showSelected()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const ConsoleCall *call = rows.isEmpty() ? nullptr : m_calls->at(rows.first());
    m_detail->setVisible(call);
    if (!call)
        return;
    m_arguments->show(QJsonValue(call->arguments));
    if (call->state == ConsoleCall::State::Running)
        m_result->showRunning();
    else if (call->state == ConsoleCall::State::Failed)
        m_result->showFailure(call->error);
    else if (call->answer)
        m_result->showAnswer(*call->answer);
    else
        m_result->showFailure({conductor::Error::Kind::NotFound, tr("This answer is not kept any more: later ones needed the room.")});
}

} // namespace app
