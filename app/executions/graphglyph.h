// The small signs of a graph: of the state a node is in and of the kind of task it is. Drawn in code, in any colour.
#pragma once

#include "conductor/graph/graph.h"

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace app {

enum class Glyph {
    // states
    Planned,
    Blocked,
    Queued,
    Running,
    Waiting,
    Retrying,
    Done,
    DoneWithErrors,
    Skipped,
    Failed,
    TimedOut,
    Canceled,
    NotTaken,
    Unknown,
    // kinds
    Worker,
    System,
    Switch,
    Fork,
    Join,
    Loop,
    SubWorkflow,
    Person,
    Timer,
    Signal,
    Stop,
};

Glyph stateGlyph(const conductor::Graph::Node &node);
Glyph stateGlyph(conductor::Graph::State state);
Glyph kindGlyph(conductor::TaskKind kind);

// Fills the square in the middle of the rectangle; sharp from 10 px on.
void paintGlyph(QPainter &painter, Glyph glyph, QRectF where, QColor colour);

} // namespace app
