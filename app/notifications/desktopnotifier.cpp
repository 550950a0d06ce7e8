#include "app/notifications/desktopnotifier.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int patienceMs = 5000;
constexpr uchar critical = 2; // stays until it is withdrawn

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

} // namespace

DesktopNotifier::DesktopNotifier(QDBusConnection bus, std::function<void(const QString &, const QString &)> instead, QObject *parent)
    : Notifier(parent)
    , m_bus(std::move(bus))
    , m_instead(std::move(instead))
{
    if (!m_bus.isConnected())
        return;
    const bool heard = m_bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(actionInvoked(uint, QString)))
        && m_bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(notificationClosed(uint, uint)));
    if (!heard)
        qWarning("Buttons of notifications are not heard");
}

void DesktopNotifier::show(const Notice &notice)
{
    if (!m_bus.isConnected()) {
        fallBack(notice);
    } else if (m_knowledge == Knowledge::There) {
        send(notice);
    } else {
        m_waiting[notice.key] = notice;
        learn();
    }
}

void DesktopNotifier::withdraw(const QString &key)
{
    m_waiting.erase(key);
    const auto found = m_shown.find(key);
    if (found == m_shown.end())
        return;
    found->second.next.reset();
    found->second.unwanted = true;
    if (found->second.asked)
        return; // closed when its number is known
    close(found->second.id);
    m_shown.erase(found);
}

// Asked anew for each notice as long as there is nobody: a desktop may start after us.
void DesktopNotifier::learn()
{
    if (m_knowledge == Knowledge::Asked)
        return;
    m_knowledge = Knowledge::Asked;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call(u"GetCapabilities"_s), patienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        m_knowledge = reply.isValid() ? Knowledge::There : Knowledge::Absent;
        m_hasButtons = reply.isValid() && reply.value().contains(u"actions"_s);
        m_readsMarkup = reply.isValid() && reply.value().contains(u"body-markup"_s);
        const std::map<QString, Notice> waiting = std::exchange(m_waiting, {});
        for (const auto &[key, notice] : waiting) {
            if (m_knowledge == Knowledge::There)
                send(notice);
            else
                fallBack(notice);
        }
    });
}

void DesktopNotifier::send(const Notice &notice)
{
    Shown &shown = m_shown[notice.key];
    shown.unwanted = false;
    if (shown.asked) {
        shown.next = notice; // it can only be replaced once its number is known
        return;
    }
    shown.asked = true;
    QStringList actions;
    if (m_hasButtons) {
        actions << u"default"_s << QString();
        for (const Notice::Button &button : notice.buttons)
            actions << button.id << button.word;
    }
    const QVariantMap hints{{u"urgency"_s, QVariant::fromValue(critical)}, {u"desktop-entry"_s, u"conductor-companion"_s}};
    QDBusMessage message = call(u"Notify"_s);
    message << u"Conductor Companion"_s << shown.id << u"conductor-companion"_s << notice.title << (m_readsMarkup ? notice.text.toHtmlEscaped() : notice.text) << actions
            << hints << -1;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, patienceMs), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notice] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (!reply.isValid())
            fallBack(notice);
        sent(notice.key, watcher->reply());
    });
}

void DesktopNotifier::sent(const QString &key, const QDBusMessage &answer)
{
    Shown &shown = m_shown[key];
    shown.asked = false;
    if (answer.type() == QDBusMessage::ReplyMessage)
        shown.id = answer.arguments().value(0).toUInt();
    else
        m_knowledge = Knowledge::None; // it went, or another one comes
    const std::optional<Notice> next = std::exchange(shown.next, {});
    if (shown.unwanted || shown.id == 0) {
        close(shown.id);
        m_shown.erase(key);
    }
    if (next)
        show(*next);
}

void DesktopNotifier::close(uint id)
{
    if (id == 0)
        return;
    QDBusMessage message = call(u"CloseNotification"_s);
    message << id;
    m_bus.asyncCall(message, patienceMs);
}

void DesktopNotifier::fallBack(const Notice &notice)
{
    m_instead(notice.title, notice.text);
}

void DesktopNotifier::actionInvoked(uint id, const QString &action)
{
    if (const QString key = keyOf(id); !key.isEmpty())
        Q_EMIT chosen(key, action);
}

void DesktopNotifier::notificationClosed(uint id, uint)
{
    if (const QString key = keyOf(id); !key.isEmpty() && !m_shown[key].asked)
        m_shown.erase(key);
}

QString DesktopNotifier::keyOf(uint id) const
{
    const auto found = std::find_if(m_shown.begin(), m_shown.end(), [&](const auto &entry) { return entry.second.id == id; });
    return id == 0 || found == m_shown.end() ? QString() : found->first;
}

} // namespace app
