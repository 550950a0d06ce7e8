// A definition as text for people: keys in a readable order, short lists on one line. Qt's own JSON text sorts keys by alphabet.
#pragma once

#include <QJsonObject>
#include <QString>

namespace conductor {

// Ends with a line break. The line of a path: positionsIn(text).of(path).
QString definitionText(const QJsonObject &definition);

// Any JSON the same way, keys by alphabet.
QString jsonText(const QJsonValue &json);

} // namespace conductor
