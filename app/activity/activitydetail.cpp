#include "app/activity/activitydetail.h"

#include "app/activity/activitymodel.h"
#include "app/activity/outcomelook.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/timetext.h"
#include "app/widgets/valuelist.h"
#include "conductor/base/hostile.h"
#include "conductor/base/redaction.h"
#include "conductor/base/utc.h"
#include "mcp/audit/touchedruns.h"

#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::harmless;
using mcp::AuditEntry;

namespace app {
namespace {

std::optional<QJsonObject> wholeArguments(const AuditEntry &call)
{
    const QJsonDocument json = QJsonDocument::fromJson(call.arguments.toUtf8());
    return json.isObject() ? std::optional(json.object()) : std::nullopt;
}

} // namespace

ActivityDetail::ActivityDetail(QWidget *parent)
    : QWidget(parent)
    , m_facts(new ValueList)
    , m_arguments(new JsonView(tr("Arguments")))
    , m_cut(new PlainTextPane(tr("Arguments")))
{
    auto *title = new QLabel(tr("Arguments"));
    setTextStyle(*title, TextStyle::Section);
    auto *facts = new QScrollArea;
    facts->setFrameShape(QFrame::NoFrame);
    facts->setWidgetResizable(true);
    facts->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    facts->setWidget(m_facts);
    facts->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::groupGap, Metrics::unit, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(buildActions());
    layout->addWidget(facts, 3);
    layout->addWidget(title);
    layout->addWidget(m_arguments, 2);
    layout->addWidget(m_cut, 2);
    connect(m_arguments, &JsonView::copied, this, &ActivityDetail::copied);
}

QWidget *ActivityDetail::buildActions()
{
    m_run = button(tr("Open the run"));
    m_again = button(tr("Run again …"));
    m_story = button(tr("Story"));
    m_story->setToolTip(tr("What this client did in this session, in sentences"));
    connect(m_again, &QPushButton::clicked, this, &ActivityDetail::againRequested);
    connect(m_story, &QPushButton::clicked, this, &ActivityDetail::storyRequested);
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (const QStringList runs = mcp::touchedRuns(m_call); runs.size() == 1)
            Q_EMIT runRequested(runs.first());
    });
    auto *actions = new QWidget;
    auto *line = new QHBoxLayout(actions);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Metrics::rowGap);
    for (QPushButton *each : {m_run, m_again, m_story})
        line->addWidget(each);
    line->addStretch();
    return actions;
}

void ActivityDetail::show(const AuditEntry &call)
{
    m_call = call;
    const QLocale locale;
    const QDateTime time = conductor::utcFromMs(call.time);
    std::vector<NamedValue> facts{
        {tr("Tool"), toolName(call), NamedValue::Kind::Mono},
        {tr("Outcome"), outcomeLook(call).word},
        {tr("AI client"), harmless(QString(clientName(call) + u' ' + call.clientVersion), 120)},
        {tr("Server"), call.profile.isEmpty() ? tr("none") : harmless(call.profile, 200)},
        {tr("Effect"), call.target.isEmpty() ? effectName(call.effect) : tr("%1: %2").arg(effectName(call.effect), harmless(call.target, 300))},
        {tr("Time"), exactTime(time)},
        {tr("Duration"), call.tookUs > 0 ? tr("%1 ms").arg(locale.toString(double(call.tookUs) / 1000, 'f', 1)) : tr("not known")},
        {tr("Requests"), locale.toString(call.requests)},
        {tr("Answer"), locale.formattedDataSize(call.bytes)},
        {tr("Process"), QString::number(call.pid), NamedValue::Kind::Mono},
        {tr("Row"), QString::number(call.number), NamedValue::Kind::Mono},
        {tr("Hash"), QString::fromLatin1(call.hash), NamedValue::Kind::Id},
    };
    if (!call.detail.isEmpty() && call.kind != AuditEntry::Kind::Lost)
        facts.insert(facts.begin() + 2, {call.outcome == u"ok" ? tr("Runs") : tr("Reason"), harmless(call.detail, 1000, conductor::Lines::Keep)});
    m_facts->show(facts);
    const std::optional<QJsonObject> arguments = wholeArguments(call);
    m_arguments->setVisible(arguments.has_value());
    m_cut->setVisible(!arguments);
    if (arguments)
        m_arguments->show(*arguments);
    else
        m_cut->show(call.arguments.isEmpty() ? tr("None were kept.") : call.arguments);
    const QString obstacle = whyNotAgain(call);
    m_again->setEnabled(obstacle.isEmpty());
    m_again->setToolTip(obstacle.isEmpty() ? tr("Makes the same call, of a server you choose") : obstacle);
    m_story->setEnabled(call.kind != AuditEntry::Kind::Lost);
    showRuns();
}

void ActivityDetail::showRuns()
{
    const QStringList runs = mcp::touchedRuns(m_call);
    m_run->setEnabled(!runs.isEmpty());
    m_run->setText(runs.size() > 1 ? tr("Open a run") : tr("Open the run"));
    m_run->setToolTip(runs.isEmpty() ? tr("No run is named in this call") : harmless(runs.first(), 64));
    delete m_run->menu();
    if (runs.size() < 2)
        return;
    auto *menu = new QMenu(m_run);
    for (const QString &id : runs)
        connect(menu->addAction(harmless(id, 64)), &QAction::triggered, this, [this, id] { Q_EMIT runRequested(id); });
    m_run->setMenu(menu);
}

QString whyNotAgain(const AuditEntry &call)
{
    if (call.kind == AuditEntry::Kind::Lost || call.tool.isEmpty())
        return ActivityDetail::tr("This is not a call");
    if (!wholeArguments(call))
        return ActivityDetail::tr("Its arguments were too long to be kept whole");
    if (call.arguments.contains(conductor::redactionMark()))
        return ActivityDetail::tr("A secret in its arguments was not kept");
    return {};
}

} // namespace app
