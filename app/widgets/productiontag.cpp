#include "app/widgets/productiontag.h"

#include "app/look/palette.h"
#include "app/look/textstyle.h"

#include <QCoreApplication>
#include <QPainter>

namespace app {
namespace {

constexpr int side = 4;

QFont tagFont()
{
    QFont font = textFont(TextStyle::Hint);
    font.setPointSizeF(font.pointSizeF() - 0.5);
    font.setWeight(QFont::Bold);
    return font;
}

QString word()
{
    return QCoreApplication::translate("app::ProductionTag", "PROD", "marks a production server; short");
}

} // namespace

void paintProductionTag(QPainter &painter, const QPoint &topLeft, const QPalette &palette)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(productionColor(palette));
    const QRect rect(topLeft, productionTagSize());
    painter.drawRoundedRect(rect, 3, 3);
    painter.setFont(tagFont());
    painter.setPen(QColor(0x1E1400));
    painter.drawText(rect, Qt::AlignCenter, word());
    painter.restore();
}

QSize productionTagSize()
{
    const QFontMetrics metrics(tagFont());
    return {metrics.horizontalAdvance(word()) + 2 * side, metrics.height() + 1};
}

ProductionTag::ProductionTag(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Production server"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ProductionTag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintProductionTag(painter, {0, 0}, palette());
}

} // namespace app
