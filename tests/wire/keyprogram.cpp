// What a window or a server does with a key, as a program of its own, so that tests can start it with any environment:
//   key-program set NAME    keeps the key from standard input ("ID SECRET") in the profile, which is made when it is missing
//   key-program get NAME    prints {"keyId","keySecret","keychain"}
// Trouble is {"error"} and exit code 1. It works with the standard file of profiles and the session's keychain.
#include "conductor/base/directories.h"
#include "conductor/secret/keychainstore.h"
#include "conductor/secret/keychange.h"
#include "conductor/secret/profilekeys.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace {

template <typename T>
Result<T> waitedFor(const Reply<T> &reply)
{
    QFutureWatcher<Result<T>> watcher;
    QObject::connect(&watcher, &QFutureWatcherBase::finished, qApp, &QCoreApplication::quit);
    watcher.setFuture(reply);
    QCoreApplication::exec();
    return answer(reply);
}

int print(const QJsonObject &json)
{
    QTextStream(stdout) << QJsonDocument(json).toJson(QJsonDocument::Compact) << Qt::endl;
    return json.contains(u"error") ? 1 : 0;
}

int trouble(const Error &error)
{
    return print({{u"error"_s, sentence(error)}});
}

int keep(ProfileStore &profiles, const std::shared_ptr<SecretStore> &secrets, const QString &name)
{
    Result<Profile> profile = profiles.named(name);
    if (!profile) {
        Profile draft;
        draft.name = name;
        draft.url = QUrl(u"http://127.0.0.1:8080/api"_s);
        profile = profiles.add(draft);
    }
    if (!profile)
        return trouble(profile.error());
    QFile input;
    const QList<QByteArray> words = input.open(stdin, QIODevice::ReadOnly) ? input.readAll().trimmed().split(' ') : QList<QByteArray>();
    const AccessKey key{QString::fromUtf8(words.value(0)), QString::fromUtf8(words.value(1))};
    const Result<KeyChange> change = waitedFor(setKey(profiles, secrets, profile->id, key));
    if (!change)
        return trouble(change.error());
    if (change->failure)
        return trouble(*change->failure);
    return print({{u"keychain"_s, keychainId(profiles.find(profile->id)->keychain)}});
}

int show(ProfileStore &profiles, const std::shared_ptr<SecretStore> &secrets, const QString &name)
{
    const Result<Profile> profile = profiles.named(name);
    if (!profile)
        return trouble(profile.error());
    ProfileKeys keys(profiles, secrets, profile->id, profile->url);
    const Result<AccessKey> key = waitedFor(keys.read());
    if (!key)
        return trouble(key.error());
    return print({{u"keyId"_s, key->id}, {u"keySecret"_s, key->secret}, {u"keychain"_s, keychainId(profile->keychain)}});
}

} // namespace

int main(int argc, char **argv)
{
    completeEnvironment();
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    ProfileStore profiles;
    if (const Result<Done> loaded = profiles.load(); !loaded)
        return trouble(loaded.error());
    const auto secrets = std::make_shared<KeychainStore>();
    if (arguments.size() == 3 && arguments[1] == u"set")
        return keep(profiles, secrets, arguments[2]);
    if (arguments.size() == 3 && arguments[1] == u"get")
        return show(profiles, secrets, arguments[2]);
    return print({{u"error"_s, u"usage: key-program set|get NAME"_s}});
}
