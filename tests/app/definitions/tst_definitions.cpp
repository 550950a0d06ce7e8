// The definitions page as people use it: the list, text beside graph beside problems, what would change before it is saved,
// conflicts, drafts that are never lost, the form that starts a run, deleting.
#include "app/definitions/definitionspage.h"

#include "app/definitions/codearea.h"
#include "app/definitions/definitioneditor.h"
#include "app/definitions/definitionlist.h"
#include "app/definitions/deskbar.h"
#include "app/definitions/diffview.h"
#include "app/definitions/historyview.h"
#include "app/definitions/jsoneditor.h"
#include "app/definitions/problemlist.h"
#include "app/definitions/problemsmodel.h"
#include "app/definitions/runform.h"
#include "app/definitions/savereview.h"
#include "app/definitions/textgraph.h"
#include "app/definitions/versionremoval.h"
#include "app/executions/graphview.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/noteline.h"
#include "app/widgets/roles.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "app/widgets/toast.h"
#include "conductor/base/directories.h"
#include "conductor/definition/printer.h"
#include "support/samples.h"
#include "support/storeddefinitions.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::DefinitionsPage;
using conductor::Error;
using Verb = conductor::Request::Verb;

class TestDefinitions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QDir(conductor::dataDirectory() + u"/history"_s).removeRecursively();
        m_directory = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<app::Settings>(m_directory->filePath(u"settings.json"_s));
        m_server = std::make_shared<support::StoredDefinitions>();
        m_servers = std::make_unique<app::Servers>([this](const app::ServerEntry &) { return conductor::Client(m_server); });
        m_server->put(order(1, u"one"_s));
        m_server->put(order(3, u"three"_s));
        m_server->put(support::sample(u"swarm22.definition.json"_s).toObject());
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
        m_settings.reset();
    }

    void listsAndFilters()
    {
        show();
        QCOMPARE(table()->model()->rowCount(), 2);
        m_page->focusSearch();
        auto *field = m_page->findChild<app::SearchField *>();
        QVERIFY(field->hasFocus());
        QTest::keyClicks(field, u"swarm"_s);
        QTRY_COMPARE(table()->model()->rowCount(), 1);
        QTest::keyClicks(field, u" nothing"_s);
        QTRY_VERIFY(empty()->isVisible());
        Q_EMIT empty()->actionRequested();
        QCOMPARE(table()->model()->rowCount(), 2);
        QVERIFY(table()->isVisible());
    }

    void saysWhatIsWrongAndTriesAgain()
    {
        m_server->error = Error{Error::Kind::Network, u"Connection refused"_s};
        make();
        QTRY_VERIFY(empty()->isVisible());
        QCOMPARE(m_servers->find(u"one"_s)->health.state, app::ServerHealth::State::Trouble);
        m_server->error.reset();
        Q_EMIT empty()->actionRequested();
        QTRY_VERIFY(table()->isVisible());
        QCOMPARE(table()->model()->rowCount(), 2);

        m_server->error = Error{Error::Kind::Network, u"Connection refused"_s};
        m_page->refresh();
        QTRY_VERIFY(message<app::DefinitionList>()->isVisible());
        QCOMPARE(table()->model()->rowCount(), 2); // what is known stays
    }

    void invitesWhereNothingIs()
    {
        m_server = std::make_shared<support::StoredDefinitions>();
        make();
        QTRY_VERIFY(empty()->isVisible());
        Q_EMIT empty()->actionRequested();
        QTRY_VERIFY(editor()->isVisible());
        QVERIFY(problems().empty()); // what somebody begins with is right
    }

    void opensWithEnterAndShowsTextAndGraph()
    {
        show();
        table()->setFocus();
        table()->setCurrentIndex(table()->model()->index(1, 0));
        QTest::keyClick(table(), Qt::Key_Return);
        QTRY_VERIFY(editor()->isVisible());
        QVERIFY(editor()->text().contains(u"\"version\": 3"_s));
        QVERIFY(!editor()->text().contains(u"timeoutPolicy"_s)); // the server's defaults are not the author's
        QCOMPARE(int(graph().nodes.size()), 2);
        QVERIFY(state(u"As on the server"_s));
    }

    void theCursorAndTheGraphFollowEachOther()
    {
        open(u"agent_swarm_22"_s);
        const int build = graph().findRef(u"build_api"_s);
        QVERIFY(build >= 0);
        auto &view = m_page->findChild<app::TextGraph *>()->view();
        view.setFocus();
        view.select(graph().nodes[size_t(build)].id);
        QCOMPARE(editor()->read().taskAt(editor()->cursor()), u"build_api"_s);

        area()->setFocus();
        json()->goTo(*editor()->read().placeOfTask(u"review_docs"_s));
        QTRY_COMPARE(view.selected(), graph().nodes[size_t(graph().findRef(u"review_docs"_s))].id);
        json()->goTo({1, 1});
        QTRY_COMPARE(view.selected(), QString());
    }

    void theGraphAndTheProblemsFollowTheText()
    {
        open(u"order"_s);
        write(u"\"taskReferenceName\": \"second\""_s, u"\"taskReferenceName\": \"first\""_s);
        QTRY_VERIFY(!problems().empty());
        QVERIFY(hasProblem(u"duplicate-reference"_s));
        QVERIFY(state(u"Unsaved changes"_s));
        QVERIFY(m_page->findChild<app::ProblemList *>()->findChild<app::Table *>()->isVisible());
        undo();
        QTRY_VERIFY(problems().empty());
        QVERIFY(state(u"As on the server"_s));
    }

    void theLastGraphStaysWhileTheTextIsBroken()
    {
        open(u"order"_s);
        write(u"\"version\": 3,"_s, u"\"version\": 3"_s);
        QTRY_COMPARE(problems().size(), size_t(1));
        QCOMPARE(graph().nodes.size(), size_t(2));
        auto *note = m_page->findChild<app::TextGraph *>()->findChild<app::NoteLine *>();
        QVERIFY(note->isVisible());
        QCOMPARE(problems()[0].line, 4);
        undo();
        QTRY_VERIFY(note->isHidden());
    }

    void aProblemLeadsToItsLine()
    {
        open(u"order"_s);
        write(u"\"taskReferenceName\": \"second\""_s, u"\"taskReferenceName\": \"first\""_s);
        QTRY_VERIFY(hasProblem(u"duplicate-reference"_s));
        json()->goTo({1, 1});
        auto *list = m_page->findChild<app::ProblemList *>()->findChild<app::Table *>();
        Q_EMIT list->chosen(list->model()->index(0, 0));
        QCOMPARE(editor()->cursor().line, problems()[0].line);
        QVERIFY(problems()[0].line > 1);
        QVERIFY(area()->markersAtLine(problems()[0].line - 1) & (1 << app::CodeArea::ErrorMark));
    }

    void showsTheDifferenceBeforeItSaves()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"four\""_s);
        save();
        QTRY_VERIFY(review()->isVisible());
        QCOMPARE(m_server->count(Verb::Post, u"workflow"_s), 0); // nothing is stored yet
        const QString diff = review()->findChild<app::DiffView *>()->text();
        QVERIFY(diff.contains(u"\"three\""_s));
        QVERIFY(diff.contains(u"\"four\""_s));
        QVERIFY(says(review(), u"1 of the workflow's fields changed"_s));

        click(review(), u"Save as version 4"_s);
        QTRY_VERIFY(editor()->isVisible());
        QTRY_VERIFY(editor()->text().contains(u"\"version\": 4"_s));
        QCOMPARE((*m_server->stored(u"order"_s, 4))[u"description"].toString(), u"four"_s);
        QCOMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"three"_s);
        QVERIFY(state(u"As on the server"_s));
    }

    void replacesTheSameVersionOnlyWhenToldTo()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"better\""_s);
        save();
        QTRY_VERIFY(review()->isVisible());
        click(review(), u"Replace version 3"_s);
        QTRY_COMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"better"_s);
        QVERIFY(!m_server->stored(u"order"_s, 4));
        QTRY_VERIFY(state(u"As on the server"_s));
    }

    void whatWasReplacedCanBeRestored()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"better\""_s);
        save();
        QTRY_VERIFY(review()->isVisible());
        click(review(), u"Replace version 3"_s);
        QTRY_VERIFY(editor()->isVisible() && state(u"As on the server"_s));

        Q_EMIT bar()->historyRequested();
        QVERIFY(history()->isVisible());
        QCOMPARE(history()->findChild<app::Table *>()->model()->rowCount(), 1);
        QCOMPARE(history()->findChild<app::Table *>()->model()->index(0, 2).data().toString(), u"A person, here in the window"_s);
        QVERIFY(says(history(), u"1 of the workflow's fields changed"_s));
        const QString diff = history()->findChild<app::DiffView *>()->text();
        QVERIFY2(diff.contains(u"\"three\""_s) && diff.contains(u"\"better\""_s), qPrintable(diff));
        click(history(), u"Restore into the editor"_s);
        QVERIFY(editor()->isVisible());
        QVERIFY(editor()->text().contains(u"\"three\""_s));
        QVERIFY(state(u"Unsaved changes"_s));
        QCOMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"better"_s); // not before it is saved
        save();
        QTRY_VERIFY(review()->isVisible());
        click(review(), u"Replace version 3"_s);
        QTRY_COMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"three"_s);
    }

    void anEmptyHistoryAndOneOfHostileNames()
    {
        open(u"order"_s);
        Q_EMIT bar()->historyRequested();
        QVERIFY(says(history(), u"Nothing was replaced yet"_s));
        QVERIFY(m_page->closePane());
        QVERIFY(editor()->isVisible());
        QVERIFY(conductor::DefinitionHistory(QUrl()).keep(order(3, u"earlier"_s), QString(u"<b>\u202Eevil</b>"_s)));
        Q_EMIT bar()->historyRequested();
        const QString by = history()->findChild<app::Table *>()->model()->index(0, 2).data().toString();
        QVERIFY2(by.contains(u"<b>"_s) && !by.contains(QChar(0x202E)), qPrintable(by));
        QDir(conductor::dataDirectory() + u"/history"_s).removeRecursively();
        history()->findChild<app::Table *>()->setCurrentIndex({}); // asked anew
        history()->findChild<app::Table *>()->setCurrentIndex(history()->findChild<app::Table *>()->model()->index(0, 0));
        QVERIFY(history()->findChild<app::MessageBar *>()->isVisible());
        QVERIFY(!button(history(), u"Restore into the editor"_s)->isEnabled());
    }

    void savingGoesOnWhenNothingCanBeKept()
    {
        QFile file(conductor::dataDirectory() + u"/history"_s); // where the directory should be
        QVERIFY(QDir().mkpath(conductor::dataDirectory()) && file.open(QIODevice::WriteOnly));
        open(u"order"_s);
        write(u"\"three\""_s, u"\"better\""_s);
        save();
        QTRY_VERIFY(review()->isVisible());
        click(review(), u"Replace version 3"_s);
        QTRY_COMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"better"_s);
        QTRY_VERIFY(desk()->isVisible());
        QVERIFY2(desk()->text().contains(u"could not be kept"_s), qPrintable(desk()->text()));
        QVERIFY(file.remove());
    }

    void aVersionThatIsNewIsNoReplacement()
    {
        open(u"order"_s);
        write(u"\"version\": 3"_s, u"\"version\": 9"_s);
        save();
        QTRY_VERIFY(review()->isVisible());
        QVERIFY(!button(review(), u"Replace version 9"_s) || !button(review(), u"Replace version 9"_s)->isVisible());
        click(review(), u"Save as version 9"_s);
        QTRY_VERIFY(m_server->stored(u"order"_s, 9));
    }

    void tellsWhatSomebodyElseChanged()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"mine\""_s);
        m_server->put(order(3, u"theirs"_s));
        save();
        QTRY_VERIFY(review()->isVisible());
        QVERIFY(message<app::SaveReview>()->isVisible());
        QVERIFY2(message<app::SaveReview>()->text().contains(u"changed on the server since you opened it"_s), qPrintable(message<app::SaveReview>()->text()));
        QVERIFY(review()->findChild<app::DiffView *>()->text().contains(u"\"theirs\""_s)); // against what is there now
    }

    void tellsAtOnceWhenSomebodyElseSaves()
    {
        open(u"order"_s);
        m_page->refresh();
        QTRY_COMPARE(m_server->count(Verb::Get, u"names-and-versions"_s), 4); // the list twice, the definition, what else there is
        QVERIFY(!desk()->isVisible());
        m_server->put(order(3, u"theirs"_s));
        m_page->refresh();
        QTRY_VERIFY(desk()->isVisible());
        QVERIFY(editor()->text().contains(u"\"three\""_s)); // nobody's text changes under their hands
        Q_EMIT desk()->actionRequested();
        QTRY_VERIFY(editor()->isVisible() && editor()->text().contains(u"\"theirs\""_s));
        QVERIFY(!desk()->isVisible());

        write(u"\"theirs\""_s, u"\"mine\""_s);
        m_server->put(order(3, u"theirs again"_s));
        m_page->refresh();
        QTRY_VERIFY(desk()->isVisible());
        Q_EMIT desk()->actionRequested();
        QTRY_VERIFY(review()->isVisible());
        QVERIFY(review()->findChild<app::DiffView *>()->text().contains(u"theirs again"_s));
        click(review(), u"Save as version 4"_s);
        QTRY_VERIFY(editor()->isVisible());
        QTRY_COMPARE(table()->model()->index(1, app::DefinitionsModel::Newest).data().toString(), u"4"_s);
        QVERIFY(!desk()->isVisible()); // our own saving is nobody else's
    }

    void neverReplacesWhatChangedWhileOneLooked()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"mine\""_s);
        save();
        QTRY_VERIFY(review()->isVisible());
        m_server->put(order(3, u"theirs"_s));
        click(review(), u"Replace version 3"_s);
        QTRY_VERIFY(message<app::SaveReview>()->isVisible());
        QCOMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"theirs"_s);
        Q_EMIT message<app::SaveReview>()->actionRequested(); // compare again
        QTRY_VERIFY(review()->findChild<app::DiffView *>()->text().contains(u"\"theirs\""_s));
        click(review(), u"Replace version 3"_s);
        QTRY_COMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"mine"_s);
    }

    void whatIsNoJsonIsNotSaved()
    {
        open(u"order"_s);
        write(u"\"version\": 3,"_s, u"\"version\": 3"_s);
        m_server->asked.clear();
        save();
        QVERIFY(desk()->isVisible());
        QCOMPARE(editor()->cursor().line, 4);
        QVERIFY(m_server->asked.empty());
    }

    void errorsAreToldFirstAndTheServerHasTheLastWord()
    {
        open(u"order"_s);
        write(u"\"taskReferenceName\": \"second\""_s, u"\"taskReferenceName\": \"first\""_s);
        save();
        QVERIFY(editor()->isVisible());
        QVERIFY(desk()->isVisible());
        m_server->refusal = Error{Error::Kind::Validation, u"taskReferenceName: first should be unique across tasks for a given workflowDefinition: order"_s, {}, 400};
        Q_EMIT desk()->actionRequested(); // ask all the same
        QTRY_VERIFY(hasProblem(u"server"_s));
        QVERIFY(editor()->isVisible());
        QVERIFY(!review()->isVisible());
        QCOMPARE(m_server->count(Verb::Post, u"workflow"_s), 0);
    }

    void aRefusalStandsAtItsLineUntilTheTextChanges()
    {
        open(u"order"_s);
        m_server->refusal = Error{Error::Kind::Validation, u"tasks[1].name: WorkflowTask name cannot be empty or null"_s, {}, 400};
        click(m_page->findChild<app::ProblemList *>(), u"Check on the server"_s);
        QTRY_VERIFY(hasProblem(u"server"_s));
        const conductor::TextPosition name = editor()->read().placeOf(u"tasks[1].name"_s);
        QCOMPARE(problems()[0].line, name.line);
        QCOMPARE(editor()->cursor().line, name.line);
        m_server->refusal.reset();
        write(u"\"three\""_s, u"\"more\""_s);
        QTRY_VERIFY(problems().empty());
    }

    void draftsOutliveEverythingButBeingSaved()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"unfinished\""_s);
        while (m_page->closePane() && !table()->isVisible()) {}
        QVERIFY(table()->isVisible());
        QTRY_COMPARE(table()->model()->index(1, 0).data(app::HintTextRole).toString(), u"unsaved changes"_s);

        m_page->open(u"agent_swarm_22"_s);
        QTRY_VERIFY(editor()->text().contains(u"agent_swarm_22"_s));
        m_page->open(u"order"_s);
        QTRY_VERIFY(editor()->text().contains(u"unfinished"_s));
        QVERIFY(state(u"Unsaved changes"_s));

        m_servers->show({{.id = u"one"_s, .name = u"One"_s}, {.id = u"two"_s, .name = u"Two"_s}});
        m_servers->setCurrent(u"two"_s);
        QTRY_VERIFY(table()->isVisible());
        QCOMPARE(table()->model()->index(1, 0).data(app::HintTextRole).toString(), QString());
        m_servers->setCurrent(u"one"_s);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        m_page->open(u"order"_s);
        QTRY_VERIFY(editor()->text().contains(u"unfinished"_s));
    }

    void anotherVersionKeepsTheDraftOfTheFirst()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"unfinished\""_s);
        m_page->open(u"order"_s, 1);
        QTRY_VERIFY(editor()->text().contains(u"\"one\""_s));
        QVERIFY(state(u"As on the server"_s));
        m_page->open(u"order"_s, 3);
        QTRY_VERIFY(editor()->text().contains(u"unfinished"_s));
    }

    void aDraftOfWhatWasDeletedIsStillThere()
    {
        open(u"order"_s);
        write(u"\"three\""_s, u"\"unfinished\""_s);
        while (m_page->closePane() && !table()->isVisible()) {}
        m_server->forget(u"order"_s, 3);
        m_page->open(u"order"_s);
        QTRY_VERIFY(desk()->isVisible());
        QVERIFY(editor()->text().contains(u"unfinished"_s));
        QVERIFY(desk()->text().contains(u"not on the server any more"_s));
    }

    void changesCanBeDiscardedAndBroughtBack()
    {
        open(u"order"_s);
        const QString stored = editor()->text();
        write(u"\"three\""_s, u"\"unfinished\""_s);
        Q_EMIT bar()->discardRequested();
        QCOMPARE(editor()->text(), stored);
        QVERIFY(state(u"As on the server"_s));
        undo();
        QVERIFY(editor()->text().contains(u"unfinished"_s));
    }

    void aNewDefinitionIsSavedAsItsFirstVersion()
    {
        show();
        m_page->openNew();
        QTRY_VERIFY(editor()->isVisible());
        QVERIFY(state(u"Not on the server yet"_s));
        save();
        QTRY_VERIFY(review()->isVisible());
        QVERIFY(says(review(), u"Nothing of this name is on the server yet"_s));
        click(review(), u"Save as version 1"_s);
        QTRY_VERIFY(m_server->stored(u"new_workflow"_s, 1));
        QTRY_VERIFY(state(u"As on the server"_s));
        m_page->openNew(); // another name, not over the first
        QVERIFY(editor()->text().contains(u"\"new_workflow_2\""_s));
    }

    void runsWithTheInputItAsksFor()
    {
        open(u"order"_s);
        Q_EMIT bar()->runRequested();
        QVERIFY(form()->isVisible());
        auto *input = form()->findChild<app::JsonEditor *>();
        QCOMPARE(QJsonDocument::fromJson(input->text().toUtf8()).object(), (QJsonObject{{u"amount"_s, 21}, {u"who"_s, QString()}}));
        input->replace(u"{ \"amount\": 5 }"_s);
        form()->findChild<QLineEdit *>()->setText(u"order-7"_s);
        QSignalSpy opened(m_page.get(), &DefinitionsPage::openExecutionRequested);
        click(form(), u"Start the run"_s);
        QTRY_COMPARE(m_server->started.size(), size_t(1));
        const QJsonObject order = m_server->started[0];
        QCOMPARE(order[u"name"].toString(), u"order"_s);
        QCOMPARE(order[u"version"].toInt(), 3);
        QCOMPARE(order[u"correlationId"].toString(), u"order-7"_s);
        QCOMPARE(order[u"input"].toObject(), (QJsonObject{{u"amount"_s, 5}}));
        auto *toast = m_page->findChild<app::Toast *>();
        QTRY_VERIFY(toast->isVisible());
        Q_EMIT toast->actionRequested();
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened[0][0].toString(), u"run-1"_s);
    }

    void aFailedStartLosesNothing()
    {
        open(u"order"_s);
        Q_EMIT bar()->runRequested();
        auto *input = form()->findChild<app::JsonEditor *>();
        input->replace(u"{ \"amount\": 5 "_s);
        click(form(), u"Start the run"_s); // no JSON: nothing is sent
        QVERIFY(m_server->started.empty());
        const auto notes = form()->findChildren<app::NoteLine *>();
        QVERIFY(std::any_of(notes.begin(), notes.end(), [](app::NoteLine *note) { return note->isVisible(); }));

        input->replace(u"{ \"amount\": 5 }"_s);
        m_server->startFailure = Error{Error::Kind::Server, u"The queue is full"_s, {}, 500};
        click(form(), u"Start the run"_s);
        QTRY_VERIFY(message<app::RunForm>()->isVisible());
        QVERIFY(message<app::RunForm>()->text().contains(u"The queue is full"_s));
        QVERIFY(form()->isVisible());
        QCOMPARE(input->text(), u"{ \"amount\": 5 }"_s);
        m_page->closePane();
        Q_EMIT bar()->runRequested();
        QCOMPARE(input->text(), u"{ \"amount\": 5 }"_s);
    }

    void deletesOnlyAfterAsking()
    {
        open(u"order"_s);
        Q_EMIT bar()->deleteRequested();
        auto *question = m_page->findChild<app::VersionRemoval *>();
        QVERIFY(question && question->isVisible());
        QVERIFY(says(question, u"Delete version 3 of order?"_s));
        QTest::keyClick(question, Qt::Key_Return); // the default keeps it
        QVERIFY(m_server->stored(u"order"_s, 3));
        QTRY_VERIFY(!m_page->findChild<app::VersionRemoval *>());

        Q_EMIT bar()->deleteRequested();
        click(m_page->findChild<app::VersionRemoval *>(), u"Delete version 3"_s);
        QTRY_VERIFY(!m_server->stored(u"order"_s, 3));
        QVERIFY(m_server->stored(u"order"_s, 1));
        QTRY_VERIFY(table()->isVisible());
    }

    void aProductionServerWantsTheNameTyped()
    {
        make(true);
        QTRY_COMPARE(table()->model()->rowCount(), 2);
        m_page->open(u"order"_s);
        QTRY_VERIFY(editor()->isVisible());
        Q_EMIT bar()->deleteRequested();
        auto *question = m_page->findChild<app::VersionRemoval *>();
        QPushButton *remove = button(question, u"Delete version 3"_s);
        QVERIFY(!remove->isEnabled());
        question->findChild<QLineEdit *>()->setText(u"order"_s);
        QVERIFY(remove->isEnabled());
        QTest::mouseClick(remove, Qt::LeftButton);
        QTRY_VERIFY(!m_server->stored(u"order"_s, 3));
    }

    void findsInTheText()
    {
        open(u"agent_swarm_22"_s);
        m_page->focusSearch();
        auto *field = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(field);
        QTest::keyClicks(field, u"build_views"_s);
        QCOMPARE(area()->selectedText(), u"build_views"_s);
        const int first = editor()->cursor().line;
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(editor()->cursor().line > first);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(editor()->cursor().line, first);
        QVERIFY(m_page->closePane());
        QVERIFY(!field->isVisible());
        QVERIFY(editor()->isVisible());
    }

    // Nobody approves a text that reads otherwise than it is.
    void whatNobodySeesIsWrittenOut()
    {
        m_server->put(order(3, u"pay \u202Eevil\u200B 💥"_s));
        open(u"order"_s);
        QVERIFY2(editor()->text().contains(u"pay \\u202eevil\\u200b 💥"_s), qPrintable(editor()->text()));
        write(u"\"name\": \"second\""_s, u"\"name\": \"next\""_s);
        save();
        QTRY_VERIFY(review()->isVisible());
        QCOMPARE(review()->plan().changes.fields.size(), size_t(0)); // it is the same JSON
        QVERIFY(!review()->findChild<app::DiffView *>()->text().contains(QChar(0x202E)));
        click(review(), u"Replace version 3"_s);
        QTRY_COMPARE((*m_server->stored(u"order"_s, 3))[u"tasks"][1][u"name"].toString(), u"next"_s);
        QCOMPARE((*m_server->stored(u"order"_s, 3))[u"description"].toString(), u"pay \u202Eevil\u200B 💥"_s);
    }

    void bracketsIndentAndComeBack()
    {
        open(u"order"_s);
        area()->setFocus();
        json()->replace(u"{"_s);
        json()->goTo({1, 2});
        QTest::keyClick(area(), Qt::Key_Return);
        QTest::keyClicks(area(), u"\"a\": ["_s);
        QTest::keyClick(area(), Qt::Key_Return);
        QTest::keyClicks(area(), u"1"_s);
        QTest::keyClick(area(), Qt::Key_Return);
        QTest::keyClicks(area(), u"]"_s);
        QTest::keyClick(area(), Qt::Key_Return);
        QTest::keyClicks(area(), u"}"_s);
        QCOMPARE(editor()->text(), u"{\n  \"a\": [\n    1\n  ]\n}"_s);
    }

    void escapeIsThePages()
    {
        open(u"order"_s);
        QKeyEvent escape(QEvent::ShortcutOverride, Qt::Key_Escape, Qt::NoModifier);
        escape.ignore();
        QCoreApplication::sendEvent(area(), &escape);
        QVERIFY(!escape.isAccepted());
    }

    void aRefusedDeletionSaysWhy()
    {
        open(u"order"_s);
        Q_EMIT bar()->deleteRequested();
        m_server->error = Error{Error::Kind::Auth, u"You may not"_s, {}, 403};
        auto *question = m_page->findChild<app::VersionRemoval *>();
        click(question, u"Delete version 3"_s);
        QTRY_VERIFY(question->findChild<app::MessageBar *>()->isVisible());
        QVERIFY(question->findChild<app::MessageBar *>()->text().contains(u"You may not"_s));
        QVERIFY(question->isVisible());
    }

    void tabLeavesTheText()
    {
        open(u"order"_s);
        area()->setFocus();
        const QString before = editor()->text();
        QTest::keyClick(area(), Qt::Key_Tab);
        QVERIFY(!area()->hasFocus());
        QCOMPARE(editor()->text(), before);
    }

private:
    static QJsonObject order(int version, const QString &description)
    {
        const auto task = [](const QString &ref) {
            return QJsonObject{{u"name"_s, ref}, {u"taskReferenceName"_s, ref}, {u"type"_s, u"NOOP"_s}, {u"optional"_s, false}, {u"forkTasks"_s, QJsonArray()}};
        };
        return {{u"name"_s, u"order"_s},
                {u"version"_s, version},
                {u"description"_s, description},
                {u"timeoutPolicy"_s, u"ALERT_ONLY"_s},
                {u"timeoutSeconds"_s, 0},
                {u"inputParameters"_s, QJsonArray{u"who"_s, u"amount"_s}},
                {u"inputTemplate"_s, QJsonObject{{u"amount"_s, 21}}},
                {u"tasks"_s, QJsonArray{task(u"first"_s), task(u"second"_s)}}};
    }

    void make(bool production = false)
    {
        m_page = std::make_unique<DefinitionsPage>(*m_servers, *m_settings, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
        m_servers->show({{.id = u"one"_s, .name = u"One"_s, .production = production}});
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void show()
    {
        make();
        QTRY_COMPARE(table()->model()->rowCount(), 2);
    }

    void open(const QString &name)
    {
        show();
        m_page->open(name);
        QTRY_VERIFY(editor()->isVisible() && editor()->text().contains(name));
    }

    // Types over the first place of that text.
    void write(const QString &from, const QString &to)
    {
        QVERIFY(area()->findFirst(from, false, true, false, false, true, 0, 0));
        area()->replaceSelectedText(to);
    }

    void undo() { area()->undo(); }
    void save() { Q_EMIT bar()->saveRequested(); }

    app::Table *table() const { return m_page->findChild<app::DefinitionList *>()->findChild<app::Table *>(); }
    app::EmptyState *empty() const { return m_page->findChild<app::DefinitionList *>()->findChild<app::EmptyState *>(); }
    app::DefinitionEditor *editor() const { return m_page->findChild<app::DefinitionEditor *>(); }
    app::JsonEditor *json() const { return editor()->findChild<app::JsonEditor *>(); }
    app::CodeArea *area() const { return json()->findChild<app::CodeArea *>(); }
    app::DeskBar *bar() const { return m_page->findChild<app::DeskBar *>(); }
    app::SaveReview *review() const { return m_page->findChild<app::SaveReview *>(); }
    app::HistoryView *history() const { return m_page->findChild<app::HistoryView *>(); }
    app::RunForm *form() const { return m_page->findChild<app::RunForm *>(); }
    const conductor::Graph &graph() const { return m_page->findChild<app::TextGraph *>()->view().graph(); }
    const std::vector<conductor::Problem> &problems() const { return m_page->findChild<app::ProblemList *>()->model().rows(); }

    // Of the desk itself, not of what stands in it.
    app::MessageBar *desk() const
    {
        return bar()->parentWidget()->findChild<app::MessageBar *>(QString(), Qt::FindDirectChildrenOnly);
    }

    template <typename Widget>
    app::MessageBar *message() const
    {
        return m_page->findChild<Widget *>()->template findChild<app::MessageBar *>();
    }

    bool hasProblem(const QString &rule) const
    {
        return std::any_of(problems().begin(), problems().end(), [&](const conductor::Problem &problem) { return problem.rule == rule; });
    }

    bool state(const QString &words) const
    {
        const auto labels = bar()->findChildren<app::ElidedLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](app::ElidedLabel *label) { return label->text() == words; });
    }

    static bool says(QWidget *in, const QString &words)
    {
        const auto labels = in->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [&](QLabel *label) { return label->isVisible() && label->text().contains(words); });
    }

    static QPushButton *button(QWidget *in, const QString &text)
    {
        const auto buttons = in->findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&](QPushButton *one) { return one->text() == text; });
        return found == buttons.end() ? nullptr : *found;
    }

    static void click(QWidget *in, const QString &text)
    {
        QPushButton *found = button(in, text);
        QVERIFY2(found && found->isVisible() && found->isEnabled(), qPrintable(text));
        QTest::mouseClick(found, Qt::LeftButton);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::Settings> m_settings;
    std::shared_ptr<support::StoredDefinitions> m_server;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<DefinitionsPage> m_page;
};

QTEST_MAIN(TestDefinitions)
#include "tst_definitions.moc"
