// Secrets in the session's keychain, service "conductor-companion": the Secret Service where there is one, else KWallet. One
// per process, owned by whoever composes it. Touches no bus before the first secret is asked for, and never the disk.
//
// It speaks D-Bus itself instead of going through QtKeychain: that chooses its keychain once per process by a desktop's
// variables, cannot be stopped while a prompt is open, and its libsecret lets GLib end the process with the session bus.
// Entries are the ones QtKeychain reads and writes.
#pragma once

#include "conductor/secret/secretstore.h"

#include <QDeadlineTimer>
#include <QObject>

#include <chrono>
#include <memory>

namespace conductor {

class KeychainStore : public QObject, public SecretStore
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds usualPatience{4500}; // people shall have an answer within 5 s

    explicit KeychainStore(std::chrono::milliseconds patience = usualPatience, QObject *parent = nullptr);
    ~KeychainStore() override;

    // Each answers within the patience, whatever the keychain does. An open prompt stays open: the next call goes on when it
    // has been answered.
    Reply<Keychain> preferred() override;
    Reply<QByteArray> read(Keychain keychain, QString key) override;
    Reply<Done> write(Keychain keychain, QString key, QByteArray value) override;
    Reply<Done> remove(Keychain keychain, QString key) override;

private:
    struct Session; // the bus and the keychains on it
    using Shared = std::shared_ptr<Session>;

    Reply<Shared> session(QDeadlineTimer deadline);

    const std::chrono::milliseconds m_patience;
    Shared m_session;
};

} // namespace conductor
