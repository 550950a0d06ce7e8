// The MCP page: a row per AI client that stays selected while its numbers change, its messages and error output, and the way to
// connect one more.
#include "app/mcphost/hosting.h"
#include "app/mcphost/mcppage.h"
#include "app/mcphost/sessiondetail.h"
#include "app/mcphost/sessionsmodel.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/table.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::SessionsModel;
using mcp::SessionInfo;

class TestMcpPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_hosting = std::make_unique<app::Hosting>(mcp::Host::Setup{u"/usr/bin/conductor-mcp"_s, QDir::homePath() + u"/run/none.sock"_s});
        m_page = std::make_unique<app::McpPage>(*m_hosting, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
    }

    void cleanup()
    {
        m_page.reset();
        m_hosting.reset();
    }

    void showsAClientOverHttpAsOneOfTheOthers()
    {
        SessionInfo http = session(u"d1"_s, u"n8n"_s);
        http.kind = SessionInfo::Kind::Http;
        m_hosting->keep(http);
        QCOMPARE(cell(0, SessionsModel::Client), u"n8n"_s);
        QCOMPARE(cell(0, SessionsModel::Calls), u"7"_s);
        QCOMPARE(cell(0, SessionsModel::Process), u"4711, HTTP"_s);
    }

    void showsClientsAsTheyComeAndGo()
    {
        QVERIFY(m_page->findChild<app::EmptyState *>()->isVisible());
        m_hosting->keep(session(u"s1"_s, u"claude-code"_s));
        QVERIFY(!m_page->findChild<app::EmptyState *>()->isVisible());
        QCOMPARE(cell(0, SessionsModel::Client), u"claude-code"_s);
        QCOMPARE(cell(0, SessionsModel::Calls), u"7"_s);
        QCOMPARE(cell(0, SessionsModel::Process), u"4711"_s);
        QCOMPARE(cell(0, SessionsModel::LastExit), u"killed by signal 9"_s);
        m_hosting->forget(u"s1"_s);
        QVERIFY(m_page->findChild<app::EmptyState *>()->isVisible());
    }

    void keepsTheSelectionWhileNumbersChange()
    {
        m_hosting->keep(session(u"s1"_s, u"one"_s));
        m_hosting->keep(session(u"s2"_s, u"two"_s));
        clients().setCurrentIndex(clients().model()->index(1, 0));
        QVERIFY(detail().isVisible());
        SessionInfo busier = session(u"s2"_s, u"two"_s);
        busier.calls = 8;
        m_hosting->keep(busier);
        m_hosting->forget(u"s1"_s);
        QCOMPARE(clients().selectionModel()->selectedRows().value(0).data().toString(), u"two"_s);
        QCOMPARE(cell(0, SessionsModel::Calls), u"8"_s);
        QVERIFY(detail().isVisible());
        m_hosting->forget(u"s2"_s);
        QVERIFY(!detail().isVisible());
    }

    void showsWhatWentThroughAndWhatWasWritten()
    {
        m_hosting->keep(session(u"s1"_s, u"one"_s));
        clients().setCurrentIndex(clients().model()->index(0, 0));
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const QList<mcp::TrafficLine> lines{{now, mcp::Relay::Direction::FromClient, R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"conductor_list_workflows"}})"},
                                            {now, mcp::Relay::Direction::FromServer, R"({"jsonrpc":"2.0","id":1,"result":{"isError":true}})"}};
        Q_EMIT m_hosting->logRead(u"other"_s, lines, "not for us");
        QCOMPARE(table(u"Messages of this client"_s).model()->rowCount(), 0);
        Q_EMIT m_hosting->logRead(u"s1"_s, lines, "a \xE2\x80\xAEwarning\n");
        QAbstractItemModel &log = *table(u"Messages of this client"_s).model();
        QCOMPARE(log.rowCount(), 2);
        QCOMPARE(log.index(0, 2).data().toString(), u"answer to 1: error"_s); // the newest first
        QCOMPARE(log.index(1, 2).data().toString(), u"tools/call conductor_list_workflows"_s);
        const auto panes = detail().findChildren<app::PlainTextPane *>();
        const auto stderrPane = std::find_if(panes.begin(), panes.end(), [](const app::PlainTextPane *pane) { return pane->accessibleName().startsWith(u"Error output"); });
        QVERIFY(stderrPane != panes.end());
        QVERIFY(!(*stderrPane)->toPlainText().contains(QChar(0x202e))); // a direction character is made visible
        QVERIFY((*stderrPane)->toPlainText().contains(u"warning"_s));
    }

    void leadsToTheClients()
    {
        QSignalSpy wanted(m_page.get(), &app::McpPage::clientsWanted);
        for (int connected = 0; connected < 2; ++connected) { // the empty page has the button, then the header
            const QList<QPushButton *> buttons = m_page->findChildren<QPushButton *>();
            const auto visible = [](const QPushButton *button) { return button->text() == u"Register in AI clients" && button->isVisible(); };
            QCOMPARE(std::count_if(buttons.begin(), buttons.end(), visible), 1);
            (*std::find_if(buttons.begin(), buttons.end(), visible))->click();
            m_hosting->keep(session(u"s1"_s, u"one"_s));
        }
        QCOMPARE(wanted.size(), 2);
    }

    void saysWhyNobodyCanBeServed()
    {
        Q_EMIT m_hosting->failed({conductor::Error::Kind::Conflict, u"Another companion listens"_s, u"Quit it"_s});
        QVERIFY(m_page->findChild<app::MessageBar *>()->isVisible());
        QVERIFY(m_page->closePane());
        QVERIFY(!m_page->findChild<app::MessageBar *>()->isVisible());
    }

private:
    static SessionInfo session(const QString &id, const QString &name)
    {
        SessionInfo info;
        info.id = id;
        info.identified = true;
        info.client = {.name = name, .version = u"1"_s, .revision = u"2025-11-25"_s};
        info.serverPid = 4711;
        info.since = QDateTime::currentDateTimeUtc();
        info.calls = 7;
        info.lastExit = u"killed by signal 9"_s;
        return info;
    }

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
    app::SessionDetail &detail() { return *m_page->findChild<app::SessionDetail *>(); }
    QString cell(int row, int column) { return clients().model()->index(row, column).data().toString(); }

    std::unique_ptr<app::Hosting> m_hosting;
    std::unique_ptr<app::McpPage> m_page;
};

QTEST_MAIN(TestMcpPage)
#include "tst_mcppage.moc"
