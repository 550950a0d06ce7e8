#include "app/widgets/statusbadge.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"

#include <QAccessible>
#include <QFontMetrics>
#include <QPainter>

namespace app {
namespace {

constexpr int side = 7; // within the wash, left and right
constexpr int gap = 5;  // between glyph and word
constexpr int height = 20;

} // namespace

void paintStatusBadge(QPainter &painter, const QRect &rect, const StatusLook &look, const QPalette &palette, const QFont &font)
{
    if (look.word.isEmpty())
        return;
    const QSize wanted = statusBadgeSize(look, font);
    const QRect badge(rect.left(), rect.center().y() - (wanted.height() - 1) / 2, std::min(wanted.width(), rect.width()), wanted.height());
    const QColor color = familyColor(look.family, palette);

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(familyWash(look.family, palette));
    painter.drawRoundedRect(badge, height / 2.0, height / 2.0);
    paintIcon(painter, {badge.left() + side, badge.top() + (badge.height() - Metrics::badgeIcon) / 2, Metrics::badgeIcon, Metrics::badgeIcon}, look.glyph, color);
    const QRect wordRect = badge.adjusted(side + Metrics::badgeIcon + gap, 0, -side, 0);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(wordRect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, QFontMetrics(font).elidedText(look.word, Qt::ElideRight, wordRect.width()));
    painter.restore();
}

QSize statusBadgeSize(const StatusLook &look, const QFont &font)
{
    const QFontMetrics metrics(font);
    return {side + Metrics::badgeIcon + gap + metrics.horizontalAdvance(look.word) + 1 + side, std::max(height, metrics.height() + 2)};
}

StatusBadge::StatusBadge(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusBadge::show(const StatusLook &look)
{
    if (m_look == look)
        return;
    m_look = look;
    setAccessibleName(look.word);
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
    updateGeometry();
    update();
}

QSize StatusBadge::sizeHint() const
{
    return statusBadgeSize(m_look, font());
}

void StatusBadge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintStatusBadge(painter, rect(), m_look, palette(), font());
}

} // namespace app
