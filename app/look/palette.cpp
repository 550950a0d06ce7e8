#include "app/look/palette.h"

namespace app {
namespace {

struct Colors {
    QColor window, base, alternate, text, hint, disabled;
    QColor button, midlight, mid, dark, shadow;
    QColor highlight, highlighted, link, visited;
    QColor toolTip, toolTipText;
};

QPalette paletteOf(const Colors &colors)
{
    QPalette palette;
    const auto all = [&](QPalette::ColorRole role, const QColor &color) { palette.setColor(QPalette::All, role, color); };
    all(QPalette::Window, colors.window);
    all(QPalette::WindowText, colors.text);
    all(QPalette::Base, colors.base);
    all(QPalette::AlternateBase, colors.alternate);
    all(QPalette::Text, colors.text);
    all(QPalette::PlaceholderText, colors.hint);
    all(QPalette::Button, colors.button);
    all(QPalette::ButtonText, colors.text);
    all(QPalette::BrightText, colors.toolTipText); // on what is dark in both schemes
    all(QPalette::Light, colors.window); // Fusion embosses disabled text with it: the window's colour leaves no ghost
    all(QPalette::Midlight, colors.midlight);
    all(QPalette::Mid, colors.mid);
    all(QPalette::Dark, colors.dark);
    all(QPalette::Shadow, colors.shadow);
    all(QPalette::Highlight, colors.highlight);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    all(QPalette::Accent, colors.highlight);
#endif
    all(QPalette::HighlightedText, colors.highlighted);
    all(QPalette::Link, colors.link);
    all(QPalette::LinkVisited, colors.visited);
    all(QPalette::ToolTipBase, colors.toolTip);
    all(QPalette::ToolTipText, colors.toolTipText);

    // A window without focus keeps its colours, but its text selection steps back.
    palette.setColor(QPalette::Inactive, QPalette::Highlight, mixed(colors.highlight, colors.base, 0.75));

    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText, QPalette::PlaceholderText, QPalette::Link,
                            QPalette::LinkVisited})
        palette.setColor(QPalette::Disabled, role, colors.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Base, colors.window);
    palette.setColor(QPalette::Disabled, QPalette::Button, colors.window);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, colors.mid);
    return palette;
}

} // namespace

QPalette lightPalette()
{
    return paletteOf({
        .window = 0xF6F7F9,
        .base = 0xFFFFFF,
        .alternate = 0xFAFBFC,
        .text = 0x1E1F22,
        .hint = 0x666C77,
        .disabled = 0xA3A9B3,
        .button = 0xFFFFFF,
        .midlight = 0xEEF0F3,
        .mid = 0xCDD2D9,
        .dark = 0xA9B0BA,
        .shadow = 0x7A818C,
        .highlight = 0x0A4FB3,
        .highlighted = 0xFFFFFF,
        .link = 0x0A4FB3,
        .visited = 0x5A3E9E,
        .toolTip = 0x2B2D31,
        .toolTipText = 0xF3F4F6,
    });
}

QPalette darkPalette()
{
    return paletteOf({
        .window = 0x1E1F22,
        .base = 0x26282C,
        .alternate = 0x2C2F34,
        .text = 0xE6E7EA,
        .hint = 0x9DA3AD,
        .disabled = 0x666B74,
        .button = 0x303339,
        .midlight = 0x393D44,
        .mid = 0x464A52,
        .dark = 0x5B606A,
        .shadow = 0x101113,
        .highlight = 0x3D7BE0,
        .highlighted = 0x0B0D10,
        .link = 0x6AA6FF,
        .visited = 0xB79CFF,
        .toolTip = 0x3A3D43,
        .toolTipText = 0xF3F4F6,
    });
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QColor mixed(const QColor &over, const QColor &under, qreal share)
{
    const auto part = [share](float a, float b) { return float(a * share + b * (1 - share)); };
    return QColor::fromRgbF(part(over.redF(), under.redF()), part(over.greenF(), under.greenF()), part(over.blueF(), under.blueF()));
}

QColor separatorColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Mid), palette.color(QPalette::Base), isDark(palette) ? 0.6 : 0.5);
}

QColor hintColor(const QPalette &palette)
{
    return palette.color(QPalette::PlaceholderText);
}

QColor hoverColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Text), palette.color(QPalette::Base), isDark(palette) ? 0.05 : 0.04);
}

QColor selectionColor(const QPalette &palette)
{
    return mixed(palette.color(QPalette::Active, QPalette::Highlight), palette.color(QPalette::Base), isDark(palette) ? 0.26 : 0.11);
}

QColor productionColor(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xFFB224) : QColor(0xE08A00);
}

} // namespace app
