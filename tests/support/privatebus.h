// A D-Bus of the test's own: nobody of the desktop answers on it.
#pragma once

#include <QProcess>

namespace support {

class PrivateBus
{
public:
    // False when no dbus-daemon starts within 5 s.
    bool start()
    {
        m_daemon.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
        if (!m_daemon.waitForReadyRead(5000))
            return false;
        m_address = QString::fromLatin1(m_daemon.readLine()).trimmed();
        return true;
    }

    bool stop()
    {
        m_daemon.terminate();
        return m_daemon.waitForFinished(5000);
    }

    const QString &address() const { return m_address; }

private:
    QProcess m_daemon;
    QString m_address;
};

} // namespace support
