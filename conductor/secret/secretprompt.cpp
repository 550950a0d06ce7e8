#include "conductor/secret/secretprompt.h"

using namespace Qt::StringLiterals;

namespace conductor {

SecretPrompt::SecretPrompt(std::shared_ptr<SessionBus> bus, QString service, QString path, QString name, QObject *parent)
    : QObject(parent)
    , m_bus(std::move(bus))
    , m_service(std::move(service))
    , m_path(std::move(path))
    , m_name(std::move(name))
    , m_watcher(m_service, m_bus->connection(), QDBusServiceWatcher::WatchForUnregistration)
{
    m_promise.start();
    connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
        end(Failure({Error::Kind::Keychain, u"%1 ended while its prompt was open"_s.arg(m_name), u"Try again"_s}));
    });
    m_bus->connection().connect(m_service, m_path, u"org.freedesktop.Secret.Prompt"_s, u"Completed"_s, this, SLOT(complete(bool, QDBusVariant)));
}

Reply<Done> SecretPrompt::ask()
{
    const Reply<Done> answer = m_promise.future();
    open(); // the answer comes by the signal
    return answer;
}

Error SecretPrompt::unanswered(const QString &name)
{
    return {Error::Kind::Keychain, u"%1 is locked and waits for an answer to its prompt"_s.arg(name),
            u"Answer the prompt that asks for its password (it may lie behind other windows), then try again"_s};
}

Reply<Done> SecretPrompt::open()
{
    QDBusMessage message = QDBusMessage::createMethodCall(m_service, m_path, u"org.freedesktop.Secret.Prompt"_s, u"Prompt"_s);
    message << QString(); // no window of ours to lie above
    const QDBusMessage opened = co_await m_bus->call(message, QDeadlineTimer(QDeadlineTimer::Forever));
    if (opened.type() == QDBusMessage::ErrorMessage)
        end(Failure(keychainTrouble(opened, m_name)));
    co_return Done{};
}

void SecretPrompt::complete(bool dismissed, const QDBusVariant &)
{
    if (!dismissed)
        end(Done{});
    else
        end(Failure({Error::Kind::Keychain, u"%1 stays locked: its prompt was dismissed, or could not be shown without a display"_s.arg(m_name),
                     u"Unlock the keyring in your desktop session (its password manager does, logging in does), then try again"_s}));
}

void SecretPrompt::end(Result<Done> result)
{
    if (m_over)
        return;
    m_over = true;
    m_promise.addResult(std::move(result));
    m_promise.finish();
    deleteLater();
}

} // namespace conductor
