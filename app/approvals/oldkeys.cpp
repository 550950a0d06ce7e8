#include "app/approvals/oldkeys.h"

#include "app/profiles/serversmodel.h"
#include "conductor/base/hostile.h"

#include <QStringList>

namespace app {

OldKeys::OldKeys(conductor::ProfileStore &profiles, Inbox &inbox, QString page, Clock clock, QObject *parent)
    : QObject(parent)
    , m_profiles(profiles)
    , m_inbox(inbox)
    , m_page(std::move(page))
    , m_clock(std::move(clock))
{
    connect(&m_profiles, &conductor::ProfileStore::changed, this, &OldKeys::look);
    m_hourly.setTimerType(Qt::VeryCoarseTimer);
    m_hourly.callOnTimeout(this, &OldKeys::look);
    m_hourly.start(std::chrono::hours(1));
    look();
}

void OldKeys::look()
{
    QStringList gone;
    for (const InboxItem &item : m_inbox.items()) {
        if (item.kind == InboxItem::Kind::OldKey)
            gone << item.id;
    }
    for (const conductor::Profile &profile : m_profiles.profiles()) {
        if (!conductor::keyIsOld(profile, m_clock()))
            continue;
        gone.removeOne(profile.id);
        const QString age = keyAgeText(conductor::keyAgeInDays(profile, m_clock()).value_or(0));
        m_inbox.put({.kind = InboxItem::Kind::OldKey,
                     .id = profile.id,
                     .title = tr("Replace the access key of %1").arg(conductor::harmless(profile.name, 80)),
                     .detail = tr("%1. The new one is checked before the old one is given up, and running AI clients follow.").arg(age),
                     .action = tr("Open the server"),
                     .page = m_page,
                     .since = profile.keySince});
    }
    for (const QString &id : gone)
        m_inbox.remove(InboxItem::Kind::OldKey, id);
}

} // namespace app
