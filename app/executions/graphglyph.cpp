#include "app/executions/graphglyph.h"

#include <QPainterPath>

namespace app {
namespace {

using State = conductor::Graph::State;
using conductor::TaskKind;

// Lines on a grid of 24, y down.
class Pencil
{
public:
    Pencil(QPainter &painter, QRectF where, QColor colour)
        : m_painter(painter)
        , m_colour(colour)
    {
        const double side = std::min(where.width(), where.height());
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.translate(where.center() - QPointF(side / 2, side / 2));
        m_painter.scale(side / 24, side / 24);
        m_painter.setPen(QPen(colour, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
    }
    ~Pencil() { m_painter.restore(); }
    Pencil(const Pencil &) = delete;
    Pencil &operator=(const Pencil &) = delete;

    void line(std::initializer_list<QPointF> points) { m_painter.drawPolyline(points.begin(), int(points.size())); }
    void ring(double radius = 9.5) { m_painter.drawEllipse(QPointF(12, 12), radius, radius); }
    void arc(QPointF centre, double radius, double from, double span)
    {
        m_painter.drawArc(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), int(from * 16), int(span * 16));
    }

    void dottedRing(double on, double off)
    {
        QPen pen(m_colour, 2.2, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({on, off});
        m_painter.setPen(pen);
        ring();
        m_painter.setPen(QPen(m_colour, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }

    // A full disc; what is drawn on it afterwards is cut out in the colour below.
    void disc()
    {
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_colour);
        m_painter.drawEllipse(QPointF(12, 12), 11, 11);
        m_painter.setBrush(Qt::NoBrush);
        const QColor on = m_colour.lightnessF() > 0.55 ? QColor(0x1E1F22) : QColor(Qt::white);
        m_painter.setPen(QPen(on, 2.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }

    void filled(std::initializer_list<QPointF> points)
    {
        m_painter.setBrush(m_colour);
        m_painter.drawPolygon(points.begin(), int(points.size()));
        m_painter.setBrush(Qt::NoBrush);
    }

    void dot(QPointF centre, double radius)
    {
        m_painter.setBrush(m_colour);
        m_painter.setPen(Qt::NoPen);
        m_painter.drawEllipse(centre, radius, radius);
        m_painter.setPen(QPen(m_colour, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
    }

    void box(QRectF rect, double radius = 2) { m_painter.drawRoundedRect(rect, radius, radius); }

private:
    QPainter &m_painter;
    QColor m_colour;
};

void paintState(Pencil &pencil, Glyph glyph)
{
    switch (glyph) {
    case Glyph::Planned:
        pencil.dottedRing(1.0, 1.75);
        break;
    case Glyph::Blocked: // a padlock
        pencil.box({5, 11, 14, 10});
        pencil.arc({12, 10.5}, 4, 0, 180);
        break;
    case Glyph::Queued: // a ring in waiting, three dots
        pencil.dottedRing(2.6, 1.7);
        pencil.dot({7.6, 12}, 1.5);
        pencil.dot({12, 12}, 1.5);
        pencil.dot({16.4, 12}, 1.5);
        break;
    case Glyph::Running:
        pencil.ring();
        pencil.filled({{10, 8.2}, {16, 12}, {10, 15.8}});
        break;
    case Glyph::Waiting: // an hourglass
        pencil.line({{6, 3}, {18, 3}});
        pencil.line({{6, 21}, {18, 21}});
        pencil.line({{7.5, 3}, {7.5, 7}, {16.5, 17}, {16.5, 21}});
        pencil.line({{16.5, 3}, {16.5, 7}, {7.5, 17}, {7.5, 21}});
        break;
    case Glyph::Retrying:
        pencil.arc({12, 12}, 9, 60, 270);
        pencil.line({{17.2, 0.8}, {16.6, 4.4}, {12.8, 4.6}});
        pencil.dot({12, 12}, 1.7);
        break;
    case Glyph::Done:
        pencil.disc();
        pencil.line({{7, 12.4}, {10.6, 16}, {17.2, 8.6}});
        break;
    case Glyph::DoneWithErrors:
        pencil.line({{12, 3}, {22, 20.5}, {2, 20.5}, {12, 3}});
        pencil.line({{12, 9.5}, {12, 14}});
        pencil.dot({12, 17.3}, 1.3);
        break;
    case Glyph::Skipped:
        pencil.line({{5, 5}, {14, 12}, {5, 19}, {5, 5}});
        pencil.line({{19, 5}, {19, 19}});
        break;
    case Glyph::Failed:
        pencil.disc();
        pencil.line({{8, 8}, {16, 16}});
        pencil.line({{16, 8}, {8, 16}});
        break;
    case Glyph::TimedOut: // a stopwatch
        pencil.arc({12, 13.5}, 8.5, 0, 360);
        pencil.line({{12, 13.5}, {12, 8.5}});
        pencil.line({{9.5, 2}, {14.5, 2}});
        pencil.line({{12, 13.5}, {15, 15.6}});
        break;
    case Glyph::Canceled:
        pencil.ring();
        pencil.line({{5.4, 5.4}, {18.6, 18.6}});
        break;
    case Glyph::NotTaken:
        pencil.line({{6, 12}, {18, 12}});
        break;
    default:
        pencil.ring();
        pencil.arc({12, 10}, 3, -45, 225);
        pencil.line({{13.8, 12.2}, {12, 14}});
        pencil.dot({12, 17}, 1.2);
    }
}

void paintKind(Pencil &pencil, Glyph glyph)
{
    switch (glyph) {
    case Glyph::Switch:
        pencil.line({{12, 2.5}, {21.5, 12}, {12, 21.5}, {2.5, 12}, {12, 2.5}});
        break;
    case Glyph::Fork:
        pencil.line({{3, 12}, {9, 12}});
        pencil.line({{21, 5}, {9, 5}, {9, 19}, {21, 19}});
        break;
    case Glyph::Join:
        pencil.line({{21, 12}, {15, 12}});
        pencil.line({{3, 5}, {15, 5}, {15, 19}, {3, 19}});
        break;
    case Glyph::Loop:
        pencil.line({{4, 11}, {4, 7}, {20, 7}});
        pencil.line({{16.5, 3.5}, {20, 7}, {16.5, 10.5}});
        pencil.line({{20, 13}, {20, 17}, {4, 17}});
        pencil.line({{7.5, 13.5}, {4, 17}, {7.5, 20.5}});
        break;
    case Glyph::SubWorkflow:
        pencil.box({2.5, 2.5, 11, 8});
        pencil.box({10.5, 13.5, 11, 8});
        pencil.line({{6, 10.5}, {6, 17.5}, {10.5, 17.5}});
        break;
    case Glyph::Person:
        pencil.arc({12, 8}, 4.5, 0, 360);
        pencil.arc({12, 22}, 8.5, 20, 140);
        break;
    case Glyph::Timer:
        pencil.ring();
        pencil.line({{12, 6.5}, {12, 12}, {16, 14}});
        break;
    case Glyph::Signal:
        pencil.line({{13, 2}, {5, 13.5}, {12, 13.5}, {11, 22}, {19, 10.5}, {12, 10.5}, {13, 2}});
        break;
    case Glyph::Stop:
        pencil.box({4, 4, 16, 16}, 1);
        pencil.filled({{9, 9}, {15, 9}, {15, 15}, {9, 15}});
        break;
    case Glyph::System: // the server itself does it
        pencil.box({3, 4, 18, 7});
        pencil.box({3, 13, 18, 7});
        pencil.dot({7, 7.5}, 1.2);
        pencil.dot({7, 16.5}, 1.2);
        break;
    default: // a worker: a gear's hub and teeth
        pencil.arc({12, 12}, 5.5, 0, 360);
        for (const QPointF &tooth :
             {QPointF(0, 1), QPointF(1, 0), QPointF(0, -1), QPointF(-1, 0), QPointF(.71, .71), QPointF(-.71, .71), QPointF(.71, -.71), QPointF(-.71, -.71)})
            pencil.line({QPointF(12, 12) + tooth * 7, QPointF(12, 12) + tooth * 10});
    }
}

} // namespace

Glyph stateGlyph(State state)
{
    switch (state) {
    case State::Planned:
        return Glyph::Planned;
    case State::Blocked:
        return Glyph::Blocked;
    case State::Queued:
        return Glyph::Queued;
    case State::Running:
        return Glyph::Running;
    case State::Waiting:
        return Glyph::Waiting;
    case State::Retrying:
        return Glyph::Retrying;
    case State::Done:
        return Glyph::Done;
    case State::DoneWithErrors:
        return Glyph::DoneWithErrors;
    case State::Skipped:
        return Glyph::Skipped;
    case State::Failed:
        return Glyph::Failed;
    case State::TimedOut:
        return Glyph::TimedOut;
    case State::Canceled:
        return Glyph::Canceled;
    case State::NotTaken:
        return Glyph::NotTaken;
    case State::Unknown:
        break;
    }
    return Glyph::Unknown;
}

Glyph stateGlyph(const conductor::Graph::Node &node)
{
    if (node.state == State::Waiting && node.kind == TaskKind::Human)
        return Glyph::Person;
    if (node.state == State::Waiting && node.kind == TaskKind::Wait && !node.due.isValid())
        return Glyph::Signal;
    return stateGlyph(node.state);
}

Glyph kindGlyph(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Switch:
        return Glyph::Switch;
    case TaskKind::Fork:
    case TaskKind::DynamicFork:
        return Glyph::Fork;
    case TaskKind::Join:
    case TaskKind::ExclusiveJoin:
        return Glyph::Join;
    case TaskKind::DoWhile:
        return Glyph::Loop;
    case TaskKind::SubWorkflow:
    case TaskKind::StartWorkflow:
        return Glyph::SubWorkflow;
    case TaskKind::Human:
        return Glyph::Person;
    case TaskKind::Wait:
        return Glyph::Timer;
    case TaskKind::Event:
        return Glyph::Signal;
    case TaskKind::Terminate:
        return Glyph::Stop;
    case TaskKind::System:
        return Glyph::System;
    case TaskKind::Worker:
    case TaskKind::Dynamic:
        break;
    }
    return Glyph::Worker;
}

void paintGlyph(QPainter &painter, Glyph glyph, QRectF where, QColor colour)
{
    Pencil pencil(painter, where, colour);
    if (glyph < Glyph::Worker)
        paintState(pencil, glyph);
    else
        paintKind(pencil, glyph);
}

} // namespace app
