#include "conductor/secret/kwallet.h"

#include "conductor/base/patience.h"

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr int passwordEntry = 1; // what KWallet calls the type of a text

QString ourName()
{
    return u"conductor-companion"_s;
}

QString theWallet()
{
    return u"KWallet"_s;
}

Error unanswered()
{
    return {Error::Kind::Keychain, u"%1 is locked and waits for an answer to its prompt"_s.arg(theWallet()),
            u"Answer the prompt that asks for its password or for leave (it may lie behind other windows), then try again"_s};
}

Error closed()
{
    return {Error::Kind::Keychain, u"%1 stays closed: it is switched off, or its prompt was dismissed"_s.arg(theWallet()),
            u"Switch it on in KDE's system settings and allow conductor-companion to use it, then try again"_s};
}

Error refused(const QString &what, int code)
{
    return {Error::Kind::Keychain, u"%1 could not %2 the entry (code %3)"_s.arg(theWallet(), what).arg(code), u"Look at the wallet with KWalletManager"_s};
}

} // namespace

KWallet::KWallet(std::shared_ptr<SessionBus> bus)
    : m_bus(std::move(bus))
{
}

Reply<bool> KWallet::isThere(QDeadlineTimer deadline)
{
    for (const int generation : {6, 5}) {
        const QString service = u"org.kde.kwalletd%1"_s.arg(generation);
        const bool offered = co_await offers(m_bus, service, deadline);
        if (offered) {
            m_service = service;
            co_return true;
        }
    }
    co_return false;
}

Reply<QVariant> KWallet::ask(QString method, QVariantList arguments, QString signature, QDeadlineTimer deadline)
{
    const QString path = u"/modules/"_s + m_service.mid(m_service.lastIndexOf(u'.') + 1);
    QDBusMessage message = QDBusMessage::createMethodCall(m_service, path, u"org.kde.KWallet"_s, method);
    message.setArguments(arguments);
    const QDBusMessage answer = co_await m_bus->call(message, deadline);
    if (answer.type() == QDBusMessage::ErrorMessage)
        co_return Failure(keychainTrouble(answer, theWallet()));
    if (answer.signature() != signature)
        co_return Failure({Error::Kind::Keychain, u"%1 gives an answer to %2 that is not in the protocol"_s.arg(theWallet(), method)});
    co_return answer.arguments()[0];
}

Reply<int> KWallet::open()
{
    const QDeadlineTimer ever(QDeadlineTimer::Forever);
    const QVariantList nothing;
    const QVariant name = co_await ask(u"networkWallet"_s, nothing, u"s"_s, ever);
    const QVariantList arguments{name, qint64(0), ourName()};
    const QVariant handle = co_await ask(u"open"_s, arguments, u"i"_s, ever);
    if (handle.toInt() < 0)
        co_return Failure(closed());
    co_return handle.toInt();
}

Reply<int> KWallet::wallet(QDeadlineTimer deadline)
{
    const bool there = co_await isThere(deadline);
    if (!there)
        co_return Failure({Error::Kind::Keychain, u"%1 is not there: no program provides it in this session"_s.arg(theWallet()),
                           u"Start KDE's wallet, or enter the key again to keep it in the keyring of this session"_s});
    co_await responds(m_bus, m_service, u"/"_s, theWallet(), deadline);
    if (!m_opening || m_opening->isFinished())
        m_opening = open();
    const Result<int> handle = co_await outcome(patiently(*m_opening, {}, deadline, QString()));
    if (!handle && handle.error().kind == Error::Kind::Timeout)
        co_return Failure(unanswered());
    co_return handle;
}

Reply<QByteArray> KWallet::read(QString key, QDeadlineTimer deadline)
{
    const int handle = co_await wallet(deadline);
    const QVariantList entry{handle, ourName(), key, ourName()};
    const QVariant type = co_await ask(u"entryType"_s, entry, u"i"_s, deadline);
    if (type.toInt() != passwordEntry)
        co_return Failure({Error::Kind::NotFound, u"%1 holds no entry %2"_s.arg(theWallet(), key)});
    const QVariant value = co_await ask(u"readPassword"_s, entry, u"s"_s, deadline);
    co_return value.toString().toUtf8();
}

Reply<Done> KWallet::write(QString key, QByteArray value, QDeadlineTimer deadline)
{
    const int handle = co_await wallet(deadline);
    const QVariantList entry{handle, ourName(), key, QString::fromUtf8(value), ourName()};
    const QVariant code = co_await ask(u"writePassword"_s, entry, u"i"_s, deadline);
    if (code.toInt() != 0)
        co_return Failure(refused(u"write"_s, code.toInt()));
    co_return Done{};
}

Reply<Done> KWallet::remove(QString key, QDeadlineTimer deadline)
{
    const int handle = co_await wallet(deadline);
    const QVariantList entry{handle, ourName(), key, ourName()};
    const QVariant type = co_await ask(u"entryType"_s, entry, u"i"_s, deadline);
    if (type.toInt() == 0)
        co_return Done{};
    const QVariant code = co_await ask(u"removeEntry"_s, entry, u"i"_s, deadline);
    if (code.toInt() != 0)
        co_return Failure(refused(u"remove"_s, code.toInt()));
    co_return Done{};
}

} // namespace conductor
