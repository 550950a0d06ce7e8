#include "app/approvals/approvalview.h"

#include "app/approvals/approvaltext.h"
#include "app/definitions/diffview.h"
#include "app/definitions/savereview.h"
#include "app/executions/graphview.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/productiontag.h"
#include "app/widgets/statusbadge.h"
#include "conductor/base/hostile.h"
#include "conductor/definition/printer.h"
#include "conductor/model/definition.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLocale>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::harmless;
using mcp::Approval;
using mcp::ApprovalRequest;
using Choice = mcp::Approvals::Choice;

namespace app {
namespace {

enum TabIndex { effectTab, changesTab, graphTab, argumentsTab };
constexpr qsizetype mostFactsAbove = 3; // the differences need the room

QLabel *plainText()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

// A label breaks lines at blanks only; a name without any would be cut at its edge.
QString breakable(QString text)
{
    constexpr int longest = 24;
    int sinceBlank = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        sinceBlank = text[i].isSpace() ? 0 : sinceBlank + 1;
        if (sinceBlank < longest || text[i].isHighSurrogate())
            continue;
        text.insert(++i, QChar(0x200b));
        sinceBlank = 0;
    }
    return text;
}

QString changesOf(const mcp::Premise &premise)
{
    if (premise.after.isEmpty())
        return ApprovalView::tr("The definition would be removed.");
    return changesInWords(SavePlan{.name = {},
                                   .after = {},
                                   .comparedWith = premise.before.isEmpty() ? 0 : std::max(1, premise.before[u"version"].toInt(1)),
                                   .changes = conductor::structuralDiff(premise.before, premise.after)});
}

} // namespace

ApprovalView::ApprovalView(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_title(plainText())
    , m_production(new ProductionTag)
    , m_who(plainText())
    , m_state(new StatusBadge)
    , m_words(plainText())
    , m_deny(button(tr("Deny")))
    , m_allow(button(tr("Allow once")))
    , m_allowForAWhile(button(tr("Allow for 15 minutes")))
    , m_denyAll(button({}, ButtonKind::Quiet))
    , m_tabs(new QTabWidget)
    , m_facts(new PlainTextPane(tr("What the call would do")))
    , m_changes(plainText())
    , m_diff(new DiffView(tr("Differences to the definition on the server")))
    , m_diffPlace(new QWidget)
    , m_graph(new GraphView)
    , m_cut(plainText())
    , m_arguments(new JsonView(tr("Arguments of the call")))
{
    build();
    connect(m_deny, &QPushButton::clicked, this, [this] { Q_EMIT chosen(Choice::Deny); });
    connect(m_allow, &QPushButton::clicked, this, [this] { Q_EMIT chosen(Choice::AllowOnce); });
    connect(m_allowForAWhile, &QPushButton::clicked, this, [this] { Q_EMIT chosen(Choice::AllowForAWhile); });
    connect(m_denyAll, &QPushButton::clicked, this, &ApprovalView::denyAllRequested);
}

void ApprovalView::build()
{
    setTextStyle(*m_title, TextStyle::Section);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    auto *title = new QHBoxLayout;
    title->setSpacing(Metrics::rowGap);
    title->addWidget(m_title, 1);
    title->addWidget(m_production, 0, Qt::AlignTop);
    auto *state = new QHBoxLayout;
    state->setSpacing(Metrics::rowGap);
    state->addWidget(m_state);
    state->addWidget(m_words, 1);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(buildEffect(), tr("Effect"));
    m_tabs->addTab(m_diffPlace, tr("Changes"));
    m_graph->setAccessibleName(tr("Graph of the definition as it would be"));
    m_graph->setFrameShape(QFrame::NoFrame);
    m_tabs->addTab(m_graph, tr("Graph"));
    m_tabs->addTab(buildArguments(), tr("Arguments"));

    auto *changes = new QVBoxLayout(m_diffPlace);
    changes->setContentsMargins(0, Metrics::rowGap, 0, 0);
    changes->setSpacing(Metrics::rowGap);
    changes->addWidget(m_changes);
    changes->addWidget(m_diff, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(title);
    layout->addWidget(m_who);
    layout->addLayout(state);
    layout->addWidget(buildButtons());
    layout->addWidget(m_tabs, 1);
}

QWidget *ApprovalView::buildEffect()
{
    m_facts->setFrameShape(QFrame::NoFrame);
    m_facts->setFont(textFont(TextStyle::Base));
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->addWidget(m_facts);
    return place;
}

QWidget *ApprovalView::buildArguments()
{
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_cut);
    layout->addWidget(m_arguments, 1);
    return place;
}

QWidget *ApprovalView::buildButtons()
{
    m_allowForAWhile->setToolTip(tr("This client may call this tool on this server for 15 minutes without asking, whatever the arguments"));
    auto *place = new QWidget;
    auto *layout = new QHBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    for (QPushButton *answer : {m_deny, m_allow, m_allowForAWhile})
        layout->addWidget(answer);
    layout->addStretch();
    layout->addWidget(m_denyAll);
    return place;
}

void ApprovalView::show(const Approval &approval, int waiting)
{
    const bool isAnother = approval.id != m_approval.id;
    m_approval = approval;
    m_waiting = waiting;
    const ApprovalRequest &request = approval.request;
    if (isAnother) {
        m_title->setText(breakable(verbAndObject(request)));
        m_production->setVisible(request.production);
        m_who->setText(breakable(tr("%1 wants to call %2 on %3: it %4.", "a client; a tool; a server; what that does")
                                     .arg(whoAsks(request), harmless(request.tool, 80), askedServer(request), effectInWords(request.effect.kind))));
        showEffect(request);
        showArguments(request);
        m_tabs->setCurrentIndex(m_tabs->isTabVisible(changesTab) ? changesTab : effectTab);
    }
    tick();
}

void ApprovalView::tick()
{
    if (m_approval.id.isEmpty())
        return;
    m_state->show(approvalLook(m_approval));
    m_words->setText(approvalInWords(m_approval, m_clock()));
    showButtons();
}

void ApprovalView::focusDeny()
{
    if (m_deny->isVisibleTo(this))
        m_deny->setFocus(Qt::OtherFocusReason);
}

void ApprovalView::setAllowing(bool allowing)
{
    m_allowing = allowing;
    showButtons();
}

void ApprovalView::showEffect(const ApprovalRequest &request)
{
    const QStringList known = factsOf(request);
    QStringList facts = known;
    if (facts.isEmpty())
        facts << tr("The server was not looked at for this call: what it says is all there is.");
    m_facts->show(facts.join(u'\n'));
    const bool isDefinition = !request.premise.before.isEmpty() || !request.premise.after.isEmpty();
    m_tabs->setTabVisible(changesTab, isDefinition);
    showGraph(request.premise);
    if (!isDefinition)
        return;
    QStringList words{changesOf(request.premise)};
    words << known.first(std::min(known.size(), mostFactsAbove));
    if (known.size() > mostFactsAbove)
        words << tr("and %1 more under Effect").arg(known.size() - mostFactsAbove);
    m_changes->setText(breakable(words.join(u'\n')));
    const auto text = [](const QJsonObject &definition) { return definition.isEmpty() ? QString() : conductor::definitionText(definition); };
    m_diff->show(text(request.premise.before), text(request.premise.after));
}

// What is removed is in no graph; the words say it.
void ApprovalView::showGraph(const mcp::Premise &premise)
{
    const conductor::Result<conductor::WorkflowDefinition> after = conductor::WorkflowDefinition::fromJson(premise.after);
    const bool hasGraph = after && !premise.after[u"tasks"].toArray().isEmpty();
    m_tabs->setTabVisible(graphTab, hasGraph);
    if (!hasGraph)
        return;
    QHash<QString, StatusLook> marks;
    for (const conductor::TaskChange &task : conductor::structuralDiff(premise.before, premise.after).tasks) {
        using Kind = conductor::TaskChange::Kind;
        if (task.kind == Kind::Added)
            marks[task.ref] = {conductor::StatusFamily::Good, u"plus"_s, tr("added")};
        else if (task.kind == Kind::Changed || !task.fields.empty())
            marks[task.ref] = {conductor::StatusFamily::NeedsYou, u"pencil"_s, tr("changed")};
        else if (task.kind == Kind::Moved)
            marks[task.ref] = {conductor::StatusFamily::Active, u"arrow-right"_s, tr("moved")};
    }
    m_graph->setGraph(conductor::graphOf(*after));
    m_graph->setMarks(marks);
}

// What was cut is no JSON any more.
void ApprovalView::showArguments(const ApprovalRequest &request)
{
    const QByteArray json = request.arguments.toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(json);
    const bool isWhole = document.isObject();
    m_cut->setVisible(!isWhole);
    m_cut->setText(tr("These are %1 of %2; the rest is not shown here.").arg(QLocale().formattedDataSize(json.size()), QLocale().formattedDataSize(request.argumentBytes)));
    m_arguments->show(isWhole ? QJsonValue(document.object()) : QJsonValue(request.arguments));
    m_arguments->setMode(isWhole ? JsonView::Mode::Tree : JsonView::Mode::Text);
}

void ApprovalView::showButtons()
{
    const bool waits = isWaiting(m_approval), late = mayStillBeAllowed(m_approval, m_clock()), kept = isKeptForNextTime(m_approval, m_clock());
    const QString what = verbAndObject(m_approval.request), where = askedServer(m_approval.request);
    m_deny->setVisible(waits || late || kept);
    m_deny->setText(waits ? tr("Deny") : late ? tr("Leave it denied") : tr("Take it back"));
    m_deny->setAccessibleName(tr("%1: %2, on %3", "Deny: Terminate workflow, on Payments EU").arg(m_deny->text(), what, where));
    m_deny->setToolTip(waits ? tr("Nothing is sent, and the client is told so (D)") : tr("(D)", "a key"));
    m_allow->setVisible(waits || late);
    m_allow->setText(waits ? tr("Allow once") : tr("Allow the next time"));
    m_allow->setAccessibleName(tr("%1: %2, on %3", "Deny: Terminate workflow, on Payments EU").arg(m_allow->text(), what, where));
    m_allow->setToolTip(tr("(A)", "a key"));
    m_allowForAWhile->setVisible(waits || late);
    m_allowForAWhile->setAccessibleName(tr("%1: %2, on %3", "Deny: Terminate workflow, on Payments EU").arg(m_allowForAWhile->text(), harmless(m_approval.request.tool, 80), where));
    m_allow->setEnabled(m_allowing);
    m_allowForAWhile->setEnabled(m_allowing);
    m_denyAll->setVisible(waits && m_waiting > 1);
    m_denyAll->setText(tr("Deny all %1 of this client").arg(QLocale().toString(m_waiting)));
}

} // namespace app
