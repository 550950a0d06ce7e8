// Keys are entered, replaced and removed such that whatever fails leaves a key in force: the order of the steps, what is put
// back, and what is said. The server is an AuthProxy over real HTTP, the keychain one whose failures are chosen.
#include "conductor/secret/keychange.h"
#include "conductor/secret/memorystore.h"
#include "conductor/secret/profilekeys.h"
#include "conductor/secret/storedkey.h"
#include "support/authproxy.h"
#include "support/scriptedtransport.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::AuthProxy;
using support::awaited;

namespace {

using Step = KeyChange::Step;

const AccessKey oldKey{u"old"_s, u"old-secret"_s};
const AccessKey newKey{u"new"_s, u"new-secret"_s};

Error broken(const QString &what)
{
    return {Error::Kind::Keychain, what + u" failed"_s, u"Do something"_s};
}

// "Verify Use Keep Store!": the steps, those that failed with a mark.
QString stepsOf(const KeyChange &change)
{
    static const char *const names[]{"Verify", "Use", "Keep", "Store", "Announce", "Restore", "Remove"};
    QStringList steps;
    for (const KeyChange::Taken &taken : change.steps)
        steps << QString::fromLatin1(names[int(taken.step)]) + (taken.error ? u"!"_s : QString());
    return steps.join(u' ');
}

} // namespace

class TestKeyChange : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        server = std::make_unique<AuthProxy>();
        QVERIFY(server->listen());
        server->addKey(oldKey.id, oldKey.secret);
        profiles = std::make_unique<ProfileStore>(directory->filePath(u"profiles.json"_s));
        secrets = std::make_shared<MemoryStore>();
        Profile draft;
        draft.name = u"test"_s;
        draft.url = server->url();
        id = profiles->add(draft)->id;
    }

    void theFirstKeyIsKept()
    {
        const AccessKey pasted{u" old\n"_s, u"\told-secret "_s};
        const Result<KeyChange> change = awaited(setKey(*profiles, secrets, id, pasted));
        QVERIFY(change && !change->failure);
        QCOMPARE(stepsOf(*change), u"Keep Store Announce"_s);
        const Profile profile = *profiles->find(id);
        QCOMPARE(profile.keychain, Keychain::SecretService);
        QCOMPARE(profile.secretRevision, 1);
        QVERIFY(profile.keySince.secsTo(QDateTime::currentDateTimeUtc()) < 60);
        QCOMPARE(keyInForce(), oldKey);
        QCOMPARE(server->seen().size(), 0u); // the server may be down
    }

    void halfAKeyIsRefused()
    {
        for (const AccessKey &half : {AccessKey{u"id"_s, u" "_s}, AccessKey{QString(), u"secret"_s}}) {
            const Result<KeyChange> change = awaited(setKey(*profiles, secrets, id, half));
            QCOMPARE(change->failure->kind, Error::Kind::Validation);
            QCOMPARE(awaited(rotateKey(*profiles, secrets, id, half))->failure->kind, Error::Kind::Validation);
        }
        QVERIFY(secrets->entries.empty());
        QCOMPARE(awaited(setKey(*profiles, secrets, u"nobody"_s, oldKey))->failure->kind, Error::Kind::NotFound);
    }

    void aNewKeyReplacesTheOldOne()
    {
        enter();
        server->addKey(newKey.id, newKey.secret);
        const QDateTime since = profiles->find(id)->keySince;
        const Result<KeyChange> change = awaited(rotateKey(*profiles, secrets, id, newKey));
        QVERIFY(change && !change->failure);
        QCOMPARE(stepsOf(*change), u"Verify Use Keep Store Announce"_s);
        QCOMPARE(keyInForce(), newKey);
        QCOMPARE(profiles->find(id)->secretRevision, 2);
        QVERIFY(profiles->find(id)->keySince >= since);
        QCOMPARE(server->tokensAsked(), 1);
    }

    void aBusyServerIsAskedAgain()
    {
        enter();
        server->addKey(newKey.id, newKey.secret);
        server->answerNext({.status = 503, .path = "/api/token"});
        server->answerNext(AuthProxy::busyDatabase());
        const Result<KeyChange> change = awaited(rotateKey(*profiles, secrets, id, newKey));
        QVERIFY(change && !change->failure);
        QCOMPARE(server->seen().size(), 4u);
    }

    void whatFailsLeavesTheOldKeyInForce_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("steps");
        QTest::addColumn<Error::Kind>("kind");
        QTest::newRow("the key is wrong") << u"wrong"_s << u"Verify!"_s << Error::Kind::Auth;
        QTest::newRow("the key has expired") << u"expired"_s << u"Verify!"_s << Error::Kind::Auth;
        QTest::newRow("the key may do nothing") << u"powerless"_s << u"Verify Use!"_s << Error::Kind::Auth;
        QTest::newRow("the server fails") << u"failing"_s << u"Verify Use!"_s << Error::Kind::Server;
        QTest::newRow("the server asks for no key") << u"open"_s << u"Verify!"_s << Error::Kind::Validation;
        QTest::newRow("the server is gone") << u"gone"_s << u"Verify!"_s << Error::Kind::Network;
        QTest::newRow("the keychain is locked") << u"read"_s << u"Verify Use Keep!"_s << Error::Kind::Keychain;
        QTest::newRow("the keychain does not write") << u"write once"_s << u"Verify Use Keep Store! Restore"_s << Error::Kind::Keychain;
        QTest::newRow("it wrote, but no answer came") << u"write late"_s << u"Verify Use Keep Store! Restore"_s << Error::Kind::Keychain;
        QTest::newRow("the profiles cannot be written") << u"profiles"_s << u"Verify Use Keep Store Announce! Restore"_s << Error::Kind::Protocol;
    }

    void whatFailsLeavesTheOldKeyInForce()
    {
        QFETCH(QString, what);
        enter();
        server->addKey(newKey.id, newKey.secret);
        if (what == u"wrong")
            server->revokeKey(newKey.id);
        else if (what == u"expired")
            server->expireKey(newKey.id);
        else if (what == u"powerless")
            server->answerNext({.status = 403, .body = R"({"message":"no permission"})"});
        else if (what == u"failing")
            server->answerNext({.status = 500, .body = R"({"message":"value"})"});
        else if (what == u"open")
            server->demandsTokens = false;
        else if (what == u"gone")
            server.reset();
        else if (what == u"profiles")
            breakProfiles();
        else
            secrets->trouble = [this, what, failed = false](QStringView operation) mutable -> std::optional<Error> {
                if (failed || !what.startsWith(operation))
                    return {};
                failed = true;
                if (what == u"write late")
                    secrets->entries[{Keychain::SecretService, StoredKey::entryOf(id)}] = "half written";
                return broken(operation.toString());
            };

        const Result<KeyChange> change = awaited(rotateKey(*profiles, secrets, id, newKey));

        QVERIFY(change && change->failure);
        QTEST(stepsOf(*change), "steps");
        QTEST(change->failure->kind, "kind");
        QVERIFY2(change->failure->hint.endsWith(u"The old key stays in force"), qPrintable(change->failure->hint));
        QVERIFY2(!sentence(*change->failure).contains(newKey.secret), qPrintable(sentence(*change->failure)));
        secrets->trouble = {};
        QCOMPARE(keyInForce(), oldKey);
        QCOMPARE(profiles->find(id)->secretRevision, 1);
    }

    void whatCannotBePutBackIsSaid()
    {
        enter();
        server->addKey(newKey.id, newKey.secret);
        secrets->trouble = [](QStringView operation) { return operation == u"write" ? std::optional<Error>(broken(u"write"_s)) : std::nullopt; };
        const Result<KeyChange> change = awaited(rotateKey(*profiles, secrets, id, newKey));
        QCOMPARE(stepsOf(*change), u"Verify Use Keep Store! Restore!"_s);
        QVERIFY2(change->failure->hint.contains(u"not known which key"), qPrintable(change->failure->hint));
    }

    void aFirstKeyThatIsNotAnnouncedIsTakenBack()
    {
        breakProfiles();
        const Result<KeyChange> change = awaited(setKey(*profiles, secrets, id, oldKey));
        QCOMPARE(stepsOf(*change), u"Keep Store Announce! Restore"_s);
        QVERIFY(change->failure->hint.endsWith(u"The profile still has no key"));
        QVERIFY(secrets->entries.empty());
    }

    void withoutAKeyThereIsNothingToReplace()
    {
        const Result<KeyChange> change = awaited(rotateKey(*profiles, secrets, id, newKey));
        QCOMPARE(change->failure->kind, Error::Kind::Validation);
        QVERIFY(secrets->entries.empty());
    }

    void aKeyEnteredAgainMovesToTheKeychainOfTheSession()
    {
        secrets->preference = Keychain::KWallet;
        enter();
        QCOMPARE(profiles->find(id)->keychain, Keychain::KWallet);
        secrets->preference = Keychain::SecretService;
        const Result<KeyChange> change = awaited(setKey(*profiles, secrets, id, newKey));
        QCOMPARE(stepsOf(*change), u"Keep Store Announce Remove"_s);
        QCOMPARE(profiles->find(id)->keychain, Keychain::SecretService);
        QCOMPARE(keyInForce(), newKey);
        QCOMPARE(secrets->entries.size(), 1u);
    }

    void removing()
    {
        enter();
        secrets->trouble = [](QStringView) { return broken(u"remove"_s); };
        Result<KeyChange> change = awaited(removeKey(*profiles, secrets, id));
        QCOMPARE(stepsOf(*change), u"Remove!"_s);
        QVERIFY(change->failure);
        secrets->trouble = {};
        QCOMPARE(keyInForce(), oldKey);

        change = awaited(removeKey(*profiles, secrets, id));
        QVERIFY(!change->failure);
        QCOMPARE(stepsOf(*change), u"Remove Announce"_s);
        QVERIFY(secrets->entries.empty());
        QCOMPARE(profiles->find(id)->keychain, Keychain::None);
        QVERIFY(!profiles->find(id)->keySince.isValid());
        QCOMPARE(profiles->find(id)->secretRevision, 2);
        QCOMPARE(keyInForce(), AccessKey());
        QVERIFY(awaited(removeKey(*profiles, secrets, id))->steps.empty()); // once more: nothing to do
    }

    void endsWithTheProfiles()
    {
        enter();
        const Reply<KeyChange> change = rotateKey(*profiles, secrets, id, newKey);
        profiles.reset();
        QCOMPARE(awaited(change).error().kind, Error::Kind::Cancelled);
    }

    // ProfileKeys

    void aKeyIsSentOnlyToTheServerItWasEnteredFor()
    {
        enter();
        QVERIFY(profiles->change(id, [](Profile &profile) { profile.url = QUrl(u"http://elsewhere.example/api"_s); }));
        ProfileKeys keys(*profiles, secrets, id, profiles->find(id)->url);
        const Result<AccessKey> key = awaited(keys.read());
        QCOMPARE(key.error().kind, Error::Kind::Keychain);
        QVERIFY2(key.error().message.contains(u"elsewhere.example"), qPrintable(key.error().message));
        QVERIFY(!sentence(key.error()).contains(oldKey.secret));
    }

    void aMissingOrForeignEntryIsSaid()
    {
        enter();
        ProfileKeys keys(*profiles, secrets, id, server->url());
        for (const QByteArray &foreign :
             {QByteArray("canary"), QByteArray(R"({"keyId":"canary"})"), QByteArray(R"({"keyId":"canary","keySecret":"canary"})")}) {
            secrets->entries.begin()->second = foreign;
            const Result<AccessKey> key = awaited(keys.read());
            QCOMPARE(key.error().kind, Error::Kind::Keychain);
            QVERIFY2(!sentence(key.error()).contains(u"canary"), qPrintable(sentence(key.error())));
        }
        secrets->entries.clear();
        const Result<AccessKey> missing = awaited(keys.read());
        QCOMPARE(missing.error().kind, Error::Kind::Keychain);
        QVERIFY2(missing.error().message.contains(u"\"test\""), qPrintable(missing.error().message));
    }

    void theKeychainIsLeftAloneUntilAKeyIsNeeded()
    {
        ProfileKeys without(*profiles, secrets, id, server->url());
        QVERIFY(awaited(without.read())->isEmpty());
        QCOMPARE(secrets->reads, 0); // a profile without a key asks nobody
        enter();
        const int before = secrets->reads;
        ProfileKeys keys(*profiles, secrets, id, server->url());
        QCOMPARE(keys.revision(), 1);
        QCOMPARE(secrets->reads, before);
        QVERIFY(awaited(keys.read()));
        QCOMPARE(secrets->reads, before + 1);
    }

    void aRemovedProfileIsSaid()
    {
        ProfileKeys keys(*profiles, secrets, id, server->url());
        QVERIFY(profiles->remove(id));
        QCOMPARE(keys.revision(), -1);
        QVERIFY(awaited(keys.read()).error().message.contains(u"removed"));
        profiles.reset();
        QCOMPARE(keys.revision(), -1);
    }

private:
    void enter() { QVERIFY(!awaited(setKey(*profiles, secrets, id, oldKey))->failure); }

    AccessKey keyInForce()
    {
        ProfileKeys keys(*profiles, secrets, id, profiles->find(id)->url);
        return awaited(keys.read()).value_or(AccessKey{u"error"_s, {}});
    }

    void breakProfiles()
    {
        QFile file(profiles->path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{") == 1);
    }

    std::unique_ptr<QTemporaryDir> directory;
    std::unique_ptr<AuthProxy> server;
    std::unique_ptr<ProfileStore> profiles;
    std::shared_ptr<MemoryStore> secrets;
    QString id;
};

QTEST_GUILESS_MAIN(TestKeyChange)
#include "tst_keychange.moc"
