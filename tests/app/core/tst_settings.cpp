// Settings survive a restart, believe no value that does not fit, and never lose what they do not know.
#include "app/core/settings.h"

#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::Density;
using app::Scheme;
using app::Settings;
namespace setting = app::setting;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_path = m_directory->filePath(u"below/settings.json"_s);
    }

    void beginsWithDefaults()
    {
        const Settings settings(m_path);
        QCOMPARE(settings.get(setting::scheme), Scheme::System);
        QCOMPARE(settings.get(setting::density), Density::Comfortable);
        QCOMPARE(settings.get(setting::lastPage), u"overview"_s);
        QVERIFY(settings.complaint().isEmpty());
    }

    void survivesARestart()
    {
        {
            Settings settings(m_path);
            settings.set(setting::scheme, Scheme::Dark);
            settings.set(setting::sidebarCollapsed, true);
            settings.set(setting::windowGeometry, QByteArray("\x01\x00\xff", 3));
            settings.set(setting::executionSearch, u"type:ä status:failed"_s, u"server-1"_s);
        }
        const Settings settings(m_path);
        QCOMPARE(settings.get(setting::scheme), Scheme::Dark);
        QCOMPARE(settings.get(setting::sidebarCollapsed), true);
        QCOMPARE(settings.get(setting::windowGeometry), QByteArray("\x01\x00\xff", 3));
        QCOMPARE(settings.get(setting::executionSearch, u"server-1"_s), u"type:ä status:failed"_s);
        QCOMPARE(settings.get(setting::executionSearch, u"server-2"_s), QString());
        QCOMPARE(QFileInfo(m_path).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    }

    void believesOnlyWhatFits_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("an unknown word") << QByteArray(R"({"look/scheme": "pink"})");
        QTest::newRow("another type") << QByteArray(R"({"look/scheme": 7})");
        QTest::newRow("nothing") << QByteArray(R"({"look/scheme": null})");
    }

    void believesOnlyWhatFits()
    {
        QFETCH(QByteArray, content);
        write(content);
        QCOMPARE(Settings(m_path).get(setting::scheme), Scheme::System);
    }

    void asksTheValidator()
    {
        const QString endless(5000, u'x');
        Settings settings(m_path);
        settings.set(setting::executionSearch, endless);
        QCOMPARE(settings.get(setting::executionSearch), QString());
        write(QJsonDocument(QJsonObject{{u"executions/search"_s, endless}}).toJson());
        QCOMPARE(Settings(m_path).get(setting::executionSearch), QString());
    }

    void keepsWhatALaterVersionWrote()
    {
        write(R"({"later/version": {"x": [1, 2]}, "look/scheme": "light"})");
        {
            Settings settings(m_path);
            settings.set(setting::sidebarCollapsed, true);
        }
        const QJsonObject after = QJsonDocument::fromJson(content(m_path)).object();
        QCOMPARE(after[u"later/version"], (QJsonObject{{u"x"_s, QJsonArray{1, 2}}}));
        QCOMPARE(after[u"look/scheme"], u"light"_s);
    }

    void putsABrokenFileAside()
    {
        write("{ \"look/scheme\": ");
        {
            Settings settings(m_path);
            QVERIFY(settings.complaint().contains(m_path));
            settings.set(setting::scheme, Scheme::Light);
        }
        QCOMPARE(content(m_path + u".broken"_s), QByteArray("{ \"look/scheme\": "));
        QCOMPARE(Settings(m_path).get(setting::scheme), Scheme::Light);
    }

    void saysWhenItCannotBeSaved()
    {
        write("{}");
        QVERIFY(QDir(QFileInfo(m_path).path()).removeRecursively());
        QFile inTheWay(QFileInfo(m_path).path());
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        Settings settings(m_path);
        QSignalSpy notSaved(&settings, &Settings::notSaved);
        settings.set(setting::scheme, Scheme::Dark);
        settings.save();
        QCOMPARE(notSaved.size(), 1);
    }

    void tellsChangesOnce()
    {
        Settings settings(m_path);
        QSignalSpy changes(&settings, &Settings::changed);
        settings.set(setting::scheme, Scheme::Dark);
        settings.set(setting::scheme, Scheme::Dark);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0][0].toString(), u"look/scheme"_s);
        QVERIFY(!QFile::exists(m_path));
        QTRY_VERIFY(QFile::exists(m_path)); // by itself, a moment later
    }

private:
    void write(const QByteArray &content)
    {
        QVERIFY(QDir().mkpath(QFileInfo(m_path).path()));
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
