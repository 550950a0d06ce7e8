// mcp-fixture-server --http PORT: the fixtures of the official conformance suite on our dispatcher, session and HTTP server, so
// that what the suite judges is what we ship. Says "serving at URL" when it listens.
#include "conductor/base/directories.h"
#include "conformance/fixtures.h"
#include "mcp/host/lifeline.h"
#include "mcp/transport/httpserver.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    conductor::completeEnvironment();
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    bool isPort = false;
    const quint16 port = arguments.value(2).toUShort(&isPort);
    if (arguments.size() != 3 || arguments[1] != u"--http" || !isPort) {
        std::fputs("usage: mcp-fixture-server --http PORT\n", stderr);
        return 2;
    }
    const QTemporaryDir directory;
    auto freeze = std::make_shared<mcp::FreezeFile>(directory.filePath(u"policy.json"_s));
    const std::shared_ptr<mcp::Offer> offer = fixtures::offer();
    auto tools = std::make_shared<mcp::ToolRegistry>();
    fixtures::addContentTools(*tools);
    fixtures::addAskingTools(*tools);
    fixtures::addChangingTools(*tools, offer);
    auto dispatcher = std::make_shared<mcp::Dispatcher>(mcp::Dispatcher::Setup{.tools = tools, .freeze = freeze});
    auto seal = std::make_shared<mcp::Seal>();
    mcp::HttpLimits limits; // so short that test_reconnection shows how a long call is polled
    limits.streamAfter = std::chrono::milliseconds(100);
    limits.streamTime = std::chrono::milliseconds(300);
    mcp::HttpServer server([dispatcher, offer, seal] { return std::make_unique<mcp::Session>(dispatcher, offer, seal); }, mcp::HttpGate(), limits);
    server.setSchemas([tools](const QString &name) {
        const mcp::ToolRegistry::Entry *entry = tools->find(name);
        return entry ? entry->tool.inputSchema : QJsonObject();
    });
    if (const auto listening = server.listen(QHostAddress::LocalHost, port); !listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().message));
        return 1;
    }
    mcp::Lifeline lifeline;
    QObject::connect(&lifeline, &mcp::Lifeline::cut, qApp, [] { QCoreApplication::exit(0); });
    std::printf("serving at http://127.0.0.1:%d/mcp\n", int(server.port()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
