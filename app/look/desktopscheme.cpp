#include "app/look/desktopscheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int preferDark = 1; // 0: no preference, 2: light
constexpr int patienceMs = 5000;

const QString portal = u"org.freedesktop.portal.Desktop"_s;
const QString portalPath = u"/org/freedesktop/portal/desktop"_s;
const QString settingsInterface = u"org.freedesktop.portal.Settings"_s;
const QString appearance = u"org.freedesktop.appearance"_s;
const QString colorScheme = u"color-scheme"_s;

} // namespace

DesktopScheme::DesktopScheme(QDBusConnection bus, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
{
}

void DesktopScheme::watch()
{
    if (!m_bus.isConnected())
        return;
    qRegisterMetaType<QDBusVariant>(); // else Qt 6.4 does not find the slot
    if (!m_bus.connect(portal, portalPath, settingsInterface, u"SettingChanged"_s, this, SLOT(settingChanged(QString, QString, QDBusVariant))))
        qWarning("Changes of the desktop's colour scheme are not heard");

    QDBusMessage question = QDBusMessage::createMethodCall(portal, portalPath, settingsInterface, u"Read"_s);
    question << appearance << colorScheme;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(question, patienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (reply.isValid())
            read(reply.value().variant());
    });
}

void DesktopScheme::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearance && key == colorScheme)
        read(value.variant());
}

// The portal's Read wraps the number in one variant more than its signal does.
void DesktopScheme::read(const QVariant &value)
{
    QVariant bare = value;
    while (bare.canConvert<QDBusVariant>())
        bare = bare.value<QDBusVariant>().variant();
    bool isNumber = false;
    const uint preference = bare.toUInt(&isNumber);
    if (isNumber)
        Q_EMIT found(preference == preferDark);
}

} // namespace app
