// Clients without sessions, as the companion sees them: one link for each name and version, however many requests it makes and
// whatever names it thinks of; it goes when nothing more is heard.
#include "mcp/host/clientlinks.h"
#include "mcp/protocol/message.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

class TestClientLinks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dispatcher = std::make_shared<Dispatcher>(Dispatcher::Setup{std::make_shared<ToolRegistry>(), std::make_shared<FreezeFile>(QDir::homePath() + u"/policy.json"_s)});
        m_links = std::make_unique<ClientLinks>(Hello(), m_dispatcher.get(), std::make_shared<SessionDesks>(), std::chrono::milliseconds(300));
    }

    void cleanup() { m_links.reset(); }

    void aClientIsOneHoweverOftenItAsks()
    {
        for (int i = 0; i < 3; ++i)
            ask(u"one"_s);
        ask(u"two"_s);
        QCOMPARE(m_links->count(), 2);
    }

    void namesCannotFillTheList()
    {
        for (int i = 0; i < 3 * ClientLinks::most; ++i)
            ask(u"name %1"_s.arg(i));
        QCOMPARE(m_links->count(), ClientLinks::most);
        // Whoever has a request under way stays, and the others find no room.
        std::vector<std::unique_ptr<Session>> busy;
        for (int i = 0; i < 2 * ClientLinks::most; ++i)
            busy.push_back(asking(u"busy %1"_s.arg(i)));
        QCOMPARE(m_links->count(), ClientLinks::most);
    }

    void whoIsSilentGoesUnlessItWaits()
    {
        ask(u"gone"_s);
        const std::unique_ptr<Session> waiting = asking(u"waiting"_s);
        QCOMPARE(m_links->count(), 2);
        QTRY_COMPARE(m_links->count(), 1);
    }

private:
    std::unique_ptr<Session> asking(const QString &client)
    {
        auto session = std::make_unique<Session>(m_dispatcher);
        m_links->attend(session.get());
        const QJsonObject meta{{u"io.modelcontextprotocol/protocolVersion"_s, u"2026-07-28"_s},
                               {u"io.modelcontextprotocol/clientCapabilities"_s, QJsonObject()},
                               {u"io.modelcontextprotocol/clientInfo"_s, QJsonObject{{u"name"_s, client}, {u"version"_s, u"1"_s}}}};
        session->receive(toLine(requestJson(1, u"tools/list"_s, {{u"_meta"_s, meta}})));
        return session;
    }

    void ask(const QString &client) { asking(client); } // its session is gone when it is answered

    std::shared_ptr<Dispatcher> m_dispatcher;
    std::unique_ptr<ClientLinks> m_links;
};

QTEST_GUILESS_MAIN(TestClientLinks)
#include "tst_clientlinks.moc"
