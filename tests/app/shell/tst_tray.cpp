// The tray in words and shapes: its state, its menu of at most twelve lines, what its items do.
#include "app/shell/tray.h"
#include "support/scriptedtransport.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::Freeze;
using app::Tray;
using app::TrayShape;
using app::TrayState;

class TestTray : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_servers = std::make_unique<app::Servers>(
            [](const app::ServerEntry &) { return conductor::Client(std::make_shared<support::ScriptedTransport>()); });
        m_actions = std::make_unique<app::Actions>();
        m_tray = std::make_unique<Tray>(*m_actions, *m_servers);
    }

    void cleanup()
    {
        m_tray.reset();
        m_actions.reset();
        m_servers.reset();
    }

    void tellsTheStateByItsShape_data()
    {
        QTest::addColumn<Freeze>("freeze");
        QTest::addColumn<int>("needsYou");
        QTest::addColumn<bool>("failed");
        QTest::addColumn<TrayShape>("shape");
        QTest::newRow("plain") << Freeze::Normal << 0 << false << TrayShape::Plain;
        QTest::newRow("needs you") << Freeze::Normal << 2 << false << TrayShape::Dot;
        QTest::newRow("read only") << Freeze::ReadOnly << 2 << false << TrayShape::Bar;
        QTest::newRow("stopped") << Freeze::Stopped << 0 << false << TrayShape::Square;
        QTest::newRow("failed") << Freeze::Stopped << 2 << true << TrayShape::Cross;
    }

    void tellsTheStateByItsShape()
    {
        QFETCH(Freeze, freeze);
        QFETCH(int, needsYou);
        QFETCH(bool, failed);
        m_actions->offerFreeze(freeze);
        m_tray->show({.needsYou = needsYou, .failed = failed});
        QTEST(m_tray->shape(), "shape");
    }

    void hasTwelveLinesAtMost()
    {
        std::vector<app::ServerEntry> many;
        for (int i = 0; i < 40; ++i)
            many.push_back({.id = u"s%1"_s.arg(i), .name = u"Server & %1"_s.arg(i)});
        m_servers->show(many);
        m_actions->offerFreeze(Freeze::Normal);
        m_tray->show({.line = u"2 AI clients"_s});
        QVERIFY2(m_tray->menu().actions().size() <= 12, qPrintable(lines().join(u'\n')));
        QVERIFY(lines().contains(u"2 AI clients"_s));
        QVERIFY(lines().contains(u"and 37 more servers"_s));
        QVERIFY(lines().contains(u"Server && 0: not asked yet"_s));
    }

    void leadsToWhatWaits()
    {
        std::vector<app::ServerEntry> many;
        for (int i = 0; i < 40; ++i)
            many.push_back({.id = u"s%1"_s.arg(i), .name = u"Server %1"_s.arg(i)});
        m_servers->show(many);
        m_actions->offerFreeze(Freeze::Normal);
        m_tray->show({.line = u"2 AI clients"_s, .needsYou = 5, .approvals = 3});
        QVERIFY2(m_tray->menu().actions().size() <= 12, qPrintable(lines().join(u'\n')));
        QCOMPARE(lines().value(1), u"3 calls wait for approval…"_s);
        QSignalSpy wanted(m_tray.get(), &Tray::inboxWanted);
        m_tray->menu().actions()[1]->trigger();
        QCOMPARE(wanted.size(), 1);
        m_tray->show({.line = u"2 AI clients"_s, .needsYou = 1});
        QCOMPARE(lines().value(1), u"1 thing waits for you…"_s);
        m_tray->show({.line = u"2 AI clients"_s});
        QVERIFY(!lines().join(u' ').contains(u"wait"));
    }

    void followsTheServers()
    {
        m_servers->show({{.id = u"a"_s, .name = u"Local"_s}});
        m_servers->tellAnswered(u"a"_s);
        QVERIFY(lines().contains(u"Local: Connected"_s));
        m_servers->tellFailed(u"a"_s, {conductor::Error::Kind::Network, u"Connection refused"_s});
        QVERIFY(lines().contains(u"Local: Not reachable"_s));
    }

    void offersFreezeAsOneOfThree()
    {
        QVERIFY(!m_tray->menu().actions().contains(m_actions->readOnly));
        m_actions->offerFreeze(Freeze::Normal);
        QVERIFY(m_tray->menu().actions().contains(m_actions->readOnly));
        QSignalSpy chosen(m_actions.get(), &app::Actions::freezeChosen);
        m_actions->readOnly->trigger();
        QCOMPARE(chosen.size(), 1);
        m_actions->setFreeze(Freeze::ReadOnly);
        QVERIFY(m_actions->readOnly->isChecked() && !m_actions->normal->isChecked());
    }

    void opensAndQuits()
    {
        QSignalSpy opened(m_actions->open, &QAction::triggered);
        QSignalSpy quit(m_actions->quit, &QAction::triggered);
        m_tray->menu().actions()[m_tray->menu().actions().size() - 2]->trigger();
        m_tray->menu().actions().last()->trigger();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(quit.size(), 1);
    }

private:
    QStringList lines()
    {
        QStringList lines;
        for (const QAction *action : m_tray->menu().actions())
            lines << action->text();
        return lines;
    }

    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<app::Actions> m_actions;
    std::unique_ptr<Tray> m_tray;
};

QTEST_MAIN(TestTray)
#include "tst_tray.moc"
