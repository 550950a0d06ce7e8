#include "app/executions/runheader.h"

#include "app/executions/runactions.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/widgets/buttons.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/idlabel.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"
#include "conductor/insight/progress.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::harmless;

namespace app {

RunHeader::RunHeader(RunActions &actions, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_clock(std::move(clock))
    , m_back(new IconButton(u"arrow-left", tr("Back")))
    , m_name(new ElidedLabel(TextStyle::Title))
    , m_version(new ElidedLabel(TextStyle::Hint))
    , m_badge(new StatusBadge)
    , m_id(new IdLabel(tr("the execution id")))
    , m_times(new ElidedLabel(TextStyle::Hint))
    , m_progress(new ElidedLabel)
    , m_parent(button(tr("Parent run"), ButtonKind::Quiet))
{
    m_version->setContentsMargins(0, 5, 0, 0);
    auto *first = new QHBoxLayout;
    first->setSpacing(Metrics::rowGap);
    first->addWidget(m_back);
    first->addWidget(m_name, 4);
    first->addWidget(m_version);
    first->addWidget(m_badge);
    first->addWidget(m_parent);
    first->addStretch(1);
    addButtons(*first);
    auto *second = new QHBoxLayout;
    second->setSpacing(Metrics::groupGap);
    second->setContentsMargins(Metrics::control + Metrics::rowGap, 0, 0, 0);
    m_name->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_version->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_times->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_id->setMaximumWidth(320);
    m_id->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    second->addWidget(m_progress, 1);
    second->addWidget(m_times);
    second->addWidget(m_id);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::rowGap, Metrics::rowGap, Metrics::pageMargin - 4, Metrics::unit);
    layout->setSpacing(0);
    layout->addLayout(first);
    layout->addLayout(second);

    connect(m_back, &QToolButton::clicked, this, &RunHeader::backRequested);
    connect(m_id, &IdLabel::copied, this, &RunHeader::idCopied);
    connect(m_parent, &QPushButton::clicked, this, [this] { Q_EMIT parentRequested(m_parentId); });
    m_parent->setToolTip(tr("The run that started this one as its sub-workflow"));
}

void RunHeader::addButtons(QHBoxLayout &line)
{
    const std::pair<QAction *, ButtonKind> buttons[] = {{m_actions.pause, ButtonKind::Plain},
                                                        {m_actions.resume, ButtonKind::Primary},
                                                        {m_actions.retryNow, ButtonKind::Plain},
                                                        {m_actions.retry, ButtonKind::Primary},
                                                        {m_actions.terminate, ButtonKind::Plain}};
    for (const auto &[action, kind] : buttons) {
        QPushButton *made = button(action->text(), kind);
        bind(made, action);
        line.addWidget(made);
    }
    auto *more = new IconButton(u"ellipsis", tr("More that can be done to this run"));
    auto *menu = new QMenu(more);
    menu->setToolTipsVisible(true);
    menu->addActions(m_actions.ofTask());
    menu->addSeparator();
    menu->addActions({m_actions.pause, m_actions.resume, m_actions.retry, m_actions.retryNow, m_actions.nudge});
    menu->addSeparator();
    menu->addActions({m_actions.restart, m_actions.terminate});
    more->setMenu(menu);
    more->setPopupMode(QToolButton::InstantPopup);
    line.addWidget(more);
}

// A button is there while its action makes sense.
void RunHeader::bind(QPushButton *button, QAction *action)
{
    button->setToolTip(action->toolTip());
    button->setVisible(action->isEnabled());
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, button, [button, action] { button->setVisible(action->isEnabled()); });
}

void RunHeader::showUnknown(const QString &id)
{
    m_name->setText(tr("Run"));
    m_version->setText({});
    m_badge->hide();
    m_parent->hide();
    m_times->setText({});
    m_progress->setText({});
    m_id->setId(id);
}

void RunHeader::show(const conductor::Execution &execution, const conductor::Graph &graph)
{
    m_parentId = execution.parentId;
    m_parent->setVisible(!m_parentId.isEmpty());
    m_name->setText(harmless(execution.name, 120));
    m_version->setText(u"v%1"_s.arg(execution.version));
    m_badge->show(statusLook(execution.status, execution.statusWord));
    m_badge->show();
    m_id->setId(execution.id);
    tick(execution, graph);
}

void RunHeader::tick(const conductor::Execution &execution, const conductor::Graph &graph)
{
    const QDateTime now = m_clock();
    const QString duration = durationText(execution.durationMs(now));
    const QString started = relativeTime(execution.created, now);
    if (conductor::isTerminal(execution.status))
        m_times->setText(tr("Started %1, took %2").arg(started, duration));
    else if (execution.status == conductor::ExecutionStatus::Paused)
        m_times->setText(tr("Started %1").arg(started));
    else
        m_times->setText(tr("Running for %1").arg(duration));
    const QString ended = execution.ended.isValid() ? tr("\nEnded %1").arg(exactTime(execution.ended)) : QString();
    m_times->setToolTip(plainToolTip(tr("Started %1").arg(exactTime(execution.created)) + ended));
    m_progress->setText(conductor::sentence(conductor::progressOf(execution, graph, now), now));
}

void RunHeader::setBack(const QString &where)
{
    m_back->setAccessibleName(where);
    m_back->setToolTip(tr("%1 (Esc)", "Back to the executions").arg(where));
}

} // namespace app
