// Notices through org.freedesktop.Notifications. A desktop without it, or without buttons, gets what there is instead: nothing waits
// for its answers. The companion owns it.
#pragma once

#include "app/notifications/notifier.h"

#include <QDBusConnection>
#include <QHash>
#include <QStringList>

#include <functional>
#include <map>
#include <optional>

namespace app {

class DesktopNotifier : public Notifier
{
    Q_OBJECT

public:
    // instead: shows title and text some other way, such as by the tray.
    DesktopNotifier(QDBusConnection bus, std::function<void(const QString &title, const QString &text)> instead, QObject *parent = nullptr);

    void show(const Notice &notice) override;
    void withdraw(const QString &key) override;

private:
    struct Shown {
        uint id = 0;         // the desktop's; 0: not told yet
        bool asked = false;  // its answer is awaited
        std::optional<Notice> next = {}; // what to show when it is there
        bool unwanted = false;
    };

    void learn();
    void send(const Notice &notice);
    void sent(const QString &key, const QDBusMessage &answer);
    void close(uint id);
    void fallBack(const Notice &notice);
    Q_SLOT void actionInvoked(uint id, const QString &action);
    Q_SLOT void notificationClosed(uint id, uint reason);
    QString keyOf(uint id) const;

    QDBusConnection m_bus;
    std::function<void(const QString &, const QString &)> m_instead;
    enum class Knowledge { None, Asked, There, Absent } m_knowledge = Knowledge::None;
    bool m_hasButtons = false;
    bool m_readsMarkup = false;
    std::map<QString, Notice> m_waiting; // until it is known what the desktop can do
    std::map<QString, Shown> m_shown;
};

} // namespace app
