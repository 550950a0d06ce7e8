// The servers page as people use it: a server is added, tested, edited, made the default and deleted; keys are entered, replaced
// and removed; and when something fails, what was typed and what was in force stay.
#include "app/profiles/serverspage.h"

#include "app/profiles/serversmodel.h"
#include "app/widgets/table.h"
#include "conductor/local/standin.h"
#include "conductor/secret/storedkey.h"
#include "support/serverspagefixture.h"
#include "support/authproxy.h"
#include "support/scriptedtransport.h"

using namespace Qt::StringLiterals;
using namespace conductor;
using support::AuthProxy;
using support::ServersPageFixture;

namespace {

const Error lockedKeychain{Error::Kind::Keychain, u"The keychain is locked"_s, u"Unlock it and try again"_s};

} // namespace

class TestServersPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(u"profiles.json"_s);
        m_secrets = std::make_shared<MemoryStore>();
        m_on = std::make_unique<ServersPageFixture>(m_secrets, m_path);
        m_proxy = std::make_unique<AuthProxy>(); // answers what a good server does
        QVERIFY(m_proxy->listen());
        m_proxy->addKey(u"key-1"_s, u"secret-1"_s);
        m_proxy->answerNext({.body = "3.32.3", .contentType = "text/plain", .path = "/api/version"}, 20);
        m_proxy->answerNext({.body = R"({"totalHits":3,"results":[]})", .path = "/api/workflow/search"}, 20);
    }

    void cleanup()
    {
        m_on.reset();
        m_proxy.reset();
    }

    void beginsWithTwoWaysOn()
    {
        m_on->open();
        QVERIFY(m_on->says(u"There is no server yet"_s));
        QVERIFY(m_on->button(u"Start a local server with samples"_s));
        QVERIFY(m_on->press(u"Add a server"_s));
        QVERIFY(m_on->field(u"Name"_s));
        QVERIFY(!m_on->says(u"There is no server yet"_s));
        QVERIFY(m_on->page->closePane());
        QVERIFY(m_on->says(u"There is no server yet"_s));
    }

    void addsAServerThatWasTested()
    {
        m_on->open();
        QVERIFY(fill(u"Payments EU"_s, m_proxy->url().toString(), u"key-1"_s, u"secret-1"_s));
        m_on->box(u"Production"_s)->click();
        QVERIFY(m_on->press(u"Save"_s));
        QTRY_VERIFY(!m_on->field(u"Name"_s));
        QCOMPARE(m_on->services.profiles().profiles().size(), 1u);
        const Profile added = m_on->services.profiles().profiles().front();
        QCOMPARE(added.name, u"Payments EU"_s);
        QCOMPARE(added.url, m_proxy->url());
        QVERIFY(added.production && !added.requiresCompanion);
        QCOMPARE(keyOf(added.id).secret, u"secret-1"_s);
        QVERIFY(m_on->says(u"kept in the Secret Service since"_s));
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("secret-1"));
    }

    void complainsAtTheFields()
    {
        m_on->open();
        QVERIFY(fill(u"   "_s, u"conductor.example"_s, {}, u"half of a key"_s));
        QVERIFY(m_on->press(u"Save"_s));
        QVERIFY2(m_on->says(u"The profile has no name"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->says(u"does not begin with http://"_s));
        QVERIFY(m_on->says(u"An access key has two parts"_s));
        QVERIFY(m_on->field(u"Name"_s)->hasFocus() || m_on->page->focusWidget() == m_on->field(u"Name"_s));
        QVERIFY(m_on->services.profiles().profiles().empty());
        QVERIFY(m_on->type(u"Name"_s, u"one"_s));
        QVERIFY(!m_on->says(u"The profile has no name"_s));
    }

    void aNameIsGivenOnce()
    {
        m_on->add(profile(u"Payments EU"_s));
        m_on->open();
        QVERIFY(fill(u"payments eu "_s, nobodyThere()));
        QVERIFY(m_on->press(u"Save"_s));
        QVERIFY2(m_on->says(u"There is a server of this name already"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->press(u"Cancel"_s));
        QVERIFY(m_on->press(u"Edit…"_s));
        QVERIFY(m_on->type(u"Name"_s, u"payments EU"_s)); // its own
        QVERIFY(m_on->press(u"Save"_s));
        QTRY_VERIFY(!m_on->field(u"Name"_s));
        QCOMPARE(m_on->services.profiles().profiles().front().name, u"payments EU"_s);
    }

    void savesWhatFailsItsTestOnlyWhenAsked()
    {
        m_on->open();
        QVERIFY(fill(u"later"_s, nobodyThere()));
        QVERIFY(m_on->press(u"Save"_s));
        QTRY_VERIFY(m_on->says(u"Nothing is saved yet"_s));
        QVERIFY2(m_on->says(u"The server cannot be used: Not reachable"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->services.profiles().profiles().empty());
        QVERIFY(m_on->type(u"Name"_s, u"much later"_s)); // another form: it is tested again
        QVERIFY(m_on->press(u"Save"_s));
        QTRY_VERIFY(m_on->button(u"Save anyway"_s) && m_on->button(u"Save anyway"_s)->isEnabled());
        QVERIFY(m_on->press(u"Save anyway"_s));
        QTRY_COMPARE(m_on->services.profiles().profiles().size(), 1u);
        QCOMPARE(m_on->services.profiles().profiles().front().name, u"much later"_s);
    }

    void takesTheAddressThatWasTried()
    {
        m_on->open();
        QUrl pages = m_proxy->url();
        pages.setPath({});
        m_proxy->answerNext({.status = 404, .body = "{}", .path = "/version"}, 4);
        QVERIFY(fill(u"one"_s, pages.toString(), u"key-1"_s, u"secret-1"_s));
        QVERIFY(m_on->press(u"Test"_s));
        const QString use = u"Use "_s + m_proxy->url().toString();
        QTRY_VERIFY2(m_on->button(use), qPrintable(m_on->texts()));
        QVERIFY(m_on->press(use));
        QCOMPARE(m_on->field(u"Address"_s)->text(), m_proxy->url().toString());
        QTRY_VERIFY2(m_on->says(u"The server can be used: Conductor 3.32.3"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->press(u"Save"_s)); // just tested: saved at once
        QTRY_COMPARE(m_on->services.profiles().profiles().size(), 1u);
    }

    void troubleWithTheKeychainLosesNothing()
    {
        m_secrets->trouble = [](QStringView operation) { return operation == u"write" ? std::optional(lockedKeychain) : std::nullopt; };
        m_on->open();
        QVERIFY(fill(u"one"_s, m_proxy->url().toString(), u"key-1"_s, u"secret-1"_s));
        QVERIFY(m_on->press(u"Save"_s));
        QTRY_VERIFY2(m_on->says(u"its key is not: The keychain is locked. Unlock it and try again"_s), qPrintable(m_on->texts()));
        QCOMPARE(m_on->field(u"Key secret"_s)->text(), u"secret-1"_s);
        QCOMPARE(m_on->services.profiles().profiles().front().keychain, Keychain::None);
        m_secrets->trouble = {};
        QVERIFY(m_on->press(u"Try again"_s));
        QTRY_VERIFY(!m_on->field(u"Name"_s));
        QCOMPARE(m_on->services.profiles().profiles().size(), 1u);
        QCOMPARE(keyOf(m_on->idOf(u"one"_s)).secret, u"secret-1"_s);
    }

    void whatWasTypedIsNotThrownAway()
    {
        m_on->add(profile(u"one"_s));
        m_on->add(profile(u"two"_s));
        m_on->open();
        QVERIFY(m_on->press(u"Edit…"_s));
        QVERIFY(m_on->type(u"Name"_s, u"other"_s));
        QVERIFY(!m_on->page->closePane()); // Esc
        table()->setCurrentIndex(table()->model()->index(1, 0));
        QTRY_COMPARE(table()->currentIndex().row(), 0);
        QCOMPARE(m_on->field(u"Name"_s)->text(), u"other"_s);
        QVERIFY(m_on->press(u"Cancel"_s));
        QVERIFY(!m_on->field(u"Name"_s));
        QCOMPARE(m_on->services.profiles().profiles().front().name, u"one"_s);

        QVERIFY(m_on->press(u"Edit…"_s)); // nothing typed: another server may be chosen
        table()->setCurrentIndex(table()->model()->index(1, 0));
        QVERIFY(!m_on->field(u"Name"_s));
        QVERIFY(m_on->says(u"AI clients use it when they name it"_s));
    }

    void aServerThatMovesNeedsItsKeyAgain()
    {
        m_on->add(profile(u"one"_s, nobodyThere()));
        giveKey(u"one"_s);
        m_on->open();
        QVERIFY(m_on->press(u"Edit…"_s));
        QVERIFY(!m_on->field(u"Key id"_s));
        QVERIFY(m_on->type(u"Address"_s, m_proxy->url().toString()));
        QVERIFY(m_on->says(u"is not sent anywhere else. Enter it again"_s));
        QVERIFY(m_on->type(u"Key id"_s, u"key-1"_s));
        QVERIFY(m_on->type(u"Key secret"_s, u"secret-1"_s));
        QVERIFY(m_on->press(u"Save"_s));
        QTRY_VERIFY(!m_on->field(u"Name"_s));
        QCOMPARE(m_on->services.profiles().find(m_on->idOf(u"one"_s))->url, m_proxy->url());
        QCOMPARE(keyOf(m_on->idOf(u"one"_s)), (AccessKey{u"key-1"_s, u"secret-1"_s}));
    }

    void entersAKeyAfterTryingIt()
    {
        m_on->add(profile(u"one"_s, m_proxy->url().toString()));
        m_on->open();
        QVERIFY(m_on->press(u"Enter key…"_s));
        QVERIFY(m_on->press(u"Keep the key"_s));
        QVERIFY(m_on->says(u"Copy the key's id from the server."_s));
        QVERIFY(m_on->type(u"Key id"_s, u"key-1"_s));
        QVERIFY(m_on->type(u"Key secret"_s, u"wrong"_s));
        QVERIFY(m_on->press(u"Keep the key"_s));
        QTRY_VERIFY2(m_on->says(u"The server cannot be used: Access key refused"_s), qPrintable(m_on->texts()));
        QVERIFY(m_secrets->entries.empty());
        QVERIFY(m_on->type(u"Key secret"_s, u"secret-1"_s));
        QVERIFY2(m_on->press(u"Keep the key"_s), "a changed key is tested again");
        QTRY_VERIFY2(m_on->says(u"The key is in the Secret Service"_s), qPrintable(m_on->texts()));
        QCOMPARE(keyOf(m_on->idOf(u"one"_s)).secret, u"secret-1"_s);
        QVERIFY(m_on->press(u"Done"_s));
        QVERIFY(m_on->button(u"Rotate key…"_s));
    }

    void aRotationShowsItsStepsAndAFailureLeavesTheOldKey()
    {
        m_on->add(profile(u"one"_s, m_proxy->url().toString()));
        giveKey(u"one"_s);
        m_on->open();
        QVERIFY(m_on->press(u"Rotate key…"_s));
        QVERIFY(m_on->type(u"New key id"_s, u"key-2"_s));
        QVERIFY(m_on->type(u"New key secret"_s, u"secret-2"_s));
        QVERIFY(m_on->press(u"Replace the key"_s));
        QTRY_VERIFY2(m_on->says(u"The key was not replaced"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->says(u"The old key stays in force"_s));
        QVERIFY(m_on->says(u"Token for the new key"_s));
        QCOMPARE(keyOf(m_on->idOf(u"one"_s)).secret, u"secret-1"_s);
        QCOMPARE(m_on->field(u"New key secret"_s)->text(), u"secret-2"_s);

        m_proxy->addKey(u"key-2"_s, u"secret-2"_s);
        QVERIFY(m_on->press(u"Replace the key"_s));
        QTRY_VERIFY2(m_on->says(u"The new key is in force"_s), qPrintable(m_on->texts()));
        for (const QString &step : {u"Token for the new key"_s, u"A request with it"_s, u"What the keychain holds"_s, u"Store the new key"_s, u"Tell running sessions"_s})
            QVERIFY2(m_on->says(step), qPrintable(step));
        QCOMPARE(keyOf(m_on->idOf(u"one"_s)), (AccessKey{u"key-2"_s, u"secret-2"_s}));
        QVERIFY(!m_on->field(u"New key secret"_s));
        for (const QLineEdit *edit : m_on->page->findChildren<QLineEdit *>())
            QVERIFY(!edit->text().contains(u"secret-2") && !edit->isUndoAvailable());
    }

    void removesAKeyWhenConfirmed()
    {
        m_on->add(profile(u"one"_s));
        giveKey(u"one"_s);
        m_on->open();
        QVERIFY(m_on->press(u"Remove key…"_s));
        m_secrets->trouble = [](QStringView) { return std::optional(lockedKeychain); };
        QVERIFY(m_on->press(u"Remove the key"_s));
        QTRY_VERIFY2(m_on->says(u"The key was not removed: The keychain is locked"_s), qPrintable(m_on->texts()));
        m_secrets->trouble = {};
        QVERIFY(m_on->press(u"Remove the key"_s));
        QTRY_VERIFY(m_on->button(u"Enter key…"_s));
        QVERIFY(m_secrets->entries.empty());
    }

    void deletesAServerWithItsKey()
    {
        m_on->add(profile(u"one"_s));
        giveKey(u"one"_s);
        m_on->open();
        QVERIFY(m_on->press(u"Delete…"_s));
        QVERIFY(m_on->says(u"Delete one?"_s));
        QVERIFY(m_on->says(u"Its key is taken out of the Secret Service."_s));
        m_secrets->trouble = [](QStringView operation) { return operation == u"remove" ? std::optional(lockedKeychain) : std::nullopt; };
        QVERIFY(m_on->press(u"Delete one"_s));
        QTRY_VERIFY2(m_on->says(u"Nothing was deleted: The keychain is locked"_s), qPrintable(m_on->texts()));
        QCOMPARE(m_on->services.profiles().profiles().size(), 1u);
        m_secrets->trouble = {};
        QVERIFY(m_on->press(u"Delete one"_s));
        QTRY_VERIFY(m_on->services.profiles().profiles().empty());
        QVERIFY(m_secrets->entries.empty());
        QTRY_VERIFY(m_on->says(u"There is no server yet"_s));
    }

    void productionIsDeletedByItsName()
    {
        Profile production = profile(u"Payments EU"_s);
        production.production = true;
        m_on->add(production);
        m_on->open();
        QVERIFY(m_on->press(u"Delete…"_s));
        QVERIFY(!m_on->button(u"Delete Payments EU"_s)->isEnabled());
        QVERIFY(m_on->type(u"Type Payments EU to confirm"_s, u"Payments"_s));
        QVERIFY(!m_on->button(u"Delete Payments EU"_s)->isEnabled());
        QVERIFY(m_on->type(u"Type Payments EU to confirm"_s, u"Payments EU"_s));
        QVERIFY(m_on->press(u"Delete Payments EU"_s));
        QTRY_VERIFY(m_on->services.profiles().profiles().empty());
    }

    void switchesAndDefaultAreSavedAtOnce()
    {
        m_on->add(profile(u"one"_s));
        m_on->add(profile(u"two"_s));
        m_on->open();
        m_on->page->showServer(m_on->idOf(u"two"_s));
        m_on->box(u"Production server"_s)->click();
        m_on->box(u"AI clients reach it only"_s)->click();
        const Profile two = *m_on->services.profiles().find(m_on->idOf(u"two"_s));
        QVERIFY(two.production && two.requiresCompanion);
        QVERIFY(m_on->press(u"Make it the default"_s));
        QCOMPARE(m_on->services.profiles().defaultId(), two.id);
        QVERIFY(m_on->says(u"It is the default"_s));
        QVERIFY(table()->model()->index(1, 0).data(Qt::AccessibleTextRole).toString().startsWith(u"two, production server, default server"_s));
    }

    void testsWhatIsSaved()
    {
        m_on->add(profile(u"one"_s, nobodyThere()));
        m_on->open();
        QVERIFY(m_on->press(u"Test"_s));
        QTRY_VERIFY2(m_on->says(u"The server cannot be used: Not reachable"_s), qPrintable(m_on->texts()));
        QCOMPARE(m_on->servers.find(m_on->idOf(u"one"_s))->health.words, u"Not reachable"_s);
    }

    void aFileThatDoesNotParseIsToldAndMovedAside()
    {
        support::writeText(m_path, "{\"profiles\": [oops");
        m_on->open();
        QVERIFY2(m_on->says(u"The list of servers cannot be read"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->says(m_path));
        QVERIFY(!m_on->button(u"Add a server"_s));
        QVERIFY(m_on->press(u"Move the file aside"_s));
        QTRY_VERIFY2(m_on->says(u"There is no server yet"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->says(u"The old list is in"_s));
        QCOMPARE(QDir(m_directory->path()).entryList({u"profiles.json*"_s}, QDir::Files).size(), 1);
    }

    void aFileThatIsSpoiltLaterKeepsTheServers()
    {
        m_on->add(profile(u"one"_s));
        m_on->open();
        const QByteArray good = contentOf(m_path);
        support::writeText(m_path, "{");
        m_on->page->refresh();
        QVERIFY2(m_on->says(u"cannot be read any more"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->button(u"Move the file aside"_s));
        QCOMPARE(table()->model()->rowCount(), 2);
        support::writeText(m_path, good);
        m_on->page->refresh();
        QVERIFY(!m_on->says(u"cannot be read any more"_s));
    }

    // The local server

    void itsAbsenceSaysWhatToDo()
    {
        m_on->open();
        QVERIFY(m_on->press(u"Start a local server with samples"_s));
        QTRY_VERIFY2(m_on->says(u"Not installed"_s) || m_on->says(u"installer/server-files.sh"_s), qPrintable(m_on->texts()));
        QVERIFY(m_on->button(u"Try again"_s));
    }

    void startsShowsItsProfileAndStops()
    {
        support::placeJar();
        support::useStandInJava();
        support::writeText(dataDirectory() + u"/local-server/mode"_s, "serve");
        m_on->open();
        QVERIFY(m_on->press(u"Start a local server with samples"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_on->services.localServer().state() == LocalServer::State::Ready, 20'000);
        QTRY_VERIFY2(m_on->says(u"Ready at "_s + m_on->services.localServer().url().toString()), qPrintable(m_on->texts()));
        QVERIFY(m_on->box(u"With sample workflows"_s)->isChecked());
        QCOMPARE(table()->model()->rowCount(), 1);
        QCOMPARE(table()->currentIndex().data().toString(), u"local"_s); // its profile has taken the place of its row
        QVERIFY(m_on->button(u"Edit…"_s));
        QVERIFY(m_on->press(u"Stop"_s));
        QTRY_VERIFY_WITH_TIMEOUT(m_on->button(u"Start"_s) && m_on->button(u"Start"_s)->isEnabled(), 15'000);
        QVERIFY(table()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(u"Stopped"));
    }

private:
    static QString nobodyThere()
    {
        QTcpServer taken; // and let go: nobody listens there now
        taken.listen(QHostAddress::LocalHost);
        return u"http://127.0.0.1:%1/api"_s.arg(taken.serverPort());
    }

    static Profile profile(const QString &name, const QString &url = u"http://127.0.0.1:9/api"_s)
    {
        Profile made;
        made.name = name;
        made.url = QUrl(url);
        return made;
    }

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    bool fill(const QString &name, const QString &url, const QString &keyId = {}, const QString &secret = {})
    {
        return m_on->press(u"Add a server"_s) && m_on->type(u"Name"_s, name) && m_on->type(u"Address"_s, url) && m_on->type(u"Key id"_s, keyId)
            && m_on->type(u"Key secret"_s, secret);
    }

    void giveKey(const QString &name)
    {
        const Result<KeyChange> set = support::awaited(setKey(m_on->services.profiles(), m_secrets, m_on->idOf(name), {u"key-1"_s, u"secret-1"_s}));
        QVERIFY(set && !set->failure);
    }

    AccessKey keyOf(const QString &id) const
    {
        const auto found = m_secrets->entries.find({Keychain::SecretService, StoredKey::entryOf(id)});
        return found == m_secrets->entries.end() ? AccessKey{} : StoredKey::fromBytes(found->second)->key;
    }

    app::Table *table() const { return m_on->page->findChild<app::Table *>(); }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
    std::shared_ptr<MemoryStore> m_secrets;
    std::unique_ptr<ServersPageFixture> m_on;
    std::unique_ptr<AuthProxy> m_proxy;
};

QTEST_MAIN(TestServersPage)
#include "tst_serverspage.moc"
