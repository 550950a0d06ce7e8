// A D-Bus session bus of our own, asked without ever blocking the event loop. For this folder only; shared by what talks to
// the keychains over it.
#pragma once

#include "conductor/base/reply.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDeadlineTimer>

#include <memory>

namespace conductor {

class SessionBus
{
public:
    // Errors: Keychain, when there is none or it does not answer.
    static Reply<std::shared_ptr<SessionBus>> connect(QDeadlineTimer deadline);

    SessionBus(const QString &address, const QString &name); // blocks; connect() calls it elsewhere
    ~SessionBus();
    SessionBus(const SessionBus &) = delete;
    SessionBus &operator=(const SessionBus &) = delete;

    QDBusConnection connection() const { return m_connection; }

    // The answer, also when it is an error of D-Bus; NoReply when none came before the deadline.
    Reply<QDBusMessage> call(QDBusMessage message, QDeadlineTimer deadline) const;

private:
    QString m_name;
    QDBusConnection m_connection;
};

// True when the service has the name or the bus can start one that takes it. Errors: Keychain.
Reply<bool> offers(std::shared_ptr<SessionBus> bus, QString service, QDeadlineTimer deadline);

// Leaves with an error when the service is not there, cannot be started or hangs; name: as a sentence has it.
Reply<Done> responds(std::shared_ptr<SessionBus> bus, QString service, QString path, QString name, QDeadlineTimer deadline);

// What an error answer of a keychain means. name: as a sentence has it.
Error keychainTrouble(const QDBusMessage &answer, const QString &name);
bool isNoReply(const QDBusMessage &answer);

} // namespace conductor
