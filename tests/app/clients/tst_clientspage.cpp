// The page of AI clients: nothing is written before its change was shown, and by keyboard alone an entry is registered, moved to
// another server, repaired after somebody dropped it, removed, and undone byte for byte.
#include "app/clients/changereview.h"
#include "app/clients/clientdetail.h"
#include "app/clients/clientspage.h"
#include "app/clients/liveclients.h"
#include "app/definitions/diffview.h"
#include "app/mcphost/hosting.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/table.h"
#include "conductor/api/client.h"

#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

const QByteArray before = "{\n  // mine\n  \"mcpServers\": {\n    \"files\": { \"command\": \"npx\" }\n  }\n}\n";

} // namespace

class TestClientsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        for (const QString &name : {u".cursor"_s, u".codex"_s, u".local"_s})
            QDir(QDir::homePath() + u'/' + name).removeRecursively();
        QVERIFY(QDir().mkpath(QDir::homePath() + u"/.cursor"_s) && QDir().mkpath(QDir::homePath() + u"/.codex"_s));
        put(before);
        m_servers = std::make_unique<app::Servers>([](const app::ServerEntry &entry) { return conductor::Client::to(entry.url, conductor::fixedKey({})); });
        m_servers->show({{.id = u"a"_s, .name = u"local"_s, .url = QUrl(u"http://127.0.0.1:1/api"_s)}, {.id = u"b"_s, .name = u"My \"prod\""_s}});
        m_clients = std::make_unique<app::LiveClients>(QStringList());
        m_clients->start();
        m_page = std::make_unique<app::ClientsPage>(*m_clients, *m_servers);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        m_page->setLive(true);
        m_page->focusContent();
    }

    void cleanup()
    {
        m_page.reset();
        m_clients.reset();
        m_servers.reset();
    }

    void showsThoseThatAreHereFirst()
    {
        QVERIFY(table().model()->rowCount() >= 19);
        QCOMPARE(cell(0, 0), u"Cursor"_s);
        QCOMPARE(cell(0, 1), u"Not registered"_s);
        QCOMPARE(cell(1, 0), u"Codex"_s);
        QCOMPARE(cell(2, 1), u"Not here"_s);
        table().setCurrentIndex(table().model()->index(2, 0));
        QVERIFY(!button(u"Register"_s)->isEnabled()); // nothing is made for a client that is not here
    }

    void registersByKeyboardAlone()
    {
        QTest::keyClick(&table(), Qt::Key_Home);
        table().setCurrentIndex(table().model()->index(0, 0));
        walkTo(button(u"Register"_s));
        press();
        QVERIFY(diff().isVisible());
        QVERIFY(diff().text().contains(u"\"--profile\", \"local\""_s));
        QCOMPARE(content(), before);
        QTest::keyClick(m_page->window()->focusWidget(), Qt::Key_Escape);
        m_page->closePane();
        QVERIFY(!diff().isVisible());

        walkTo(button(u"Register"_s));
        press();
        press(); // the change has the focus
        QTRY_COMPARE(cell(0, 1), u"Program is gone"_s); // no conductor-mcp lies beside a test
        QVERIFY(content().contains(app::serverProgram().toUtf8()));
        QVERIFY(content().contains("// mine"));
        QCOMPARE(cell(0, 2), u"local"_s);
        QCOMPARE(table().currentIndex().row(), 0);

        m_page->findChild<QComboBox *>()->setCurrentIndex(1);
        make(u"Change"_s);
        QTRY_COMPARE(cell(0, 2), u"My \"prod\""_s);

        put(before); // somebody drops it
        QTRY_COMPARE_WITH_TIMEOUT(cell(0, 1), u"Entry dropped"_s, 5000);
        make(u"Repair"_s);
        QTRY_COMPARE(cell(0, 2), u"My \"prod\""_s);
        make(u"Remove"_s);
        QTRY_COMPARE(cell(0, 1), u"Not registered"_s);
        QCOMPARE(content(), before);
        make(u"Undo"_s);
        QTRY_COMPARE(cell(0, 2), u"My \"prod\""_s);
    }

    void undoBringsBackEveryByte()
    {
        const QByteArray odd = "\xEF\xBB\xBF{ \"mcpServers\": {},\r\n\"x\" : 1 }";
        put(odd);
        table().setCurrentIndex(table().model()->index(0, 0));
        make(u"Register"_s);
        QTRY_VERIFY(content().contains("conductor"));
        make(u"Undo"_s);
        QTRY_COMPARE(content(), odd);
    }

    void aChangeMeanwhileIsLookedAtAgain()
    {
        table().setCurrentIndex(table().model()->index(0, 0));
        click(u"Register"_s);
        const QByteArray theirs = "{\"theirs\": true}";
        put(theirs);
        click(u"Make the change"_s);
        QTRY_VERIFY(button(u"Look again"_s));
        QCOMPARE(content(), theirs);
        click(u"Look again"_s);
        QVERIFY(diff().text().contains(u"theirs"_s));
        click(u"Make the change"_s);
        QTRY_VERIFY(content().contains("conductor"));
        QVERIFY(content().contains("\"theirs\": true"));
    }

    void saysWhereAFileIsBroken()
    {
        put("{\n  \"a\": }\n");
        m_page->refresh();
        QCOMPARE(cell(0, 1), u"Not readable"_s);
        table().setCurrentIndex(table().model()->index(0, 0));
        QVERIFY(!button(u"Register"_s)->isEnabled());
        const QList<QLabel *> labels = m_page->findChild<app::ClientDetail *>()->findChildren<QLabel *>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel *label) { return label->text().contains(u"line 2, column 8"_s); }));
    }

    void copiesAndTellsOfDrift()
    {
        table().setCurrentIndex(table().model()->index(1, 0));
        QSignalSpy said(m_page.get(), &app::Page::said);
        click(u"Copy the entry"_s);
        QCOMPARE(said.size(), 1);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"[mcp_servers.conductor]"_s));

        table().setCurrentIndex(table().model()->index(0, 0));
        QSignalSpy drift(m_clients.get(), &app::LiveClients::driftSeen);
        make(u"Register"_s);
        QTRY_VERIFY(content().contains("conductor"));
        QTRY_COMPARE(drift.size(), 1); // its program is gone
        m_clients->refresh();
        QCOMPARE(drift.size(), 1); // told once
        QCOMPARE(m_clients->drifted(), 1);
    }

private:
    static QString path() { return QDir::homePath() + u"/.cursor/mcp.json"_s; }

    static void put(const QByteArray &text)
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    static QByteArray content()
    {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    app::Table &table() { return *m_page->findChild<app::Table *>(); }
    app::DiffView &diff() { return *m_page->findChild<app::DiffView *>(); }
    QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }

    QPushButton *button(const QString &text)
    {
        const QList<QPushButton *> buttons = m_page->findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&](const QPushButton *candidate) { return candidate->text() == text && candidate->isVisible(); });
        return found == buttons.end() ? nullptr : *found;
    }

    void click(const QString &text)
    {
        QPushButton *found = button(text);
        QVERIFY2(found && found->isEnabled(), qPrintable(text));
        found->click();
    }

    void make(const QString &text)
    {
        QTRY_VERIFY(button(text));
        click(text);
        click(u"Make the change"_s);
    }

    void walkTo(QPushButton *wanted)
    {
        QVERIFY(wanted);
        for (int step = 0; step < 30 && !wanted->hasFocus(); ++step)
            QTest::keyClick(m_page->window()->focusWidget(), Qt::Key_Tab);
        QVERIFY(wanted->hasFocus());
    }

    void press() { QTest::keyClick(m_page->window()->focusWidget(), Qt::Key_Space); }

    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<app::LiveClients> m_clients;
    std::unique_ptr<app::ClientsPage> m_page;
};

QTEST_MAIN(TestClientsPage)
#include "tst_clientspage.moc"
