// The MCP page beside real clients: who is connected and how its server does, also when that is killed; what the server wrote to
// its error output; and "End session", which the client sees as the end of its server.
#include "app/mcphost/hosting.h"
#include "app/mcphost/mcppage.h"
#include "app/mcphost/sessiondetail.h"
#include "app/mcphost/sessionsmodel.h"
#include "app/widgets/table.h"
#include "conductor/profile/profilestore.h"
#include "support/hostprocess.h"
#include "support/mcpprocess.h"
#include "support/realserver.h"

#include <QPushButton>
#include <QDir>
#include <QFile>
#include <QTabWidget>
#include <QtTest>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;
using app::SessionsModel;
using support::McpProcess;

class TestHosting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        conductor::ProfileStore profiles;
        QVERIFY(profiles.load());
        QVERIFY(profiles.add({.name = u"real"_s, .url = support::realServer()}));
        QVERIFY(QDir().mkpath(QFileInfo(program()).path()));
        QVERIFY(QFile::copy(support::conductorMcp(), program())); // our own, to be updated
    }

    void init()
    {
        m_hosting = std::make_unique<app::Hosting>(mcp::Host::Setup{program(), mcp::rendezvousPath()});
        QSignalSpy running(m_hosting.get(), &app::Hosting::running);
        m_hosting->start();
        QVERIFY(running.wait(10000));
        m_page = std::make_unique<app::McpPage>(*m_hosting, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
    }

    void cleanup()
    {
        m_page.reset();
        m_hosting.reset();
        QTRY_VERIFY_WITH_TIMEOUT(support::descendants().isEmpty(), 10000);
    }

    void showsAClientAndWhatBecomesOfItsServer()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 10000);
        QCOMPARE(cell(SessionsModel::Client), u"test-client"_s);
        QCOMPARE(cell(SessionsModel::Profile), u"real"_s);
        QTRY_VERIFY(cell(SessionsModel::Process).toLongLong() > 0);
        const qint64 server = cell(SessionsModel::Process).toLongLong();
        QVERIFY(server != client.pid() && support::descendants().contains(server));

        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        QVERIFY(client.call(u"conductor_get_workflow_status"_s, {{u"workflow_id"_s, u"none"_s}})[u"isError"].toBool());
        QTRY_COMPARE(cell(SessionsModel::Calls), u"2"_s);
        QTRY_COMPARE(cell(SessionsModel::Errors), u"1"_s);

        QCOMPARE(::kill(pid_t(server), SIGKILL), 0);
        QTRY_COMPARE_WITH_TIMEOUT(cell(SessionsModel::Restarts), u"1"_s, 10000);
        QTRY_VERIFY2(cell(SessionsModel::LastExit).contains(u"9"), qPrintable(cell(SessionsModel::LastExit)));
        QTRY_VERIFY(cell(SessionsModel::Process).toLongLong() > 0 && cell(SessionsModel::Process).toLongLong() != server);
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());

        client.closeInput();
        QVERIFY(client.waitForExit(3000));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, 10000);
    }

    void goesOnWithAnUpdatedProgram()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        client.call(u"conductor_search_workflows"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 10000);
        const mcp::SessionInfo before = m_hosting->sessions().front();
        QVERIFY(!before.outdated);

        QVERIFY(QFile::copy(support::conductorMcp(), program() + u".new"_s));
        QCOMPARE(::rename(qPrintable(QString(program() + u".new"_s)), qPrintable(program())), 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_hosting->sessions().front().outdated, 10000);
        QCOMPARE(m_hosting->sessions().front().serverPid, before.serverPid); // until somebody wants it
        clients().setCurrentIndex(clients().model()->index(0, 0));
        m_page->findChild<app::SessionDetail *>()->findChild<QTabWidget *>()->setCurrentIndex(3);
        QPushButton *move = nullptr;
        const QList<QPushButton *> buttons = m_page->findChildren<QPushButton *>();
        for (QPushButton *each : buttons) {
            if (each->text() == u"Go on with the new version")
                move = each;
        }
        QVERIFY(move && move->isVisible());
        move->click();
        QTRY_VERIFY_WITH_TIMEOUT(!m_hosting->sessions().front().outdated, 10000);
        QVERIFY(m_hosting->sessions().front().serverPid != before.serverPid);
        QCOMPARE(m_hosting->sessions().front().restarts, before.restarts);
        QVERIFY(!move->isVisible());
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool()); // without another handshake
        QVERIFY2(client.garbage.isEmpty(), client.garbage.value(0).constData());
        client.closeInput();
        QVERIFY(client.waitForExit(3000));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, 10000);
    }

    // An update takes the program away for a moment.
    void waitsForAProgramThatIsNotThere()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        client.call(u"conductor_search_workflows"_s);
        QTRY_VERIFY_WITH_TIMEOUT(rows() == 1 && m_hosting->sessions().front().serverPid > 0, 10000);
        const qint64 server = m_hosting->sessions().front().serverPid;
        QVERIFY(QFile::rename(program(), program() + u".away"_s));
        QCOMPARE(::kill(pid_t(server), SIGKILL), 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_hosting->sessions().front().restarts >= 3, 10000); // at once, after 0.2 s, after 1 s
        QVERIFY2(m_hosting->sessions().front().lastExit.contains(u"cannot be started"_s), qPrintable(m_hosting->sessions().front().lastExit));
        QVERIFY(QFile::rename(program() + u".away"_s, program()));
        QVERIFY(!client.call(u"conductor_search_workflows"_s)[u"isError"].toBool());
        QVERIFY2(m_hosting->sessions().front().restarts <= 5, "it is not tried without a pause");
        client.closeInput();
        QVERIFY(client.waitForExit(3000));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, 10000);
    }

    void endsASessionWhenAsked()
    {
        McpProcess client({.arguments = {u"--profile"_s, u"real"_s}});
        QVERIFY(client.start());
        client.handshake();
        client.call(u"conductor_search_workflows"_s);
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 1, 10000);
        clients().setCurrentIndex(clients().model()->index(0, 0));
        auto &detail = *m_page->findChild<app::SessionDetail *>();
        QTRY_VERIFY(table(u"Messages of this client"_s).model()->rowCount() >= 4);

        Q_EMIT detail.endRequested();
        QVERIFY(client.waitForExit(10000));
        QTRY_COMPARE_WITH_TIMEOUT(rows(), 0, 10000);
        QVERIFY(!detail.isVisible());
    }

private:
    static QString program() { return QDir::homePath() + u"/bin/conductor-mcp"_s; }

    app::Table &table(const QString &name)
    {
        const QList<app::Table *> tables = m_page->findChildren<app::Table *>();
        for (app::Table *found : tables) {
            if (found->accessibleName() == name)
                return *found;
        }
        qFatal("no table %s", qPrintable(name));
    }
    app::Table &clients() { return table(u"AI clients"_s); }
    int rows() { return clients().model()->rowCount(); }
    QString cell(int column) { return clients().model()->index(0, column).data().toString(); }

    std::unique_ptr<app::Hosting> m_hosting;
    std::unique_ptr<app::McpPage> m_page;
};

QTEST_MAIN(TestHosting)
#include "tst_hosting.moc"
