#include "conductor/secret/sessionbus.h"

#include "conductor/base/hostile.h"
#include "conductor/base/patience.h"

#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QFile>
#include <QThread>

#include <atomic>
#include <limits>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

Error noBus(const QString &reason)
{
    return {Error::Kind::Keychain, u"There is no session bus, so that no keychain can be asked: %1"_s.arg(reason),
            u"Start the program within your desktop session, or under dbus-run-session with a keyring in it"_s};
}

// Where the bus is; empty when nothing names one. Not left to libdbus: where a display is it would start a bus of its own,
// which outlives us and holds no keychain, and it looks at the environment only once.
QString busAddress()
{
    const QString set = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    const QString standard = qEnvironmentVariable("XDG_RUNTIME_DIR") + u"/bus"_s;
    return set.isEmpty() && QFile::exists(standard) ? u"unix:path="_s + standard : set;
}

QString freshName()
{
    static std::atomic<int> count = 0;
    return u"conductor-keychain-%1"_s.arg(++count);
}

QDBusMessage askBus(const QString &method, const QVariantList &arguments = {})
{
    QDBusMessage message = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, method);
    message.setArguments(arguments);
    return message;
}

bool isNoService(const QDBusMessage &answer)
{
    const QString error = answer.errorName();
    return error == u"org.freedesktop.DBus.Error.ServiceUnknown" || error == u"org.freedesktop.DBus.Error.NameHasNoOwner"
        || error.startsWith(u"org.freedesktop.DBus.Error.Spawn");
}

Reply<std::shared_ptr<SessionBus>> inTime(Reply<std::shared_ptr<SessionBus>> connected, QDeadlineTimer deadline)
{
    const Result<std::shared_ptr<SessionBus>> bus = co_await outcome(patiently(connected, {}, deadline, QString()));
    if (!bus && bus.error().kind == Error::Kind::Timeout)
        co_return Failure({Error::Kind::Keychain, u"The session bus does not answer, so that no keychain can be asked"_s, u"Log in anew, then try again"_s});
    co_return bus;
}

bool isLostBus(const QDBusMessage &answer)
{
    return answer.errorName() == u"org.freedesktop.DBus.Error.Disconnected";
}

} // namespace

SessionBus::SessionBus(const QString &address, const QString &name)
    : m_name(name)
    , m_connection(QDBusConnection::connectToBus(address, name))
{
}

SessionBus::~SessionBus()
{
    QDBusConnection::disconnectFromBus(m_name);
}

Reply<std::shared_ptr<SessionBus>> SessionBus::connect(QDeadlineTimer deadline)
{
    using Bus = std::shared_ptr<SessionBus>;
    const QString address = busAddress();
    if (address.isEmpty())
        return answered<Bus>(Failure(noBus(u"neither DBUS_SESSION_BUS_ADDRESS nor XDG_RUNTIME_DIR names one"_s)));

    // In a thread of its own: libdbus waits for the bus to greet, and a bus that hangs must not hang us.
    QPromise<Result<Bus>> promise;
    promise.start();
    const Reply<Bus> connected = promise.future();
    QThread *thread = QThread::create([address, promise = std::move(promise)]() mutable {
        auto bus = std::make_shared<SessionBus>(address, freshName());
        if (bus->connection().isConnected())
            promise.addResult(Result<Bus>(std::move(bus)));
        else
            promise.addResult(Failure(noBus(harmless(bus->connection().lastError().message()))));
        promise.finish();
    });
    QObject::connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    thread->start();
    return inTime(connected, deadline);
}

Reply<QDBusMessage> SessionBus::call(QDBusMessage message, QDeadlineTimer deadline) const
{
    // libdbus takes INT_MAX for "no limit".
    const qint64 left = deadline.isForever() ? std::numeric_limits<int>::max() : std::max<qint64>(1, deadline.remainingTime());
    auto *watcher = new QDBusPendingCallWatcher(m_connection.asyncCall(message, int(left)));
    auto promise = std::make_shared<QPromise<Result<QDBusMessage>>>();
    promise->start();
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, watcher, [watcher, promise] {
        promise->addResult(Result<QDBusMessage>(watcher->reply()));
        promise->finish();
        watcher->deleteLater();
    });
    return promise->future();
}

Reply<bool> offers(std::shared_ptr<SessionBus> bus, QString service, QDeadlineTimer deadline)
{
    const QVariantList name{service};
    const QDBusMessage owned = co_await bus->call(askBus(u"NameHasOwner"_s, name), deadline);
    if (owned.type() == QDBusMessage::ErrorMessage)
        co_return Failure(noBus(harmless(owned.errorMessage())));
    if (owned.arguments().value(0).toBool())
        co_return true;
    const QDBusMessage startable = co_await bus->call(askBus(u"ListActivatableNames"_s), deadline);
    if (startable.type() == QDBusMessage::ErrorMessage)
        co_return Failure(noBus(harmless(startable.errorMessage())));
    co_return startable.arguments().value(0).toStringList().contains(service);
}

Reply<Done> responds(std::shared_ptr<SessionBus> bus, QString service, QString path, QString name, QDeadlineTimer deadline)
{
    const QDBusMessage ping = QDBusMessage::createMethodCall(service, path, u"org.freedesktop.DBus.Peer"_s, u"Ping"_s);
    const QDBusMessage answer = co_await bus->call(ping, deadline);
    // Any other error comes from the service itself, which is alive then.
    if (answer.type() != QDBusMessage::ErrorMessage || !(isNoReply(answer) || isNoService(answer) || isLostBus(answer)))
        co_return Done{};
    if (isNoReply(answer))
        co_return Failure({Error::Kind::Keychain, u"%1 does not answer: the program that keeps it hangs"_s.arg(name),
                           u"End it or log in anew, then try again; for GNOME's keyring the program is gnome-keyring-daemon"_s});
    co_return Failure(keychainTrouble(answer, name));
}

Error keychainTrouble(const QDBusMessage &answer, const QString &name)
{
    if (isNoService(answer))
        return {Error::Kind::Keychain, u"%1 is not there: no program provides it in this session"_s.arg(name),
                u"Install and start a keyring such as gnome-keyring, KeePassXC or KWallet, then enter the key again"_s};
    if (isNoReply(answer))
        return {Error::Kind::Keychain, u"%1 did not answer in time"_s.arg(name), u"If it asks for a password, answer its prompt; then try again"_s};
    if (isLostBus(answer))
        return noBus(u"the connection to it was lost"_s);
    if (answer.errorName() == u"org.freedesktop.Secret.Error.IsLocked")
        return {Error::Kind::Keychain, u"%1 is locked"_s.arg(name), u"Unlock it, then try again"_s};
    return {Error::Kind::Keychain, u"%1 refuses: %2"_s.arg(name, harmless(answer.errorMessage().isEmpty() ? answer.errorName() : answer.errorMessage()))};
}

bool isNoReply(const QDBusMessage &answer)
{
    const QString error = answer.errorName();
    return error == u"org.freedesktop.DBus.Error.NoReply" || error == u"org.freedesktop.DBus.Error.Timeout" || error == u"org.freedesktop.DBus.Error.TimedOut";
}

} // namespace conductor
