#include "app/profiles/serverdelegate.h"

#include "app/look/icons.h"
#include "app/look/palette.h"
#include "app/profiles/serversmodel.h"
#include "app/widgets/productiontag.h"
#include "app/widgets/roles.h"
#include "app/widgets/statusbadge.h"

#include <QPainter>

namespace app {
namespace {

constexpr int above = 8; // and below a server
constexpr int between = 4;

int lineHeight(TextStyle style)
{
    return QFontMetrics(textFont(style)).height();
}

int nameHeight()
{
    return std::max(lineHeight(TextStyle::Strong), statusBadgeSize({}, textFont(TextStyle::Base)).height());
}

void paintLine(QPainter &painter, const QRect &rect, TextStyle style, const QColor &color, Qt::TextElideMode elide, const QString &text)
{
    const QFont font = textFont(style);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, QFontMetrics(font).elidedText(text, elide, rect.width()));
}

} // namespace

QSize ServerDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const bool noted = !index.data(ServersModel::KeyNoteRole).toString().isEmpty();
    const int lines = nameHeight() + between + lineHeight(TextStyle::Hint) + (noted ? between + lineHeight(TextStyle::Hint) : 0);
    return {200, lines + 2 * above};
}

void ServerDelegate::paintContent(QPainter &painter, const QRect &rect, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QRect line(rect.left(), rect.top() + above, rect.width(), nameHeight());
    const auto badge = index.data(StatusRole).value<StatusLook>();
    const int badgeWidth = std::min(statusBadgeSize(badge, textFont(TextStyle::Base)).width(), line.width() * 6 / 10);
    paintStatusBadge(painter, {line.right() + 1 - badgeWidth, line.top(), badgeWidth, line.height()}, badge, option.palette, textFont(TextStyle::Base));
    paintName(painter, line.adjusted(0, 0, -badgeWidth - Metrics::rowGap, 0), option.palette, index);

    line = {rect.left(), line.bottom() + 1 + between, rect.width(), lineHeight(TextStyle::Hint)};
    paintLine(painter, line, TextStyle::Hint, hintColor(option.palette), Qt::ElideMiddle, index.data(ServersModel::AddressRole).toString());

    const QString note = index.data(ServersModel::KeyNoteRole).toString();
    if (note.isEmpty())
        return;
    line.translate(0, line.height() + between);
    const QColor color = familyColor(conductor::StatusFamily::NeedsYou, option.palette);
    paintIcon(painter, {line.left(), line.center().y() - Metrics::badgeIcon / 2 + 1, Metrics::badgeIcon, Metrics::badgeIcon}, u"key-round", color);
    paintLine(painter, line.adjusted(Metrics::badgeIcon + Metrics::unit, 0, 0, 0), TextStyle::Hint, color, Qt::ElideRight, note);
}

// The name gives way to its marks.
void ServerDelegate::paintName(QPainter &painter, const QRect &rect, const QPalette &palette, const QModelIndex &index) const
{
    const bool production = index.data(ServersModel::ProductionRole).toBool();
    const QString mark = index.data(ServersModel::DefaultRole).toBool() ? ServersModel::tr("default") : QString();
    const int tagWidth = production ? productionTagSize().width() + 6 : 0;
    const int markWidth = mark.isEmpty() ? 0 : QFontMetrics(textFont(TextStyle::Hint)).horizontalAdvance(mark) + 6;
    const QString name = index.data().toString();
    const int room = std::max(0, rect.width() - tagWidth - markWidth);
    const int nameWidth = std::min(QFontMetrics(textFont(TextStyle::Strong)).horizontalAdvance(name) + 1, room);
    paintLine(painter, {rect.left(), rect.top(), nameWidth, rect.height()}, TextStyle::Strong, palette.color(QPalette::Text), Qt::ElideRight, name);
    int x = rect.left() + nameWidth + 6;
    if (production)
        paintProductionTag(painter, {x, rect.center().y() - productionTagSize().height() / 2 + 1}, palette);
    x += tagWidth;
    paintLine(painter, {x, rect.top(), rect.right() - x, rect.height()}, TextStyle::Hint, hintColor(palette), Qt::ElideRight, mark);
}

} // namespace app
