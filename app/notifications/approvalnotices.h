// Tells on the desktop that calls wait for approval: one notice for each client's session, with buttons while it is a single call.
// Not in the quiet hours. The companion owns it.
#pragma once

#include "app/core/clock.h"
#include "app/core/settings.h"
#include "app/notifications/notifier.h"
#include "mcp/host/approvals.h"

#include <QHash>

namespace app {

class Hosting;

class ApprovalNotices : public QObject
{
    Q_OBJECT

public:
    ApprovalNotices(Hosting &hosting, Settings &settings, Notifier &notifier, Clock clock, QObject *parent = nullptr);

Q_SIGNALS:
    void showRequested(const QString &approval);

private:
    void look();
    void chosen(const QString &session, const QString &button);

    Hosting &m_hosting;
    Settings &m_settings;
    Notifier &m_notifier;
    Clock m_clock;
    QHash<QString, QStringList> m_told; // session → the calls that its notice is about
};

// Holds nothing of the arguments: what is shown on a desktop is seen by others. waiting: of one session, one at least.
Notice noticeOf(const QString &session, const QList<mcp::Approval> &waiting);

} // namespace app
