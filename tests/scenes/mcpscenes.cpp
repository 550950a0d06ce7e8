#include "scenes/catalogue.h"

#include "app/core/page.h"
#include "app/mcphost/mcppage.h"
#include "app/mcphost/sessiondetail.h"
#include "app/widgets/table.h"

using namespace Qt::StringLiterals;
using Mood = scenes::SampleServer::Mood;
using mcp::SessionInfo;

namespace scenes {
namespace {

SessionInfo session(const QString &id, const QString &name, const QString &version, int minutes)
{
    SessionInfo info;
    info.id = id;
    info.identified = true;
    info.client = {.name = name, .version = version, .revision = u"2025-11-25"_s};
    info.profile = u"local"_s;
    info.doorPid = 20411;
    info.clientPid = 20398;
    info.serverPid = 20415;
    info.since = sceneTime().addSecs(-60 * minutes);
    info.lastCall = sceneTime().addSecs(-20);
    return info;
}

QList<mcp::TrafficLine> traffic()
{
    const QDateTime begin = sceneTime().addSecs(-60);
    const auto in = mcp::Relay::Direction::FromClient;
    const auto out = mcp::Relay::Direction::FromServer;
    return {
        {begin, in, R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})"},
        {begin.addMSecs(2), out, R"({"jsonrpc":"2.0","id":1,"result":{"tools":[]}})"},
        {begin.addMSecs(4100), in, R"({"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"conductor_execute_workflow","arguments":{"name":"agent_swarm_22","input":{"goal":"Ship the release"}}}})"},
        {begin.addMSecs(4131), out, R"({"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"Started agent_swarm_22"}]}})"},
        {begin.addMSecs(9400), in, R"({"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"conductor_get_workflow_status","arguments":{"workflow_id":"b2f1"}}})"},
        {begin.addMSecs(9402), out, R"({"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"No such workflow"}],"isError":true}})"},
    };
}

void connectClients(Stage &stage)
{
    app::Hosting &hosting = stage.services().hosting();
    SessionInfo claude = session(u"s1"_s, u"claude-code"_s, u"2.1.197"_s, 14);
    claude.calls = 1284;
    claude.errors = 3;
    claude.restarts = 1;
    claude.lastExit = u"killed by signal 9"_s;
    SessionInfo cursor = session(u"s2"_s, u"Cursor"_s, u"3.2.0"_s, 131);
    cursor.profile = u"Payments EU"_s;
    cursor.calls = 12;
    SessionInfo gemini = session(u"s3"_s, u"gemini-cli-mcp-client-conductor"_s, u"0.61.0"_s, 2);
    gemini.kind = SessionInfo::Kind::Standalone;
    gemini.calls = 4;
    SessionInfo remote = session(u"s4"_s, u"n8n"_s, u"1.112.4"_s, 47);
    remote.kind = SessionInfo::Kind::Http;
    remote.client.revision = u"2026-07-28"_s;
    remote.calls = 318;
    for (const SessionInfo &info : {claude, cursor, gemini, remote})
        hosting.keep(info);
}

app::Page *mcp(Stage &stage)
{
    stage.addServer(localServer(), Mood::Full);
    stage.addServer(productionServer(), Mood::Full);
    return stage.open(u"mcp"_s);
}

QWidget *clients(Stage &stage)
{
    connectClients(stage);
    mcp(stage);
    return &stage.window();
}

void selectRow(app::Page &page, const QString &table, int row)
{
    const QList<app::Table *> tables = page.findChildren<app::Table *>();
    for (app::Table *found : tables) {
        if (found->accessibleName() == table)
            found->setCurrentIndex(found->model()->index(row, 0));
    }
}

QWidget *oneClient(Stage &stage)
{
    connectClients(stage);
    app::Page *page = mcp(stage);
    selectRow(*page, app::McpPage::tr("AI clients"), 0);
    Q_EMIT stage.services().hosting().logRead(u"s1"_s, traffic(), "conductor-mcp: something of note\n");
    selectRow(*page, app::SessionDetail::tr("Messages of this client"), 3);
    stage.settle();
    return &stage.window();
}

QWidget *nobody(Stage &stage)
{
    mcp(stage);
    return &stage.window();
}

QWidget *failed(Stage &stage)
{
    mcp(stage);
    Q_EMIT stage.services().hosting().failed(
        {conductor::Error::Kind::Conflict, u"Another companion listens at /run/user/1000/conductor-companion/companion.sock"_s, u"Quit it, or use that one"_s});
    stage.settle();
    return &stage.window();
}

} // namespace

std::vector<Scene> mcpScenes()
{
    return {{u"mcp-clients"_s, clients}, {u"mcp-client"_s, oneClient}, {u"mcp-nobody"_s, nobody}, {u"mcp-failed"_s, failed}};
}

} // namespace scenes
