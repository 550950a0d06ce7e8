// KDE's KWallet over D-Bus, where no Secret Service is. For this folder only; owned by KeychainStore. Entries lie where
// QtKeychain would put them: folder and application "conductor-companion".
#pragma once

#include "conductor/base/reply.h"
#include "conductor/secret/sessionbus.h"

#include <optional>

namespace conductor {

class KWallet : public QObject
{
    Q_OBJECT

public:
    explicit KWallet(std::shared_ptr<SessionBus> bus);

    // Plasma 6 or Plasma 5 on this bus, running or startable.
    Reply<bool> isThere(QDeadlineTimer deadline);

    // As SecretService's.
    Reply<QByteArray> read(QString key, QDeadlineTimer deadline);
    Reply<Done> write(QString key, QByteArray value, QDeadlineTimer deadline);
    Reply<Done> remove(QString key, QDeadlineTimer deadline);

private:
    // The answer's one argument, which has this type; leaves with what an error means.
    Reply<QVariant> ask(QString method, QVariantList arguments, QString signature, QDeadlineTimer deadline);
    Reply<int> wallet(QDeadlineTimer deadline); // its handle, having asked to open it
    Reply<int> open();                          // however long the person takes

    std::shared_ptr<SessionBus> m_bus;
    QString m_service; // "org.kde.kwalletd6" or …5, once isThere() has found it
    std::optional<Reply<int>> m_opening;
};

} // namespace conductor
