#include "app/executions/runpane.h"

#include "app/executions/rundetail.h"
#include "app/executions/statelook.h"
#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/statusbadge.h"
#include "conductor/base/hostile.h"
#include "conductor/graph/attempts.h"

#include <QHBoxLayout>
#include <QStackedWidget>

namespace app {
namespace {

enum StackIndex { runIndex, taskIndex };

} // namespace

RunPane::RunPane(RunActions &actions, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_title(new ElidedLabel(TextStyle::Section, Qt::ElideMiddle))
    , m_badge(new StatusBadge)
    , m_stack(new QStackedWidget)
    , m_run(new RunDetail(clock))
    , m_task(new TaskDetail(actions, clock))
{
    auto *close = new IconButton(u"x", tr("Close the details (Esc)"));
    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(m_title, 1);
    line->addWidget(m_badge);
    line->addWidget(close);
    m_stack->insertWidget(runIndex, m_run);
    m_stack->insertWidget(taskIndex, m_task);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::rowGap + Metrics::unit, 0, Metrics::pageMargin - 4, Metrics::rowGap);
    layout->setSpacing(Metrics::unit);
    layout->addLayout(line);
    layout->addWidget(m_stack, 1);
    setMinimumWidth(300);

    connect(close, &QToolButton::clicked, this, &RunPane::closeRequested);
    connect(m_run, &RunDetail::copied, this, &RunPane::copied);
    connect(m_task, &TaskDetail::copied, this, &RunPane::copied);
}

void RunPane::showRun(std::shared_ptr<const conductor::Execution> execution)
{
    m_title->setText(tr("The run"));
    m_badge->hide();
    m_run->show(std::move(execution));
    m_stack->setCurrentIndex(runIndex);
}

void RunPane::showTask(std::shared_ptr<const conductor::Execution> execution, const conductor::Graph &graph, const QString &ref, int node)
{
    m_title->setText(conductor::harmless(ref, 120));
    if (node >= 0) {
        m_badge->show(stateLook(graph.nodes[size_t(node)]));
    } else {
        const std::vector<const conductor::TaskAttempt *> attempts = conductor::Attempts(*execution).at(ref);
        m_badge->show(attempts.empty() ? stateLook(conductor::Graph::State::Planned)
                                       : stateLook(conductor::stateOf(attempts, attempts.back()->kind()), attempts.back()->statusWord));
    }
    m_badge->show();
    m_task->show(std::move(execution), graph, ref, node);
    m_stack->setCurrentIndex(taskIndex);
}

void RunPane::tick()
{
    if (m_stack->currentIndex() == runIndex)
        m_run->tick();
    else
        m_task->tick();
}

} // namespace app
