// Secrets that last as long as the process: for tests and trials.
#pragma once

#include "conductor/secret/secretstore.h"

#include <functional>
#include <map>

namespace conductor {

class MemoryStore : public SecretStore
{
public:
    Reply<Keychain> preferred() override;
    Reply<QByteArray> read(Keychain keychain, QString key) override;
    Reply<Done> write(Keychain keychain, QString key, QByteArray value) override;
    Reply<Done> remove(Keychain keychain, QString key) override;

    Keychain preference = Keychain::SecretService;
    std::map<std::pair<Keychain, QString>, QByteArray> entries;
    std::function<std::optional<Error>(QStringView operation)> trouble; // asked with "preferred", "read", "write", "remove"
    int reads = 0;

private:
    std::optional<Error> troubleOf(QStringView operation) const { return trouble ? trouble(operation) : std::nullopt; }
};

} // namespace conductor
