#include "app/look/trayicon.h"

#include "app/look/icons.h"

#include <QPainter>

#include <algorithm>

namespace app {
namespace {

QStringView markOf(TrayShape shape)
{
    switch (shape) {
    case TrayShape::Dot:
        return u"dot";
    case TrayShape::Bar:
        return u"bar";
    case TrayShape::Square:
        return u"square";
    case TrayShape::Cross:
        return u"cross";
    case TrayShape::Plain:
        break;
    }
    return {};
}

QPixmap layered(TrayShape shape, const QColor &color, int size)
{
    QPixmap pixmap = markPixmap(u"mark", color, size);
    if (const QStringView state = markOf(shape); !state.isEmpty())
        QPainter(&pixmap).drawPixmap(0, 0, markPixmap(state, color, size));
    return pixmap;
}

} // namespace

bool panelIsDark(const QString &desktop, bool schemeIsDark)
{
    static const QStringList followers{QStringLiteral("KDE"), QStringLiteral("LXQt"), QStringLiteral("MATE")}; // their panels follow the scheme
    const QStringList names = desktop.split(u':');
    const bool follows = std::any_of(names.begin(), names.end(), [](const QString &name) { return followers.contains(name); });
    return schemeIsDark || !follows;
}

QIcon trayIcon(TrayShape shape, bool onDark)
{
    const QColor color = onDark ? QColor(0xF3F4F6) : QColor(0x1E1F22);
    const QColor rim = onDark ? QColor(0, 0, 0, 150) : QColor(255, 255, 255, 170);
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 44, 48, 64}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        const QPixmap around = layered(shape, rim, size);
        for (const QPoint offset : {QPoint(-1, 0), QPoint(1, 0), QPoint(0, -1), QPoint(0, 1)})
            painter.drawPixmap(offset, around);
        painter.drawPixmap(0, 0, layered(shape, color, size));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace app
