#include "app/widgets/filterchip.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/palette.h"
#include "app/look/style.h"

#include <QPainter>

namespace app {
namespace {

constexpr int side = 10;
constexpr int gap = 5;

} // namespace

FilterChip::FilterChip(const StatusLook &look, QWidget *parent)
    : QAbstractButton(parent)
    , m_look(look)
{
    setCheckable(true);
    setText(look.word);
    setAccessibleName(look.word);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize FilterChip::sizeHint() const
{
    const int glyph = m_look.glyph.isEmpty() ? 0 : Metrics::badgeIcon + gap;
    return {2 * side + glyph + fontMetrics().horizontalAdvance(text()) + 1, std::max(Metrics::chip, fontMetrics().height() + 6)};
}

void FilterChip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool plain = m_look.glyph.isEmpty();
    const QColor color = plain ? palette().color(QPalette::Active, QPalette::Highlight) : familyColor(m_look.family, palette());
    const QRectF outline = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = outline.height() / 2;
    if (isChecked()) {
        painter.setPen(QPen(mixed(color, palette().color(QPalette::Base), 0.7), 1));
        painter.setBrush(plain ? selectionColor(palette()) : familyWash(m_look.family, palette()));
    } else {
        painter.setPen(QPen(separatorColor(palette()), 1));
        painter.setBrush(underMouse() ? QBrush(hoverColor(palette())) : QBrush(Qt::NoBrush));
    }
    painter.drawRoundedRect(outline, radius, radius);

    int left = side;
    if (!plain) {
        paintIcon(painter, {left, (height() - Metrics::badgeIcon) / 2, Metrics::badgeIcon, Metrics::badgeIcon}, m_look.glyph, color);
        left += Metrics::badgeIcon + gap;
    }
    painter.setFont(font());
    painter.setPen(isChecked() && !plain ? color : palette().color(QPalette::Text));
    painter.drawText(rect().adjusted(left, 0, -side + 2, 0), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text());
    if (hasFocus())
        paintFocusRing(painter, rect(), palette(), int(radius));
}

} // namespace app
