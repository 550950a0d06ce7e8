// Reads JSON text for people: where each value stands, and what is wrong with it, by line and column.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

#include <optional>

namespace conductor {

struct TextPosition {
    int line = 1;   // from 1
    int column = 1; // from 1, in UTF-16 units
};

struct JsonPositions {
    struct Fault {
        TextPosition at;
        QString message; // "a comma must not stand before }"
    };

    QHash<QString, TextPosition> places; // path (see jsonpath.h) → its key, or the value itself in an array; "" → the root
    QStringList doubleKeys;              // paths of keys that stand twice in an object; the last one counts
    std::optional<Fault> fault;          // the first; places before it are known all the same

    // Of the path itself or else of the nearest that contains it.
    TextPosition of(QString path) const;
};

JsonPositions positionsIn(QStringView json);

} // namespace conductor
