#include "app/definitions/textgraph.h"

#include "app/executions/graphview.h"
#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "app/widgets/noteline.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace app {

TextGraph::TextGraph(QWidget *parent)
    : QWidget(parent)
    , m_view(new GraphView)
    , m_note(new NoteLine)
{
    m_view->setAccessibleName(tr("Graph of the definition"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_note->setContentsMargins(Metrics::rowGap, Metrics::unit, Metrics::rowGap, Metrics::unit);
    auto *in = new IconButton(u"zoom-in", tr("Zoom in (+)"));
    auto *out = new IconButton(u"zoom-out", tr("Zoom out (−)"));
    auto *fit = new IconButton(u"maximize", tr("Show all of it (0)"));
    connect(in, &QToolButton::clicked, m_view, &GraphView::zoomIn);
    connect(out, &QToolButton::clicked, m_view, &GraphView::zoomOut);
    connect(fit, &QToolButton::clicked, m_view, &GraphView::fit);
    auto *tools = new QHBoxLayout;
    tools->setContentsMargins(Metrics::rowGap, Metrics::unit, Metrics::rowGap, Metrics::unit);
    tools->addWidget(m_note, 1);
    tools->addStretch();
    for (IconButton *tool : {out, in, fit})
        tools->addWidget(tool);

    setBackgroundRole(QPalette::Window); // as the graph's
    setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view, 1);
    layout->addLayout(tools);

    connect(m_view, &GraphView::selectionChanged, this, [this](const QString &id) {
        if (const QString ref = refOf(id); !ref.isEmpty())
            Q_EMIT chosen(ref);
    });
    connect(m_view, &GraphView::nodeActivated, this, [this](const QString &id) {
        if (const QString ref = refOf(id); !ref.isEmpty())
            Q_EMIT entered(ref);
    });
}

void TextGraph::show(const ReadText &read)
{
    if (read.definition()) {
        m_note->say({});
        m_view->setGraph(conductor::graphOf(*read.definition()));
        return;
    }
    if (const auto &fault = read.fault())
        m_note->say({tr("The graph is the last good one. Line %1: %2").arg(fault->at.line).arg(conductor::harmless(fault->message, 120))});
    else
        m_note->say({tr("The graph is the last good one: the text is no definition")});
}

void TextGraph::clear()
{
    m_note->say({});
    m_view->setGraph({});
}

void TextGraph::select(const QString &ref)
{
    const int node = ref.isEmpty() ? -1 : m_view->graph().findRef(ref);
    const QString id = node < 0 ? QString() : m_view->graph().nodes[size_t(node)].id;
    if (id == m_view->selected())
        return;
    const QSignalBlocker quietly(m_view);
    m_view->select(id);
}

QString TextGraph::refOf(const QString &nodeId) const
{
    const int node = m_view->graph().find(nodeId);
    return node < 0 ? QString() : m_view->graph().nodes[size_t(node)].ref;
}

} // namespace app
