// The keychain as it is on people's machines: a real gnome-keyring, open, locked, asking, hanging, never made, missing, and no
// bus at all. Whatever it does: an answer within 5 s that says what is wrong and what to do, and an event loop that goes on.
#include "conductor/secret/keychainstore.h"
#include "support/scriptedtransport.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusInterface>
#include <QDBusMetaType>
#include <QDBusReply>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>
#include <qt6keychain/keychain.h>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;

namespace {

// A secret as the Secret Service takes it.
struct Secret {
    QDBusObjectPath session = {};
    QByteArray parameters = {};
    QByteArray value = {};
    QString contentType = {};
};

QDBusArgument &operator<<(QDBusArgument &argument, const Secret &secret)
{
    argument.beginStructure();
    argument << secret.session << secret.parameters << secret.value << secret.contentType;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, Secret &secret)
{
    argument.beginStructure();
    argument >> secret.session >> secret.parameters >> secret.value >> secret.contentType;
    argument.endStructure();
    return argument;
}

} // namespace
Q_DECLARE_METATYPE(Secret)
namespace {

// The person at the keyring: locks and unlocks it without us.
class Person
{
public:
    Person() { qDBusRegisterMetaType<Secret>(); }

    bool lock() { return call(u"Service"_s, u"Lock"_s, {QVariant::fromValue(QList<QDBusObjectPath>{login})}); }

    bool unlock()
    {
        QDBusMessage open = message(u"org.freedesktop.Secret.Service"_s, u"OpenSession"_s);
        open << u"plain"_s << QVariant::fromValue(QDBusVariant(QString()));
        const QDBusMessage opened = QDBusConnection::sessionBus().call(open);
        const Secret password{opened.arguments().value(1).value<QDBusObjectPath>(), {}, qgetenv("KEYRING_PASSWORD"), u"text/plain"_s};
        QDBusMessage unlocking = message(u"org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface"_s, u"UnlockWithMasterPassword"_s);
        unlocking << QVariant::fromValue(login) << QVariant::fromValue(password);
        return QDBusConnection::sessionBus().call(unlocking).type() == QDBusMessage::ReplyMessage;
    }

    qsizetype itemsOf(const QString &key)
    {
        QDBusMessage search = message(u"org.freedesktop.Secret.Service"_s, u"SearchItems"_s);
        search << QVariant::fromValue(QMap<QString, QString>{{u"user"_s, key}, {u"server"_s, u"conductor-companion"_s}});
        return qdbus_cast<QList<QDBusObjectPath>>(QDBusConnection::sessionBus().call(search).arguments().value(0)).size();
    }

private:
    const QDBusObjectPath login{u"/org/freedesktop/secrets/collection/login"_s};

    static QDBusMessage message(const QString &interface, const QString &method)
    {
        return QDBusMessage::createMethodCall(u"org.freedesktop.secrets"_s, u"/org/freedesktop/secrets"_s, interface, method);
    }

    bool call(const QString &interface, const QString &method, const QVariantList &arguments)
    {
        QDBusMessage asked = message(u"org.freedesktop.Secret."_s + interface, method);
        asked.setArguments(arguments);
        return QDBusConnection::sessionBus().call(asked).type() == QDBusMessage::ReplyMessage;
    }
};

// How long the event loop stood still at most.
class Pulse : public QObject
{
public:
    Pulse()
    {
        m_beat.start();
        m_timer.callOnTimeout(this, [this] { worst = std::max(worst, m_beat.restart()); });
        m_timer.start(5ms);
    }

    qint64 worst = 0; // ms

private:
    QElapsedTimer m_beat;
    QTimer m_timer;
};

template <typename T>
Result<T> answerOf(Reply<T> reply, qint64 *took = nullptr)
{
    QElapsedTimer clock;
    clock.start();
    QFutureWatcher<Result<T>> watcher;
    QSignalSpy finished(&watcher, &QFutureWatcherBase::finished); // waits without naps, so that the times are ours
    watcher.setFuture(reply);
    if (!reply.isFinished() && !finished.wait(20000))
        return Failure({Error::Kind::Timeout, u"no answer within 20 s"_s});
    if (took)
        *took = clock.elapsed();
    return answer(reply);
}

const QString entry = u"p1/access-key"_s;

QString textOf(const Error &error)
{
    return kindName(error.kind) + u": " + sentence(error);
}

} // namespace

// What works.
class UnlockedKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsReplacesAndRemoves_data()
    {
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a key") << QByteArray(R"({"keyId":"a","keySecret":"b","server":"c"})");
        QTest::newRow("not only ASCII") << QByteArray("sörvér ⟨プロファイル⟩ \n\t\"");
        QTest::newRow("large") << QByteArray(64 * 1024, 'x');
        QTest::newRow("empty") << QByteArray("");
    }

    void keepsReplacesAndRemoves()
    {
        QFETCH(QByteArray, value);
        KeychainStore store;
        const Result<Keychain> preferred = answerOf(store.preferred());
        QVERIFY(preferred);
        QCOMPARE(*preferred, Keychain::SecretService);
        QVERIFY(answerOf(store.write(*preferred, entry, "before")));
        QVERIFY(answerOf(store.write(*preferred, entry, value)));
        QCOMPARE(answerOf(store.read(*preferred, entry)).value_or("none"), value);
        QCOMPARE(Person().itemsOf(entry), 1);
        QCOMPARE(answerOf(KeychainStore().read(*preferred, entry)).value_or("none"), value); // another connection
        QVERIFY(answerOf(store.remove(*preferred, entry)));
        QCOMPARE(answerOf(store.read(*preferred, entry)).error().kind, Error::Kind::NotFound);
        QCOMPARE(Person().itemsOf(entry), 0);
        QVERIFY(answerOf(store.remove(*preferred, entry))); // there is nothing left: no error
    }

    void aMissingEntryIsSaidAtOnce()
    {
        KeychainStore store;
        qint64 took = 0;
        const Result<QByteArray> value = answerOf(store.read(Keychain::SecretService, u"nobody/access-key"_s), &took);
        QCOMPARE(value.error().kind, Error::Kind::NotFound);
        QVERIFY2(took < 2000, qPrintable(QString::number(took)));
    }

    void entriesAreThoseOfQtKeychain()
    {
        KeychainStore store;
        QVERIFY(answerOf(store.write(Keychain::SecretService, entry, "ours")));
        QKeychain::ReadPasswordJob read(u"conductor-companion"_s);
        read.setAutoDelete(false);
        read.setKey(entry);
        QSignalSpy readFinished(&read, &QKeychain::Job::finished);
        read.start();
        QVERIFY(readFinished.wait(20000));
        QCOMPARE(read.error(), QKeychain::NoError);
        QCOMPARE(read.textData(), u"ours"_s);

        QKeychain::WritePasswordJob write(u"conductor-companion"_s);
        write.setAutoDelete(false);
        write.setKey(entry);
        write.setTextData(u"theirs"_s);
        QSignalSpy writeFinished(&write, &QKeychain::Job::finished);
        write.start();
        QVERIFY(writeFinished.wait(20000));
        QCOMPARE(answerOf(store.read(Keychain::SecretService, entry)).value_or("none"), QByteArray("theirs"));
        QCOMPARE(Person().itemsOf(entry), 1); // replaced, not doubled
        QVERIFY(answerOf(store.remove(Keychain::SecretService, entry)));
    }

    void manyAtOnce()
    {
        KeychainStore store;
        QVERIFY(answerOf(store.write(Keychain::SecretService, entry, "shared")));
        std::vector<Reply<QByteArray>> replies;
        for (int i = 0; i < 32; ++i)
            replies.push_back(store.read(Keychain::SecretService, entry));
        for (const Reply<QByteArray> &reply : replies)
            QCOMPARE(answerOf(reply).value_or("none"), QByteArray("shared"));
        QVERIFY(answerOf(store.remove(Keychain::SecretService, entry)));
    }

    void lockedMeanwhileAndOpenAgain()
    {
        KeychainStore store;
        Person person;
        QVERIFY(answerOf(store.write(Keychain::SecretService, entry, "kept")));
        QVERIFY(person.lock());
        const Result<QByteArray> locked = answerOf(store.read(Keychain::SecretService, entry));
        QCOMPARE(locked.error().kind, Error::Kind::Keychain);
        QVERIFY2(locked.error().message.contains(u"locked"), qPrintable(textOf(locked.error())));
        QVERIFY(person.unlock());
        QCOMPARE(answerOf(store.read(Keychain::SecretService, entry)).value_or("none"), QByteArray("kept"));
        QVERIFY(answerOf(store.remove(Keychain::SecretService, entry)));
    }

    void theStoreMayGoWhileItIsAsked()
    {
        auto store = std::make_unique<KeychainStore>();
        const Reply<QByteArray> asked = store->read(Keychain::SecretService, entry);
        store.reset();
        QCOMPARE(answerOf(asked).error().kind, Error::Kind::Cancelled);
    }

    // libsecret would let GLib end the whole process with its session bus.
    void theBusMayEnd()
    {
        QProcess bus;
        bus.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY(bus.waitForReadyRead(10000));
        const QByteArray ours = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("DBUS_SESSION_BUS_ADDRESS", bus.readLine().trimmed());
        KeychainStore store;
        QVERIFY(answerOf(store.preferred()));
        bus.kill();
        QVERIFY(bus.waitForFinished(10000));
        const Result<Keychain> alone = answerOf(store.preferred());
        QVERIFY2(!alone && alone.error().message.contains(u"no session bus"), alone ? "" : qPrintable(textOf(alone.error())));
        qputenv("DBUS_SESSION_BUS_ADDRESS", ours);
        QVERIFY(answerOf(store.preferred())); // and another one is found
    }

    // The window runs in a desktop with its variables, an AI client starts the server with next to none.
    void aWindowUnderKdeAndAServerWithoutEnvironmentMeet_data()
    {
        QTest::addColumn<QString>("version");
        QTest::newRow("Plasma 5") << u"5"_s;
        QTest::newRow("KDE 4") << u"4"_s;
        QTest::newRow("Plasma 6") << u"6"_s;
    }

    void aWindowUnderKdeAndAServerWithoutEnvironmentMeet()
    {
        QFETCH(QString, version);
        const QString name = u"kde"_s + version;
        const QByteArray secret = "canary-" + version.toUtf8();
        QProcess window;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"KDE_SESSION_VERSION"_s, version);
        environment.insert(u"KDE_FULL_SESSION"_s, u"true"_s);
        environment.insert(u"XDG_CURRENT_DESKTOP"_s, u"KDE"_s);
        environment.insert(u"DESKTOP_SESSION"_s, u"kde"_s);
        window.setProcessEnvironment(environment);
        window.start(QStringLiteral(KEY_PROGRAM), {u"set"_s, name});
        window.write("id-1 " + secret);
        window.closeWriteChannel();
        QVERIFY(window.waitForFinished(20000));
        QCOMPARE(QJsonDocument::fromJson(window.readAllStandardOutput()).object(), QJsonObject({{u"keychain"_s, u"secretservice"_s}}));

        QProcess server;
        server.start(u"env"_s,
                     {u"-i"_s, u"HOME="_s + qEnvironmentVariable("HOME"), u"PATH="_s + qEnvironmentVariable("PATH"), u"USER=test"_s,
                      QStringLiteral(KEY_PROGRAM), u"get"_s, name});
        QVERIFY(server.waitForFinished(20000));
        const QJsonObject read = QJsonDocument::fromJson(server.readAllStandardOutput()).object();
        QCOMPARE(read, QJsonObject({{u"keyId"_s, u"id-1"_s}, {u"keySecret"_s, QString::fromUtf8(secret)}, {u"keychain"_s, u"secretservice"_s}}));

        // Nothing but the keyring itself holds the secret.
        QProcess grep;
        grep.start(u"grep"_s, {u"-rl"_s, u"canary-"_s, qEnvironmentVariable("HOME")});
        QVERIFY(grep.waitForFinished(20000));
        QCOMPARE(grep.readAllStandardOutput(), QByteArray());
    }
};

// What is wrong is said, with a way on, in time.
class TroubledKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // All at once: the second question must not stand behind the first, and a suite must not wait for each.
    void saysWhatIsWrong()
    {
        struct Asked {
            QString operation;
            Reply<Done> reply;
        };
        const auto store = std::make_unique<KeychainStore>();
        std::vector<Asked> all;
        Pulse pulse;
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 3; ++i) {
            for (const QString &operation : {u"read"_s, u"write"_s, u"remove"_s, u"preferred"_s})
                all.push_back({operation, ask(*store, operation)});
        }
        for (const Asked &asked : all) {
            const Result<Done> result = answerOf(asked.reply);
            const QString expected = expectedMessage(asked.operation);
            const QString said = asked.operation + u" → "_s + (result ? u"works"_s : textOf(result.error()));
            QVERIFY2(clock.elapsed() < 5000, qPrintable(said + u" after "_s + QString::number(clock.elapsed())));
            QVERIFY2(bool(result) == expected.isEmpty(), qPrintable(said));
            if (result)
                continue;
            const bool sure = state == u"fresh" && asked.operation == u"read";
            QVERIFY2(result.error().message.contains(expected), qPrintable(said));
            QVERIFY2(result.error().kind == (sure ? Error::Kind::NotFound : Error::Kind::Keychain), qPrintable(said));
            QVERIFY2(sure || !result.error().hint.isEmpty(), qPrintable(said));
        }
        QVERIFY2(pulse.worst < 400, qPrintable(QString::number(pulse.worst)));
    }

private:
    static Reply<Done> ask(KeychainStore &store, QString operation)
    {
        if (operation == u"write")
            co_return co_await outcome(store.write(Keychain::SecretService, entry, "new"));
        if (operation == u"remove")
            co_return co_await outcome(store.remove(Keychain::SecretService, entry));
        if (operation == u"read")
            co_await store.read(Keychain::SecretService, entry);
        else
            co_await store.preferred();
        co_return Done{};
    }

    // Empty: it works.
    QString expectedMessage(const QString &operation) const
    {
        const bool choosing = operation == u"preferred"; // asks the bus alone
        if (state == u"locked")
            return choosing ? QString() : u"stays locked"_s;
        if (state == u"prompting")
            return choosing ? QString() : u"waits for an answer to its prompt"_s;
        if (state == u"frozen")
            return choosing ? QString() : u"hangs"_s;
        if (state == u"absent")
            return choosing ? u"No keychain runs in this session"_s : u"is not there"_s;
        if (state == u"fresh")
            return operation == u"read" ? u"holds no entry"_s : operation == u"write" ? u"There is no keyring yet"_s : QString();
        return u"There is no session bus"_s;
    }

    const QString state = qEnvironmentVariable("KEYRING_STATE");
};

// The prompt stays open when our patience is over; the person takes the time it takes.
class PromptingKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAnswerIsWaitedForAndFoundLater()
    {
        KeychainStore store;
        qint64 took = 0;
        const Result<QByteArray> first = answerOf(store.read(Keychain::SecretService, entry), &took);
        QVERIFY2(first.error().message.contains(u"prompt"), qPrintable(textOf(first.error())));
        QVERIFY(first.error().hint.contains(u"try again"));
        QVERIFY2(took > 3000 && took < 5000, qPrintable(QString::number(took)));

        const Reply<QByteArray> second = store.read(Keychain::SecretService, entry); // while the prompt is still open
        QVERIFY(Person().unlock());
        const Result<QByteArray> third = answerOf(store.read(Keychain::SecretService, entry), &took);
        QCOMPARE(third.value_or("none"), qgetenv("KEYRING_VALUE"));
        QVERIFY2(took < 2000, qPrintable(QString::number(took)));
        answerOf(second);
    }
};

// A KWallet as the bus shows it: methods and types are those of kwalletd5 5.103.
class FakeWallet : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")

public:
    QMap<QString, QString> passwords;
    bool denies = false;
    std::vector<std::function<void()>> waiting; // opened only when the person answers
    bool asks = false;
    int opened = 0;

public Q_SLOTS:
    QString networkWallet() { return u"kdewallet"_s; }

    int open(const QString &, qlonglong, const QString &, const QDBusMessage &message)
    {
        ++opened;
        if (!asks)
            return denies ? -1 : 7;
        message.setDelayedReply(true);
        waiting.push_back([message] { bus().send(message.createReply(7)); });
        return 0;
    }

    int entryType(int handle, const QString &folder, const QString &key, const QString &)
    {
        return handle == 7 && passwords.contains(folder + u'/' + key) ? 1 : 0;
    }
    QString readPassword(int, const QString &folder, const QString &key, const QString &) { return passwords.value(folder + u'/' + key); }
    int writePassword(int handle, const QString &folder, const QString &key, const QString &value, const QString &)
    {
        passwords[folder + u'/' + key] = value;
        return handle == 7 ? 0 : -1;
    }
    int removeEntry(int, const QString &folder, const QString &key, const QString &) { return passwords.remove(folder + u'/' + key) > 0 ? 0 : -3; }

public:
    static QDBusConnection bus() { return QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"wallet"_s); }
};

class Wallet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        wallet = std::make_unique<FakeWallet>();
        QVERIFY(FakeWallet::bus().registerObject(u"/modules/kwalletd5"_s, wallet.get(), QDBusConnection::ExportAllSlots));
        QVERIFY(FakeWallet::bus().registerService(u"org.kde.kwalletd5"_s));
    }

    void cleanup()
    {
        QVERIFY(FakeWallet::bus().unregisterService(u"org.kde.kwalletd5"_s));
        FakeWallet::bus().unregisterObject(u"/modules/kwalletd5"_s);
    }

    void isTakenWhereNoSecretServiceIs()
    {
        KeychainStore store;
        QCOMPARE(answerOf(store.preferred()).value_or(Keychain::None), Keychain::KWallet);
        QVERIFY(answerOf(store.write(Keychain::KWallet, entry, "käy")));
        QCOMPARE(wallet->passwords, (QMap<QString, QString>{{u"conductor-companion/p1/access-key"_s, u"käy"_s}}));
        QCOMPARE(answerOf(store.read(Keychain::KWallet, entry)).value_or("none"), QByteArray("käy"));
        QVERIFY(answerOf(store.remove(Keychain::KWallet, entry)));
        QVERIFY(answerOf(store.remove(Keychain::KWallet, entry)));
        QCOMPARE(answerOf(store.read(Keychain::KWallet, entry)).error().kind, Error::Kind::NotFound);
    }

    void denialIsSaid()
    {
        wallet->denies = true;
        KeychainStore store;
        const Result<QByteArray> denied = answerOf(store.read(Keychain::KWallet, entry));
        QCOMPARE(denied.error().kind, Error::Kind::Keychain);
        QVERIFY2(denied.error().message.contains(u"stays closed"), qPrintable(textOf(denied.error())));
    }

    void itsPromptIsWaitedForOnce()
    {
        KeychainStore store(300ms);
        QVERIFY(answerOf(store.write(Keychain::KWallet, entry, "kept")));
        wallet->asks = true;
        const int before = wallet->opened;
        for (int i = 0; i < 2; ++i) {
            const Result<QByteArray> waiting = answerOf(store.read(Keychain::KWallet, entry));
            QCOMPARE(waiting.error().kind, Error::Kind::Keychain);
            QVERIFY2(waiting.error().message.contains(u"prompt"), qPrintable(textOf(waiting.error())));
        }
        QCOMPARE(wallet->opened, before + 1);
        const Reply<QByteArray> third = store.read(Keychain::KWallet, entry);
        wallet->asks = false; // it is open from now on
        wallet->waiting.front()();
        QCOMPARE(answerOf(third).value_or("none"), QByteArray("kept"));
    }

    void goneWithItsProgramIsSaid()
    {
        KeychainStore store;
        QVERIFY(FakeWallet::bus().unregisterService(u"org.kde.kwalletd5"_s));
        const Result<QByteArray> gone = answerOf(store.read(Keychain::KWallet, entry));
        QVERIFY2(gone.error().message.contains(u"is not there"), qPrintable(textOf(gone.error())));
        QVERIFY(FakeWallet::bus().registerService(u"org.kde.kwalletd5"_s));
    }

private:
    std::unique_ptr<FakeWallet> wallet;
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString state = qEnvironmentVariable("KEYRING_STATE");
    std::vector<std::unique_ptr<QObject>> tests;
    if (state == u"unlocked")
        tests.push_back(std::make_unique<UnlockedKeyring>());
    else if (!state.isEmpty())
        tests.push_back(std::make_unique<TroubledKeyring>());
    else
        qFatal("run it by tests/support/keyring.sh");
    if (state == u"prompting")
        tests.push_back(std::make_unique<PromptingKeyring>());
    if (state == u"absent")
        tests.push_back(std::make_unique<Wallet>());
    int failed = 0;
    for (const std::unique_ptr<QObject> &test : tests)
        failed += QTest::qExec(test.get(), argc, argv);
    return failed;
}

#include "tst_keychain.moc"
