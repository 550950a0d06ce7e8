#include "app/definitions/problemlist.h"

#include "app/definitions/problemsmodel.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

namespace app {

ProblemList::ProblemList(QWidget *parent)
    : QWidget(parent)
    , m_model(new ProblemsModel(this))
    , m_counts(new QLabel)
    , m_check(button(tr("Check on the server"), ButtonKind::Quiet))
    , m_table(new Table(tr("Problems")))
{
    setTextStyle(*m_counts, TextStyle::Strong);
    m_counts->setTextFormat(Qt::PlainText);
    m_check->setToolTip(tr("Lets the server look at the text without storing it"));
    auto *line = new QHBoxLayout;
    line->setContentsMargins(Metrics::pageMargin, Metrics::unit, Metrics::pageMargin, 0);
    line->addWidget(m_counts);
    line->addStretch();
    line->addWidget(m_check);

    m_table->setModel(m_model);
    m_table->setHeaderHidden(true);
    m_table->setItemDelegateForColumn(ProblemsModel::Severity, new StatusDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(ProblemsModel::Line, new CellDelegate(TextStyle::MonoHint, Qt::ElideRight, m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setMinimumHeight(Metrics::tableRow(Density::Comfortable) * 2);
    auto *place = new QVBoxLayout;
    place->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, 0, 0, 0);
    place->addWidget(m_table);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addLayout(line);
    layout->addLayout(place, 1);
    layout->addStretch(0);

    connect(m_check, &QPushButton::clicked, this, &ProblemList::checkRequested);
    connect(m_table, &Table::chosen, this, [this](const QModelIndex &index) { choose(index.row()); });
    connect(m_table, &QTreeView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) {
        if (m_table->hasFocus()) // else it changed because a row went
            choose(index.row());
    });
    show({});
}

// Without problems it is a line, and the text has the room.
void ProblemList::show(std::vector<conductor::Problem> problems)
{
    m_table->setVisible(!problems.empty());
    setMaximumHeight(problems.empty() ? Metrics::control + 2 * Metrics::unit : QWIDGETSIZE_MAX);
    m_counts->setText(problemCounts(problems));
    m_model->show(std::move(problems));
    int widest = 0;
    for (int row = 0; row < m_model->rowCount(); ++row)
        widest = std::max(widest, m_table->itemDelegateForColumn(ProblemsModel::Severity)->sizeHint({}, m_model->index(row, ProblemsModel::Severity)).width());
    m_table->setColumnWidth(ProblemsModel::Severity, widest + CellDelegate::padding);
    m_table->setColumnWidth(ProblemsModel::Line, m_table->fontMetrics().averageCharWidth() * 7);
}

void ProblemList::setDensity(Density density)
{
    m_table->setDensity(density);
}

void ProblemList::setChecking(bool checking)
{
    m_check->setEnabled(!checking);
}

void ProblemList::choose(int row)
{
    if (row >= 0 && row < m_model->rowCount())
        Q_EMIT chosen(conductor::Problem(m_model->rows()[size_t(row)]));
}

} // namespace app
