#include "app/mcphost/mcppage.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/mcphost/cliententry.h"
#include "app/mcphost/hosting.h"
#include "app/mcphost/sessionsmodel.h"
#include "app/mcphost/trafficmodel.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/table.h"
#include "app/widgets/timetext.h"
#include "app/widgets/valuelist.h"
#include "conductor/base/hostile.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using mcp::SessionInfo;

namespace app {
namespace {

enum StackIndex { tableIndex, emptyIndex };

} // namespace

McpPage::McpPage(Hosting &hosting, Servers &servers, Clock clock, QWidget *parent)
    : Page(parent)
    , m_hosting(hosting)
    , m_servers(servers)
    , m_clock(std::move(clock))
    , m_header(new PageHeader(tr("MCP")))
    , m_profile(new QComboBox)
    , m_entry(new PlainTextPane(tr("Configuration entry for an AI client")))
    , m_message(new MessageBar)
    , m_stack(new QStackedWidget)
    , m_table(new Table(tr("AI clients")))
    , m_sessions(new SessionsModel(m_clock, this))
    , m_empty(new EmptyState)
    , m_splitter(new QSplitter(Qt::Vertical))
    , m_facts(new ValueList)
    , m_log(new Table(tr("Messages of this client")))
    , m_traffic(new TrafficModel(this))
    , m_json(new JsonView(tr("Message")))
    , m_stderr(new PlainTextPane(tr("Error output of the server process")))
    , m_tick(new QTimer(this))
{
    build();
    connect(&m_hosting, &Hosting::sessionsChanged, this, &McpPage::showSessions);
    connect(&m_hosting, &Hosting::logRead, this, &McpPage::showLog);
    connect(&m_hosting, &Hosting::failed, this, [this](const conductor::Error &error) { m_message->sayError(tr("AI clients cannot be served here"), error); });
    connect(&m_servers, &Servers::listChanged, this, &McpPage::showServers);
    connect(m_profile, &QComboBox::currentTextChanged, this,
            [this](const QString &name) { m_entry->show(clientEntry(serverProgram(), name)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &McpPage::showSelected);
    connect(m_log->selectionModel(), &QItemSelectionModel::selectionChanged, this, &McpPage::showMessage);
    m_tick->setInterval(std::chrono::seconds(1));
    connect(m_tick, &QTimer::timeout, this, [this] {
        m_sessions->tick();
        if (const SessionInfo *session = selected())
            m_hosting.readLog(session->id);
    });
    showServers();
    showSessions();
}

void McpPage::build()
{
    auto *copy = m_header->setPrimary(tr("Copy client entry"));
    copy->setToolTip(tr("What an AI client's configuration needs to use this server"));
    connect(copy, &QPushButton::clicked, this, &McpPage::copyEntry);

    m_table->setModel(m_sessions);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->header()->setSectionResizeMode(SessionsModel::Client, QHeaderView::Stretch);
    m_empty->showFirstUse(u"bot", tr("No AI client is connected"),
                          tr("Copy the entry above into the configuration of Claude, Cursor, VS Code or another AI client. It will show here as soon as it connects."),
                          tr("Copy client entry"));
    connect(m_empty, &EmptyState::actionRequested, this, &McpPage::copyEntry);
    m_stack->insertWidget(tableIndex, m_table);
    m_stack->insertWidget(emptyIndex, m_empty);

    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_stack);
    m_detail = buildDetail();
    m_splitter->addWidget(m_detail);
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_detail->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(buildEntry());
    layout->addWidget(m_message);
    layout->addWidget(m_splitter, 1);
}

QWidget *McpPage::buildEntry()
{
    auto *label = new QLabel(tr("Entry for an AI client, using the server"));
    label->setBuddy(m_profile);
    m_profile->setAccessibleName(tr("Server that the AI client uses"));
    m_profile->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *hint = new QLabel(tr("It holds no secret: the key stays in the keychain."));
    setTextStyle(*hint, TextStyle::Hint);
    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(label);
    line->addWidget(m_profile);
    line->addWidget(hint, 1);
    m_entry->setFixedHeight(m_entry->fontMetrics().lineSpacing() * 11 + 3 * Metrics::rowGap);
    m_entry->setMaximumWidth(Metrics::formWidth);

    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::groupGap);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(line);
    layout->addWidget(m_entry);
    return place;
}

QWidget *McpPage::buildDetail()
{
    m_log->setModel(m_traffic);
    m_log->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_log));
    m_log->header()->setSectionResizeMode(TrafficModel::What, QHeaderView::Stretch);
    auto *messages = new QSplitter(Qt::Horizontal);
    messages->setChildrenCollapsible(false);
    messages->addWidget(m_log);
    messages->addWidget(m_json);
    messages->setStretchFactor(0, 3);
    messages->setStretchFactor(1, 2);

    auto *end = button(tr("End session"));
    end->setToolTip(tr("Ends the server process of this client. The client may start another one"));
    connect(end, &QPushButton::clicked, this, &McpPage::endSelected);
    m_end = end;
    auto *about = new QWidget;
    auto *aboutLayout = new QVBoxLayout(about);
    aboutLayout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    aboutLayout->addWidget(m_facts);
    aboutLayout->addWidget(end, 0, Qt::AlignLeft);
    aboutLayout->addStretch();

    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(messages, tr("Messages"));
    tabs->addTab(m_stderr, tr("Error output"));
    tabs->addTab(about, tr("Details"));
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->addWidget(tabs);
    return place;
}

void McpPage::setLive(bool live)
{
    m_live = live;
    if (live) {
        m_tick->start();
        showSessions();
    } else {
        m_tick->stop();
    }
}

void McpPage::refresh()
{
    showSessions();
    if (const SessionInfo *session = selected())
        m_hosting.readLog(session->id);
}

void McpPage::focusContent()
{
    if (m_stack->currentIndex() == tableIndex)
        m_table->setFocus(Qt::OtherFocusReason);
    else
        m_empty->setFocus(Qt::OtherFocusReason);
}

bool McpPage::closePane()
{
    if (m_detail->isHidden())
        return false;
    m_table->clearSelection();
    return true;
}

void McpPage::showSessions()
{
    m_table->rememberPlace();
    m_sessions->show(m_hosting.sessions());
    m_table->returnToPlace();
    const int count = int(m_hosting.sessions().size());
    m_stack->setCurrentIndex(count > 0 ? tableIndex : emptyIndex);
    m_header->setHint(count > 0 ? tr("%n AI client(s) connected", nullptr, count) : QString());
    showSelected();
}

void McpPage::showServers()
{
    const QString before = m_profile->currentText();
    const QSignalBlocker quietly(m_profile);
    m_profile->clear();
    for (const ServerEntry &server : m_servers.all())
        m_profile->addItem(server.name);
    m_profile->setCurrentIndex(std::max(0, m_profile->findText(before)));
    m_profile->setEnabled(m_profile->count() > 0);
    m_entry->show(m_profile->count() > 0 ? clientEntry(serverProgram(), m_profile->currentText()) : tr("Add a server first."));
}

const SessionInfo *McpPage::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_sessions->rows()[size_t(rows.first().row())];
}

void McpPage::showSelected()
{
    const SessionInfo *session = selected();
    m_detail->setVisible(session);
    if (!session)
        return;
    const bool ours = session->kind == SessionInfo::Kind::Bridged;
    m_end->setVisible(ours);
    m_facts->show(std::vector<NamedValue>{
        {tr("Client"), conductor::harmless(QString(session->client.name + u' ' + session->client.version), 120)},
        {tr("Revision"), conductor::harmless(session->client.revision, 40)},
        {tr("Server"), conductor::harmless(session->profile, 80)},
        {tr("Client process"), QString::number(session->clientPid), NamedValue::Kind::Mono},
        {tr("Door process"), QString::number(session->doorPid), NamedValue::Kind::Mono},
        {tr("Server process"), session->serverPid > 0 ? QString::number(session->serverPid) : tr("none at the moment"), NamedValue::Kind::Mono},
        {tr("Connected"), relativeTime(session->since, m_clock()), NamedValue::Kind::Text, exactTime(session->since)},
        {tr("Restarts"), QLocale().toString(session->restarts)},
        {tr("Last exit"), session->lastExit.isEmpty() ? tr("none") : session->lastExit},
    });
    if (ours) {
        m_hosting.readLog(session->id);
        return;
    }
    m_traffic->show({});
    m_stderr->show(tr("This server runs on its own: its messages and its error output go to the client directly."));
}

void McpPage::showLog(const QString &id, const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput)
{
    const SessionInfo *session = selected();
    if (!session || session->id != id)
        return;
    m_log->rememberPlace();
    m_traffic->show(traffic);
    m_log->returnToPlace();
    const QString text = errorOutput.isEmpty() ? tr("Nothing was written.") : QString::fromUtf8(errorOutput);
    if (text != m_stderr->whole())
        m_stderr->show(text);
}

void McpPage::showMessage()
{
    const QModelIndexList rows = m_log->selectionModel()->selectedRows();
    m_json->show(rows.isEmpty() ? QJsonValue(QJsonValue::Undefined) : m_traffic->message(rows.first()));
}

void McpPage::endSelected()
{
    if (const SessionInfo *session = selected())
        m_hosting.endSession(session->id);
}

void McpPage::copyEntry()
{
    if (m_profile->count() == 0)
        return;
    QGuiApplication::clipboard()->setText(clientEntry(serverProgram(), m_profile->currentText()));
    Q_EMIT said(tr("Copied. Paste it into your AI client's MCP configuration"));
}

} // namespace app
