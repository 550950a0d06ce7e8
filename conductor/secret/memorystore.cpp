#include "conductor/secret/memorystore.h"

using namespace Qt::StringLiterals;

namespace conductor {

Reply<Keychain> MemoryStore::preferred()
{
    if (const std::optional<Error> error = troubleOf(u"preferred"))
        return answered<Keychain>(Failure(*error));
    return answered<Keychain>(preference);
}

Reply<QByteArray> MemoryStore::read(Keychain keychain, QString key)
{
    ++reads;
    if (const std::optional<Error> error = troubleOf(u"read"))
        return answered<QByteArray>(Failure(*error));
    const auto entry = entries.find({keychain, key});
    if (entry == entries.end())
        return answered<QByteArray>(Failure({Error::Kind::NotFound, u"There is no secret %1"_s.arg(key)}));
    return answered<QByteArray>(entry->second);
}

Reply<Done> MemoryStore::write(Keychain keychain, QString key, QByteArray value)
{
    if (const std::optional<Error> error = troubleOf(u"write"))
        return answered<Done>(Failure(*error));
    entries.insert_or_assign({keychain, key}, value);
    return answered<Done>(Done{});
}

Reply<Done> MemoryStore::remove(Keychain keychain, QString key)
{
    if (const std::optional<Error> error = troubleOf(u"remove"))
        return answered<Done>(Failure(*error));
    entries.erase({keychain, key});
    return answered<Done>(Done{});
}

} // namespace conductor
