#include "scenes/catalogue.h"

#include "app/definitions/definitioneditor.h"
#include "app/definitions/definitionspage.h"
#include "app/definitions/deskbar.h"
#include "app/definitions/findbar.h"
#include "app/definitions/jsoneditor.h"
#include "app/definitions/versionremoval.h"
#include "conductor/definition/history.h"

#include <QJsonDocument>
#include <QLineEdit>
#include <QtTest>

using namespace Qt::StringLiterals;
using Mood = scenes::SampleServer::Mood;

namespace scenes {
namespace {

app::DefinitionsPage *definitions(Stage &stage, Mood mood = Mood::Full)
{
    stage.addServer(localServer(), mood);
    return qobject_cast<app::DefinitionsPage *>(stage.open(u"definitions"_s));
}

app::DefinitionsPage *opened(Stage &stage, const QString &name)
{
    app::DefinitionsPage *page = definitions(stage);
    page->open(name);
    stage.settle();
    return page;
}

void write(app::DefinitionsPage *page, const std::vector<std::pair<QString, QString>> &changes)
{
    auto *editor = page->findChild<app::DefinitionEditor *>();
    QString text = editor->text();
    for (const auto &[from, to] : changes) {
        if (const qsizetype at = text.indexOf(from); at >= 0)
            text.replace(at, from.size(), to);
    }
    editor->replace(text);
}

QWidget *full(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"refund_with_manual_review"_s);
    write(page, {{u"\"version\""_s, u"\"restartable\": false,\n  \"version\""_s}});
    page->closePane();
    stage.settle();
    return &stage.window();
}

QWidget *noMatch(Stage &stage)
{
    app::DefinitionsPage *page = definitions(stage);
    page->focusSearch();
    page->findChild<QLineEdit *>()->setText(u"payroll"_s);
    QTest::keyClick(page->findChild<QLineEdit *>(), Qt::Key_Return);
    stage.settle();
    return &stage.window();
}

QWidget *swarm(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"agent_swarm_22"_s);
    auto *editor = page->findChild<app::DefinitionEditor *>();
    editor->findChild<app::JsonEditor *>()->goTo(editor->read().placeOfTask(u"build_api"_s).value_or(conductor::TextPosition{}));
    stage.settle();
    return &stage.window();
}

QWidget *kitchen(Stage &stage)
{
    opened(stage, u"kitchen_sink"_s);
    return &stage.window();
}

QWidget *problems(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"agent_swarm_22"_s);
    write(page, {{u"\"taskReferenceName\": \"research_users\""_s, u"\"taskReferenceName\": \"research_market\""_s},
                 {u"${plan.output.summary}"_s, u"${plam.output.summary}"_s},
                 {u"\"type\": \"SIMPLE\""_s, u"\"type\": \"SIMPEL\""_s},
                 {u"\"joinOn\": [\"research_market\""_s, u"\"joinOn\": [\"research_markets\""_s}});
    stage.settle();
    return &stage.window();
}

QWidget *unreadable(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"agent_swarm_22"_s);
    write(page, {{u"\"version\": 3,"_s, u"\"version\": 3"_s}});
    stage.settle();
    return &stage.window();
}

QWidget *diff(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"agent_swarm_22"_s);
    write(page, {{u"\"taskReferenceName\": \"plan\","_s, u"\"taskReferenceName\": \"plan\",\n      \"optional\": true,"_s},
                 {u"driven by external workers"_s, u"driven by external workers, with an optional plan"_s},
                 {u"\"agent\": \"research_legal\","_s, u"\"agent\": \"research_legal\",\n \"jurisdiction\": \"EU\","_s}});
    Q_EMIT page->findChild<app::DeskBar *>()->saveRequested();
    stage.settle();
    return &stage.window();
}

QWidget *history(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"agent_swarm_22"_s);
    const conductor::DefinitionHistory earlier{QUrl()};
    const QString text = page->findChild<app::DefinitionEditor *>()->text();
    const auto keep = [&](const QString &to, const QString &client, int hour) {
        QString then = text;
        then.replace(u"driven by external workers"_s, to);
        earlier.keep(QJsonDocument::fromJson(then.toUtf8()).object(), client, QDateTime(QDate(2026, 11, 22), QTime(hour, 14)));
    };
    keep(u"driven by five workers"_s, u"Claude Code"_s, 9);
    keep(u"driven by workers"_s, {}, 10);
    keep(u"driven by external workers, with a person who reads what the agents wrote"_s, u"A client with a remarkably long name of its own"_s, 11);
    Q_EMIT page->findChild<app::DeskBar *>()->historyRequested();
    stage.settle();
    return &stage.window();
}

QWidget *run(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"kitchen_sink"_s);
    Q_EMIT page->findChild<app::DeskBar *>()->runRequested();
    stage.settle();
    return &stage.window();
}

QWidget *removal(Stage &stage)
{
    stage.addServer(productionServer(), Mood::Full);
    auto *page = qobject_cast<app::DefinitionsPage *>(stage.open(u"definitions"_s));
    page->open(u"order_fulfilment"_s);
    stage.settle();
    Q_EMIT page->findChild<app::DeskBar *>()->deleteRequested();
    stage.settle();
    return page->findChild<app::VersionRemoval *>();
}

QWidget *found(Stage &stage)
{
    app::DefinitionsPage *page = opened(stage, u"agent_swarm_22"_s);
    page->focusSearch();
    page->findChild<app::DefinitionEditor *>()->findChild<app::FindBar *>()->open(u"research_market"_s);
    stage.settle();
    return &stage.window();
}

QWidget *empty(Stage &stage)
{
    definitions(stage, Mood::Empty);
    return &stage.window();
}

QWidget *error(Stage &stage)
{
    definitions(stage, Mood::Unreachable);
    return &stage.window();
}

} // namespace

std::vector<Scene> definitionScenes()
{
    return {{u"definitions-full"_s, full},         {u"definitions-nomatch"_s, noMatch}, {u"definitions-swarm"_s, swarm},
            {u"definitions-kitchen"_s, kitchen},   {u"definitions-problems"_s, problems}, {u"definitions-unreadable"_s, unreadable},
            {u"definitions-diff"_s, diff}, {u"definitions-history"_s, history},         {u"definitions-run"_s, run},         {u"definitions-delete"_s, removal}, {u"definitions-find"_s, found}, {u"definitions-empty"_s, empty},
            {u"definitions-error"_s, error}};
}

} // namespace scenes
