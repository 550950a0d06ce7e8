// The freeze switch is a file: what it says holds for every process at once, and what cannot be read limits rather than allows.
#include "conductor/base/privatefile.h"
#include "mcp/policy/freeze.h"
#include "mcp/policy/guard.h"
#include "support/scriptedtransport.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;
using support::awaited;

class TestFreeze : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        path = directory->filePath(u"config/policy.json"_s);
    }

    void startsNormal() { QCOMPARE(FreezeFile(path).current(), Freeze::Normal); }

    void oneSetsWhatAllSee()
    {
        FreezeFile here(path), there(path);
        QCOMPARE(there.current(), Freeze::Normal);
        QVERIFY(here.set(Freeze::ReadOnly));
        QCOMPARE(there.current(), Freeze::ReadOnly);
        QVERIFY(here.set(Freeze::Stopped));
        QCOMPARE(there.current(), Freeze::Stopped);
        QVERIFY(here.set(Freeze::Normal));
        QCOMPARE(there.current(), Freeze::Normal);
        QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    }

    void tellsWhoWatches()
    {
        FreezeFile here(path), there(path);
        there.watch();
        QSignalSpy changes(&there, &FreezeFile::changed);
        QVERIFY(here.set(Freeze::Stopped));
        QTRY_COMPARE(changes.count(), 1);
        QCOMPARE(changes[0][0].value<Freeze>(), Freeze::Stopped);
        QVERIFY(here.set(Freeze::Stopped)); // the same again is no change
        QVERIFY(here.set(Freeze::Normal));
        QTRY_COMPARE(changes.count(), 2);
    }

    void whatCannotBeReadLimits_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("garbage") << QByteArray("{");
        QTest::newRow("unknown word") << QByteArray("{\"freeze\":\"maybe\"}");
        QTest::newRow("emptied") << QByteArray();
    }

    void whatCannotBeReadLimits()
    {
        QFETCH(QByteArray, content);
        QVERIFY(conductor::writePrivately(path, content));
        QCOMPARE(FreezeFile(path).current(), Freeze::ReadOnly);
    }

    void keepsWhatElseIsInTheFile()
    {
        QVERIFY(conductor::writePrivately(path, "{\"rules\":[1]}"));
        FreezeFile file(path);
        QVERIFY(file.set(Freeze::Stopped));
        QVERIFY(conductor::readWhole(path)->contains("rules"));
    }

    void refusesByEffect()
    {
        QVERIFY(refusal(Freeze::Normal, Effect::Kind::Destroy).isEmpty());
        QVERIFY(refusal(Freeze::ReadOnly, Effect::Kind::Read).isEmpty());
        QVERIFY(!refusal(Freeze::ReadOnly, Effect::Kind::Add).isEmpty());
        QVERIFY(!refusal(Freeze::Stopped, Effect::Kind::Read).isEmpty());
    }

    // A tool that reads first and writes later must not write once the switch is thrown.
    void nothingForbiddenLeaves()
    {
        const auto server = std::make_shared<support::ScriptedTransport>();
        const auto freeze = std::make_shared<FreezeFile>(path);
        const auto transport = guarded(server, freeze, std::make_shared<const Policy>());
        QVERIFY(awaited(transport->send(conductor::post(u"workflow"_s))));
        QVERIFY(freeze->set(Freeze::ReadOnly));
        QVERIFY(!awaited(transport->send(conductor::post(u"workflow"_s))));
        QVERIFY(!awaited(transport->send(conductor::get(u"tasks"_s, u"poll"_s, u"x"_s))));
        QVERIFY(awaited(transport->send(conductor::get(u"workflow"_s, u"search"_s))));
        QCOMPARE(server->asked.size(), size_t(2));
    }

private:
    std::unique_ptr<QTemporaryDir> directory;
    QString path;
};

QTEST_GUILESS_MAIN(TestFreeze)
#include "tst_freeze.moc"
