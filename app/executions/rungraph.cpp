#include "app/executions/rungraph.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/filterchip.h"
#include "conductor/graph/attempts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>

#include <cmath>

using namespace Qt::StringLiterals;
using conductor::Graph;

namespace app {

RunGraph::RunGraph(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_view(new GraphView)
    , m_scale(new QLabel)
    , m_follow(new FilterChip({.family = conductor::StatusFamily::Active, .glyph = u"radio"_s, .word = tr("Follow")}))
    , m_tools(new QWidget)
{
    m_view->setClock(std::move(clock));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    buildTools();

    connect(m_view, &GraphView::selectionChanged, this, &RunGraph::selectionChanged);
    connect(m_view, &GraphView::nodeActivated, this, &RunGraph::activated);
    connect(m_view, &GraphView::scaleChanged, this, &RunGraph::showScale);
    connect(m_view, &GraphView::spreadRequested, this, [this](const QString &strip, bool spread) {
        if (spread)
            m_wish.spread.insert(strip);
        else
            m_wish.spread.remove(strip);
        rebuild();
    });
    connect(m_view, &GraphView::turnRequested, this, [this](const QString &loop, int turn) {
        m_wish.turns[loop] = turn;
        rebuild();
    });
    showScale(m_view->scale());
}

void RunGraph::buildTools()
{
    auto *out = new IconButton(u"zoom-out", tr("Zoom out (−)"));
    auto *in = new IconButton(u"zoom-in", tr("Zoom in (+)"));
    auto *fit = new IconButton(u"maximize", tr("Show all of it (0)"));
    setTextStyle(*m_scale, TextStyle::Hint);
    m_scale->setAlignment(Qt::AlignCenter);
    m_scale->setFixedWidth(m_scale->fontMetrics().horizontalAdvance(percent(3)) + Metrics::rowGap); // the buttons stay where they are
    m_follow->setAccessibleName(tr("Follow what is running"));
    m_follow->setToolTip(tr("Keep what is running in view"));
    connect(out, &QToolButton::clicked, m_view, &GraphView::zoomOut);
    connect(in, &QToolButton::clicked, m_view, &GraphView::zoomIn);
    connect(fit, &QToolButton::clicked, m_view, &GraphView::fit);
    connect(m_follow, &QAbstractButton::toggled, m_view, &GraphView::followRunning);
    auto *line = new QHBoxLayout(m_tools);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Metrics::unit);
    for (QWidget *tool : std::initializer_list<QWidget *>{m_follow, out, m_scale, in, fit})
        line->addWidget(tool);
}

void RunGraph::show(std::shared_ptr<const conductor::Execution> execution)
{
    m_execution = std::move(execution);
    m_view->setGraph(conductor::graphOf(*m_execution, m_wish));
    m_follow->setVisible(!m_view->graph().isEnded);
}

void RunGraph::clear()
{
    m_execution.reset();
    m_wish = {};
    m_view->select({});
    m_view->setGraph({});
    m_follow->setChecked(false);
    m_view->fit();
}

QString RunGraph::percent(double scale)
{
    return tr("%1 %", "a zoom in percent").arg(QLocale().toString(int(std::lround(scale * 100))));
}

QString RunGraph::showTurnOf(const QString &runRef)
{
    const auto [ref, turn] = conductor::Attempts::turned(runRef);
    int node = graph().findRef(ref);
    while (node >= 0 && graph().nodes[size_t(node)].role != Graph::Role::Loop)
        node = graph().nodes[size_t(node)].parent;
    if (node >= 0 && turn > 0) {
        m_wish.turns[graph().nodes[size_t(node)].id] = turn;
        rebuild();
    }
    return idOf(runRef);
}

QString RunGraph::idOf(const QString &runRef) const
{
    for (const Graph::Node &node : graph().nodes) {
        if (node.runRef == runRef && node.role != Graph::Role::Merge)
            return node.id;
        for (const Graph::Cell &cell : node.cells) {
            if (cell.ref == runRef)
                return cell.id;
        }
    }
    return {};
}

QString RunGraph::refOf(const QString &nodeId) const
{
    for (const Graph::Node &node : graph().nodes) {
        if (node.id == nodeId)
            return node.runRef;
        for (const Graph::Cell &cell : node.cells) {
            if (cell.id == nodeId)
                return cell.ref;
        }
    }
    return {};
}

void RunGraph::rebuild()
{
    if (!m_execution)
        return;
    m_view->setGraph(conductor::graphOf(*m_execution, m_wish));
    Q_EMIT rebuilt();
}

// Zooming by hand ends the following.
void RunGraph::showScale(double scale)
{
    m_scale->setText(percent(scale));
    if (m_follow->isChecked() != m_view->followsRunning()) {
        const QSignalBlocker quietly(m_follow);
        m_follow->setChecked(m_view->followsRunning());
    }
}

} // namespace app
