// Access tokens of Orkes Conductor: where the key comes from, and the decorator that puts a token on each request.
#pragma once

#include "conductor/api/transport.h"

#include <QDateTime>

namespace conductor {

// An application's access key. Kept in memory only as long as a token is asked with it.
struct AccessKey {
    QString id;
    QString secret;

    bool isEmpty() const { return id.isEmpty() && secret.isEmpty(); }
    bool operator==(const AccessKey &) const = default;
};

// Where the key of one server comes from. Asked when a token is needed, never at start.
class KeySource
{
public:
    virtual ~KeySource() = default;

    // An empty key: the server is used without authentication. Errors: Keychain.
    virtual Reply<AccessKey> read() = 0;

    // Changes when the key has been replaced; tokens made with the one before are dropped then.
    virtual qint64 revision() const = 0;
};

// The same key for as long as the process lives: from flags' files and environment.
std::shared_ptr<KeySource> fixedKey(AccessKey key);

// A decorator. One request for a token at a time, whoever waits for it. The token is renewed before its JWT `exp` (a fifth of
// its life, at most 5 min, early; after 45 min without exp), once when the server says EXPIRED_TOKEN or INVALID_TOKEN, and once
// when another 401/403 comes and the key source has a new key. 404 on /token means a server without authentication. A wrong key
// is not tried again for 2, 4, 8 … 32 s, nor at all after 5 times until the key changes: servers lock out who insists.
std::shared_ptr<Transport> authorized(std::shared_ptr<Transport> transport, std::shared_ptr<KeySource> keys);

// A token for the key, asked once: POST /token. NotFound on a server without authentication, Auth for a wrong key.
Reply<QString> requestToken(std::shared_ptr<Transport> transport, AccessKey key, QDeadlineTimer deadline);

// When a JWT ends; invalid when it does not say.
QDateTime expiryOf(const QString &jwt);

} // namespace conductor
