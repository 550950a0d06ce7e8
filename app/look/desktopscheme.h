// Whether the desktop prefers dark: org.freedesktop.appearance of the settings portal, and its change signal. Everything is
// asynchronous; a desktop without a portal answers nothing.
#pragma once

#include <QDBusConnection>
#include <QDBusVariant> // whole: the slot is found by its types
#include <QObject>

namespace app {

class DesktopScheme : public QObject
{
    Q_OBJECT

public:
    explicit DesktopScheme(QDBusConnection bus, QObject *parent = nullptr);

    void watch(); // asks once, and hears of each change from now on

Q_SIGNALS:
    void found(bool dark); // after watch() and whenever it may have changed

private:
    Q_SLOT void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);
    void read(const QVariant &value);

    QDBusConnection m_bus;
};

} // namespace app
