#include "app/executions/rundetail.h"

#include "app/executions/factsarea.h"
#include "app/executions/reasonbox.h"
#include "app/look/metrics.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/timetext.h"
#include "conductor/base/hostile.h"
#include "conductor/graph/criticalpath.h"
#include "conductor/insight/explanation.h"

#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::harmless;

namespace app {
namespace {

constexpr int leastTabs = 150; // pixels of height

} // namespace

RunDetail::RunDetail(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_reason(new ReasonBox)
    , m_facts(new FactsArea(tr("Facts about the run")))
    , m_input(new JsonView(tr("Input of the run")))
    , m_output(new JsonView(tr("Output of the run")))
    , m_variables(new JsonView(tr("Variables of the run")))
{
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->setMinimumHeight(leastTabs);
    tabs->tabBar()->setAccessibleName(tr("What is shown of the run"));
    tabs->addTab(m_input, tr("Input"));
    tabs->addTab(m_output, tr("Output"));
    tabs->addTab(m_variables, tr("Variables"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_reason);
    layout->addWidget(m_facts);
    layout->addWidget(tabs, 1);
    for (JsonView *view : {m_input, m_output, m_variables})
        connect(view, &JsonView::copied, this, &RunDetail::copied);
}

void RunDetail::show(std::shared_ptr<const conductor::Execution> execution)
{
    m_execution = std::move(execution);
    m_input->show(m_execution->input);
    m_output->show(m_execution->output);
    m_variables->show(m_execution->variables);
    const auto failure = conductor::explainFailure(*m_execution);
    const bool isOver = conductor::isTerminal(m_execution->status);
    if (!failure || isOver) // of a run that has ended the page says it above the graph
        m_reason->show(ReasonBox::Words());
    else
        m_reason->show({conductor::StatusFamily::NeedsYou, u"rotate-ccw"_s, tr("%1 is tried again: %2").arg(harmless(failure->ref, 60), harmless(failure->reason, 300)),
                        harmless(failure->reason, 2000, conductor::Lines::Keep), tr("“Retry now” makes the next attempt due at once.")});
    showFacts();
}

void RunDetail::tick()
{
    if (m_execution)
        showFacts();
}

void RunDetail::showFacts()
{
    const QDateTime now = m_clock();
    const conductor::Execution &run = *m_execution;
    std::vector<NamedValue> values{{tr("Workflow"), harmless(run.name)}, {tr("Version"), QString::number(run.version)}};
    const auto time = [&](const QString &name, const QDateTime &when) {
        if (when.isValid())
            values.push_back({name, relativeTime(when, now), NamedValue::Kind::Text, exactTime(when)});
    };
    time(tr("Started"), run.created);
    time(tr("Changed"), run.updated);
    time(tr("Ended"), run.ended);
    values.push_back({tr("Duration"), durationText(run.durationMs(now))});
    if (const conductor::CriticalPath path = conductor::criticalPath(run, now); !path.steps.empty()) {
        QStringList refs;
        for (const conductor::CriticalStep &step : path.steps)
            refs << harmless(step.ref, 60);
        values.push_back({tr("Slowest way"), refs.join(u" → "_s)});
        QStringList parts{tr("%1 at work").arg(durationText(path.workMs)), tr("%1 in queues").arg(durationText(path.queueMs))};
        if (path.delayMs > 0)
            parts << tr("%1 waiting to retry").arg(durationText(path.delayMs));
        values.push_back({tr("Of that"), parts.join(u", "_s)});
    }
    if (!run.reason.isEmpty())
        values.push_back({tr("Reason"), run.reason});
    if (!run.correlationId.isEmpty())
        values.push_back({tr("Correlation id"), run.correlationId, NamedValue::Kind::Id});
    if (run.priority > 0)
        values.push_back({tr("Priority"), QString::number(run.priority)});
    if (!run.parentId.isEmpty())
        values.push_back({tr("Parent run"), run.parentId, NamedValue::Kind::Id});
    values.push_back({tr("Execution id"), run.id, NamedValue::Kind::Id});
    m_facts->show(values);
}

} // namespace app
