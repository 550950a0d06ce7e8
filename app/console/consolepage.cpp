#include "app/console/consolepage.h"

#include "app/console/callsmodel.h"
#include "app/console/callspane.h"
#include "app/console/lintpane.h"
#include "app/console/offerpane.h"
#include "app/console/questionpanel.h"
#include "app/console/resultpane.h"
#include "app/console/toolswitch.h"
#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/plaintextpane.h"
#include "conductor/base/hostile.h"
#include "mcp/protocol/weight.h"

#include <QComboBox>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QLocale>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::harmless;
using conductor::Reply;
using conductor::Result;
using mcp::Conversation;
using mcp::ServerAnswer;
using State = app::ConsoleSession::State;

namespace app {
namespace {

enum StackIndex { emptyIndex, tabsIndex };
constexpr std::chrono::minutes leftForLong{5};
constexpr qsizetype keptLog = 256 * 1024;

} // namespace

ConsolePage::ConsolePage(conductor::ProfileStore &profiles, Servers &servers, Clock clock, ConsoleSession::Open open, QWidget *parent)
    : Page(parent)
    , m_profiles(profiles)
    , m_servers(servers)
    , m_clock(std::move(clock))
    , m_session(new ConsoleSession(std::move(open), this))
    , m_header(new PageHeader(tr("Console")))
    , m_server(new QComboBox)
    , m_revision(new QComboBox)
    , m_restart(button(tr("Start again")))
    , m_loading(new LoadingBar)
    , m_message(new MessageBar)
    , m_question(new QuestionPanel)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_tabs(new QTabWidget)
    , m_tools(new OfferPane(OfferModel::What::Tools))
    , m_resources(new OfferPane(OfferModel::What::Resources))
    , m_prompts(new OfferPane(OfferModel::What::Prompts))
    , m_calls(new CallsPane)
    , m_lint(new LintPane)
    , m_output(new PlainTextPane(tr("What the server said beside its answers")))
    , m_away(new QTimer(this))
{
    build();
    connectSession();
    for (OfferPane *pane : {m_tools, m_resources, m_prompts})
        connectPane(pane);
    connect(&m_servers, &Servers::listChanged, this, &ConsolePage::showServers);
    connect(&m_profiles, &conductor::ProfileStore::changed, this, &ConsolePage::showOffer);
    connect(m_server, &QComboBox::activated, this, &ConsolePage::start);
    connect(m_revision, &QComboBox::activated, this, &ConsolePage::start);
    connect(m_restart, &QPushButton::clicked, this, &ConsolePage::start);
    connect(m_message, &MessageBar::actionRequested, this, &ConsolePage::start);
    connect(m_empty, &EmptyState::actionRequested, this, &ConsolePage::serverWanted);
    connect(m_calls, &CallsPane::againWanted, this, [this](const ConsoleCall &call) {
        m_wanted = Wanted{call.offered.kind, call.offered.name, call.arguments};
        startFor(call.serverId);
    });
    connect(m_calls, &CallsPane::copied, this, [this] { Q_EMIT said(tr("Copied")); });
    m_away->setSingleShot(true);
    m_away->setInterval(leftForLong);
    connect(m_away, &QTimer::timeout, this, [this] {
        if (isBusy())
            m_away->start();
        else
            m_session->end();
    });
    showServers();
    showState();
}

ConsolePage::~ConsolePage()
{
    m_session->disconnect(this);
}

void ConsolePage::build()
{
    m_server->setAccessibleName(tr("Server of the session"));
    m_server->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_revision->setAccessibleName(tr("Revision of the protocol"));
    m_revision->setToolTip(tr("Up to 2025-11-25 a session begins with a handshake; since 2026-07-28 every request stands for itself"));
    QStringList dates = mcp::handshakeDates() + mcp::modernDates();
    std::reverse(dates.begin(), dates.end());
    m_revision->addItems(dates);
    m_revision->setCurrentText(mcp::dateOf(mcp::newestHandshake));
    m_restart->setToolTip(tr("Ends the session's server process and starts another"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_server, m_revision, m_restart})
        m_header->addButton(widget);
    m_empty->showFirstUse(u"terminal", tr("There is no server yet"), tr("The console calls the tools of a Conductor server as an AI client does. Add a server first."),
                          tr("Add a server"));
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setAccessibleName(tr("What the server offers"));
    m_tabs->addTab(m_tools, tr("Tools"));
    m_tabs->addTab(m_resources, tr("Resources"));
    m_tabs->addTab(m_prompts, tr("Prompts"));
    m_tabs->addTab(m_calls, tr("Calls"));
    m_tabs->addTab(m_lint, tr("Portability"));
    m_tabs->addTab(m_output, tr("Messages"));
    m_stack->insertWidget(emptyIndex, m_empty);
    m_stack->insertWidget(tabsIndex, m_tabs);
    auto *content = new QVBoxLayout;
    content->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::pageMargin);
    content->setSpacing(Metrics::rowGap);
    content->addWidget(m_message);
    content->addWidget(m_question);
    content->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_loading);
    layout->addLayout(content, 1);
}

void ConsolePage::connectSession()
{
    connect(m_session, &ConsoleSession::stateChanged, this, &ConsolePage::showState);
    connect(m_session, &ConsoleSession::offerChanged, this, &ConsolePage::showOffer);
    connect(m_session, &ConsoleSession::wrote, this, &ConsolePage::log);
    connect(m_session, &ConsoleSession::begun, this, [this] {
        Conversation *conversation = m_session->conversation();
        connect(conversation, &Conversation::progressed, this, [this](quint64 ticket, double done, double total, const QString &message) {
            for (const Running &running : m_running) {
                if (running.ticket == ticket)
                    running.pane->result().showProgress(done, total, message);
            }
        }, Qt::QueuedConnection); // a server that answers at once may do so before ask() has returned
        connect(conversation, &Conversation::logged, this, [this](const QString &level, const QJsonValue &content) {
            const QByteArray json = QJsonDocument(content.isObject() ? content.toObject() : QJsonObject{{u"message"_s, content}}).toJson(QJsonDocument::Compact);
            log(level + u": "_s + (content.isString() ? content.toString() : QString::fromUtf8(json)));
        });
        connect(conversation, &Conversation::misheard, this, [this](const QByteArray &line) { log(tr("not a message: %1").arg(QString::fromUtf8(line.left(2000)))); });
        connect(conversation, &Conversation::inquired, m_question, &QuestionPanel::ask);
        connect(conversation, &Conversation::withdrawn, m_question, &QuestionPanel::withdraw);
        connect(conversation, &Conversation::updated, this, [this](const QString &uri) {
            log(tr("changed: %1").arg(uri));
            if (m_watched.contains(uri))
                Q_EMIT said(tr("%1 has changed").arg(harmless(uri, 120)));
            if (m_watched.contains(uri) && m_resources->address() == uri)
                m_resources->call();
        });
    });
    connect(m_question, &QuestionPanel::answered, this, [this](const QString &inquiry, const QString &action, const QJsonObject &content) {
        if (Conversation *conversation = m_session->conversation())
            conversation->answer(inquiry, action, content);
    });
}

void ConsolePage::connectPane(OfferPane *pane)
{
    connect(pane, &OfferPane::called, this, [this, pane](const Offered &offered, const QJsonObject &arguments) { call(pane, offered, arguments); });
    connect(pane, &OfferPane::cancelled, this, [this, pane] {
        for (const Running &running : std::vector<Running>(m_running)) {
            if (running.pane == pane && m_session->conversation())
                m_session->conversation()->cancel(running.ticket);
        }
    });
    connect(pane, &OfferPane::completionWanted, this, [this, pane](const Offered &offered, const QString &argument, const QString &typed, const QJsonObject &others) {
        complete(pane, offered, argument, typed, others);
    });
    connect(pane, &OfferPane::watchWanted, this, &ConsolePage::watch);
    connect(pane, &OfferPane::switched, this, &ConsolePage::switchTool);
    connect(&pane->result(), &ResultPane::copied, this, [this] { Q_EMIT said(tr("Copied")); });
}

void ConsolePage::setLive(bool live)
{
    m_live = live;
    if (!live) {
        m_away->start();
        return;
    }
    m_away->stop();
    if (m_session->state() == State::Idle)
        start();
}

void ConsolePage::refresh()
{
    start();
}

void ConsolePage::focusContent()
{
    if (m_stack->currentIndex() == emptyIndex)
        m_empty->setFocus(Qt::OtherFocusReason);
    else if (auto *pane = qobject_cast<OfferPane *>(m_tabs->currentWidget()))
        pane->focusContent();
    else
        m_tabs->currentWidget()->setFocus(Qt::OtherFocusReason);
}

bool ConsolePage::closePane()
{
    if (m_message->isHidden())
        return false;
    m_message->close();
    return true;
}

const ServerEntry *ConsolePage::server() const
{
    return m_servers.find(m_server->currentData().toString());
}

void ConsolePage::showServers()
{
    const QString before = m_server->currentData().toString();
    {
        const QSignalBlocker quiet(m_server);
        m_server->clear();
        for (const ServerEntry &entry : m_servers.all())
            m_server->addItem(harmless(entry.production ? tr("%1 (production)").arg(entry.name) : entry.name, 60), entry.id);
        const QString wanted = before.isEmpty() && m_servers.current() ? m_servers.current()->id : before;
        m_server->setCurrentIndex(std::max(0, m_server->findData(wanted)));
    }
    const bool any = m_server->count() > 0;
    m_stack->setCurrentIndex(any ? tabsIndex : emptyIndex);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_server, m_revision, m_restart})
        widget->setVisible(any);
    const bool changed = !before.isEmpty() && m_server->currentData().toString() != before;
    if (!any || changed)
        m_session->end();
    if (any && m_live && m_session->state() == State::Idle)
        start();
}

// --- the session

void ConsolePage::start()
{
    const ServerEntry *entry = server();
    if (!entry)
        return;
    m_message->close();
    m_question->forgetAll();
    m_watched.clear();
    m_resources->setWatched({});
    const QString date = m_revision->currentText();
    m_session->start(entry->name, mcp::handshakeRevision(date).value_or(mcp::Revision::R2026_07_28));
}

// What is wanted is filled in at once where the session is there, else when it is.
void ConsolePage::startFor(const QString &serverId)
{
    const int index = m_server->findData(serverId);
    if (index < 0) {
        m_wanted.reset();
        m_message->say(MessageBar::Kind::Warning, tr("The server of that call is not there any more. Nothing was filled in."));
        return;
    }
    const bool same = m_server->currentIndex() == index && m_session->state() != State::Idle && m_session->state() != State::Ended;
    m_server->setCurrentIndex(index);
    if (same)
        fillIn();
    else
        start();
}

void ConsolePage::replay(const QString &tool, const QJsonObject &arguments, const QString &profile)
{
    m_wanted = Wanted{Offered::Kind::Tool, tool, arguments};
    const auto &all = m_servers.all();
    const auto found = std::find_if(all.begin(), all.end(), [&](const ServerEntry &entry) { return entry.id == profile || entry.name == profile; });
    startFor(found == all.end() ? QString() : found->id);
}

void ConsolePage::fillIn()
{
    if (!m_wanted || m_session->state() != State::Ready)
        return;
    OfferPane *pane = paneOf(m_wanted->kind);
    m_tabs->setCurrentWidget(pane);
    if (!pane->select(m_wanted->name, m_wanted->arguments))
        m_message->say(MessageBar::Kind::Warning, tr("This server does not offer %1.").arg(harmless(m_wanted->name, 120)));
    m_wanted.reset();
}

void ConsolePage::showState()
{
    const State state = m_session->state();
    m_loading->setLoading(state == State::Starting);
    for (OfferPane *pane : {m_tools, m_resources, m_prompts})
        pane->setReady(state == State::Ready);
    if (state == State::Ready) {
        m_restart->setText(tr("Start again"));
        fillIn();
    } else {
        m_question->forgetAll();
    }
    if (state == State::Ended)
        m_message->say(MessageBar::Kind::Error, harmless(m_session->trouble(), 500), tr("Start again"));
    if (state != State::Ready)
        m_header->setHint(state == State::Starting ? tr("Starting …") : state == State::Ended ? tr("Not connected") : QString());
    else
        showOffer();
}

void ConsolePage::showOffer()
{
    if (m_session->state() != State::Ready && m_session->state() != State::Starting)
        return;
    const ConsoleSession::Offer &offer = m_session->offer();
    const QString id = m_server->currentData().toString();
    std::vector<Offered> tools = offeredTools(offer.tools, allowedBy(m_profiles, id));
    qint64 bytes = 0;
    for (const Offered &tool : tools)
        bytes += tool.isThere ? tool.bytes : 0;
    m_tools->setSwitchable(m_profiles.find(id));
    m_tools->show(std::move(tools));
    m_resources->show(offeredResources(offer.resources, offer.templates));
    m_prompts->show(offeredPrompts(offer.prompts));
    m_lint->show(offer.tools);
    if (m_session->state() != State::Ready)
        return;
    const QJsonObject info = offer.introduction[u"serverInfo"].toObject();
    m_header->setHint(tr("%1 %2, revision %3 · %4 tools, %5, about %6 tokens")
                          .arg(harmless(info[u"name"].toString(), 40), harmless(info[u"version"].toString(), 20),
                               harmless(offer.introduction[u"protocolVersion"].toString(), 20), QLocale().toString(offer.tools.size()),
                               QLocale().formattedDataSize(bytes), QLocale().toString(mcp::tokensOf(bytes))));
}

void ConsolePage::log(const QString &line)
{
    m_log += line.endsWith(u'\n') ? line : line + u'\n';
    if (m_log.size() > keptLog)
        m_log = tr("(earlier lines are not kept)") + u'\n' + m_log.right(keptLog / 2);
    m_output->show(m_log, keptLog + 1000);
}

bool ConsolePage::isBusy() const
{
    return !m_running.empty();
}

OfferPane *ConsolePage::paneOf(Offered::Kind kind) const
{
    return kind == Offered::Kind::Tool ? m_tools : kind == Offered::Kind::Prompt ? m_prompts : m_resources;
}

// --- what is asked

Reply<Done> ConsolePage::call(OfferPane *pane, Offered offered, QJsonObject arguments)
{
    Conversation *conversation = m_session->conversation();
    if (!conversation)
        co_return Done{};
    const quint64 number = m_calls->calls().begin({.time = m_clock(),
                                                   .serverId = m_server->currentData().toString(),
                                                   .server = m_session->profile(),
                                                   .revision = mcp::dateOf(conversation->revision()),
                                                   .offered = offered,
                                                   .arguments = arguments});
    const auto [method, params] = requestFor(offered, arguments);
    pane->setRunning(true);
    pane->result().showRunning();
    QElapsedTimer clock;
    clock.start();
    const Conversation::Asked asked = conversation->ask(method, params);
    m_running.push_back({asked.ticket, pane});
    const Result<ServerAnswer> answer = co_await outcome(asked.answer);
    std::erase_if(m_running, [&](const Running &running) { return running.ticket == asked.ticket && running.pane == pane; });
    pane->setRunning(false);
    if (answer)
        pane->result().showAnswer(*answer);
    else
        pane->result().showFailure(answer.error());
    m_calls->calls().finish(number, answer, clock.elapsed());
    co_return Done{};
}

Reply<Done> ConsolePage::complete(OfferPane *pane, Offered offered, QString argument, QString typed, QJsonObject others)
{
    Conversation *conversation = m_session->conversation();
    if (!conversation || offered.kind == Offered::Kind::Resource)
        co_return Done{};
    others.remove(argument);
    const QJsonObject ref = offered.kind == Offered::Kind::Prompt ? QJsonObject{{u"type"_s, u"ref/prompt"_s}, {u"name"_s, offered.name}}
                                                                  : QJsonObject{{u"type"_s, u"ref/resource"_s}, {u"uri"_s, offered.name}};
    const QJsonObject params{{u"ref"_s, ref},
                             {u"argument"_s, QJsonObject{{u"name"_s, argument}, {u"value"_s, typed}}},
                             {u"context"_s, QJsonObject{{u"arguments"_s, others}}}};
    const Conversation::Asked asked = conversation->ask(u"completion/complete"_s, params, std::chrono::seconds(10));
    const ServerAnswer answer = co_await asked.answer;
    QStringList values;
    const QJsonArray offers = answer.result()[u"completion"][u"values"].toArray();
    for (const QJsonValue &value : offers)
        values << value.toString();
    if (const Offered *now = pane->selected(); now && now->name == offered.name)
        pane->offerCompletions(argument, values);
    co_return Done{};
}

Reply<Done> ConsolePage::watch(QString address, bool wanted)
{
    const QPointer<Conversation> conversation(m_session->conversation());
    if (!conversation)
        co_return Done{};
    if (!wanted) {
        conversation->unsubscribe(address);
        m_watched.removeAll(address);
        m_resources->setWatched(m_watched);
        co_return Done{};
    }
    const Result<Done> watched = co_await outcome(conversation->subscribe(address));
    if (!conversation || conversation != m_session->conversation())
        co_return Done{};
    if (!watched) {
        m_message->say(MessageBar::Kind::Error, tr("%1 is not watched: %2").arg(harmless(address, 200), harmless(conductor::sentence(watched.error()), 300)));
        co_return Done{};
    }
    m_watched << address;
    m_resources->setWatched(m_watched);
    log(tr("watched: %1").arg(address));
    co_return Done{};
}

void ConsolePage::switchTool(const QString &tool, bool on)
{
    const Result<conductor::Profile> changed = app::switchTool(m_profiles, m_server->currentData().toString(), tool, on);
    if (!changed)
        m_message->sayError(tr("%1 was not switched: %2").arg(harmless(tool, 120), harmless(conductor::sentence(changed.error()), 300)), changed.error());
    else
        m_message->say(MessageBar::Kind::Info,
                       on ? tr("%1 is offered to sessions that begin from now on.").arg(tool) : tr("%1 is not offered to sessions that begin from now on; in running ones it is refused.").arg(tool),
                       tr("Start this session again"));
    showOffer();
}

} // namespace app
