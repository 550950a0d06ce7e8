#include "app/notifications/approvalnotices.h"

#include "app/approvals/approvaltext.h"
#include "app/mcphost/hosting.h"
#include "app/notifications/quiethours.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using mcp::Approval;
using Choice = mcp::Approvals::Choice;

namespace app {
namespace {

// The buttons name their call: a click that crosses another call's notice does not decide that one.
const QString denyButton = u"deny "_s;
const QString allowButton = u"allow "_s;
const QString showButton = u"show"_s;

} // namespace

Notice noticeOf(const QString &session, const QList<Approval> &waiting)
{
    const mcp::ApprovalRequest &first = waiting.first().request;
    QString server = askedServer(first);
    if (first.production)
        server = ApprovalNotices::tr("%1 (PROD)").arg(server);
    Notice notice{.key = session};
    if (waiting.size() == 1) {
        notice.title = ApprovalNotices::tr("%1 asks for approval").arg(whoAsks(first));
        notice.text = ApprovalNotices::tr("%1\nOn %2", "what would be done; the server").arg(verbAndObject(first), server);
        notice.buttons = {{denyButton + waiting.first().id, ApprovalNotices::tr("Deny")},
                          {allowButton + waiting.first().id, ApprovalNotices::tr("Allow once")},
                          {showButton, ApprovalNotices::tr("Show")}};
        return notice;
    }
    notice.title = ApprovalNotices::tr("%1: %2 calls wait for approval").arg(whoAsks(first), QLocale().toString(waiting.size()));
    notice.text = ApprovalNotices::tr("The first: %1\nOn %2", "what would be done; the server").arg(verbAndObject(first), server);
    notice.buttons = {{showButton, ApprovalNotices::tr("Show")}};
    return notice;
}

ApprovalNotices::ApprovalNotices(Hosting &hosting, Settings &settings, Notifier &notifier, Clock clock, QObject *parent)
    : QObject(parent)
    , m_hosting(hosting)
    , m_settings(settings)
    , m_notifier(notifier)
    , m_clock(std::move(clock))
{
    connect(&m_hosting, &Hosting::approvalsChanged, this, &ApprovalNotices::look);
    connect(&m_notifier, &Notifier::chosen, this, &ApprovalNotices::chosen);
    look();
}

void ApprovalNotices::look()
{
    QHash<QString, QList<Approval>> waiting;
    for (const Approval &approval : m_hosting.approvals()) {
        if (isWaiting(approval))
            waiting[approval.session] << approval;
    }
    const QStringList told = m_told.keys();
    for (const QString &session : told) {
        if (waiting.contains(session))
            continue;
        m_told.remove(session);
        m_notifier.withdraw(session);
    }
    if (QuietHours::fromText(m_settings.get(setting::quietHours)).contains(m_clock().toLocalTime().time()))
        return;
    for (auto it = waiting.begin(); it != waiting.end(); ++it) {
        QStringList ids;
        for (const Approval &approval : *it)
            ids << approval.id;
        if (m_told.value(it.key()) == ids)
            continue;
        m_told[it.key()] = ids;
        m_notifier.show(noticeOf(it.key(), *it));
    }
}

void ApprovalNotices::chosen(const QString &session, const QString &button)
{
    const QStringList ids = m_told.value(session);
    if (button == showButton || button == u"default") {
        Q_EMIT showRequested(ids.value(0));
        return;
    }
    const bool allows = button.startsWith(allowButton);
    const QString id = button.mid(allows ? allowButton.size() : denyButton.size());
    if ((allows || button.startsWith(denyButton)) && ids.contains(id))
        m_hosting.choose(id, allows ? Choice::AllowOnce : Choice::Deny);
}

} // namespace app
