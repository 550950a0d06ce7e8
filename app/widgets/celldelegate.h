// Text in a table: its font, its colour, where it is cut, and the height of rows. HintTextRole is said after it, more quietly.
#pragma once

#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"

#include <QStyledItemDelegate>

namespace app {

class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int padding = 8; // left and right of a cell's content

    explicit CellDelegate(TextStyle style = TextStyle::Base, Qt::TextElideMode elide = Qt::ElideRight, QObject *parent = nullptr);

    void setDensity(Density density) { m_density = density; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

protected:
    void paintBackground(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    virtual void paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    virtual int contentWidth(const QModelIndex &index) const;

    TextStyle style() const { return m_style; }
    Qt::TextElideMode elide() const { return m_elide; }

private:
    TextStyle m_style;
    Qt::TextElideMode m_elide;
    Density m_density = Density::Comfortable;
};

// The status of a row as its badge: StatusRole.
class StatusDelegate : public CellDelegate
{
    Q_OBJECT

public:
    using CellDelegate::CellDelegate;

    static int columnWidth(const std::vector<StatusLook> &looks); // of a column that may show any of these

protected:
    void paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    int contentWidth(const QModelIndex &index) const override;
};

// A duration, right-aligned, and before it a bar that compares it with its neighbours: ShareRole, coloured by StatusRole.
class DurationDelegate : public CellDelegate
{
    Q_OBJECT

public:
    explicit DurationDelegate(QObject *parent = nullptr) : CellDelegate(TextStyle::Base, Qt::ElideRight, parent) {}

protected:
    void paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    int contentWidth(const QModelIndex &index) const override;
};

// An id, cut in its middle; under the pointer it offers to be copied.
class IdDelegate : public CellDelegate
{
    Q_OBJECT

public:
    explicit IdDelegate(QObject *parent = nullptr) : CellDelegate(TextStyle::Mono, Qt::ElideMiddle, parent) {}

    static QRect copyRect(const QRect &cell);

    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index) override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index) override;

Q_SIGNALS:
    void copyRequested(const QString &id);

protected:
    void paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace app
