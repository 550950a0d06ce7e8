#include "app/executions/taskdetail.h"

#include "app/executions/attemptsmodel.h"
#include "app/executions/factsarea.h"
#include "app/executions/reasonbox.h"
#include "app/executions/runactions.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/table.h"
#include "app/widgets/timetext.h"
#include "conductor/base/hostile.h"
#include "conductor/graph/attempts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>
#include <QTabWidget>

using namespace Qt::StringLiterals;
using conductor::harmless;
using conductor::TaskAttempt;

namespace app {
namespace {

constexpr int mostRows = 5; // attempts that are seen without scrolling
constexpr size_t mostReasons = 3;
constexpr qsizetype reasonCap = 240;
enum Tab { inputTab, outputTab, logTab };
constexpr int leastTabs = 150; // pixels of height

QPushButton *buttonFor(QAction *action)
{
    QPushButton *made = button(action->text());
    made->setToolTip(action->toolTip());
    made->setVisible(action->isEnabled());
    QObject::connect(made, &QPushButton::clicked, action, &QAction::trigger);
    QObject::connect(action, &QAction::changed, made, [made, action] { made->setVisible(action->isEnabled()); });
    return made;
}

// A sentence of the lower rooms begins small; a task's name stays as it is.
QString asSentence(QString text, const QString &ref)
{
    if (!text.isEmpty() && !text.startsWith(harmless(ref, 60)))
        text[0] = text[0].toUpper();
    return text + u'.';
}

} // namespace

TaskDetail::TaskDetail(RunActions &actions, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_reason(new ReasonBox)
    , m_child(button(tr("Open child run")))
    , m_table(new Table(tr("Attempts at this task")))
    , m_model(new AttemptsModel(m_clock, this))
    , m_tabs(new QTabWidget)
    , m_facts(new FactsArea(tr("Facts about the task")))
    , m_input(new JsonView(tr("Input of the task")))
    , m_output(new JsonView(tr("Output of the task")))
    , m_log(new PlainTextPane(tr("Log of the task")))
{
    build(actions);
    connect(m_child, &QPushButton::clicked, this, [this] {
        if (const TaskAttempt *shown = attempt())
            Q_EMIT childRequested(shown->subWorkflowId);
    });
    connect(m_reason, &ReasonBox::actionRequested, this, [this] {
        QGuiApplication::clipboard()->setText(attempt() ? attempt()->failureReason() : QString());
        Q_EMIT copied();
    });
    connect(m_input, &JsonView::copied, this, &TaskDetail::copied);
    connect(m_output, &JsonView::copied, this, &TaskDetail::copied);
    connect(m_tabs, &QTabWidget::currentChanged, this, &TaskDetail::wantLog);
}

void TaskDetail::build(RunActions &actions)
{
    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(m_child);
    for (QAction *action : actions.ofTask())
        line->addWidget(buttonFor(action));
    line->addStretch();
    buildAttempts();

    m_tabs->setDocumentMode(true);
    m_tabs->setMinimumHeight(leastTabs);
    m_tabs->tabBar()->setAccessibleName(tr("What is shown of the task"));
    m_tabs->addTab(m_input, tr("Input"));
    m_tabs->addTab(m_output, tr("Output"));
    m_tabs->addTab(m_log, tr("Log"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_reason);
    layout->addLayout(line);
    layout->addWidget(m_table);
    layout->addWidget(m_facts);
    layout->addWidget(m_tabs, 1);
    layout->addStretch();
}

void TaskDetail::buildAttempts()
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setItemDelegateForColumn(AttemptsModel::Status, new StatusDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setMinimumSectionSize(24);
    m_table->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->header()->setSectionResizeMode(AttemptsModel::Started, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TaskDetail::chooseAttempt);
}

void TaskDetail::show(std::shared_ptr<const conductor::Execution> execution, const conductor::Graph &graph, const QString &ref, int node)
{
    if (ref != m_ref || !m_execution || m_execution->id != execution->id) {
        m_chosen.clear();
        m_logId.clear();
        m_log->show({});
    }
    m_ref = ref;
    m_execution = std::move(execution);
    m_attempts = conductor::Attempts(*m_execution).at(m_ref);
    m_blockage = node >= 0 ? conductor::blockedBy(*m_execution, graph, node) : conductor::blockedBy(*m_execution, m_ref);
    m_showing = true;
    m_model->show(m_attempts);
    m_table->setVisible(m_attempts.size() > 1);
    const int rows = std::min(int(m_attempts.size()), mostRows);
    m_table->setFixedHeight(Metrics::tableHeader + rows * Metrics::tableRow(Density::Comfortable) + Metrics::unit);
    const auto shown = std::find(m_attempts.begin(), m_attempts.end(), attempt());
    if (shown != m_attempts.end())
        m_table->setCurrentIndex(m_model->index(int(shown - m_attempts.begin()), 0));
    m_showing = false;
    showAttempt();
}

void TaskDetail::chooseAttempt()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    if (m_showing || rows.isEmpty() || m_attempts.empty())
        return;
    const int row = rows.first().row();
    m_chosen = row == int(m_attempts.size()) - 1 ? QString() : m_model->rows()[size_t(row)].id;
    showAttempt();
    Q_EMIT attemptChosen();
}

const TaskAttempt *TaskDetail::attempt() const
{
    if (m_attempts.empty())
        return nullptr;
    const auto chosen = std::find_if(m_attempts.begin(), m_attempts.end(), [this](const TaskAttempt *attempt) { return attempt->id == m_chosen; });
    return chosen == m_attempts.end() ? m_attempts.back() : *chosen;
}

void TaskDetail::focusContent()
{
    m_tabs->tabBar()->setFocus(Qt::OtherFocusReason);
}

QString TaskDetail::attemptId() const
{
    return attempt() ? attempt()->id : QString();
}

void TaskDetail::showAttempt()
{
    const TaskAttempt *shown = attempt();
    m_child->setVisible(shown && !shown->subWorkflowId.isEmpty());
    m_facts->show(shown ? facts(*shown) : std::vector<NamedValue>{{tr("Reference"), m_ref}});
    m_input->show(shown ? QJsonValue(shown->input) : QJsonValue());
    m_output->show(shown ? QJsonValue(shown->output) : QJsonValue());
    m_tabs->setVisible(shown);
    showReason();
    wantLog();
}

void TaskDetail::tick()
{
    const TaskAttempt *shown = attempt();
    if (!shown)
        return;
    m_model->tick();
    m_facts->show(facts(*shown));
    showReason();
}

void TaskDetail::showReason()
{
    const TaskAttempt *shown = attempt();
    if (const QString failure = shown ? shown->failureReason() : QString(); !failure.isEmpty()) {
        const StatusLook look = statusLook(shown->status, shown->statusWord);
        const QString innermost = conductor::innermostReason(failure);
        m_reason->show({look.family, look.glyph, harmless(innermost, reasonCap, conductor::Lines::Keep), harmless(failure, 2000, conductor::Lines::Keep), {},
                        failure.size() > reasonCap ? tr("Copy") : QString()});
        return;
    }
    QStringList sentences;
    if (!shown || shown == m_attempts.back()) {
        for (size_t i = 0; i < std::min(m_blockage.size(), mostReasons); ++i)
            sentences << asSentence(conductor::sentence(m_blockage[i], m_clock()), m_blockage[i].ref);
    }
    QString before;
    if (!sentences.isEmpty() && m_attempts.size() > 1 && shown && !conductor::isTerminal(shown->status)) {
        if (const QString why = m_attempts[m_attempts.size() - 2]->failureReason(); !why.isEmpty())
            before = tr("The attempt before failed: %1").arg(harmless(conductor::innermostReason(why), 300));
    }
    m_reason->show({conductor::StatusFamily::Active, u"info"_s, sentences.join(u'\n'), {}, before});
}

std::vector<NamedValue> TaskDetail::facts(const TaskAttempt &shown) const
{
    const QDateTime now = m_clock();
    std::vector<NamedValue> values{{tr("Task"), harmless(shown.name)}, {tr("Type"), harmless(shown.type)}};
    const auto time = [&](const QString &name, const QDateTime &when) {
        if (when.isValid())
            values.push_back({name, relativeTime(when, now), NamedValue::Kind::Text, exactTime(when)});
    };
    const auto text = [&](const QString &name, const QString &value) {
        if (!value.isEmpty())
            values.push_back({name, harmless(value)});
    };
    const int number = int(std::find(m_attempts.begin(), m_attempts.end(), &shown) - m_attempts.begin()) + 1;
    const int allowed = std::max(int(m_attempts.size()), shown.retryLimit + 1);
    values.push_back({tr("Attempt"), tr("%1 of %2", "an attempt of those allowed").arg(number).arg(allowed)});
    time(tr("Scheduled"), shown.scheduled);
    time(tr("Started"), shown.started);
    time(tr("Ended"), shown.ended);
    time(tr("Due"), shown.ended.isValid() ? QDateTime() : conductor::dueTime(shown));
    if (shown.scheduled.isValid() && shown.started.isValid())
        values.push_back({tr("In queue"), durationText(shown.scheduled.msecsTo(shown.started))});
    if (shown.started.isValid())
        values.push_back({tr("Duration"), durationText(shown.started.msecsTo(shown.ended.isValid() ? shown.ended : now))});
    text(tr("Worker"), shown.workerId);
    text(tr("Domain"), shown.domain);
    if (shown.pollCount > 0)
        values.push_back({tr("Taken"), tr("%n time(s)", "a worker took the task", shown.pollCount)});
    values.push_back({tr("Task id"), shown.id, NamedValue::Kind::Id});
    if (!shown.subWorkflowId.isEmpty())
        values.push_back({tr("Sub-workflow"), shown.subWorkflowId, NamedValue::Kind::Id});
    return values;
}

void TaskDetail::wantLog()
{
    const QString id = attemptId();
    if (m_tabs->currentIndex() == logTab && !id.isEmpty())
        Q_EMIT logWanted(id);
}

void TaskDetail::followLog()
{
    const TaskAttempt *shown = attempt();
    if (isVisible() && shown && !conductor::isTerminal(shown->status))
        wantLog();
}

void TaskDetail::showLog(const QString &taskId, const std::vector<conductor::TaskLogLine> &lines)
{
    if (taskId != attemptId())
        return;
    QStringList text;
    for (const conductor::TaskLogLine &line : lines)
        text << u"%1  %2"_s.arg(line.created.toLocalTime().time().toString(u"HH:mm:ss.zzz"_s), line.text);
    const QString all = lines.empty() ? tr("The worker has written no log.") : text.join(u'\n');
    if (m_logId == taskId && m_log->whole() == all)
        return;
    QScrollBar *bar = m_log->verticalScrollBar();
    const bool wasAtEnd = m_logId == taskId && bar->value() == bar->maximum();
    const int place = m_logId == taskId ? bar->value() : 0;
    m_log->show(all);
    bar->setValue(wasAtEnd ? bar->maximum() : place);
    m_logId = taskId;
}

void TaskDetail::showLogError(const QString &taskId, const conductor::Error &error)
{
    if (taskId == attemptId())
        m_log->show(tr("The log could not be read: %1").arg(conductor::sentence(error)));
}

} // namespace app
