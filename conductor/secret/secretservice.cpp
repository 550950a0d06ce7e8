#include "conductor/secret/secretservice.h"

#include "conductor/base/patience.h"
#include "conductor/secret/secretprompt.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QMap>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

using Attributes = QMap<QString, QString>;

// A secret as the bus carries it. The session is "plain": who may listen on this bus may ask the keyring as well.
struct WiredSecret {
    QDBusObjectPath session = {};
    QByteArray parameters = {};
    QByteArray value = {};
    QString contentType = {};
};

QDBusArgument &operator<<(QDBusArgument &argument, const WiredSecret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, WiredSecret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

constexpr QStringView prefix = u"org.freedesktop.Secret.";
constexpr int mostPrompts = 3;

QString theService()
{
    return u"The keyring (Secret Service)"_s;
}

QString root()
{
    return u"/org/freedesktop/secrets"_s;
}

// A call of one of the service's own interfaces: "Service", "Collection", "Item".
QDBusMessage toService(const QString &path, QStringView interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(SecretService::busName(), path, prefix + interface, method);
    message.setArguments(arguments);
    return message;
}

Attributes attributesOf(const QString &key)
{
    return {{u"user"_s, key}, {u"server"_s, u"conductor-companion"_s}, {u"type"_s, u"plaintext"_s}};
}

Error noKeyring()
{
    return {Error::Kind::Keychain, u"There is no keyring yet to keep the key in"_s,
            u"Log in to the desktop once, or create a default keyring with its password manager, then try again"_s};
}

bool isNothing(const QDBusObjectPath &path)
{
    return path.path().isEmpty() || path.path() == u"/";
}

} // namespace
} // namespace conductor

Q_DECLARE_METATYPE(conductor::WiredSecret)

namespace conductor {

QString SecretService::busName()
{
    return u"org.freedesktop.secrets"_s;
}

SecretService::SecretService(std::shared_ptr<SessionBus> bus)
    : m_bus(std::move(bus))
{
    qDBusRegisterMetaType<WiredSecret>();
    qDBusRegisterMetaType<Attributes>();
}

Reply<QVariantList> SecretService::ask(QDBusMessage message, QString signature, QDeadlineTimer deadline)
{
    const QDBusMessage answer = co_await m_bus->call(message, deadline);
    if (answer.type() == QDBusMessage::ErrorMessage)
        co_return Failure(keychainTrouble(answer, theService()));
    if (answer.signature() != signature)
        co_return Failure({Error::Kind::Keychain, u"%1 gives an answer to %2 that is not in the protocol"_s.arg(theService(), message.member())});
    co_return answer.arguments();
}

Reply<QByteArray> SecretService::read(QString key, QDeadlineTimer deadline)
{
    co_await responds(m_bus, busName(), root(), theService(), deadline);
    const Paths items = co_await openItems(key, deadline);
    if (items.isEmpty())
        co_return Failure({Error::Kind::NotFound, u"%1 holds no entry %2"_s.arg(theService(), key)});
    const QVariantList plain{u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))};
    const QVariantList opened = co_await ask(toService(root(), u"Service", u"OpenSession"_s, plain), u"vo"_s, deadline);
    const QVariantList session{opened[1]};
    const QVariantList answer = co_await ask(toService(items[0].path(), u"Item", u"GetSecret"_s, session), u"(oayays)"_s, deadline);
    co_return qdbus_cast<WiredSecret>(answer[0]).value;
}

Reply<Done> SecretService::write(QString key, QByteArray value, QDeadlineTimer deadline)
{
    co_await responds(m_bus, busName(), root(), theService(), deadline);
    const Paths items = co_await openItems(key, deadline);
    const QVariantList plain{u"plain"_s, QVariant::fromValue(QDBusVariant(QString()))};
    const QVariantList opened = co_await ask(toService(root(), u"Service", u"OpenSession"_s, plain), u"vo"_s, deadline);
    const auto session = opened[1].value<QDBusObjectPath>();
    if (items.isEmpty())
        co_return co_await outcome(create(key, value, session, deadline));
    const WiredSecret secret{session, {}, value, u"text/plain"_s};
    const QVariantList arguments{QVariant::fromValue(secret)};
    co_await ask(toService(items[0].path(), u"Item", u"SetSecret"_s, arguments), QString(), deadline);
    co_return Done{};
}

Reply<Done> SecretService::create(QString key, QByteArray value, QDBusObjectPath session, QDeadlineTimer deadline)
{
    Collection collection = co_await defaultCollection(deadline);
    if (isNothing(collection.path)) { // a fresh account: the service asks the person for a password of the new keyring
        const QVariantMap label{{prefix + u"Collection.Label", u"Login"_s}};
        const QVariantList arguments{label, u"default"_s};
        const QVariantList made = co_await ask(toService(root(), u"Service", u"CreateCollection"_s, arguments), u"oo"_s, deadline);
        const Result<Done> answered = co_await outcome(prompted(made[1].value<QDBusObjectPath>(), deadline));
        collection = co_await defaultCollection(deadline);
        if (isNothing(collection.path))
            co_return Failure(answered ? noKeyring() : Error{Error::Kind::Keychain, noKeyring().message, answered.error().hint});
    }

    const WiredSecret secret{session, {}, value, u"text/plain"_s};
    Attributes attributes = attributesOf(key);
    attributes.insert(u"xdg:schema"_s, u"org.qt.keychain"_s);
    const QVariantMap properties{{prefix + u"Item.Label", u"Conductor Companion: access key"_s},
                                 {prefix + u"Item.Attributes", QVariant::fromValue(attributes)}};
    const QVariantList arguments{properties, QVariant::fromValue(secret), true};
    const QVariantList created = co_await ask(toService(collection.path.path(), u"Collection", u"CreateItem"_s, arguments), u"oo"_s, deadline);
    co_return co_await outcome(prompted(created[1].value<QDBusObjectPath>(), deadline));
}

Reply<Done> SecretService::remove(QString key, QDeadlineTimer deadline)
{
    co_await responds(m_bus, busName(), root(), theService(), deadline);
    const Paths items = co_await openItems(key, deadline);
    for (const QDBusObjectPath &item : items) {
        const QVariantList deleted = co_await ask(toService(item.path(), u"Item", u"Delete"_s, {}), u"o"_s, deadline);
        co_await prompted(deleted[0].value<QDBusObjectPath>(), deadline);
    }
    co_return Done{};
}

Reply<SecretService::Hits> SecretService::search(QString key, QDeadlineTimer deadline)
{
    const QVariantList attributes{QVariant::fromValue(attributesOf(key))};
    const QVariantList found = co_await ask(toService(root(), u"Service", u"SearchItems"_s, attributes), u"aoao"_s, deadline);
    co_return Hits{qdbus_cast<Paths>(found[0]), qdbus_cast<Paths>(found[1])};
}

Reply<SecretService::Paths> SecretService::openItems(QString key, QDeadlineTimer deadline)
{
    for (int attempt = 0; attempt < mostPrompts; ++attempt) {
        const Hits hits = co_await search(key, deadline);
        if (!hits.open.isEmpty())
            co_return hits.open;
        Paths locked = hits.locked;
        if (locked.isEmpty()) {
            // Some services do not show what a locked keyring holds: no hit means "absent" only in an open one.
            const Collection collection = co_await defaultCollection(deadline);
            if (!collection.locked)
                co_return Paths();
            locked << collection.path;
        }
        co_await unlock(locked, deadline);
    }
    co_return Failure(SecretPrompt::unanswered(theService()));
}

Reply<SecretService::Collection> SecretService::defaultCollection(QDeadlineTimer deadline)
{
    const QVariantList alias{u"default"_s};
    const QVariantList answer = co_await ask(toService(root(), u"Service", u"ReadAlias"_s, alias), u"o"_s, deadline);
    Collection collection;
    const auto path = answer[0].value<QDBusObjectPath>();
    if (isNothing(path))
        co_return collection;
    QDBusMessage message = QDBusMessage::createMethodCall(busName(), path.path(), u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    message << QString(prefix + u"Collection") << u"Locked"_s;
    const QDBusMessage locked = co_await m_bus->call(message, deadline);
    if (isNoReply(locked))
        co_return Failure(keychainTrouble(locked, theService()));
    if (locked.signature() == u"v") { // else the alias names a keyring that is gone
        collection.path = path;
        collection.locked = locked.arguments()[0].value<QDBusVariant>().variant().toBool();
    }
    co_return collection;
}

Reply<Done> SecretService::unlock(Paths objects, QDeadlineTimer deadline)
{
    const QVariantList arguments{QVariant::fromValue(objects)};
    const QVariantList answer = co_await ask(toService(root(), u"Service", u"Unlock"_s, arguments), u"aoo"_s, deadline);
    co_return co_await outcome(prompted(answer[1].value<QDBusObjectPath>(), deadline));
}

Reply<Done> SecretService::prompted(QDBusObjectPath prompt, QDeadlineTimer deadline)
{
    if (isNothing(prompt))
        co_return Done{};
    // An open one first: people answer one question at a time.
    if (!m_prompt || m_prompt->isFinished()) {
        auto *asking = new SecretPrompt(m_bus, busName(), prompt.path(), theService(), this); // deletes itself
        m_prompt = asking->ask();
    }
    const Result<Done> answered = co_await outcome(patiently(*m_prompt, {}, deadline, QString()));
    if (!answered && answered.error().kind == Error::Kind::Timeout)
        co_return Failure(SecretPrompt::unanswered(theService()));
    co_return answered;
}

} // namespace conductor
