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
        QCOMPARE(CommandLine::read({u"tools"_s}).command, CommandLine::Command::Tools);
        const CommandLine call = CommandLine::read({u"call"_s, u"a_tool"_s, u"--local_dev"_s, u"-"_s, u"--json"_s});
        QCOMPARE(call.command, CommandLine::Command::Call);
        QCOMPARE(call.operands, QStringList({u"a_tool"_s, u"-"_s}));
        QVERIFY(call.json && call.localDev && call.problem.isEmpty());
        const CommandLine audit = CommandLine::read({u"audit"_s, u"export"_s, u"--since=7d"_s, u"--format"_s, u"csv"_s, u"--tool"_s, u"t"_s});
        QCOMPARE(audit.operands, QStringList{u"export"_s});
        QCOMPARE(audit.since + audit.format + audit.tool, u"7dcsvt"_s);
        QVERIFY(audit.problem.isEmpty());
        QCOMPARE(CommandLine::read({u"validate"_s, u"tools"_s, u"call"_s}).operands, QStringList({u"tools"_s, u"call"_s})); // files of these names
        QCOMPARE(CommandLine::read({u"--log-level"_s, u"info"_s, u"--log-file"_s, u"/x"_s}).logFile, u"/x"_s);
        const CommandLine few = CommandLine::read({u"--toolsets"_s, u"task, api"_s, u"--tools=execute_workflow"_s, u"--exclude-tools=poll_task"_s, u"--read-only"_s});
        QVERIFY2(few.problem.isEmpty(), qPrintable(few.problem));
        QCOMPARE(few.offered, (mcp::Selection{{u"task"_s, u"api"_s}, {u"conductor_execute_workflow"_s}, {u"conductor_poll_task"_s}, true}));
        QCOMPARE(CommandLine::read({u"--help"_s}).command, CommandLine::Command::Help);
        QCOMPARE(CommandLine::read({u"--version"_s}).command, CommandLine::Command::Version);
        const CommandLine registers = CommandLine::read({u"register"_s, u"cursor"_s, u"zed"_s, u"--profile"_s, u"p"_s, u"--dry-run"_s});
        QCOMPARE(registers.command, CommandLine::Command::Register);
        QCOMPARE(registers.operands, QStringList({u"cursor"_s, u"zed"_s}));
        QVERIFY(registers.dryRun && !registers.all && registers.problem.isEmpty());
        QVERIFY(CommandLine::read({u"unregister"_s, u"--all"_s, u"--undo"_s}).problem.isEmpty());
        const CommandLine address = CommandLine::read({u"register"_s, u"cursor"_s, u"--url=http://127.0.0.1:1/mcp"_s, u"--token-variable"_s, u"A_B"_s});
        QCOMPARE(address.url + address.tokenVariable + address.problem, u"http://127.0.0.1:1/mcpA_B"_s);
        for (const QString &ignored : {u"stdio"_s, u"--stdio"_s})
            QVERIFY(CommandLine::read({ignored}).problem.isEmpty());
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("unknown") << QStringList{u"--colour"_s};
        QTest::newRow("without its value") << QStringList{u"--profile"_s};
        QTest::newRow("two sources") << QStringList{u"--profile"_s, u"a"_s, u"--local_dev"_s};
        QTest::newRow("call without a tool") << QStringList{u"call"_s};
        QTest::newRow("call with too much") << QStringList{u"call"_s, u"a"_s, u"{}"_s, u"{}"_s};
        QTest::newRow("audit without what") << QStringList{u"audit"_s};
        QTest::newRow("audit something else") << QStringList{u"audit"_s, u"erase"_s};
        QTest::newRow("another format") << QStringList{u"audit"_s, u"export"_s, u"--format"_s, u"xml"_s};
        QTest::newRow("since without audit") << QStringList{u"--since"_s, u"7d"_s};
        QTest::newRow("a row for list") << QStringList{u"audit"_s, u"list"_s, u"--holds"_s, QString(u"1:"_s + QString(64, u'a'))};
        QTest::newRow("a row that is none") << QStringList{u"audit"_s, u"verify"_s, u"--holds"_s, u"1:a"_s};
        QTest::newRow("validate without a file") << QStringList{u"validate"_s};
        QTest::newRow("doctor of what") << QStringList{u"doctor"_s, u"who"_s};
        QTest::newRow("a level that is none") << QStringList{u"--log-level"_s, u"loud"_s};
        QTest::newRow("register nobody") << QStringList{u"register"_s};
        QTest::newRow("register some and all") << QStringList{u"register"_s, u"cursor"_s, u"--all"_s};
        QTest::newRow("all of nothing") << QStringList{u"--all"_s};
        QTest::newRow("clients of what") << QStringList{u"clients"_s, u"cursor"_s};
        QTest::newRow("an address that is none") << QStringList{u"register"_s, u"cursor"_s, u"--url"_s, u"ftp://x"_s};
        QTest::newRow("a token itself") << QStringList{u"register"_s, u"cursor"_s, u"--url"_s, u"http://x/mcp"_s, u"--token-variable"_s, u"ey.x"_s};
        QTest::newRow("a profile there") << QStringList{u"register"_s, u"cursor"_s, u"--url"_s, u"http://x/mcp"_s, u"--profile"_s, u"p"_s};
        QTest::newRow("register a file") << QStringList{u"register"_s, u"cursor"_s, u"--config"_s, u"f"_s};
        QTest::newRow("a toolset that is none") << QStringList{u"--toolsets"_s, u"all_of_it"_s};
        QTest::newRow("a tool that is none") << QStringList{u"--exclude-tools=erase"_s};
        QTest::newRow("tools without names") << QStringList{u"--tools="_s};
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
        QVERIFY(lines.size() <= 24 + 1); // a line break ends the last
        for (const QString &line : lines)
            QVERIFY2(line.size() <= 80, qPrintable(line));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
