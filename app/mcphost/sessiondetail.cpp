#include "app/mcphost/sessiondetail.h"

#include "app/activity/activitymodel.h"
#include "app/activity/callsview.h"
#include "app/look/metrics.h"
#include "app/mcphost/sessionlog.h"
#include "app/mcphost/sessionsmodel.h"
#include "app/widgets/buttons.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/table.h"
#include "app/widgets/timetext.h"
#include "app/widgets/valuelist.h"
#include "conductor/base/hostile.h"

#include <QHeaderView>
#include <QLocale>
#include <QTabWidget>
#include <QVBoxLayout>

using conductor::harmless;
using mcp::SessionInfo;

namespace app {

SessionDetail::SessionDetail(Clock clock, AskSavePath askPath, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_tabs(new QTabWidget)
    , m_log(new SessionLog(std::move(askPath)))
    , m_calls(new Table(tr("Calls of this client")))
    , m_callsModel(new ActivityModel(m_clock, this))
    , m_stderr(new PlainTextPane(tr("Error output of the server process")))
    , m_facts(new ValueList)
{
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_log, tr("Messages"));
    m_tabs->addTab(buildCalls(), tr("Calls"));
    m_tabs->addTab(m_stderr, tr("Error output"));
    m_tabs->addTab(buildFacts(), tr("Details"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->addWidget(m_tabs);
    connect(m_log, &SessionLog::said, this, &SessionDetail::said);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (wantsCalls())
            Q_EMIT callsWanted();
    });
}

// As the audit keeps them, with the time they took and how they ended.
QWidget *SessionDetail::buildCalls()
{
    m_calls->setModel(m_callsModel);
    setCallColumns(*m_calls);
    for (const int column : {int(ActivityModel::Client), int(ActivityModel::Profile)})
        m_calls->setColumnHidden(column, true);
    m_story = button(tr("Story"));
    m_story->setToolTip(tr("What this client did in this session, in sentences"));
    connect(m_story, &QPushButton::clicked, this, &SessionDetail::storyRequested);
    auto *calls = new QWidget;
    auto *layout = new QVBoxLayout(calls);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addWidget(m_story, 0, Qt::AlignLeft);
    layout->addWidget(m_calls, 1);
    return calls;
}

QWidget *SessionDetail::buildFacts()
{
    auto *end = button(tr("End session"));
    end->setToolTip(tr("Ends the server process of this client. The client may start another one"));
    connect(end, &QPushButton::clicked, this, &SessionDetail::endRequested);
    m_end = end;
    auto *renew = button(tr("Go on with the new version"));
    renew->setToolTip(tr("conductor-mcp was updated. The client notices nothing: its next call goes to a new server process"));
    connect(renew, &QPushButton::clicked, this, &SessionDetail::renewRequested);
    m_renew = renew;
    auto *facts = new QWidget;
    auto *layout = new QVBoxLayout(facts);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->addWidget(m_facts);
    layout->addWidget(renew, 0, Qt::AlignLeft);
    layout->addWidget(end, 0, Qt::AlignLeft);
    layout->addStretch();
    return facts;
}

void SessionDetail::show(const SessionInfo &session)
{
    if (session.id != m_session) {
        m_session = session.id;
        m_log->begin();
        showCalls({});
        if (wantsCalls())
            Q_EMIT callsWanted();
    }
    m_end->setVisible(session.kind == SessionInfo::Kind::Bridged);
    m_renew->setVisible(session.outdated);
    m_facts->show(factsOf(session));
    if (session.kind != SessionInfo::Kind::Bridged) {
        m_stderr->show(session.kind == SessionInfo::Kind::Http ? tr("This client is served over HTTP: its messages go between it and the server directly.")
                                                               : tr("This server runs on its own: its messages and its error output go to the client directly."));
    }
}

std::vector<NamedValue> SessionDetail::factsOf(const SessionInfo &session) const
{
    std::vector<NamedValue> facts{
        {tr("Client"), harmless(QString(session.client.name + u' ' + session.client.version), 120)},
        {tr("Revision"), harmless(session.client.revision, 40), NamedValue::Kind::Text, eraText(session.client.revision)},
        {tr("Server"), session.profile.isEmpty() ? tr("Default") : harmless(session.profile, 80)},
    };
    if (session.kind != SessionInfo::Kind::Http) { // over HTTP it may be any process, on any machine
        facts.push_back({tr("Client process"), QString::number(session.clientPid), NamedValue::Kind::Mono});
        facts.push_back({tr("Bridge process"), QString::number(session.doorPid), NamedValue::Kind::Mono,
                         tr("What the client started: it passes messages on, and serves by itself when the companion is gone")});
    }
    facts.push_back({tr("Server process"), session.serverPid > 0 ? QString::number(session.serverPid) : tr("none at the moment"), NamedValue::Kind::Mono});
    facts.push_back({tr("Connected"), relativeTime(session.since, m_clock()), NamedValue::Kind::Text, exactTime(session.since)});
    facts.push_back({tr("Last call"), session.lastCall.isValid() ? relativeTime(session.lastCall, m_clock()) : tr("none"), NamedValue::Kind::Text, exactTime(session.lastCall)});
    facts.push_back({tr("Traffic"), session.bytes > 0 ? QLocale().formattedDataSize(session.bytes, 1) : tr("not known")});
    if (session.outdated)
        facts.push_back({tr("Version"), tr("older than the one that is installed")});
    facts.push_back({tr("Restarts"), QLocale().toString(session.restarts)});
    facts.push_back({tr("Last exit"), session.lastExit.isEmpty() ? tr("none") : session.lastExit});
    return facts;
}

void SessionDetail::showLog(const QList<mcp::TrafficLine> &traffic, const QByteArray &errorOutput)
{
    m_log->show(traffic);
    const QString text = errorOutput.isEmpty() ? tr("Nothing was written.") : QString::fromUtf8(errorOutput);
    if (text != m_stderr->whole())
        m_stderr->show(text);
}

bool SessionDetail::wantsCalls() const
{
    return m_calls->isVisible();
}

void SessionDetail::showCalls(const std::vector<mcp::AuditEntry> &calls)
{
    m_calls->rememberPlace();
    m_callsModel->show(calls);
    m_callsModel->tick();
    m_calls->returnToPlace();
    m_story->setEnabled(!calls.empty());
}

} // namespace app
