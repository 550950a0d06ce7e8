#include "conductor/secret/keychainstore.h"

#include "conductor/secret/kwallet.h"
#include "conductor/secret/secretservice.h"

using namespace Qt::StringLiterals;

namespace conductor {

struct KeychainStore::Session {
    explicit Session(std::shared_ptr<SessionBus> theBus)
        : bus(theBus)
        , service(theBus)
        , wallet(theBus)
    {
    }

    std::shared_ptr<SessionBus> bus;
    SecretService service;
    KWallet wallet;
};

namespace {

template <typename T>
Reply<T> noKeychain(const QString &key)
{
    return answered<T>(Failure({Error::Kind::NotFound, u"No keychain holds %1"_s.arg(key), u"Enter the key"_s}));
}

} // namespace

KeychainStore::KeychainStore(std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_patience(patience)
{
}

KeychainStore::~KeychainStore() = default;

Reply<KeychainStore::Shared> KeychainStore::session(QDeadlineTimer deadline)
{
    if (m_session && m_session->bus->connection().isConnected())
        co_return m_session;
    const std::shared_ptr<SessionBus> bus = co_await SessionBus::connect(deadline);
    if (!m_session || !m_session->bus->connection().isConnected()) // two may have come here at once
        m_session = std::make_shared<Session>(bus);
    co_return m_session;
}

Reply<Keychain> KeychainStore::preferred()
{
    const QDeadlineTimer deadline(m_patience);
    const Shared here = co_await session(deadline);
    const bool service = co_await offers(here->bus, SecretService::busName(), deadline);
    if (service)
        co_return Keychain::SecretService;
    const bool wallet = co_await here->wallet.isThere(deadline);
    if (wallet)
        co_return Keychain::KWallet;
    co_return Failure({Error::Kind::Keychain, u"No keychain runs in this session, so that keys cannot be kept"_s,
                       u"Install and start a keyring such as gnome-keyring, KeePassXC or KWallet, then try again"_s});
}

Reply<QByteArray> KeychainStore::read(Keychain keychain, QString key)
{
    if (keychain == Keychain::None)
        co_return co_await outcome(noKeychain<QByteArray>(key));
    const QDeadlineTimer deadline(m_patience);
    const Shared here = co_await session(deadline);
    if (keychain == Keychain::KWallet)
        co_return co_await outcome(here->wallet.read(key, deadline));
    co_return co_await outcome(here->service.read(key, deadline));
}

Reply<Done> KeychainStore::write(Keychain keychain, QString key, QByteArray value)
{
    if (keychain == Keychain::None)
        co_return co_await outcome(noKeychain<Done>(key));
    const QDeadlineTimer deadline(m_patience);
    const Shared here = co_await session(deadline);
    if (keychain == Keychain::KWallet)
        co_return co_await outcome(here->wallet.write(key, value, deadline));
    co_return co_await outcome(here->service.write(key, value, deadline));
}

Reply<Done> KeychainStore::remove(Keychain keychain, QString key)
{
    if (keychain == Keychain::None)
        co_return Done{};
    const QDeadlineTimer deadline(m_patience);
    const Shared here = co_await session(deadline);
    if (keychain == Keychain::KWallet)
        co_return co_await outcome(here->wallet.remove(key, deadline));
    co_return co_await outcome(here->service.remove(key, deadline));
}

} // namespace conductor
