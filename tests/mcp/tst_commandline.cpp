// What conductor-mcp is asked is understood, or refused with a sentence; nothing is guessed.
#include "mcp/commandline.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using mcp::CommandLine;

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void understands()
    {
        QCOMPARE(CommandLine::read({}).command, CommandLine::Command::Serve);
        QCOMPARE(CommandLine::read({u"--profile"_s, u"local"_s}).profile, u"local"_s);
        QCOMPARE(CommandLine::read({u"--profile=local"_s}).profile, u"local"_s);
        QCOMPARE(CommandLine::read({u"--config"_s, u"/x y"_s}).configFile, u"/x y"_s);
        QVERIFY(CommandLine::read({u"--local_dev"_s}).localDev);
        QCOMPARE(CommandLine::read({u"doctor"_s, u"--local_dev"_s}).command, CommandLine::Command::Doctor);
        QCOMPARE(CommandLine::read({u"--help"_s}).command, CommandLine::Command::Help);
        QCOMPARE(CommandLine::read({u"--version"_s}).command, CommandLine::Command::Version);
        for (const QString &ignored : {u"stdio"_s, u"--stdio"_s})
            QVERIFY(CommandLine::read({ignored}).problem.isEmpty());
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown") << QStringList{u"--colour"_s};
        QTest::newRow("without its value") << QStringList{u"--profile"_s};
        QTest::newRow("two sources") << QStringList{u"--profile"_s, u"a"_s, u"--local_dev"_s};
        QTest::newRow("two servers") << QStringList{u"--config"_s, u"a"_s, u"--profile"_s, u"b"_s};
    }

    void refuses()
    {
        QFETCH(QStringList, arguments);
        QVERIFY(!CommandLine::read(arguments).problem.isEmpty());
    }

    void helpFitsAScreen()
    {
        const QStringList lines = mcp::helpText().split(u'\n');
        QVERIFY(lines.size() <= 24);
        for (const QString &line : lines)
            QVERIFY2(line.size() <= 92, qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
