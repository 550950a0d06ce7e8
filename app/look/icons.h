// Icons by name from resources/icons, tinted from the palette whenever they are painted: a new theme re-tints them all.
#pragma once

#include "conductor/model/status.h"

#include <QIcon>
#include <QPalette>

class QPainter;

namespace app {

// Normal in the role's colour, grey when disabled, on a selection in the selection's text colour. name: "refresh-cw".
QIcon icon(QStringView name, QPalette::ColorRole role = QPalette::WindowText);
QIcon icon(QStringView name, conductor::StatusFamily family);

QIcon applicationIcon(); // the mark in colour, for windows and launchers

bool hasIcon(QStringView name);

// For delegates: crisp at any device pixel ratio, cached.
void paintIcon(QPainter &painter, const QRect &rect, QStringView name, const QColor &color);
QPixmap iconPixmap(QStringView name, const QColor &color, int size, qreal devicePixelRatio);
QPixmap markPixmap(QStringView name, const QColor &color, int pixels); // a piece of our mark: resources/icons/mark

} // namespace app
