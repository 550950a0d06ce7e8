#include "scenes/catalogue.h"

#include "app/profiles/confirmation.h"
#include "app/profiles/httppanel.h"
#include "app/profiles/keyform.h"
#include "app/profiles/localpanel.h"
#include "app/profiles/policypanel.h"
#include "app/profiles/serverdetail.h"
#include "app/profiles/serverform.h"
#include "app/profiles/serverspage.h"

#include <QFile>
#include <QJsonArray>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;
using namespace conductor;
using Mood = scenes::SampleServer::Mood;
using Check = ProbeCheck;
using State = app::ServerHealth::State;

namespace scenes {
namespace {

Profile profile(const QString &name, const QString &url, int keyDays = -1)
{
    Profile made;
    made.name = name;
    made.url = QUrl(url);
    if (keyDays >= 0) {
        made.keychain = Keychain::SecretService;
        made.keySince = sceneTime().addDays(-keyDays);
    }
    return made;
}

// Four servers as a team has them; answers the production one's id.
QString addServers(Stage &stage)
{
    app::Servers &servers = stage.companion().servers();
    const QString local = stage.addProfile(profile(u"local"_s, u"http://127.0.0.1:8080/api"_s), Mood::Full);
    Profile payments = profile(u"Payments EU"_s, u"https://conductor.payments.example/api"_s, 45);
    payments.production = true;
    payments.requiresCompanion = true;
    const QString production = stage.addProfile(payments, Mood::Calm);
    const QString staging = stage.addProfile(profile(u"Staging"_s, u"http://staging.example:8080/api"_s, 12), Mood::Unreachable);
    stage.addProfile(profile(u"Research cluster of the language team"_s, u"https://research-conductor.internal.languages.example:8443/api"_s, 3), Mood::Calm);
    servers.setHealth(local, {State::Ready, u"Connected"_s});
    servers.setHealth(production, {State::Ready, u"Connected"_s});
    servers.setHealth(staging, {State::Trouble, u"Not reachable"_s, u"Nothing listens at staging.example:8080. Start the server, or correct the port."_s});
    return production;
}

app::ServersPage *page(Stage &stage, QString selected = {})
{
    auto *opened = qobject_cast<app::ServersPage *>(stage.open(u"servers"_s));
    if (!selected.isEmpty())
        opened->showServer(selected);
    stage.settle();
    return opened;
}

template <typename Part>
Part *part(Stage &stage)
{
    return stage.window().findChild<Part *>();
}

QWidget *settled(Stage &stage)
{
    stage.settle();
    return &stage.window();
}

ProbeReport report(ProbeStatus status, std::vector<Check> checks, const QUrl &suggestion = {})
{
    for (const Check::What what : {Check::What::Key, Check::What::Reading, Check::What::Speed})
        checks.push_back({what, Check::State::Skipped, {}, u"Not reached"_s});
    return {.status = status, .checks = std::move(checks), .suggestion = suggestion};
}

QWidget *full(Stage &stage)
{
    page(stage, addServers(stage));
    return settled(stage);
}

// What AI clients may do, with toolsets chosen one by one.
QWidget *policy(Stage &stage)
{
    const QString id = addServers(stage);
    const QJsonObject section{{u"toolsets"_s, QJsonArray{u"insight"_s, u"execution"_s}}, {u"exclude_tools"_s, QJsonArray{u"pause_workflow"_s}}, {u"gate"_s, QJsonObject{{u"destroy"_s, u"deny"_s}, {u"free_runs"_s, 3}}}};
    if (!stage.services().profiles().change(id, [section](Profile &profile) { profile.sections[mcp::Policy::section] = section; }))
        qFatal("the profile cannot be changed");
    page(stage, id);
    settled(stage);
    auto *panel = part<app::PolicyPanel>(stage);
    for (QWidget *above = panel->parentWidget(); above; above = above->parentWidget()) {
        if (auto *area = qobject_cast<QScrollArea *>(above))
            area->ensureWidgetVisible(panel, 0, 0);
    }
    return settled(stage);
}

QWidget *firstUse(Stage &stage)
{
    page(stage);
    return settled(stage);
}

QWidget *unreachable(Stage &stage)
{
    addServers(stage);
    page(stage, stage.services().profiles().profiles()[2].id);
    return settled(stage);
}

QWidget *tested(Stage &stage)
{
    page(stage, addServers(stage));
    ProbeReport good{.status = ProbeStatus::Slow, .checks = {}, .version = u"3.32.3"_s};
    good.checks = {{Check::What::Address, Check::State::Passed, {}, u"https://conductor.payments.example/api"_s},
                   {Check::What::Connection, Check::State::Passed, {}, u"https://conductor.payments.example answers"_s},
                   {Check::What::Encryption, Check::State::Passed, {}, u"The certificate is trusted"_s},
                   {Check::What::Api, Check::State::Passed, {}, u"Conductor 3.32.3; the server asks for a token"_s},
                   {Check::What::Key, Check::State::Passed, {}, u"The server gives a token for it"_s},
                   {Check::What::Reading, Check::State::Passed, {}, u"128304 executions can be seen"_s},
                   {Check::What::Speed, Check::State::Failed, {}, u"The slowest answer took 2840 ms"_s,
                    u"The server can be used. Look at its load, its database and the network in between"_s}};
    part<app::ServerDetail>(stage)->showReport(good);
    return settled(stage);
}

QWidget *adding(Stage &stage)
{
    page(stage)->add();
    return settled(stage);
}

QWidget *edited(Stage &stage)
{
    addServers(stage);
    page(stage, stage.services().profiles().profiles()[2].id);
    Q_EMIT part<app::ServerDetail>(stage)->editRequested();
    auto *form = part<app::ServerForm>(stage);
    form->setAddress(QUrl(u"http://staging.example:8080"_s));
    form->showReport(report(ProbeStatus::MissingApi,
                            {{Check::What::Address, Check::State::Passed, {}, u"http://staging.example:8080"_s},
                             {Check::What::Connection, Check::State::Passed, {}, u"http://staging.example:8080 answers"_s},
                             {Check::What::Encryption, Check::State::Skipped, {}, u"Plain HTTP: whoever is on the way can read along, keys too"_s},
                             {Check::What::Api, Check::State::Failed, {}, u"This is a Conductor server, but the address is that of its web pages"_s,
                              u"Add /api to the address"_s}},
                            QUrl(u"http://staging.example:8080/api"_s)),
                     app::ServerForm::Then::Save);
    return settled(stage);
}

// The smallest window there is.
QWidget *small(Stage &stage)
{
    edited(stage);
    stage.window().resize(stage.window().minimumSize());
    return settled(stage);
}

QWidget *rotated(Stage &stage)
{
    page(stage, addServers(stage));
    Q_EMIT part<app::ServerDetail>(stage)->rotateKeyRequested();
    KeyChange change;
    const Error refused{Error::Kind::Auth, u"The server does not accept the access key: Invalid key or secret"_s, u"Enter a valid key"_s, 401};
    change.steps = {{KeyChange::Step::Verify, refused}};
    change.failure = refused;
    change.failure->hint += u". The old key stays in force"_s;
    part<app::KeyForm>(stage)->showChange(change);
    return settled(stage);
}

QWidget *replaced(Stage &stage)
{
    page(stage, addServers(stage));
    Q_EMIT part<app::ServerDetail>(stage)->rotateKeyRequested();
    KeyChange change;
    for (const KeyChange::Step step : {KeyChange::Step::Verify, KeyChange::Step::Use, KeyChange::Step::Keep, KeyChange::Step::Store, KeyChange::Step::Announce})
        change.steps.push_back({step, {}});
    part<app::KeyForm>(stage)->showChange(change);
    return settled(stage);
}

QWidget *deleted(Stage &stage)
{
    page(stage, addServers(stage));
    Q_EMIT part<app::ServerDetail>(stage)->deleteRequested();
    return settled(stage);
}

QWidget *localFailed(Stage &stage)
{
    addServers(stage);
    auto *opened = page(stage);
    opened->showLocalServer();
    app::LocalFacts facts{.state = LocalServer::State::Failed, .logFile = u"~/.local/share/conductor-companion/local-server/server.log"_s};
    facts.trouble = Error{Error::Kind::Server, u"The local server ended with exit code 1"_s, u"The disk is full: make room and start it again"_s};
    for (int i = 0; i < 6; ++i)
        facts.lastLines << u"2026-11-24 09:14:0%1.204  INFO 4711 --- [main] o.flywaydb.core.internal.command.DbMigrate : Migrating schema to version %2"_s.arg(i).arg(i + 4);
    facts.lastLines << u"org.sqlite.SQLiteException: [SQLITE_FULL] Insertion failed because the database is full"_s;
    stage.settle();
    part<app::LocalPanel>(stage)->show(facts);
    opened->setLive(false); // it would ask the real one, which stands still
    return settled(stage);
}

QWidget *localAbsent(Stage &stage)
{
    localFailed(stage);
    app::LocalFacts facts{.state = LocalServer::State::Absent};
    facts.trouble = Error{Error::Kind::NotFound, u"The Conductor server is not on this machine yet"_s, u"Run installer/server-files.sh, which fetches it (190 MB)"_s};
    part<app::LocalPanel>(stage)->show(facts);
    return settled(stage);
}

// The production server, its HTTP panel in view.
QWidget *http(Stage &stage, const mcp::HttpInfo &server)
{
    page(stage, addServers(stage));
    auto *panel = part<app::HttpPanel>(stage);
    panel->show({.wanted = {.on = true, .port = 8766, .keychain = Keychain::SecretService, .tokenRevision = 2}, .server = server, .clients = 3, .calls = 1284, .errors = 3});
    stage.settle();
    QWidget *above = panel;
    while (above && !qobject_cast<QScrollArea *>(above))
        above = above->parentWidget();
    if (auto *area = qobject_cast<QScrollArea *>(above))
        area->ensureWidgetVisible(panel, 0, 24);
    return settled(stage);
}

QWidget *httpServes(Stage &stage)
{
    return http(stage, {.state = mcp::HttpInfo::State::Serving, .port = 8766, .address = u"http://127.0.0.1:8766/mcp"_s, .pid = 20511, .restarts = 1});
}

QWidget *httpFailed(Stage &stage)
{
    mcp::HttpInfo server{.state = mcp::HttpInfo::State::Failed, .port = 8766};
    server.trouble = Error{Error::Kind::Conflict, u"Cannot listen at 127.0.0.1:8766: The bound address is already in use"_s, u"Another program has that port; choose another"_s};
    return http(stage, server);
}

void spoil(Stage &stage)
{
    QFile file(stage.profilesPath());
    if (!file.open(QIODevice::WriteOnly) || file.write("{\"version\": 1,\n  \"profiles\": [\n    {\"id\": \"a\", \"name\": local}\n]}\n") < 0)
        qFatal("profiles.json cannot be written");
    file.close();
    stage.services().profiles().load(); // its trouble is what the picture shows
}

QWidget *error(Stage &stage)
{
    spoil(stage);
    page(stage);
    return settled(stage);
}

QWidget *spoiltLater(Stage &stage)
{
    page(stage, addServers(stage));
    spoil(stage);
    return settled(stage);
}

} // namespace

std::vector<Scene> serverScenes()
{
    return {{u"servers-full"_s, full},
            {u"servers-policy"_s, policy},
            {u"servers-firstuse"_s, firstUse},
            {u"servers-unreachable"_s, unreachable},
            {u"servers-tested"_s, tested},
            {u"servers-add"_s, adding},
            {u"servers-edit"_s, edited},
            {u"servers-small"_s, small},
            {u"servers-rotate"_s, rotated},
            {u"servers-replaced"_s, replaced},
            {u"servers-delete"_s, deleted},
            {u"servers-http"_s, httpServes},
            {u"servers-http-failed"_s, httpFailed},
            {u"servers-local-failed"_s, localFailed},
            {u"servers-local-absent"_s, localAbsent},
            {u"servers-error"_s, error},
            {u"servers-spoilt"_s, spoiltLater}};
}

} // namespace scenes
