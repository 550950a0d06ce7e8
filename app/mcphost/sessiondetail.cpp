#include "app/mcphost/sessiondetail.h"

#include "app/look/metrics.h"
#include "app/mcphost/trafficmodel.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/table.h"
#include "app/widgets/timetext.h"
#include "app/widgets/valuelist.h"
#include "conductor/base/hostile.h"

#include <QHeaderView>
#include <QLocale>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

using conductor::harmless;
using mcp::SessionInfo;

namespace app {

SessionDetail::SessionDetail(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_log(new Table(tr("Messages of this client")))
    , m_traffic(new TrafficModel(this))
    , m_json(new JsonView(tr("Message")))
    , m_stderr(new PlainTextPane(tr("Error output of the server process")))
    , m_facts(new ValueList)
{
    auto *tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->addTab(buildMessages(), tr("Messages"));
    tabs->addTab(m_stderr, tr("Error output"));
    tabs->addTab(buildFacts(), tr("Details"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->addWidget(tabs);
    connect(m_log->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionDetail::showMessage);
}

QWidget *SessionDetail::buildMessages()
{
    m_log->setModel(m_traffic);
    m_log->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_log));
    const int character = m_log->fontMetrics().averageCharWidth();
    m_log->header()->setStretchLastSection(false);
    m_log->header()->setSectionResizeMode(TrafficModel::What, QHeaderView::Stretch);
    m_log->setColumnWidth(TrafficModel::Time, 15 * character);
    m_log->setColumnWidth(TrafficModel::Direction, 13 * character);
    m_log->setColumnWidth(TrafficModel::Size, 12 * character);
    auto *messages = new QSplitter(Qt::Horizontal);
    messages->setChildrenCollapsible(false);
    messages->addWidget(m_log);
    messages->addWidget(m_json);
    messages->setSizes({3000, 2000});
    return messages;
}

QWidget *SessionDetail::buildFacts()
{
    auto *end = button(tr("End session"));
    end->setToolTip(tr("Ends the server process of this client. The client may start another one"));
    connect(end, &QPushButton::clicked, this, &SessionDetail::endRequested);
    m_end = end;
    auto *facts = new QWidget;
    auto *layout = new QVBoxLayout(facts);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->addWidget(m_facts);
    layout->addWidget(end, 0, Qt::AlignLeft);
    layout->addStretch();
    return facts;
}

void SessionDetail::show(const SessionInfo &session)
{
    m_end->setVisible(session.kind == SessionInfo::Kind::Bridged);
    m_facts->show(factsOf(session));
    if (session.kind != SessionInfo::Kind::Bridged) {
        m_traffic->show({});
        m_stderr->show(session.kind == SessionInfo::Kind::Http ? tr("This client is served over HTTP: its messages go between it and the server directly.")
                                                               : tr("This server runs on its own: its messages and its error output go to the client directly."));
    }
}

std::vector<NamedValue> SessionDetail::factsOf(const SessionInfo &session) const
{
    std::vector<NamedValue> facts{
        {tr("Client"), harmless(QString(session.client.name + u' ' + session.client.version), 120)},
        {tr("Revision"), harmless(session.client.revision, 40)},
        {tr("Server"), session.profile.isEmpty() ? tr("Default") : harmless(session.profile, 80)},
    };
    if (session.kind != SessionInfo::Kind::Http) { // over HTTP it may be any process, on any machine
        facts.push_back({tr("Client process"), QString::number(session.clientPid), NamedValue::Kind::Mono});
        facts.push_back({tr("Door process"), QString::number(session.doorPid), NamedValue::Kind::Mono, tr("What the client started: it passes messages on, and serves by itself when the companion is gone")});
    }
    facts.push_back({tr("Server process"), session.serverPid > 0 ? QString::number(session.serverPid) : tr("none at the moment"), NamedValue::Kind::Mono});
    facts.push_back({tr("Connected"), relativeTime(session.since, m_clock()), NamedValue::Kind::Text, exactTime(session.since)});
    facts.push_back({tr("Restarts"), QLocale().toString(session.restarts)});
    facts.push_back({tr("Last exit"), session.lastExit.isEmpty() ? tr("none") : session.lastExit});
    return facts;
}

void SessionDetail::showLog(const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput)
{
    m_log->rememberPlace();
    m_traffic->show(traffic);
    m_log->returnToPlace();
    const QString text = errorOutput.isEmpty() ? tr("Nothing was written.") : QString::fromUtf8(errorOutput);
    if (text != m_stderr->whole())
        m_stderr->show(text);
}

void SessionDetail::showMessage()
{
    const QModelIndexList rows = m_log->selectionModel()->selectedRows();
    m_json->show(rows.isEmpty() ? QJsonValue(QJsonValue::Undefined) : m_traffic->message(rows.first()));
}

} // namespace app
