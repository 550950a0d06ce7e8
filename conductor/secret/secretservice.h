// The freedesktop Secret Service (gnome-keyring, KeePassXC, newer KWallets) over D-Bus. For this folder only; owned by
// KeychainStore. Entries carry the attributes that QtKeychain and secret-tool use, so that each can read the other's.
#pragma once

#include "conductor/base/reply.h"
#include "conductor/secret/sessionbus.h"

#include <QDBusObjectPath>
#include <QList>

#include <optional>

namespace conductor {

class SecretService : public QObject
{
    Q_OBJECT

public:
    static QString busName();

    explicit SecretService(std::shared_ptr<SessionBus> bus);

    // Each within the deadline, also while a prompt is open: that stays open, and once it is answered the next call goes on.
    // read: NotFound only from an open keyring. remove: no such entry is no error.
    Reply<QByteArray> read(QString key, QDeadlineTimer deadline);
    Reply<Done> write(QString key, QByteArray value, QDeadlineTimer deadline);
    Reply<Done> remove(QString key, QDeadlineTimer deadline);

private:
    using Paths = QList<QDBusObjectPath>;
    struct Hits {
        Paths open = {};
        Paths locked = {};
    };
    struct Collection {
        QDBusObjectPath path = {}; // empty: there is none
        bool locked = false;
    };

    // The answer's arguments, which have these types; leaves with what an error means.
    Reply<QVariantList> ask(QDBusMessage message, QString signature, QDeadlineTimer deadline);
    Reply<Hits> search(QString key, QDeadlineTimer deadline);
    Reply<Paths> openItems(QString key, QDeadlineTimer deadline); // having asked to unlock what must be
    Reply<Collection> defaultCollection(QDeadlineTimer deadline);
    Reply<Done> unlock(Paths objects, QDeadlineTimer deadline);
    Reply<Done> create(QString key, QByteArray value, QDBusObjectPath session, QDeadlineTimer deadline);
    Reply<Done> prompted(QDBusObjectPath prompt, QDeadlineTimer deadline); // "/": nothing to ask

    std::shared_ptr<SessionBus> m_bus;
    std::optional<Reply<Done>> m_prompt; // the one that is open
};

} // namespace conductor
