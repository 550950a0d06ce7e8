// The commands of conductor-mcp as a person or a script runs them: what they print, where, and how they exit.
#include "mcp/audit/log.h"
#include "support/auditrows.h"
#include "support/mcpprocess.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

struct Ran {
    int code = -1;
    QByteArray out;
    QByteArray told; // standard error

    QJsonDocument json() const { return QJsonDocument::fromJson(out); }
};

const QByteArray badDefinition = R"({"name": "bad", "version": 1, "schemaVersion": 2,
  "tasks": [
    {"name": "a", "taskReferenceName": "same", "type": "SIMPLE", "inputParameters": {}},
    {"name": "b", "taskReferenceName": "same", "type": "SIMPLE", "inputParameters": {}}
  ], "ownerEmail": "me@example.com"}
)";
const QByteArray goodDefinition = R"({"name": "good", "version": 1, "schemaVersion": 2, "description": "A good one",
  "timeoutPolicy": "ALERT_ONLY", "timeoutSeconds": 0,
  "tasks": [{"name": "a", "taskReferenceName": "one", "type": "SIMPLE", "inputParameters": {}}], "ownerEmail": "me@example.com"})";

} // namespace

class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QDir(QDir::homePath() + u"/.local"_s).removeRecursively();
    }

    void tools()
    {
        const Ran text = run({u"tools"_s});
        QCOMPARE(text.code, 0);
        QVERIFY(text.out.contains("conductor_get_workflow_status"));
        const Ran json = run({u"tools"_s, u"--json"_s});
        const QJsonArray list = json.json().array();
        QVERIFY(list.size() >= 20);
        qint64 bytes = 0;
        for (const QJsonValue &tool : list) {
            bytes += tool[u"bytes"].toInteger();
            QVERIFY(tool[u"tokens"].toInteger() > 20);
            QVERIFY(QStringList({u"reads"_s, u"changes"_s, u"destroys"_s}).contains(tool[u"may"].toString()));
        }
        QVERIFY2(text.out.contains(QByteArray::number(bytes)), "the sum");
    }

    void validateTellsWhereAndWhat()
    {
        write(u"bad.json"_s, badDefinition);
        write(u"good.json"_s, goodDefinition);
        write(u"broken.json"_s, "{\n  \"name\": ,\n}");
        const Ran bad = run({u"validate"_s, u"bad.json"_s});
        QCOMPARE(bad.code, 1);
        QVERIFY2(bad.out.contains("bad.json:4:"), bad.out.constData());
        QVERIFY2(bad.out.contains(": error: "), bad.out.constData());
        QCOMPARE(run({u"validate"_s, u"broken.json"_s}).code, 1);
        QVERIFY(run({u"validate"_s, u"broken.json"_s}).out.startsWith("broken.json:2:"));
        const Ran good = run({u"validate"_s, u"good.json"_s});
        QVERIFY2(good.code == 0, good.out.constData());
        QCOMPARE(run({u"validate"_s, u"good.json"_s, u"bad.json"_s}).code, 1);
        QCOMPARE(run({u"validate"_s, u"-"_s}, badDefinition).code, 1);
        QCOMPARE(run({u"validate"_s, u"-"_s}, goodDefinition).code, 0);
        const Ran json = run({u"validate"_s, u"bad.json"_s, u"--json"_s});
        QCOMPARE(json.code, 1);
        QCOMPARE(json.json().array().first()[u"line"].toInt(), 4);
        QCOMPARE(run({u"validate"_s, u"absent.json"_s}).code, 2);
        QCOMPARE(run({u"validate"_s}).code, 2);
    }

    void clientsAreRegistered()
    {
        const QString cursor = QDir::homePath() + u"/.cursor"_s;
        const QString file = cursor + u"/mcp.json"_s;
        const QByteArray profiles = R"({"default": "abc123", "profiles": [{"id": "abc123", "name": "mine", "url": "http://localhost:8080/api"}]})";
        QVERIFY(QDir().mkpath(QDir::homePath() + u"/.config/conductor-companion"_s) && QDir().mkpath(cursor));
        QFile::remove(file);
        QCOMPARE(run({u"register"_s, u"cursor"_s, u"--profile"_s, u"mine"_s}).code, 2); // there is no such profile
        write(u".config/conductor-companion/profiles.json"_s, profiles);
        QCOMPARE(run({u"register"_s, u"windsurf"_s}).code, 2); // is not here
        QCOMPARE(run({u"register"_s, u"nobody"_s}).code, 2);

        const Ran dry = run({u"register"_s, u"cursor"_s, u"--dry-run"_s});
        QCOMPARE(dry.code, 0);
        QVERIFY2(dry.out.contains("+       \"args\": [\"--profile\", \"mine\"]"), dry.out.constData());
        QVERIFY(!QFile::exists(file));
        QCOMPARE(stateOf(u"cursor"_s)[u"state"].toString(), u"not registered"_s);

        QCOMPARE(run({u"register"_s, u"--all"_s}).code, 0);
        QVERIFY(QFile::exists(file));
        QCOMPARE(stateOf(u"cursor"_s)[u"state"].toString(), u"registered"_s);
        QCOMPARE(stateOf(u"cursor"_s)[u"profile"].toString(), u"mine"_s);
        QCOMPARE(stateOf(u"cursor"_s)[u"command"].toString(), QFileInfo(support::conductorMcp()).canonicalFilePath());
        QVERIFY(run({u"register"_s, u"cursor"_s}).out.contains("nothing to change"));
        write(u".cursor/mcp.json"_s, "{ \"mcpServers\": }");
        const Ran broken = run({u"register"_s, u"cursor"_s});
        QCOMPARE(broken.code, 1);
        QVERIFY2(broken.told.contains("line 1, column 17"), broken.told.constData());
        write(u".cursor/mcp.json"_s, "{}");
        QCOMPARE(stateOf(u"cursor"_s)[u"state"].toString(), u"dropped"_s);
        QCOMPARE(run({u"register"_s, u"cursor"_s}).code, 0);
        QCOMPARE(run({u"register"_s, u"cursor"_s, u"--undo"_s}).code, 0);
        QFile back(file);
        QVERIFY(back.open(QIODevice::ReadOnly));
        QCOMPARE(back.readAll(), QByteArray("{}"));
        QCOMPARE(run({u"unregister"_s, u"cursor"_s}).code, 0);
    }

    void callPrintsTheAnswerAndIsAudited()
    {
        answerEverythingWith("[]");
        const Ran text = run(callOf(u"{}"_s));
        QVERIFY2(text.code == 0, QByteArray(text.told + text.out).constData());
        QVERIFY2(text.out.contains("0 task definitions"), text.out.constData());
        const Ran json = run(callOf(u"-"_s, {u"--json"_s}), "{}");
        QCOMPARE(json.code, 0);
        QVERIFY(json.json().isObject());

        const QList<AuditEntry> calls = support::auditedCalls();
        QCOMPARE(calls.size(), 2);
        QCOMPARE(calls[0].client, u"conductor-mcp call"_s);
        QCOMPARE(calls[0].tool, u"conductor_get_task_definition"_s);
        QCOMPARE(calls[0].outcome, u"ok"_s);
        QVERIFY(calls[0].requests >= 1);
        QVERIFY(calls[0].tookUs > 0);
        QVERIFY(calls[0].bytes >= text.out.size() - 1);
        QCOMPARE(calls[0].profile, u"http://127.0.0.1:%1/api"_s.arg(server.serverPort()));
    }

    void callFailsAndSaysWhy()
    {
        answerEverythingWith("[]");
        QCOMPARE(run({u"call"_s, u"no_such_tool"_s, u"--local_dev"_s}).code, 1);
        QVERIFY(run({u"call"_s, u"no_such_tool"_s, u"--local_dev"_s}).told.contains("no_such_tool"));
        QCOMPARE(run(callOf(u"{not json"_s)).code, 2);
        QCOMPARE(run(callOf(u"[1]"_s)).code, 2);
        QCOMPARE(run(callOf(u"{\"name\": {}}"_s)).code, 1);
        QCOMPARE(run({u"call"_s}).code, 2);
    }

    void auditListsExportsAndVerifies()
    {
        QCOMPARE(run({u"audit"_s, u"list"_s}).code, 0); // nothing yet
        {
            AuditLog log({.profile = [] { return u"local"_s; }});
            AuditedCall old{
                .client = {u"\u202eclient"_s, u"1"_s, {}}, .tool = u"one"_s, .arguments = {{u"q"_s, u"=cmd(\"x\")"_s}}, .effect = {Effect::Kind::Read}};
            old.time = QDateTime::currentDateTimeUtc().addDays(-3);
            log.add(old, {.outcome = AuditedEnd::Outcome::Ok});
            log.add({.client = {u"=1+1"_s, u"2"_s, {}}, .tool = u"two"_s},
                    {.outcome = AuditedEnd::Outcome::Error, .answer = {.text = u"No\nsuch \x1b[31mthing"_s}});
        }
        const Ran list = run({u"audit"_s, u"list"_s});
        QCOMPARE(list.code, 0);
        QCOMPARE(list.out.count('\n'), 2);
        QVERIFY(!list.out.contains('\x1b') && !list.out.contains(QStringView(u"\u202e").toUtf8()));
        QCOMPARE(run({u"audit"_s, u"list"_s, u"--since"_s, u"1d"_s}).out.count('\n'), 1);
        QCOMPARE(run({u"audit"_s, u"list"_s, u"--tool"_s, u"one"_s}).out.count('\n'), 1);
        QCOMPARE(run({u"audit"_s, u"list"_s, u"--since"_s, u"soon"_s}).code, 2);

        const QByteArrayList lines = run({u"audit"_s, u"export"_s}).out.trimmed().split('\n');
        QCOMPARE(lines.size(), 2);
        const QJsonObject first = QJsonDocument::fromJson(lines[0]).object();
        QCOMPARE(first[u"tool"].toString(), u"one"_s);
        QCOMPARE(first[u"client"].toString(), u"\u202eclient"_s); // the same text, escaped
        QCOMPARE(first[u"arguments"][u"q"].toString(), u"=cmd(\"x\")"_s);
        const QByteArray csv = run({u"audit"_s, u"export"_s, u"--format"_s, u"csv"_s}).out;
        QCOMPARE(csv.count("\r\n"), 3);
        QVERIFY(csv.contains("\"'=1+1\""));

        Ran verified = run({u"audit"_s, u"verify"_s});
        QCOMPARE(verified.code, 0);
        QVERIFY(verified.out.contains("The chain holds."));
        const QString last = QString::fromLatin1(verified.out).section(u"the last is "_s, 1).section(u'\n', 0, 0);
        QCOMPARE(run({u"audit"_s, u"verify"_s, u"--holds"_s, last}).code, 0);
        QCOMPARE(run({u"audit"_s, u"verify"_s, u"--holds"_s, u"9:"_s + QString(64, u'a')}).code, 1);
        QVERIFY(support::tamper(AuditStore::standardPath(), u"UPDATE entries SET outcome = 'ok' WHERE number = 2"_s));
        verified = run({u"audit"_s, u"verify"_s});
        QCOMPARE(verified.code, 1);
        QVERIFY2(verified.out.contains("row 2 was changed"), verified.out.constData());
    }

    void theLogIsPrivateAndSaysEachCall()
    {
        answerEverythingWith("[]");
        const QString log = QDir::currentPath() + u"/mcp.log"_s;
        QFile::remove(log);
        const Ran ran = run(callOf(u"{}"_s, {u"--log-level"_s, u"info"_s, u"--log-file"_s, log}));
        QCOMPARE(ran.code, 0);
        QFile file(log);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains("conductor-mcp info: conductor_get_task_definition ok"), text.constData());
        QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
        QCOMPARE(run({u"tools"_s, u"--log-file"_s, u"/no/such/directory/log"_s}).code, 2);
        QCOMPARE(run({u"tools"_s, u"--log-level"_s, u"loud"_s}).code, 2);
    }

private:
    Ran run(const QStringList &arguments, const QByteArray &input = {})
    {
        QProcess process;
        process.setWorkingDirectory(QDir::homePath());
        process.start(support::conductorMcp(), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 30000))
            return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QJsonObject stateOf(const QString &client)
    {
        for (const QJsonValue &state : run({u"clients"_s, u"--json"_s}).json().array()) {
            if (state[u"id"].toString() == client)
                return state.toObject();
        }
        return {};
    }

    static void write(const QString &name, const QByteArray &content)
    {
        QFile file(QDir::homePath() + u'/' + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    QStringList callOf(const QString &arguments, const QStringList &more = {})
    {
        const QByteArray address = "http://127.0.0.1:" + QByteArray::number(server.serverPort()) + "/api";
        write(u"server.json"_s, QJsonDocument(QJsonObject{{u"CONDUCTOR_SERVER_URL"_s, QString::fromLatin1(address)}}).toJson());
        return QStringList{u"call"_s, u"conductor_get_task_definition"_s, arguments, u"--config"_s, u"server.json"_s} + more;
    }

    // A server that answers each request alike.
    void answerEverythingWith(const QByteArray &body)
    {
        if (server.isListening())
            return;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::newConnection, this, [this, body] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, body] {
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
            });
        });
    }

    QTcpServer server;
};

QTEST_GUILESS_MAIN(TestCommands)
#include "tst_commands.moc"
