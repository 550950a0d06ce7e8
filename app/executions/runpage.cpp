#include "app/executions/runpage.h"

#include "app/executions/liverun.h"
#include "app/executions/reasonbox.h"
#include "app/executions/runactions.h"
#include "app/executions/runheader.h"
#include "app/executions/runview.h"
#include "app/executions/taskdetail.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "conductor/base/hostile.h"
#include "conductor/insight/explanation.h"

#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::harmless;
using Recovery = conductor::Explanation::Recovery;

namespace app {
namespace {

enum StackIndex { blankIndex, contentIndex, emptyIndex };

} // namespace

RunPage::RunPage(Servers &servers, Clock clock, QWidget *parent)
    : Page(parent)
    , m_servers(servers)
    , m_clock(std::move(clock))
    , m_actions(new RunActions(this))
    , m_header(new RunHeader(*m_actions, m_clock))
    , m_message(new MessageBar)
    , m_reason(new ReasonBox)
    , m_loading(new LoadingBar)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_view(new RunView(*m_actions, m_clock))
    , m_tick(new QTimer(this))
{
    build();
    connectParts();
    m_tick->setInterval(std::chrono::seconds(1));
    connect(m_tick, &QTimer::timeout, this, &RunPage::tick);
}

RunPage::~RunPage() = default;

void RunPage::build()
{
    m_stack->insertWidget(blankIndex, new QWidget);
    m_stack->insertWidget(contentIndex, m_view);
    m_stack->insertWidget(emptyIndex, m_empty);
    auto *messages = new QVBoxLayout;
    messages->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, 0);
    messages->setSpacing(Metrics::unit);
    messages->addWidget(m_message);
    messages->addWidget(m_reason);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(messages);
    layout->addWidget(m_loading);
    layout->addWidget(m_stack, 1);
}

void RunPage::connectParts()
{
    connect(m_header, &RunHeader::backRequested, this, &RunPage::goBack);
    connect(m_header, &RunHeader::parentRequested, this, [this](const QString &id) {
        m_trail.clear();
        openRun(id, {});
    });
    connect(m_header, &RunHeader::idCopied, this, [this] { Q_EMIT said(tr("Id copied")); });
    connect(m_message, &MessageBar::actionRequested, this, &RunPage::refresh);
    connect(m_empty, &EmptyState::actionRequested, this, &RunPage::refresh);
    connect(m_reason, &ReasonBox::actionRequested, this, &RunPage::recover);
    connect(m_actions, &RunActions::said, this, &Page::said);
    connect(m_actions, &RunActions::sent, this, &RunPage::refresh);
    connect(m_actions, &RunActions::failed, this, [this](const QString &what, const conductor::Error &error) {
        m_isStale = false;
        m_message->sayError(what, error);
    });
    connect(m_view, &RunView::childRequested, this, &RunPage::openChild);
    connect(m_view, &RunView::logWanted, this, [this](const QString &taskId) {
        if (m_run)
            m_run->readLog(taskId);
    });
    connect(m_view, &RunView::copied, this, [this] { Q_EMIT said(tr("Copied")); });
    connect(&m_servers, &Servers::currentChanged, this, [this] {
        if (isVisible() && (!m_servers.current() || m_servers.current()->id != m_serverId))
            Q_EMIT backRequested();
    });
}

void RunPage::open(const QString &serverId, const QString &executionId, const QString &back)
{
    m_serverId = serverId;
    m_back = back;
    m_trail.clear();
    openRun(executionId, {});
}

void RunPage::openRun(const QString &executionId, const QString &nodeId)
{
    m_run.reset();
    m_loading->setLoading(false);
    m_message->close();
    m_reason->show(ReasonBox::Words());
    m_toSelect = nodeId;
    m_view->clear();
    m_header->showUnknown(executionId);
    m_header->setBack(m_trail.empty() ? (m_back.isEmpty() ? tr("Back") : m_back) : tr("Back to the run that started it"));
    m_stack->setCurrentIndex(blankIndex);
    const std::optional<conductor::Client> client = m_servers.client(m_serverId);
    if (!client)
        return;
    m_actions->setClient(*client, m_servers.find(m_serverId)->production);
    m_run = std::make_unique<LiveRun>(*client, executionId);
    connect(m_run.get(), &LiveRun::changed, this, &RunPage::runChanged);
    connect(m_run.get(), &LiveRun::answered, this, &RunPage::runAnswered);
    connect(m_run.get(), &LiveRun::failed, this, &RunPage::runFailed);
    connect(m_run.get(), &LiveRun::loadingChanged, m_loading, &LoadingBar::setLoading);
    connect(m_run.get(), &LiveRun::logRead, &m_view->task(), &TaskDetail::showLog);
    connect(m_run.get(), &LiveRun::logFailed, &m_view->task(), &TaskDetail::showLogError);
    m_run->setLive(m_live);
}

QString RunPage::executionId() const
{
    return m_run ? m_run->id() : QString();
}

void RunPage::openChild(const QString &executionId)
{
    m_trail.push_back({m_run->id(), m_view->selected()});
    openRun(executionId, {});
}

void RunPage::goBack()
{
    if (m_trail.empty()) {
        Q_EMIT backRequested();
        return;
    }
    const Step step = m_trail.back();
    m_trail.pop_back();
    openRun(step.executionId, step.nodeId);
}

void RunPage::setLive(bool live)
{
    m_live = live;
    if (m_run)
        m_run->setLive(live);
    if (live)
        m_tick->start();
    else
        m_tick->stop();
}

void RunPage::refresh()
{
    if (m_run)
        m_run->refresh();
}

void RunPage::focusSearch()
{
    m_view->focusSearch();
}

void RunPage::focusContent()
{
    if (m_stack->currentIndex() == contentIndex)
        m_view->focusContent();
    else
        setFocus(Qt::OtherFocusReason);
}

// The message, then the pane, then the page itself.
bool RunPage::closePane()
{
    if (!m_message->isHidden())
        m_message->close();
    else if (!m_view->closePane())
        goBack();
    return true;
}

void RunPage::runChanged()
{
    const auto &execution = m_run->execution();
    const bool isFirst = m_stack->currentIndex() != contentIndex;
    m_view->show(execution);
    m_header->show(*execution, m_view->graph());
    showFailure();
    m_stack->setCurrentIndex(contentIndex);
    if (!m_toSelect.isEmpty())
        m_view->select(std::exchange(m_toSelect, {}));
    if (isFirst)
        focusContent();
}

void RunPage::runAnswered()
{
    m_servers.tellAnswered(m_serverId);
    if (std::exchange(m_isStale, false))
        m_message->close();
    m_view->task().followLog(); // lines come without a change of the run
}

void RunPage::runFailed()
{
    const conductor::Error &error = *m_run->error();
    if (m_run->isGone())
        m_servers.tellAnswered(m_serverId);
    else
        m_servers.tellFailed(m_serverId, error);
    if (m_stack->currentIndex() == contentIndex) {
        m_isStale = true;
        const QString what = m_run->isGone() ? tr("This run is no longer on the server. What is shown is what was last read of it.")
                                             : tr("What is shown is not current: %1.").arg(harmless(error.message, 160));
        m_message->sayError(what, error, tr("Try again"));
        return;
    }
    const QString what = m_run->isGone() ? tr("The server has no run with this id; it may have been removed") : tr("The run could not be read");
    m_empty->showError(what, error);
    m_stack->setCurrentIndex(emptyIndex);
}

// Of a run that has ended badly: the innermost reason and what makes sense now.
void RunPage::showFailure()
{
    const conductor::Execution &run = *m_run->execution();
    const std::optional<conductor::Explanation> failure = conductor::isTerminal(run.status) ? conductor::explainFailure(run) : std::nullopt;
    if (!failure) {
        m_reason->show(ReasonBox::Words());
        return;
    }
    const StatusLook look = statusLook(run.status, run.statusWord);
    QString reason = harmless(failure->reason, 220);
    if (reason.isEmpty())
        reason = tr("No reason was given");
    const QString text = failure->ref.isEmpty() ? reason : tr("%1: %2", "a task, and why it failed").arg(harmless(failure->ref, 80), reason);
    const QString action = failure->recovery == Recovery::RetryInChild && !failure->childId.isEmpty() ? tr("Open the sub-workflow")
        : failure->ref.isEmpty()                                                                       ? QString()
                                                                                                       : tr("Show the task");
    m_reason->show({look.family, look.glyph, text, harmless(run.reason, 2000, conductor::Lines::Keep), failure->advice, action});
}

void RunPage::recover()
{
    const std::optional<conductor::Explanation> failure = conductor::explainFailure(*m_run->execution());
    if (!failure)
        return;
    m_view->selectTask(failure->ref);
    if (failure->recovery == Recovery::RetryInChild && !failure->childId.isEmpty())
        openChild(failure->childId);
}

// Elapsed times go on without an answer.
void RunPage::tick()
{
    if (!m_run || !m_run->execution())
        return;
    m_header->tick(*m_run->execution(), m_view->graph());
    m_view->tick();
}

} // namespace app
