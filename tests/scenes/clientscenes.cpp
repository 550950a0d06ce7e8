#include "scenes/catalogue.h"

#include "app/clients/clientdetail.h"
#include "app/core/page.h"
#include "app/widgets/table.h"
#include "mcp/clients/registrar.h"

#include <QDir>
#include <QFile>
#include <QPushButton>

using namespace Qt::StringLiterals;
using Mood = scenes::SampleServer::Mood;

namespace scenes {
namespace {

void put(const Stage &stage, const QString &file, const QByteArray &content)
{
    const QString path = stage.home() + u'/' + file;
    QDir().mkpath(QFileInfo(path).path());
    QFile target(path);
    if (!target.open(QIODevice::WriteOnly) || target.write(content) != content.size())
        qFatal("%s cannot be written", qPrintable(path));
}

void registerIn(Stage &stage, const QString &id, const QString &profile)
{
    mcp::Registrar registrar{QStringList()};
    for (const mcp::Client &client : mcp::knownClients()) {
        if (client.id != id)
            continue;
        const auto reply = registrar.carryOut(*registrar.planRegister(client, {stage.home() + u"/bin/conductor-mcp"_s, profile}));
        while (!reply.isFinished())
            stage.settle();
    }
}

// A developer's machine: seven clients, of which four use our servers, and not all as they were told.
app::Page *page(Stage &stage)
{
    stage.addServer(localServer(), Mood::Full);
    stage.addServer(productionServer(), Mood::Full);
    put(stage, u".claude.json"_s, "{\n  \"numStartups\": 214,\n  \"mcpServers\": {}\n}\n");
    put(stage, u".claude/settings.json"_s, "{}\n");
    put(stage, u".cursor/mcp.json"_s, "{}\n");
    put(stage, u".config/zed/settings.json"_s, "// Zed settings\n{\n  \"theme\": \"One Dark\", // dark at night\n  \"vim_mode\": true,\n  \"context_servers\": {\n    // Files of my projects.\n    \"files\": {\n      \"command\": \"npx\",\n      \"args\": [\"-y\", \"server-filesystem\", \"/home/me/projects\"]\n    }, // the only one so far\n  },\n  \"telemetry\": {\n    \"metrics\": false\n  }\n}\n");
    put(stage, u".codex/config.toml"_s, "model = \"o5\"\n");
    put(stage, u".config/Code/User/mcp.json"_s, "{\n  \"servers\": {\n    \"conductor\": { \"command\": \"uvx\" }\n  }\n}\n");
    put(stage, u".gemini/settings.json"_s, "{\n  \"mcpServers\": {\n    \"files\": { \"command\" \"npx\" }\n  }\n}\n");
    put(stage, u".config/goose/config.yaml"_s, "GOOSE_MODEL: big\n");
    put(stage, u"bin/conductor-mcp"_s, {});
    QFile::setPermissions(stage.home() + u"/bin/conductor-mcp"_s, QFile::ReadOwner | QFile::ExeOwner);
    for (const auto &[id, profile] : {std::pair(u"claude-code"_s, u"local"_s), std::pair(u"cursor"_s, u"Payments EU"_s), std::pair(u"codex"_s, u"local"_s), std::pair(u"goose"_s, u"local"_s)})
        registerIn(stage, id, profile);
    put(stage, u".config/goose/config.yaml"_s, "GOOSE_MODEL: bigger\n");
    return stage.open(u"clients"_s);
}

void select(Stage &stage, app::Page &page, const QString &name)
{
    auto &table = *page.findChild<app::Table *>();
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        if (table.model()->index(row, 0).data().toString() == name)
            table.setCurrentIndex(table.model()->index(row, 0));
    }
    stage.settle();
}

void press(Stage &stage, app::Page &page, const QString &text)
{
    for (QPushButton *button : page.findChildren<QPushButton *>()) {
        if (button->text() == text && button->isVisible())
            button->click();
    }
    stage.settle();
}

QWidget *list(Stage &stage)
{
    page(stage);
    return &stage.window();
}

QWidget *registered(Stage &stage)
{
    select(stage, *page(stage), u"Cursor"_s);
    return &stage.window();
}

QWidget *review(Stage &stage)
{
    app::Page &clients = *page(stage);
    select(stage, clients, u"Zed"_s);
    press(stage, clients, app::ClientDetail::tr("Register"));
    return &stage.window();
}

QWidget *dropped(Stage &stage)
{
    select(stage, *page(stage), u"Goose"_s);
    return &stage.window();
}

QWidget *unreadable(Stage &stage)
{
    select(stage, *page(stage), u"Gemini CLI"_s);
    return &stage.window();
}

} // namespace

std::vector<Scene> clientScenes()
{
    return {{u"clients"_s, list}, {u"clients-registered"_s, registered}, {u"clients-review"_s, review}, {u"clients-dropped"_s, dropped}, {u"clients-unreadable"_s, unreadable}};
}

} // namespace scenes
