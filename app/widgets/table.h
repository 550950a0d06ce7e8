// A table of rows as all pages show them: whole rows are selected, the keyboard walks them, no grid. Keeps selection and
// scroll over refreshes, says when its end comes near, lets columns be chosen, copies what is seen.
#pragma once

#include "app/look/metrics.h"

#include <QTreeView>

namespace app {

class Table : public QTreeView
{
    Q_OBJECT

public:
    explicit Table(const QString &accessibleName, QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void setDensity(Density density);

    // As wide as that many average characters, and no less than its header when that is seen.
    void setColumnCharacters(int column, int characters);

    // Before and after the model changes: leaves the row at the top of the view where it was. A view at its top stays there and
    // shows what is new.
    void rememberPlace();
    void returnToPlace();

    QByteArray columns() const; // widths, order and hidden ones; for the settings
    void restoreColumns(const QByteArray &state);

    // The selected rows as text, cells parted by tabs: the visible columns in their order, whole ids.
    QString selectedText() const;

Q_SIGNALS:
    void chosen(const QModelIndex &index); // double click or Enter
    void endIsNear();                      // few rows are left below the view
    void columnsChanged();                 // by the user

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent *event) override;

private:
    void offerColumns(QPoint position);
    void lookForEnd();

    QPersistentModelIndex m_topRow;
    int m_topOffset = 0;
    bool m_showsFocus = false; // only who came by keyboard needs to see where it is
};

} // namespace app
