#include "app/activity/againpane.h"

#include "app/activity/outcomelook.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "conductor/base/hostile.h"
#include "mcp/tools/catalogue.h"

#include <QCheckBox>
#include <QComboBox>
#include <QJsonDocument>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::harmless;
using conductor::Reply;
using conductor::Result;
using mcp::Effect;

namespace app {
namespace {

QWidget *titled(const QString &title, QWidget *content)
{
    auto *label = new QLabel(title);
    setTextStyle(*label, TextStyle::Section);
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(label);
    layout->addWidget(content, 1);
    return place;
}

} // namespace

AgainPane::AgainPane(Servers &servers, CarryOut carryOut, QWidget *parent)
    : QWidget(parent)
    , m_servers(servers)
    , m_carryOut(std::move(carryOut))
    , m_back(new IconButton(u"arrow-left", tr("Back to the calls")))
    , m_title(new QLabel)
    , m_server(new QComboBox)
    , m_effect(new QLabel)
    , m_sure(new QCheckBox)
    , m_run(button(tr("Run again")))
    , m_loading(new LoadingBar)
    , m_message(new MessageBar)
    , m_arguments(new JsonView(tr("Arguments")))
    , m_answer(new JsonView(tr("Answer")))
{
    setTextStyle(*m_title, TextStyle::Section);
    m_title->setTextFormat(Qt::PlainText);
    auto *head = new QHBoxLayout;
    head->setSpacing(Metrics::rowGap);
    head->addWidget(m_back);
    head->addWidget(m_title, 1);
    auto *parts = new QSplitter(Qt::Horizontal);
    parts->setChildrenCollapsible(false);
    parts->setHandleWidth(Metrics::groupGap);
    parts->addWidget(titled(tr("Arguments"), m_arguments));
    parts->addWidget(titled(tr("Answer"), m_answer));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(head);
    layout->addWidget(buildQuestion());
    layout->addWidget(m_message);
    layout->addWidget(m_loading);
    layout->addWidget(parts, 1);
    connect(static_cast<IconButton *>(m_back), &QToolButton::clicked, this, &AgainPane::backRequested);
    connect(m_server, &QComboBox::currentIndexChanged, this, [this] {
        m_sure->setChecked(false); // it was said of another server
        judge();
    });
    connect(m_sure, &QCheckBox::toggled, this, &AgainPane::judge);
    connect(m_run, &QPushButton::clicked, this, &AgainPane::run);
    connect(&m_servers, &Servers::listChanged, this, &AgainPane::showServers);
}

QWidget *AgainPane::buildQuestion()
{
    auto *label = new QLabel(tr("On the server"));
    label->setBuddy(m_server);
    m_server->setAccessibleName(tr("Server that is called"));
    m_server->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_effect->setTextFormat(Qt::PlainText);
    m_effect->setWordWrap(true);
    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(label);
    line->addWidget(m_server);
    line->addWidget(m_run);
    line->addStretch();
    auto *question = new QWidget;
    auto *layout = new QVBoxLayout(question);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_effect);
    layout->addWidget(m_sure);
    layout->addLayout(line);
    return question;
}

void AgainPane::show(const mcp::AuditEntry &call)
{
    m_call = {call.profile, call.tool, QJsonDocument::fromJson(call.arguments.toUtf8()).object()};
    m_title->setText(tr("Run %1 again").arg(harmless(call.tool, 80)));
    m_arguments->show(m_call.arguments);
    m_answer->show(QJsonValue::Undefined);
    m_message->close();
    m_sure->setChecked(false);
    showServers();
}

void AgainPane::focusFirst()
{
    m_server->setFocus(Qt::OtherFocusReason);
}

void AgainPane::showServers()
{
    const QString wanted = m_server->count() > 0 && m_call.profile.isEmpty() ? m_server->currentData().toString() : m_call.profile;
    const QSignalBlocker quietly(m_server);
    m_server->clear();
    for (const ServerEntry &server : m_servers.all())
        m_server->addItem(server.production ? tr("%1 (production)").arg(server.name) : server.name, server.name);
    m_server->setCurrentIndex(std::max(0, m_server->findData(wanted)));
    judge();
}

const ServerEntry *AgainPane::chosen() const
{
    const auto found = std::find_if(m_servers.all().begin(), m_servers.all().end(), [this](const ServerEntry &server) { return server.name == m_server->currentData(); });
    return found == m_servers.all().end() ? nullptr : &*found;
}

void AgainPane::judge()
{
    if (!m_effects)
        m_effects = mcp::tools::catalogueOfEffects();
    const ServerEntry *server = chosen();
    const Effect effect = m_effects->effectOf(m_call.tool, m_call.arguments);
    const bool reads = effect.kind == Effect::Kind::Read;
    const QString name = effectName(effect.kind);
    const QString on = harmless(effect.on, 200);
    m_effect->setText(reads ? tr("This call only reads.") : on.isEmpty() ? tr("This call does more than read: %1.").arg(name.toLower()) : tr("This call does more than read: %1 %2.").arg(name.toLower(), on));
    m_sure->setVisible(!reads);
    m_sure->setText(server && server->production ? tr("Yes, do this on the production server %1").arg(server->name) : tr("Yes, do this on %1").arg(server ? server->name : QString()));
    m_server->setEnabled(!m_busy && server);
    m_sure->setEnabled(!m_busy && server);
    m_run->setText(reads ? tr("Run again") : tr("Run again: %1").arg(name.toLower()));
    m_run->setEnabled(!m_busy && server && (reads || m_sure->isChecked()) && m_effects->find(m_call.tool));
    if (!m_effects->find(m_call.tool))
        m_effect->setText(tr("There is no tool of this name any more."));
    else if (!server)
        m_effect->setText(tr("Add a server first."));
}

Reply<Done> AgainPane::run()
{
    const ServerEntry *server = chosen();
    if (m_busy || !server)
        co_return Done{};
    m_call.profile = server->name;
    m_busy = true;
    m_message->close();
    m_loading->setLoading(true);
    judge();
    const Result<ToolAnswer> answer = co_await conductor::outcome(m_carryOut(m_call));
    m_busy = false;
    m_loading->setLoading(false);
    m_sure->setChecked(false); // once
    judge();
    if (answer)
        showAnswer(*answer);
    else
        m_message->sayError(tr("The call could not be made: %1.").arg(harmless(answer.error().message, 160)), answer.error());
    Q_EMIT called();
    co_return Done{};
}

void AgainPane::showAnswer(const ToolAnswer &answer)
{
    m_answer->show(answer.structured.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(answer.structured));
    if (answer.good)
        m_message->say(MessageBar::Kind::Success, tr("Done. The call is in the list too."));
    else
        m_message->say(MessageBar::Kind::Warning, answer.text.isEmpty() ? tr("The tool answered with an error.") : tr("The tool answered with an error: %1").arg(harmless(answer.text, 300)));
}

} // namespace app
