#include "app/widgets/elidedlabel.h"

#include "app/look/palette.h"
#include "app/widgets/tooltips.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace app {

ElidedLabel::ElidedLabel(TextStyle style, Qt::TextElideMode elide, QWidget *parent)
    : QWidget(parent)
    , m_style(style)
    , m_elide(elide)
{
    setFont(textFont(style));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString &text)
{
    if (m_text == text)
        return;
    m_text = text;
    setAccessibleName(text);
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
    updateGeometry();
    update();
}

void ElidedLabel::setPreferredWidth(int pixels)
{
    m_preferredWidth = pixels;
    updateGeometry();
}

QSize ElidedLabel::sizeHint() const
{
    return {m_preferredWidth > 0 ? m_preferredWidth : fontMetrics().horizontalAdvance(m_text) + 2, fontMetrics().height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), 3 * fontMetrics().averageCharWidth()), sizeHint().height()};
}

bool ElidedLabel::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
        if (isCut())
            QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainToolTip(m_text), this);
        return true;
    }
    return QWidget::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const bool hint = m_style == TextStyle::Hint || m_style == TextStyle::MonoHint;
    painter.setPen(hint ? hintColor(palette()) : palette().color(foregroundRole()));
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, fontMetrics().elidedText(m_text, m_elide, width()));
}

bool ElidedLabel::isCut() const
{
    return fontMetrics().horizontalAdvance(m_text) > width();
}

} // namespace app
