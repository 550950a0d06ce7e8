#include "app/widgets/celldelegate.h"

#include "app/look/icons.h"
#include "app/look/palette.h"
#include "app/widgets/roles.h"
#include "app/widgets/statusbadge.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace app {
namespace {

constexpr int barHeight = 4;
constexpr int barGap = 8;
constexpr int shortestRoom = 24; // for a bar that says something
const QString usualDuration = QStringLiteral("00 min 00 s");

} // namespace

CellDelegate::CellDelegate(TextStyle style, Qt::TextElideMode elide, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_style(style)
    , m_elide(elide)
{
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    paintBackground(*painter, option, index);
    paintContent(*painter, option.rect.adjusted(padding, 0, -padding, 0), option, index);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    return {contentWidth(index) + 2 * padding, Metrics::tableRow(m_density)};
}

// The view has painted the whole row already; only what the model itself colours is left.
void CellDelegate::paintBackground(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QVariant background = index.data(Qt::BackgroundRole);
    if (background.canConvert<QBrush>() && background.isValid())
        painter.fillRect(option.rect, background.value<QBrush>());
}

void CellDelegate::paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    const QFont font = textFont(m_style);
    const QFontMetrics metrics(font);
    const bool hint = m_style == TextStyle::Hint || m_style == TextStyle::MonoHint;
    const QVariant foreground = index.data(Qt::ForegroundRole);
    const QVariant alignment = index.data(Qt::TextAlignmentRole);
    const int aligned = alignment.isValid() ? alignment.toInt() : int(Qt::AlignLeft | Qt::AlignVCenter);

    painter.setFont(font);
    painter.setPen(foreground.isValid() ? foreground.value<QBrush>().color() : hint ? hintColor(option.palette) : option.palette.color(QPalette::Text));
    painter.drawText(rect, aligned | Qt::TextSingleLine, metrics.elidedText(text, m_elide, rect.width()));

    const QString after = index.data(HintTextRole).toString();
    const int used = metrics.horizontalAdvance(text) + Metrics::unit * 2;
    if (after.isEmpty() || used >= rect.width())
        return;
    painter.setFont(textFont(TextStyle::Hint));
    painter.setPen(hintColor(option.palette));
    const QRect rest = rect.adjusted(used, 0, 0, 0);
    painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(painter.font()).elidedText(after, Qt::ElideRight, rest.width()));
}

int CellDelegate::contentWidth(const QModelIndex &index) const
{
    return QFontMetrics(textFont(m_style)).horizontalAdvance(index.data(Qt::DisplayRole).toString());
}

int StatusDelegate::columnWidth(const std::vector<StatusLook> &looks)
{
    int widest = 0;
    for (const StatusLook &look : looks)
        widest = std::max(widest, statusBadgeSize(look, textFont(TextStyle::Base)).width());
    return widest + 2 * padding + 4;
}

void StatusDelegate::paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    paintStatusBadge(painter, rect, index.data(StatusRole).value<StatusLook>(), option.palette, textFont(TextStyle::Base));
}

int StatusDelegate::contentWidth(const QModelIndex &index) const
{
    return statusBadgeSize(index.data(StatusRole).value<StatusLook>(), textFont(TextStyle::Base)).width();
}

void DurationDelegate::paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QString text = index.data(Qt::DisplayRole).toString();
    if (text.isEmpty())
        return;
    const QFont font = textFont(style());
    const int textWidth = std::min(rect.width(), std::max(QFontMetrics(font).horizontalAdvance(usualDuration), QFontMetrics(font).horizontalAdvance(text)));
    const QRect textRect(rect.right() + 1 - textWidth, rect.top(), textWidth, rect.height());
    painter.setFont(font);
    painter.setPen(option.palette.color(QPalette::Text));
    painter.drawText(textRect, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, QFontMetrics(font).elidedText(text, elide(), textWidth));

    const QRect room(rect.left(), rect.center().y() - barHeight / 2 + 1, rect.width() - textWidth - barGap, barHeight);
    const double share = std::clamp(index.data(ShareRole).toDouble(), 0.0, 1.0);
    if (room.width() < shortestRoom || share <= 0)
        return;
    const QColor color = familyColor(index.data(StatusRole).value<StatusLook>().family, option.palette);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(color, option.palette.color(QPalette::Base), 0.55));
    painter.drawRoundedRect(QRectF(room.left(), room.top(), std::max<double>(barHeight / 2.0, room.width() * share), barHeight), 2, 2);
}

int DurationDelegate::contentWidth(const QModelIndex &) const
{
    return QFontMetrics(textFont(style())).horizontalAdvance(usualDuration) + barGap + 48;
}

QRect IdDelegate::copyRect(const QRect &cell)
{
    constexpr int side = Metrics::rowIcon + 6;
    return {cell.right() - side - 2, cell.center().y() - side / 2 + 1, side, side};
}

void IdDelegate::paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QRect copy = copyRect(option.rect);
    QRect textRect = rect;
    if (hovered)
        textRect.setRight(copy.left() - 2);
    const QFont font = textFont(style());
    painter.setFont(font);
    painter.setPen(hintColor(option.palette));
    painter.drawText(textRect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     QFontMetrics(font).elidedText(index.data(Qt::DisplayRole).toString(), elide(), textRect.width()));
    if (hovered)
        paintIcon(painter, copy.adjusted(4, 4, -4, -4), u"copy", option.palette.color(QPalette::Text));
}

bool IdDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonPress && event->type() != QEvent::MouseButtonRelease && event->type() != QEvent::MouseButtonDblClick)
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton || !copyRect(option.rect).contains(mouse->position().toPoint()))
        return false;
    if (event->type() == QEvent::MouseButtonRelease)
        Q_EMIT copyRequested(index.data(Qt::DisplayRole).toString());
    return true;
}

bool IdDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !copyRect(option.rect).contains(event->pos()))
        return CellDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), tr("Copy this id"), view->viewport(), copyRect(option.rect));
    return true;
}

} // namespace app
