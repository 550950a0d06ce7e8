#include "app/mcphost/mcppage.h"

#include "app/activity/auditreader.h"
#include "app/look/metrics.h"
#include "app/mcphost/hosting.h"
#include "app/mcphost/otherspanel.h"
#include "app/mcphost/sessiondetail.h"
#include "app/mcphost/sessionsmodel.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/placement.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QHeaderView>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

using conductor::Done;
using conductor::Reply;
using mcp::SessionInfo;

namespace app {
namespace {

enum StackIndex { tableIndex, emptyIndex };
constexpr qint64 mostCalls = 500;
constexpr int ticksPerLook = 5; // at the processes of the machine

} // namespace

McpPage::McpPage(Hosting &hosting, Clock clock, AskSavePath askPath, QWidget *parent)
    : Page(parent)
    , m_hosting(hosting)
    , m_clock(std::move(clock))
    , m_header(new PageHeader(tr("MCP")))
    , m_message(new MessageBar)
    , m_stack(new QStackedWidget)
    , m_table(new Table(tr("AI clients")))
    , m_sessions(new SessionsModel(m_clock, this))
    , m_empty(new EmptyState)
    , m_detail(new SessionDetail(m_clock, std::move(askPath)))
    , m_others(new OthersPanel(m_clock))
    , m_tick(new QTimer(this))
{
    build();
    connect(&m_hosting, &Hosting::sessionsChanged, this, &McpPage::showSessions);
    connect(&m_hosting, &Hosting::logRead, this, [this](const QString &id, const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput) {
        if (const SessionInfo *session = selected(); session && session->id == id)
            m_detail->showLog(traffic, errorOutput);
    });
    connect(&m_hosting, &Hosting::failed, this, [this](const conductor::Error &error) {
        m_message->sayError(tr("AI clients cannot be served here: %1.").arg(conductor::harmless(error.message, 160)), error);
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &McpPage::showSelected);
    connect(m_detail, &SessionDetail::endRequested, this, [this] {
        if (const SessionInfo *session = selected())
            m_hosting.endSession(session->id);
    });
    connect(m_detail, &SessionDetail::renewRequested, this, [this] {
        if (const SessionInfo *session = selected())
            m_hosting.renewSession(session->id);
    });
    connect(m_detail, &SessionDetail::said, this, &Page::said);
    connect(m_detail, &SessionDetail::callsWanted, this, &McpPage::readCalls);
    connect(m_detail, &SessionDetail::storyRequested, this, [this] {
        if (const SessionInfo *session = selected())
            Q_EMIT storyRequested(session->client.name, session->serverPids);
    });
    m_tick->setInterval(std::chrono::seconds(1));
    connect(m_tick, &QTimer::timeout, this, &McpPage::tick);
    showSessions();
}

McpPage::~McpPage() = default;

void McpPage::build()
{
    m_connect = m_header->setPrimary(tr("Register in AI clients"));
    connect(m_connect, &QPushButton::clicked, this, &McpPage::clientsWanted);
    m_empty->showFirstUse(u"bot", tr("No AI client is connected"),
                          tr("Register a server in Claude, Cursor, VS Code or another AI client. It will show here as soon as it connects."), tr("Register in AI clients"));
    connect(m_empty, &EmptyState::actionRequested, this, &McpPage::clientsWanted);
    buildTable();
    m_stack->insertWidget(tableIndex, underTitle(m_table));
    m_stack->insertWidget(emptyIndex, m_empty);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_stack);
    splitter->addWidget(m_detail);
    splitter->setSizes({2000, 3000});
    m_detail->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(withinMargins(m_message));
    layout->addWidget(splitter, 1);
    layout->addWidget(m_others);
}

void McpPage::buildTable()
{
    m_table->setModel(m_sessions);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setSelectionMode(Table::SingleSelection);
    m_table->setColumnCharacters(SessionsModel::Client, 24);
    m_table->setColumnCharacters(SessionsModel::Profile, 14);
    m_table->setColumnCharacters(SessionsModel::Revision, 12);
    m_table->setColumnCharacters(SessionsModel::Since, 11);
    m_table->setColumnCharacters(SessionsModel::LastCall, 11);
    m_table->setColumnCharacters(SessionsModel::Calls, 7);
    m_table->setColumnCharacters(SessionsModel::Errors, 7);
    m_table->setColumnCharacters(SessionsModel::Bytes, 9);
    m_table->setColumnCharacters(SessionsModel::Restarts, 9);
    m_table->setColumnCharacters(SessionsModel::Door, 8);
    m_table->setColumnCharacters(SessionsModel::Process, 14);
}

void McpPage::setLive(bool live)
{
    if (live) {
        m_tick->start();
        showSessions();
        lookForOthers();
    } else {
        m_tick->stop();
        if (m_audit)
            m_audit->rest();
    }
}

void McpPage::refresh()
{
    showSessions();
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
    if (!m_message->isHidden()) {
        m_message->close();
        return true;
    }
    if (m_detail->isHidden())
        return false;
    m_table->clearSelection();
    return true;
}

Reply<Done> McpPage::lookForOthers()
{
    m_others->show(co_await m_hosting.others());
    co_return Done{};
}

void McpPage::tick()
{
    m_sessions->tick();
    if (++m_ticks % ticksPerLook == 0)
        lookForOthers();
    if (const SessionInfo *session = selected())
        m_hosting.readLog(session->id);
    if (m_detail->wantsCalls())
        readCalls();
}

// Those of the processes that served this session, since it began: a number of a process comes again.
Reply<Done> McpPage::readCalls()
{
    const SessionInfo *session = selected();
    if (!session || session->serverPids.isEmpty())
        co_return Done{};
    if (!m_audit)
        m_audit = std::make_unique<AuditReader>();
    const QString id = session->id;
    mcp::AuditQuery query;
    query.since = session->since.toMSecsSinceEpoch();
    query.pids = session->serverPids;
    query.newest = mostCalls;
    const conductor::Result<AuditReader::Rows> rows = co_await conductor::outcome(m_audit->rows(query));
    if (const SessionInfo *now = selected(); rows && now && now->id == id)
        m_detail->showCalls(**rows);
    co_return Done{};
}

void McpPage::showSessions()
{
    m_table->rememberPlace();
    m_sessions->show(m_hosting.sessions());
    m_table->returnToPlace();
    const int count = int(m_hosting.sessions().size());
    m_stack->setCurrentIndex(count > 0 ? tableIndex : emptyIndex);
    m_connect->setVisible(count > 0); // else the empty page has the button
    m_header->setHint(count == 0 ? QString() : count == 1 ? tr("1 AI client is connected") : tr("%1 AI clients are connected").arg(QLocale().toString(count)));
    showSelected();
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
    m_detail->show(*session);
    if (session->kind == SessionInfo::Kind::Bridged)
        m_hosting.readLog(session->id);
}

} // namespace app
