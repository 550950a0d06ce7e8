// The servers page with a real keyring and a real Conductor server that asks for tokens: its own widgets add a server, test it,
// enter a key, replace and remove it, and delete the server; and the secrets that were typed are found nowhere but in the
// keyring. With a keyring that is locked, frozen or absent, nothing that was typed is lost.
#include "conductor/secret/keychainstore.h"
#include "conductor/secret/profilekeys.h"
#include "support/authproxy.h"
#include "support/realserver.h"
#include "support/serverspagefixture.h"

#include <QDirIterator>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::AuthProxy;
using support::awaited;
using support::ServersPageFixture;

namespace {

const QString firstSecret = u"canary-first-5b1e9f"_s;
const QString secondSecret = u"canary-second-c07d34"_s;

// Files below HOME, and what the system tells of this process, that hold the text.
QStringList placesOf(const QByteArray &text)
{
    QStringList found;
    const auto look = [&](const QString &path) {
        QFile file(path);
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
            found << path;
    };
    QDirIterator files(qEnvironmentVariable("HOME"), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!path.contains(u"/keyrings/") && QFileInfo(path).isFile())
            look(path);
    }
    look(u"/proc/self/environ"_s);
    look(u"/proc/self/cmdline"_s);
    return found;
}

} // namespace

class OpenKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        proxy = std::make_unique<AuthProxy>(support::realServer());
        QVERIFY(proxy->listen());
        proxy->addKey(u"first"_s, firstSecret);
        on = std::make_unique<ServersPageFixture>(nullptr, ProfileStore::standardPath());
        on->open();
    }

    void cleanup() { on.reset(); }

    void theSearchForSecretsFindsOne()
    {
        QFile file(qEnvironmentVariable("HOME") + u"/found"_s);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("a planted-canary") > 0);
        file.close();
        QCOMPARE(placesOf("planted-canary"), QStringList(file.fileName()));
        QVERIFY(file.remove());
    }

    void aServerLivesAndGoes()
    {
        addIt();
        testIt();
        refuseAWrongKey();
        takeARightOne();
        QCOMPARE(placesOf("canary-"), QStringList());
        deleteIt();
        QCOMPARE(placesOf("canary-"), QStringList());
    }

    // A first key that is wrong is not kept unasked; and the server asks for one.
    void aKeyIsEnteredLater()
    {
        QVERIFY(on->press(u"Add a server"_s) && on->type(u"Name"_s, u"later"_s) && on->type(u"Address"_s, proxy->url().toString()));
        QVERIFY(on->press(u"Save"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on->says(u"The server cannot be used: Access key missing"_s), qPrintable(on->texts()), 20'000);
        QVERIFY(on->press(u"Save anyway"_s));
        QTRY_VERIFY(on->button(u"Enter key…"_s));
        QVERIFY(on->press(u"Enter key…"_s) && on->type(u"Key id"_s, u"first"_s) && on->type(u"Key secret"_s, firstSecret));
        QVERIFY(on->press(u"Keep the key"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on->says(u"The key is in the Secret Service"_s), qPrintable(on->texts()), 20'000);
        QVERIFY(on->press(u"Done"_s));
        QVERIFY(awaited(clientOf(u"later"_s).send(get(u"version"_s)), 20'000));
        QVERIFY(on->press(u"Remove key…"_s) && on->press(u"Remove the key"_s));
        QTRY_VERIFY_WITH_TIMEOUT(on->button(u"Enter key…"_s), 10'000);
        QCOMPARE(secretOf(u"later"_s), QString());
        QVERIFY(on->press(u"Delete…"_s) && on->press(u"Delete later"_s));
        QTRY_VERIFY_WITH_TIMEOUT(on->services.profiles().profiles().empty(), 10'000);
    }

private:
    void addIt()
    {
        QVERIFY(on->press(u"Add a server"_s) && on->type(u"Name"_s, u"Payments EU"_s) && on->type(u"Address"_s, proxy->url().toString()));
        QVERIFY(on->type(u"Key id"_s, u"first"_s) && on->type(u"Key secret"_s, firstSecret));
        QVERIFY(on->press(u"Save"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on->button(u"Rotate key…"_s), qPrintable(on->texts()), 20'000);
        QCOMPARE(secretOf(u"Payments EU"_s), firstSecret);
    }

    void testIt()
    {
        QVERIFY(on->press(u"Test"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on->says(u"The server can be used: Conductor 3."_s), qPrintable(on->texts()), 20'000);
        QVERIFY(on->says(u"The server gives a token for it"_s));
    }

    void refuseAWrongKey()
    {
        QVERIFY(on->press(u"Rotate key…"_s) && on->type(u"New key id"_s, u"second"_s) && on->type(u"New key secret"_s, secondSecret));
        QVERIFY(on->press(u"Replace the key"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on->says(u"The old key stays in force"_s), qPrintable(on->texts()), 20'000);
        QCOMPARE(secretOf(u"Payments EU"_s), firstSecret);
        QVERIFY(awaited(clientOf(u"Payments EU"_s).send(get(u"version"_s)), 20'000));
    }

    void takeARightOne()
    {
        const Client running = clientOf(u"Payments EU"_s); // has a token of the old key
        QVERIFY(awaited(running.send(get(u"version"_s)), 20'000));
        proxy->addKey(u"second"_s, secondSecret);
        QVERIFY(on->press(u"Replace the key"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on->says(u"The new key is in force"_s), qPrintable(on->texts()), 20'000);
        QCOMPARE(secretOf(u"Payments EU"_s), secondSecret);
        proxy->revokeKey(u"first"_s);
        QVERIFY(awaited(running.send(get(u"version"_s)), 20'000));
        QVERIFY(on->press(u"Done"_s));
    }

    void deleteIt()
    {
        const QString id = on->idOf(u"Payments EU"_s);
        QVERIFY(on->press(u"Delete…"_s) && on->press(u"Delete Payments EU"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on->services.profiles().profiles().empty(), qPrintable(on->texts()), 10'000);
        const Result<QByteArray> left = awaited(on->services.secrets()->read(Keychain::SecretService, id + u"/access-key"_s), 10'000);
        QVERIFY(!left);
        QCOMPARE(left.error().kind, Error::Kind::NotFound);
    }

    Client clientOf(const QString &name) { return on->services.connectTo(*on->services.profiles().find(on->idOf(name))); }

    QString secretOf(const QString &name)
    {
        ProfileKeys keys(on->services.profiles(), on->services.secrets(), on->idOf(name), proxy->url());
        return awaited(keys.read(), 10'000).value_or(AccessKey{u"none"_s, u"unreadable"_s}).secret;
    }

    std::unique_ptr<AuthProxy> proxy;
    std::unique_ptr<ServersPageFixture> on;
};

class TroubledKeyring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysSoInTimeAndLosesNothing()
    {
        AuthProxy proxy(support::realServer());
        QVERIFY(proxy.listen());
        proxy.addKey(u"first"_s, firstSecret);
        ServersPageFixture on(nullptr, ProfileStore::standardPath());
        on.open();
        QVERIFY(on.press(u"Add a server"_s) && on.type(u"Name"_s, u"one"_s) && on.type(u"Address"_s, proxy.url().toString()));
        QVERIFY(on.type(u"Key id"_s, u"first"_s) && on.type(u"Key secret"_s, firstSecret));
        QVERIFY(on.press(u"Test"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on.says(u"The server can be used"_s), qPrintable(on.texts()), 20'000);
        QElapsedTimer clock;
        clock.start();
        QVERIFY(on.press(u"Save"_s));
        QTRY_VERIFY2_WITH_TIMEOUT(on.says(u"The server is saved, but its key is not"_s), qPrintable(on.texts()), 20'000);
        QVERIFY2(clock.elapsed() < 6000, qPrintable(QString::number(clock.elapsed()))); // the keychain has 5 s, a busy window its own
        QVERIFY2(on.says(expected()), qPrintable(on.texts()));
        QCOMPARE(on.field(u"Key secret"_s)->text(), firstSecret);
        QCOMPARE(on.field(u"Name"_s)->text(), u"one"_s);
        QCOMPARE(on.services.profiles().profiles().front().keychain, Keychain::None);
        QVERIFY(on.button(u"Try again"_s) && on.button(u"Try again"_s)->isEnabled());
        QCOMPARE(placesOf("canary-"), QStringList());
    }

private:
    static QString expected()
    {
        const QString state = qEnvironmentVariable("KEYRING_STATE");
        return state == u"locked" ? u"stays locked"_s : state == u"frozen" ? u"hangs"_s : u"No keychain runs in this session"_s;
    }
};

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QString state = qEnvironmentVariable("KEYRING_STATE");
    if (state.isEmpty())
        qFatal("run it by tests/support/keyring.sh");
    std::unique_ptr<QObject> test;
    if (state == u"unlocked")
        test = std::make_unique<OpenKeyring>();
    else
        test = std::make_unique<TroubledKeyring>();
    return QTest::qExec(test.get(), argc, argv);
}

#include "tst_serverkeys.moc"
