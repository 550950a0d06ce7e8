#include "app/look/textstyle.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace app {
namespace {

// Some platforms answer the proportional font when asked for the fixed one.
QFont fixedFont(const QFont &base)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    if (!QFontInfo(font).fixedPitch()) {
        font.setFamilies({u"monospace"_s});
        font.setStyleHint(QFont::Monospace);
    }
    font.setPointSizeF(base.pointSizeF() * 0.95); // fixed-width faces look larger than they say
    return font;
}

} // namespace

QFont textFont(TextStyle style)
{
    QFont font = QApplication::font();
    const qreal base = font.pointSizeF() > 0 ? font.pointSizeF() : 9;
    font.setPointSizeF(base);
    switch (style) {
    case TextStyle::Base:
        break;
    case TextStyle::Strong:
        font.setWeight(QFont::DemiBold);
        break;
    case TextStyle::Section:
        font.setPointSizeF(base + 1);
        font.setWeight(QFont::DemiBold);
        break;
    case TextStyle::Title:
        font.setPointSizeF(base + 5);
        font.setWeight(QFont::DemiBold);
        break;
    case TextStyle::Hint:
        font.setPointSizeF(base - 1);
        break;
    case TextStyle::Mono:
        return fixedFont(font);
    case TextStyle::MonoHint:
        font.setPointSizeF(base - 1);
        return fixedFont(font);
    }
    return font;
}

void setTextStyle(QLabel &label, TextStyle style)
{
    label.setFont(textFont(style));
    label.setForegroundRole(style == TextStyle::Hint || style == TextStyle::MonoHint ? QPalette::PlaceholderText : QPalette::WindowText);
}

} // namespace app
