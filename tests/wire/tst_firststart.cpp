// The first start, as somebody without a server meets it: the overview offers a local server with samples, one click starts the
// real one, the servers page shows how far it is, and then its runs are there. Stopped and deleted, nothing of it is left.
#include "app/core/companion.h"
#include "app/core/page.h"
#include "app/profiles/profileservers.h"
#include "app/profiles/serverspage.h"
#include "conductor/local/standin.h"
#include "support/realserver.h"

#include <QLabel>
#include <QPushButton>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using State = LocalServer::State;

class TestFirstStart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString jar = cacheDirectory() + u"/server/"_s + serverPins().jarFile;
        QVERIFY(QDir().mkpath(QFileInfo(jar).path()));
        QVERIFY(QFile::link(support::realServerJar(), jar));
        qputenv("CONDUCTOR_JAVA", QFile::encodeName(support::realServerJava()));

        m_servers = std::make_unique<app::ProfileServers>(m_services);
        m_companion = std::make_unique<app::Companion>(*qApp, m_services, m_servers->connector());
        m_servers->feed(m_companion->servers());
        m_companion->start(app::Companion::Start::Shown);
    }

    void cleanupTestCase()
    {
        QSignalSpy stopped(&m_services, &app::Services::stopped);
        m_services.stop();
        QVERIFY(stopped.wait(15'000));
        m_companion.reset();
    }

    void theOverviewLeadsToTheForm()
    {
        QTRY_VERIFY(button(u"Add a server"_s));
        QTest::mouseClick(button(u"Add a server"_s), Qt::LeftButton);
        QVERIFY(qobject_cast<app::ServersPage *>(m_companion->window().currentPage()));
        QVERIFY(button(u"Save"_s));
        QTest::mouseClick(button(u"Cancel"_s), Qt::LeftButton);
        QTRY_VERIFY(says(u"There is no server yet"_s));
    }

    void oneClickStartsAServerWithSamples()
    {
        m_companion->window().showPage(u"overview"_s);
        QTest::mouseClick(button(u"Start a local server with samples"_s), Qt::LeftButton);
        QVERIFY(qobject_cast<app::ServersPage *>(m_companion->window().currentPage()));
        QTRY_VERIFY(says(u"It comes up in about half a minute."_s));
        const LocalServer &server = m_services.localServer();
        QTRY_VERIFY2_WITH_TIMEOUT(server.state() == State::Ready || server.state() == State::Failed, qPrintable(server.lastLines().join(u'\n')), 250'000);
        QTRY_VERIFY(says(u"Ready at "_s + server.url().toString()));
        QVERIFY(button(u"Stop"_s));
        QCOMPARE(m_services.profiles().profiles().size(), 1u);
        const QString id = m_services.profiles().profiles().front().id;
        QTRY_COMPARE_WITH_TIMEOUT(m_companion->servers().find(id)->health.state, app::ServerHealth::State::Ready, 20'000);
        m_companion->window().showPage(u"overview"_s);
        QTRY_VERIFY2_WITH_TIMEOUT(says(u"Running and paused: "_s), "the samples start runs", 60'000);
    }

    // What everybody who asks it in vain would call not reachable, in red.
    void isCalmWhenStopped()
    {
        m_companion->window().showPage(u"servers"_s);
        QTest::mouseClick(button(u"Stop"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_services.localServer().state(), State::Stopped, 15'000);
        m_companion->window().showPage(u"overview"_s);
        QTRY_VERIFY_WITH_TIMEOUT(says(u"refuses the connection"_s), 20'000);
        QCOMPARE(m_companion->servers().current()->health.words, u"Stopped"_s);
        m_companion->window().showPage(u"servers"_s);
        QTest::mouseClick(button(u"Start"_s), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(m_services.localServer().state(), State::Ready, 250'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_companion->servers().current()->health.words, u"Connected"_s, 20'000);
    }

    void isDeletedWithItsServer()
    {
        const qint64 process = m_services.localServer().processId();
        QVERIFY(process > 0);
        QTest::mouseClick(button(u"Delete…"_s), Qt::LeftButton);
        QVERIFY(says(u"The local server is stopped. Its workflows and executions stay in "_s));
        QTest::mouseClick(button(u"Delete local"_s), Qt::LeftButton);
        QTRY_VERIFY(m_services.profiles().profiles().empty());
        QTRY_COMPARE_WITH_TIMEOUT(m_services.localServer().state(), State::Stopped, 15'000);
        QVERIFY(!support::lives(process));
        QTRY_VERIFY(says(u"There is no server yet"_s));
    }

private:
    QPushButton *button(const QString &text) const
    {
        const auto buttons = m_companion->window().findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&](const QPushButton *button) { return button->isVisible() && button->text() == text; });
        return found == buttons.end() ? nullptr : *found;
    }

    bool says(const QString &part) const
    {
        const auto labels = m_companion->window().findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) { return label->isVisible() && label->text().contains(part); });
    }

    app::Services m_services;
    std::unique_ptr<app::ProfileServers> m_servers;
    std::unique_ptr<app::Companion> m_companion;
};

QTEST_MAIN(TestFirstStart)
#include "tst_firststart.moc"
