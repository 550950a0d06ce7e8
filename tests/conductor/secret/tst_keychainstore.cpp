// A session bus that hangs must not hang us, and no bus is started where none is named. What runs on a real bus is in
// wire/tst_keychain.
#include "conductor/secret/keychainstore.h"
#include "support/scriptedtransport.h"

#include <QElapsedTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace std::chrono_literals;
using support::awaited;

class TestKeychainStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBusThatHangsIsSaidInTime()
    {
        QTemporaryDir directory;
        QLocalServer mute; // greets nobody
        QVERIFY(mute.listen(directory.filePath(u"bus"_s)));
        qputenv("DBUS_SESSION_BUS_ADDRESS", QByteArray("unix:path=" + mute.fullServerName().toUtf8()));
        KeychainStore store(300ms);
        QElapsedTimer beat;
        beat.start();
        qint64 worst = 0;
        QTimer pulse;
        pulse.callOnTimeout(this, [&] { worst = std::max(worst, beat.restart()); });
        pulse.start(5ms);

        const Result<QByteArray> value = awaited(store.read(Keychain::SecretService, u"p/access-key"_s));

        QCOMPARE(value.error().kind, Error::Kind::Keychain);
        QVERIFY2(value.error().message.contains(u"bus does not answer"), qPrintable(value.error().message));
        QVERIFY2(worst < 250, qPrintable(QString::number(worst)));
        mute.close(); // whoever still waits for the greeting ends now
        while (QLocalSocket *waiting = mute.nextPendingConnection())
            waiting->abort();
    }

    void aBusThatIsGoneIsSaid()
    {
        QTemporaryDir directory;
        qputenv("DBUS_SESSION_BUS_ADDRESS", QByteArray("unix:path=" + directory.filePath(u"nothing"_s).toUtf8()));
        KeychainStore store;
        const Result<Keychain> preferred = awaited(store.preferred());
        QCOMPARE(preferred.error().kind, Error::Kind::Keychain);
        QVERIFY2(preferred.error().message.contains(u"no session bus"), qPrintable(preferred.error().message));
    }

    void noBusIsStarted()
    {
        qunsetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("DISPLAY", ":99999"); // with a display libdbus would start a bus that stays behind
        KeychainStore store;
        const Result<Keychain> preferred = awaited(store.preferred());
        QCOMPARE(preferred.error().kind, Error::Kind::Keychain);
        QVERIFY2(preferred.error().message.contains(u"neither DBUS_SESSION_BUS_ADDRESS"), qPrintable(preferred.error().message));
        QVERIFY(!preferred.error().hint.isEmpty());
    }

    void aProfileWithoutAKeychainHasNoEntry()
    {
        KeychainStore store;
        QCOMPARE(awaited(store.read(Keychain::None, u"p/access-key"_s)).error().kind, Error::Kind::NotFound);
        QVERIFY(awaited(store.remove(Keychain::None, u"p/access-key"_s)));
    }
};

QTEST_GUILESS_MAIN(TestKeychainStore)
#include "tst_keychainstore.moc"
