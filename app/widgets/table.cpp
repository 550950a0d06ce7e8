#include "app/widgets/table.h"

#include "app/look/palette.h"
#include "app/look/style.h"
#include "app/widgets/celldelegate.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace app {

Table::Table(const QString &accessibleName, QWidget *parent)
    : QTreeView(parent)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setIndentation(0);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    setSelectionMode(ExtendedSelection);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setTextElideMode(Qt::ElideRight);
    setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, this));
    setExpandsOnDoubleClick(false);

    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setHighlightSections(false);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(48);
    header()->setFixedHeight(Metrics::tableHeader);
    header()->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header(), &QWidget::customContextMenuRequested, this, &Table::offerColumns);
    connect(header(), &QHeaderView::sectionResized, this, [this] {
        if (QGuiApplication::mouseButtons() != Qt::NoButton) // else the window was resized, or the program did it
            Q_EMIT columnsChanged();
    });
    connect(header(), &QHeaderView::sectionMoved, this, &Table::columnsChanged);
    connect(this, &QTreeView::doubleClicked, this, &Table::chosen);
}

void Table::setModel(QAbstractItemModel *shown)
{
    QTreeView::setModel(shown);
    if (shown)
        connect(shown, &QAbstractItemModel::rowsInserted, this, &Table::lookForEnd, Qt::QueuedConnection);
}

void Table::setDensity(Density density)
{
    const QList<CellDelegate *> delegates = findChildren<CellDelegate *>();
    for (CellDelegate *delegate : delegates)
        delegate->setDensity(density);
    scheduleDelayedItemsLayout();
}

void Table::setColumnCharacters(int column, int characters)
{
    const int heading = header()->isHidden() ? 0 : header()->sectionSizeHint(column);
    setColumnWidth(column, std::max(characters * fontMetrics().averageCharWidth(), heading));
}

void Table::rememberPlace()
{
    m_topRow = verticalScrollBar()->value() == 0 ? QModelIndex() : indexAt({1, 1});
    m_topOffset = m_topRow.isValid() ? visualRect(m_topRow).top() : 0;
}

void Table::returnToPlace()
{
    executeDelayedItemsLayout();
    if (!m_topRow.isValid())
        return;
    const int moved = visualRect(m_topRow).top() - m_topOffset;
    if (moved != 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() + moved);
}

QByteArray Table::columns() const
{
    return header()->saveState();
}

void Table::restoreColumns(const QByteArray &state)
{
    header()->restoreState(state);
    header()->setFixedHeight(Metrics::tableHeader);
}

QString Table::selectedText() const
{
    if (!selectionModel())
        return {};
    QModelIndexList rows = selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    QStringList lines;
    for (const QModelIndex &row : std::as_const(rows)) {
        QStringList cells;
        for (int place = 0; place < header()->count(); ++place) {
            const int column = header()->logicalIndex(place);
            if (!header()->isSectionHidden(column))
                cells << row.siblingAtColumn(column).data().toString();
        }
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

// One wash for the whole row, and the focus ring around it: cells paint only what is theirs.
void Table::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool selected = selectionModel() && selectionModel()->isRowSelected(index.row(), index.parent());
    const bool hovered = viewport()->underMouse() && indexAt(viewport()->mapFromGlobal(QCursor::pos())).row() == index.row();
    QRect row = option.rect;
    row.setLeft(0);
    row.setRight(viewport()->width());
    if (selected)
        painter->fillRect(row, selectionColor(option.palette));
    else if (hovered)
        painter->fillRect(row, hoverColor(option.palette));

    for (int place = 0; place < header()->count(); ++place) {
        const int column = header()->logicalIndex(place);
        if (header()->isSectionHidden(column))
            continue;
        QStyleOptionViewItem cell = option;
        cell.rect = {header()->sectionViewportPosition(column), option.rect.top(), header()->sectionSize(column), option.rect.height()};
        cell.state.setFlag(QStyle::State_Selected, selected);
        cell.state.setFlag(QStyle::State_MouseOver, hovered);
        if (cell.rect.intersects(viewport()->rect()))
            itemDelegateForIndex(index.siblingAtColumn(column))->paint(painter, cell, index.siblingAtColumn(column));
    }

    if (hasFocus() && m_showsFocus && currentIndex().isValid() && currentIndex().row() == index.row() && currentIndex().parent() == index.parent())
        paintFocusRing(*painter, row, option.palette, 4);
}

void Table::mousePressEvent(QMouseEvent *event)
{
    m_showsFocus = false;
    QTreeView::mousePressEvent(event);
}

void Table::keyPressEvent(QKeyEvent *event)
{
    m_showsFocus = true;
    if (event->matches(QKeySequence::Copy)) {
        if (const QString text = selectedText(); !text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid()) {
        Q_EMIT chosen(currentIndex());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void Table::scrollContentsBy(int dx, int dy)
{
    QTreeView::scrollContentsBy(dx, dy);
    if (dy != 0)
        lookForEnd();
}

// Whoever comes with the keyboard finds a row to start from.
void Table::focusInEvent(QFocusEvent *event)
{
    m_showsFocus = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason || event->reason() == Qt::ShortcutFocusReason;
    QTreeView::focusInEvent(event);
    if (!currentIndex().isValid() && model() && model()->rowCount() > 0)
        selectionModel()->setCurrentIndex(model()->index(0, 0), QItemSelectionModel::NoUpdate);
}

void Table::lookForEnd()
{
    const QScrollBar &bar = *verticalScrollBar();
    if (bar.maximum() > 0 && bar.value() > 0 && bar.maximum() - bar.value() < viewport()->height())
        Q_EMIT endIsNear();
}

void Table::offerColumns(QPoint position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = 1; column < header()->count(); ++column) {
        QAction *action = menu->addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!header()->isSectionHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            header()->setSectionHidden(column, !shown);
            Q_EMIT columnsChanged();
        });
    }
    menu->popup(header()->mapToGlobal(position));
}

} // namespace app
