// Servers killed at random moments under the load of eight clients in both eras: no read is lost, no run is started twice, every answer
// is right or says that the effect is unknown, subscriptions stay in force, and neither a process nor a descriptor is left over.
#include "conductor/api/client.h"
#include "conductor/profile/profilestore.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"
#include "support/scriptedtransport.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QtTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace conductor;
using support::awaited;
using support::HostProcess;
using support::McpProcess;

namespace {

constexpr int clientCount = 8;

// conductor-mcp --version of a server child, and so on: processes whose parent is this one.
QList<qint64> childrenOf(qint64 parent)
{
    QList<qint64> children;
    for (const qint64 pid : support::descendants()) {
        QFile stat(u"/proc/%1/stat"_s.arg(pid));
        if (!stat.open(QIODevice::ReadOnly))
            continue;
        const QByteArray text = stat.readAll();
        const QList<QByteArray> fields = text.mid(text.lastIndexOf(')') + 2).split(' ');
        if (fields.value(1).toLongLong() == parent)
            children << pid;
    }
    return children;
}

qsizetype descriptorsOf(qint64 pid)
{
    return QDir(u"/proc/%1/fd"_s.arg(pid)).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size();
}

struct Posted {
    int client = 0;
    int id = 0;
    QString mark; // what its answer has to name, or the correlation id of what it starts
    bool writes = false;
};

} // namespace

class TestKills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"real"_s, .url = support::realServer()}));
        client = std::make_unique<Client>(support::realClient());
        workflow = u"kills_%1"_s.arg(QCoreApplication::applicationPid());
        const QJsonObject once{{u"name"_s, u"set"_s}, {u"taskReferenceName"_s, u"set"_s}, {u"type"_s, u"SET_VARIABLE"_s}, {u"inputParameters"_s, QJsonObject{{u"x"_s, 1}}}};
        const QJsonObject open{{u"name"_s, u"hold"_s}, {u"taskReferenceName"_s, u"hold"_s}, {u"type"_s, u"HUMAN"_s}};
        QVERIFY(awaited(client->definitions().create(definition(workflow, once), Definitions::Existing::Refuse), 30000));
        QVERIFY(awaited(client->definitions().create(definition(workflow + u"_open"_s, open), Definitions::Existing::Refuse), 30000));
    }

    void nothingIsLostOrDoneTwice()
    {
        bool ok = false;
        const int asked = qEnvironmentVariableIntValue("COMPANION_KILLS", &ok);
        const int kills = ok ? asked : 100;
        QRandomGenerator random(20261124);

        HostProcess host;
        QVERIFY(host.start());
        const qsizetype descriptors = descriptorsAfterOne(host, random);
        std::vector<std::unique_ptr<McpProcess>> clients;
        for (int i = 0; i < clientCount; ++i) {
            clients.push_back(std::make_unique<McpProcess>(McpProcess::Options{.arguments = {u"--profile"_s, u"real"_s}}));
            QVERIFY(clients.back()->start());
            if (!isModern(i))
                QVERIFY(!clients.back()->handshake().isEmpty());
        }
        const Result<QString> watched = awaited(client->executions().start({.name = workflow + u"_open"_s}), 30000);
        QVERIFY(watched);
        const QString uri = u"conductor://executions/"_s + *watched;
        QVERIFY(!clients[0]->ask(u"resources/subscribe"_s, {{u"uri"_s, uri}}).contains(u"error"));
        for (int i = 0; i < clientCount; ++i) // each has a server that answered something
            QVERIFY(!call(*clients[size_t(i)], i, u"conductor_get_task_queue_size"_s, {}).isEmpty());

        QList<Posted> posted;
        for (int kill = 0; kill < kills; ++kill) {
            const qsizetype first = posted.size();
            const int moment = random.bounded(clientCount * 3);
            for (int i = 0; i < clientCount * 3; ++i) {
                posted << post(clients, i % clientCount, i / clientCount == 1, int(posted.size()));
                if (i == moment)
                    killOne(host, random);
            }
            const Posted &some = posted[first + random.bounded(clientCount * 3)];
            QVERIFY(clients[size_t(some.client)]->waitForAnswer(some.id, 60000));
        }

        int unknown = 0;
        QSet<QString> started, uncertain;
        for (const Posted &one : std::as_const(posted)) {
            McpProcess &of = *clients[size_t(one.client)];
            QVERIFY2(of.waitForAnswer(one.id, 60000), qPrintable(u"client %1, id %2"_s.arg(one.client).arg(one.id)));
            const QJsonObject result = (*of.answerTo(one.id))[u"result"].toObject();
            const QString text = McpProcess::textOf(result);
            const bool isError = result[u"isError"].toBool();
            if (one.writes && !isError)
                started.insert(one.mark);
            else if (one.writes)
                uncertain.insert(one.mark);
            if (isError && !text.contains(u"The server is busy")) // Conductor's own: SQLite lets it down under this load
                QVERIFY2(text.contains(one.writes ? u"not known whether"_s : u"ended"_s), qPrintable(text));
            else if (!isError && !one.writes)
                QVERIFY2(text.contains(one.mark), qPrintable(text));
            unknown += isError;
        }
        qInfo("%d kills, %d calls, %d answered with \"unknown\"", kills, int(posted.size()), unknown);
        QVERIFY(unknown < posted.size() / 4);

        const QHash<QString, int> runs = runsByCorrelation(QStringList(started.values()) + QStringList(uncertain.values()));
        for (const QString &mark : std::as_const(started))
            QVERIFY2(runs.value(mark) == 1, qPrintable(u"%1: %2"_s.arg(mark).arg(runs.value(mark))));
        for (const QString &mark : std::as_const(uncertain))
            QVERIFY2(runs.value(mark) <= 1, qPrintable(mark));

        QVERIFY(awaited(client->executions().terminate({*watched}, u"to be noticed"_s), 30000));
        QTRY_VERIFY_WITH_TIMEOUT(std::any_of(clients[0]->messages.begin(), clients[0]->messages.end(), [&](const QJsonObject &message) {
            return message[u"method"] == u"notifications/resources/updated"_s && message[u"params"][u"uri"] == uri;
        }), 20000);
        QTRY_COMPARE_WITH_TIMEOUT(childrenOf(host.pid()).size(), clientCount, 20000);
        for (const std::unique_ptr<McpProcess> &each : clients) {
            QVERIFY2(each->garbage.isEmpty(), each->garbage.value(0).constData());
            each->closeInput();
        }
        for (const std::unique_ptr<McpProcess> &each : clients)
            QVERIFY(each->waitForExit(5000));
        QTRY_VERIFY_WITH_TIMEOUT(childrenOf(host.pid()).isEmpty(), 10000);
        QTRY_COMPARE_WITH_TIMEOUT(descriptorsOf(host.pid()), descriptors, 10000);
    }

private:
    static bool isModern(int index) { return index % 2 == 1; }

    static QJsonObject definition(const QString &name, const QJsonObject &task)
    {
        return {{u"name"_s, name}, {u"version"_s, 1}, {u"schemaVersion"_s, 2}, {u"ownerEmail"_s, u"test@example.com"_s}, {u"timeoutPolicy"_s, u"ALERT_ONLY"_s},
                {u"timeoutSeconds"_s, 0}, {u"tasks"_s, QJsonArray{task}}};
    }

    static QJsonObject paramsOf(int index, const QString &tool, const QJsonObject &arguments)
    {
        QJsonObject params{{u"name"_s, tool}, {u"arguments"_s, arguments}};
        if (isModern(index))
            params[u"_meta"] = QJsonObject{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                                           {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject()},
                                           {u"io.modelcontextprotocol/clientInfo"_s, QJsonObject{{u"name"_s, u"modern"_s}, {u"version"_s, u"1"_s}}}};
        return params;
    }

    static QJsonObject call(McpProcess &of, int index, const QString &tool, const QJsonObject &arguments)
    {
        return of.ask(u"tools/call"_s, paramsOf(index, tool, arguments))[u"result"].toObject();
    }

    Posted post(std::vector<std::unique_ptr<McpProcess>> &clients, int index, bool writes, int number) const
    {
        const QString mark = u"%1-%2"_s.arg(workflow).arg(number);
        const QString tool = writes ? u"conductor_execute_workflow"_s : u"conductor_search_workflows"_s;
        const QJsonObject arguments = writes ? QJsonObject{{u"name"_s, workflow}, {u"correlation_id"_s, mark}} : QJsonObject{{u"query"_s, QString(u"type:"_s + mark)}, {u"limit"_s, 1}};
        return {index, clients[size_t(index)]->post(u"tools/call"_s, paramsOf(index, tool, arguments)), mark, writes};
    }

    // What the companion keeps open once it has seen one client, a death, and the client's end.
    static qsizetype descriptorsAfterOne(const HostProcess &host, QRandomGenerator &random)
    {
        McpProcess one({.arguments = {u"--profile"_s, u"real"_s}});
        if (!one.start() || one.handshake().isEmpty())
            return -1;
        call(one, 0, u"conductor_get_task_queue_size"_s, {});
        killOne(host, random);
        call(one, 0, u"conductor_get_task_queue_size"_s, {});
        one.closeInput();
        if (!one.waitForExit(5000) || !QTest::qWaitFor([&] { return childrenOf(host.pid()).isEmpty(); }, 10000))
            return -1;
        return descriptorsOf(host.pid());
    }

    static void killOne(const HostProcess &host, QRandomGenerator &random)
    {
        const QList<qint64> children = childrenOf(host.pid());
        if (!children.isEmpty())
            ::kill(pid_t(children[random.bounded(int(children.size()))]), SIGKILL);
    }

    // From the database itself: pages of a search shift while its index catches up.
    QHash<QString, int> runsByCorrelation(const QStringList &marks) const
    {
        QHash<QString, int> runs;
        for (qsizetype first = 0; first < marks.size(); first += 200) {
            const Request request = conductor::post(u"workflow"_s, workflow, u"correlated"_s).with(u"includeClosed"_s, true).json(QJsonArray::fromStringList(marks.mid(first, 200)));
            const Result<QJsonValue> answer = awaited(client->send(request), 60000);
            if (!answer)
                qWarning("the runs cannot be counted: %s", qPrintable(sentence(answer.error())));
            const QJsonObject found = answer ? answer->toObject() : QJsonObject();
            for (auto it = found.begin(); it != found.end(); ++it)
                runs[it.key()] = int(it->toArray().size());
        }
        return runs;
    }

    std::unique_ptr<Client> client;
    QString workflow;
};

QTEST_GUILESS_MAIN(TestKills)
#include "tst_kills.moc"
