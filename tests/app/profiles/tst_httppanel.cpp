// The HTTP server of a profile on the servers page: switching it on makes a token that is kept in the keychain and nowhere else,
// what cannot be done changes nothing, how the server is can be read, and a copied token does not stay on the clipboard.
#include "app/profiles/httppanel.h"
#include "app/widgets/secretclipboard.h"
#include "mcp/host/httptoken.h"
#include "support/scriptedtransport.h"
#include "support/serverspagefixture.h"

#include <QClipboard>
#include <QMimeData>
#include <QSpinBox>

using namespace Qt::StringLiterals;
using namespace conductor;
using mcp::HttpInfo;
using mcp::HttpSection;
using support::awaited;
using support::ServersPageFixture;

class TestHttpPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_secrets = std::make_shared<MemoryStore>();
        m_on = std::make_unique<ServersPageFixture>(m_secrets, m_directory->filePath(u"profiles.json"_s));
        m_on->add({.name = u"one"_s, .url = QUrl(u"http://127.0.0.1:1/api"_s)});
        m_id = m_on->idOf(u"one"_s);
        m_on->open();
        QGuiApplication::clipboard()->clear();
    }

    void cleanup() { m_on.reset(); }

    void theFirstSwitchMakesAToken()
    {
        QVERIFY(!m_on->button(u"Copy header"_s));
        QVERIFY(switchOver());
        QVERIFY(section().on);
        const QByteArray token = tokenOf(m_id);
        QCOMPARE(token.size(), 43);
        QVERIFY(!profilesFile().contains(token));
        QVERIFY(m_on->press(u"Copy header"_s));
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QString(u"Authorization: Bearer "_s + QString::fromLatin1(token)));
        QVERIFY(!m_on->texts().contains(QString::fromLatin1(token)));

        QVERIFY(switchOver());
        QVERIFY(!section().on);
        QVERIFY(switchOver());
        QVERIFY(section().on);
        QCOMPARE(tokenOf(m_id), token); // clients keep what they have
    }

    void aLockedKeychainChangesNothing()
    {
        m_secrets->trouble = [](QStringView) { return Error{Error::Kind::Keychain, u"The keychain is locked"_s, u"Unlock it"_s}; };
        box()->click();
        QTRY_VERIFY2(m_on->says(u"The HTTP server was not switched on: The keychain is locked"_s), qPrintable(m_on->texts()));
        QTRY_VERIFY(box()->isEnabled());
        QVERIFY(!box()->isChecked());
        QCOMPARE(section(), HttpSection());
    }

    void aPortBelongsToOneProfile()
    {
        QVERIFY(switchOver());
        QVERIFY(section().on);
        m_on->add({.name = u"two"_s, .url = QUrl(u"http://127.0.0.1:2/api"_s)});
        m_on->page->showServer(m_on->idOf(u"two"_s));
        QCOMPARE(port()->value(), HttpSection::usualPort + 1); // offered
        port()->setValue(HttpSection::usualPort);
        Q_EMIT port()->editingFinished(); // it is off: only kept
        QTRY_COMPARE(HttpSection::of(*profileNamed(u"two"_s)).port, HttpSection::usualPort);
        QTRY_VERIFY(box()->isEnabled());
        QVERIFY(switchOver());
        QTRY_VERIFY2(m_on->says(u"Port 8765 is that of the profile one"_s), qPrintable(m_on->texts()));
        QVERIFY(!HttpSection::of(*profileNamed(u"two"_s)).on);
    }

    void aNewTokenReplacesTheOldWhole()
    {
        QVERIFY(switchOver());
        QVERIFY(section().on);
        const QByteArray old = tokenOf(m_id);
        const qint64 revision = section().tokenRevision;
        QVERIFY(m_on->press(u"New token…"_s));
        m_secrets->trouble = [](QStringView operation) {
            return operation == u"write" ? std::optional(Error{Error::Kind::Keychain, u"The keychain is full"_s}) : std::nullopt;
        };
        QVERIFY(m_on->press(u"Make a new token"_s));
        QTRY_VERIFY2(m_on->says(u"The old token stays in force: The keychain is full"_s), qPrintable(m_on->texts()));
        QCOMPARE(tokenOf(m_id), old);
        QCOMPARE(section().tokenRevision, revision);
        m_secrets->trouble = {};
        QVERIFY(m_on->press(u"Make a new token"_s));
        QTRY_COMPARE(section().tokenRevision, revision + 1);
        QVERIFY(tokenOf(m_id) != old);
    }

    void aDeletedServerLeavesNoToken()
    {
        QVERIFY(switchOver());
        QVERIFY(section().on);
        QVERIFY(m_on->press(u"Delete…"_s));
        QVERIFY(m_on->says(u"Its HTTP server ends"_s));
        QVERIFY(m_on->press(u"Delete one"_s));
        QTRY_VERIFY(m_on->services.profiles().profiles().empty());
        QVERIFY(m_secrets->entries.empty());
    }

    void tellsHowItIs()
    {
        QVERIFY(switchOver());
        QVERIFY(section().on);
        HttpInfo server{.profileId = m_id, .state = HttpInfo::State::Serving, .port = 8765, .address = u"http://127.0.0.1:8765/mcp"_s, .pid = 4711};
        m_on->services.hosting().keepHttp(server);
        QVERIFY(m_on->says(u"AI clients reach it at http://127.0.0.1:8765/mcp"_s));
        mcp::SessionInfo session;
        session.id = u"d1"_s;
        session.kind = mcp::SessionInfo::Kind::Http;
        session.serverPid = 4711;
        session.calls = 12;
        session.errors = 2;
        m_on->services.hosting().keep(session);
        session.id = u"d2"_s;
        session.serverPid = 4712; // another server's
        m_on->services.hosting().keep(session);
        QVERIFY2(m_on->says(u"Process: 4711   Clients: 1   Calls: 12   Errors: 2   Restarts: 0"_s), qPrintable(m_on->texts()));
        server.state = HttpInfo::State::Restarting;
        server.pid = 0;
        server.restarts = 1;
        server.lastExit = u"killed by signal 9"_s;
        m_on->services.hosting().keepHttp(server);
        QVERIFY(m_on->says(u"It ended (killed by signal 9) and is started again"_s));
        QVERIFY(!m_on->button(u"Try again"_s));
        server.state = HttpInfo::State::Failed;
        server.trouble = Error{Error::Kind::Conflict, u"Cannot listen at 127.0.0.1:8765\u202e"_s, u"Another program has that port; choose another"_s};
        m_on->services.hosting().keepHttp(server);
        QVERIFY(m_on->says(u"choose another"_s));
        QVERIFY(!m_on->texts().contains(u'\u202e'));
        QVERIFY(m_on->button(u"Try again"_s));
        server.state = HttpInfo::State::Off;
        m_on->services.hosting().keepHttp(server);
        QVERIFY(m_on->says(u"hosts no AI clients at the moment"_s));
    }

    void readsItsSectionAndLeavesTheRest()
    {
        Profile profile;
        profile.sections[u"http"_s] = QJsonObject{{u"on"_s, true}, {u"port"_s, 70000}, {u"later"_s, u"kept"_s}};
        HttpSection read = HttpSection::of(profile);
        QVERIFY(read.on);
        QCOMPARE(read.port, 0); // no port to guess
        read.port = 9000;
        read.putInto(profile);
        QCOMPARE(profile.sections[u"http"_s][u"later"].toString(), u"kept"_s);
        QCOMPARE(HttpSection::of(profile), read);
    }

    void aSecretLeavesTheClipboard()
    {
        app::SecretClipboard clipboard(std::chrono::milliseconds(50));
        clipboard.copy(u"a secret"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"a secret"_s);
        QCOMPARE(QGuiApplication::clipboard()->mimeData()->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
        QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
        clipboard.copy(u"a secret"_s);
        QGuiApplication::clipboard()->setText(u"something else"_s);
        clipboard.takeBack();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"something else"_s);
    }

private:
    QCheckBox *box() { return m_on->box(u"Serve AI clients over HTTP"_s); }
    bool switchOver() // and waits until it is done
    {
        box()->click();
        return QTest::qWaitFor([this] { return box()->isEnabled(); });
    }
    QSpinBox *port() { return m_on->page->findChild<QSpinBox *>(); }
    HttpSection section() { return HttpSection::of(*m_on->services.profiles().find(m_id)); }
    const Profile *profileNamed(const QString &name) { return m_on->services.profiles().find(m_on->idOf(name)); }
    QByteArray tokenOf(const QString &id) { return m_secrets->entries[{Keychain::SecretService, mcp::httpTokenEntry(id)}]; }

    QByteArray profilesFile()
    {
        QFile file(m_on->services.profiles().path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::shared_ptr<MemoryStore> m_secrets;
    std::unique_ptr<ServersPageFixture> m_on;
    QString m_id;
};

QTEST_MAIN(TestHttpPanel)
#include "tst_httppanel.moc"
