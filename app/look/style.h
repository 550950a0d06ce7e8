// Fusion with our rhythm: distances, quiet selections in lists, a focus ring that is seen, chevrons of our icon family.
// The application owns it.
#pragma once

#include <QProxyStyle>

namespace app {

class Style : public QProxyStyle
{
    Q_OBJECT

public:
    Style();

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *returned) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap standardIcon, const QStyleOption *option, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const override;
};

// The ring around what has the keyboard: 2 px, in the highlight colour, inside rect.
void paintFocusRing(QPainter &painter, const QRect &rect, const QPalette &palette, int radius);

// Radius and padding of buttons, fields, menus and scroll bars; every colour in it is a palette role.
QString styleSheet();

} // namespace app
