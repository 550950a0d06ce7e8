// Puts the access keys that should be replaced into the inbox, and takes them out when they were. The companion owns it.
#pragma once

#include "app/approvals/inbox.h"
#include "app/core/clock.h"
#include "conductor/profile/profilestore.h"

#include <QTimer>

namespace app {

class OldKeys : public QObject
{
    Q_OBJECT

public:
    // page: where a key is replaced.
    OldKeys(conductor::ProfileStore &profiles, Inbox &inbox, QString page, Clock clock, QObject *parent = nullptr);

private:
    void look();

    conductor::ProfileStore &m_profiles;
    Inbox &m_inbox;
    QString m_page;
    Clock m_clock;
    QTimer m_hourly; // keys grow old while nothing else happens
};

} // namespace app
