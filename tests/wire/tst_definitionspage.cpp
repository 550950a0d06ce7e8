// The definitions page on the real server: what is written is checked, compared, stored and started there; what it refuses
// stands at the right line; what it stores is read again as written.
#include "app/definitions/definitionspage.h"

#include "app/definitions/codearea.h"
#include "app/definitions/definitioneditor.h"
#include "app/definitions/definitionlist.h"
#include "app/definitions/deskbar.h"
#include "app/definitions/diffview.h"
#include "app/definitions/jsoneditor.h"
#include "app/definitions/problemlist.h"
#include "app/definitions/problemsmodel.h"
#include "app/definitions/runform.h"
#include "app/definitions/savereview.h"
#include "app/definitions/versionremoval.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/toast.h"
#include "conductor/definition/compact.h"
#include "support/realserver.h"

#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QRandomGenerator>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using app::DefinitionsPage;
using support::settled;

namespace {

constexpr int patience = 30'000; // the machine may be busy

} // namespace

class TestDefinitionsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_name = u"definitionspage_%1"_s.arg(QRandomGenerator::global()->generate());
    }

    void init()
    {
        QVERIFY(settled(m_client.definitions().create(sample(), Definitions::Existing::Replace)));
        m_directory = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<app::Settings>(m_directory->filePath(u"settings.json"_s));
        m_servers = std::make_unique<app::Servers>([this](const app::ServerEntry &) { return m_client; });
        m_page = std::make_unique<DefinitionsPage>(*m_servers, *m_settings, app::systemTime);
        m_page->resize(1080, 800);
        m_page->show();
        m_page->setLive(true);
        m_servers->show({{.id = u"one"_s, .name = u"One"_s}});
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
    }

    void cleanup()
    {
        m_page.reset();
        m_servers.reset();
        m_settings.reset();
        for (int version = 1; version <= 3; ++version)
            settled(m_client.definitions().remove(m_name, version));
    }

    void listsWhatIsThere()
    {
        QTRY_VERIFY_WITH_TIMEOUT(names().contains(m_name), patience);
    }

    void aProblemAppearsAndVanishes()
    {
        open();
        QCOMPARE(problems().size(), size_t(0));
        write(u"${first.output.result}"_s, u"${frist.output.result}"_s);
        QTRY_VERIFY(!problems().empty());
        QVERIFY2(problems()[0].message.contains(u"frist"_s), qPrintable(problems()[0].message));
        area()->undo();
        QTRY_VERIFY(problems().empty());
    }

    void savesANewVersionAfterShowingTheDifference()
    {
        open();
        write(u"\"as it was\""_s, u"\"as it is now\""_s);
        Q_EMIT bar()->saveRequested();
        QTRY_VERIFY_WITH_TIMEOUT(review()->isVisible(), patience);
        QVERIFY(review()->findChild<app::DiffView *>()->text().contains(u"as it was"_s));
        QCOMPARE(review()->plan().comparedWith, 1);
        QVERIFY2(review()->plan().conflict.isEmpty(), qPrintable(review()->plan().conflict));
        QCOMPARE(review()->plan().changes.fields.size(), size_t(1)); // what the server added is no difference
        click(review(), u"Save as version 2"_s);
        QTRY_VERIFY_WITH_TIMEOUT(editor()->isVisible() && editor()->text().contains(u"\"version\": 2"_s), patience);
        const auto stored = settled(m_client.definitions().get(m_name, 2));
        QVERIFY(stored);
        QCOMPARE((*stored)->description, u"as it is now"_s);
        QCOMPARE((*settled(m_client.definitions().get(m_name, 1)))->description, u"as it was"_s);

        // What is shown is what is stored: saving again would change nothing.
        Q_EMIT bar()->saveRequested();
        QTRY_VERIFY_WITH_TIMEOUT(review()->isVisible(), patience);
        QVERIFY(review()->plan().changes.isEmpty());
        QCOMPARE(review()->plan().before, review()->plan().after);
    }

    void replacesAVersionAndTellsOfAnothersChange()
    {
        open();
        write(u"\"as it was\""_s, u"\"mine\""_s);
        QJsonObject theirs = sample();
        theirs[u"description"] = u"theirs"_s;
        QVERIFY(settled(m_client.definitions().create(theirs, Definitions::Existing::Replace)));
        Q_EMIT bar()->saveRequested();
        QTRY_VERIFY_WITH_TIMEOUT(review()->isVisible(), patience);
        QVERIFY(review()->plan().conflict.contains(u"changed on the server since you opened it"_s));
        QVERIFY(review()->findChild<app::DiffView *>()->text().contains(u"theirs"_s));
        click(review(), u"Replace version 1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(editor()->isVisible(), patience);
        QCOMPARE((*settled(m_client.definitions().get(m_name, 1)))->description, u"mine"_s);
    }

    void whatTheServerRefusesStandsAtItsLine_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("path");
        QTest::newRow("a path") << u"\"name\": \"compute\""_s << u"\"name\": \"\""_s << u"tasks[0].name"_s;
        QTest::newRow("a reference that nobody has") << u"${first.output.result}"_s << u"${nobody.output.result}"_s << u"tasks[1].inputParameters.twice"_s;
        QTest::newRow("a reference twice") << u"\"taskReferenceName\": \"second\""_s << u"\"taskReferenceName\": \"first\""_s << u"tasks[0]"_s;
        QTest::newRow("what a type needs") << u"\"expression\": \"$.n * 2\","_s << QString() << QString();
    }

    void whatTheServerRefusesStandsAtItsLine()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, path);
        open();
        write(from, to);
        click(m_page->findChild<app::ProblemList *>(), u"Check on the server"_s);
        if (path.isEmpty()) { // the server takes an INLINE without expression: only we tell
            QTRY_VERIFY_WITH_TIMEOUT(desk()->isVisible(), patience);
            QCOMPARE(desk()->kind(), app::MessageBar::Kind::Success);
            QVERIFY(!problems().empty());
            return;
        }
        QTRY_VERIFY_WITH_TIMEOUT(hasServersProblem(), patience);
        const int line = editor()->read().placeOf(path).line;
        QVERIFY(line > 1);
        QCOMPARE(problems()[0].rule, u"server"_s);
        QCOMPARE(problems()[0].line, line);
        QCOMPARE(editor()->cursor().line, line);
        QVERIFY(area()->markersAtLine(line - 1) & (1 << app::CodeArea::ErrorMark));
        // The server's word and ours are about the same place.
        QVERIFY(std::any_of(problems().begin() + 1, problems().end(), [](const Problem &problem) { return problem.severity == Problem::Severity::Error; }));
    }

    void startsARunThatTheServerKnows()
    {
        open();
        Q_EMIT bar()->runRequested();
        QVERIFY(form()->isVisible());
        auto *input = form()->findChild<app::JsonEditor *>();
        QVERIFY2(input->text().contains(u"\"n\": 4"_s), qPrintable(input->text()));
        input->replace(u"{ \"n\": 21 }"_s);
        form()->findChild<QLineEdit *>()->setText(m_name + u"-run"_s);
        QSignalSpy opened(m_page.get(), &DefinitionsPage::openExecutionRequested);
        click(form(), u"Start the run"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<app::Toast *>()->isVisible(), patience);
        Q_EMIT m_page->findChild<app::Toast *>()->actionRequested();
        QCOMPARE(opened.size(), 1);
        const auto run = settled(m_client.executions().get(opened[0][0].toString()));
        QVERIFY(run);
        QCOMPARE((*run)->name, m_name);
        QCOMPARE((*run)->input[u"n"].toInt(), 21);
        QCOMPARE((*run)->correlationId, QString(m_name + u"-run"_s));
    }

    void deletesAVersion()
    {
        open();
        Q_EMIT bar()->deleteRequested();
        click(m_page->findChild<app::VersionRemoval *>(), u"Delete version 1"_s);
        QTRY_VERIFY_WITH_TIMEOUT(m_page->findChild<app::DefinitionList *>()->isVisible(), patience);
        QCOMPARE(settled(m_client.definitions().get(m_name, 1)).error().kind, Error::Kind::NotFound);
        QTRY_VERIFY_WITH_TIMEOUT(!names().contains(m_name), patience);
    }

private:
    QJsonObject sample() const
    {
        const QJsonObject first{{u"name"_s, u"compute"_s},
                                {u"taskReferenceName"_s, u"first"_s},
                                {u"type"_s, u"INLINE"_s},
                                {u"inputParameters"_s,
                                 QJsonObject{{u"evaluatorType"_s, u"graaljs"_s}, {u"expression"_s, u"$.n * 2"_s}, {u"n"_s, u"${workflow.input.n}"_s}}}};
        const QJsonObject second{{u"name"_s, u"remember"_s},
                                 {u"taskReferenceName"_s, u"second"_s},
                                 {u"type"_s, u"SET_VARIABLE"_s},
                                 {u"inputParameters"_s, QJsonObject{{u"twice"_s, u"${first.output.result}"_s}}}};
        return {{u"name"_s, m_name},
                {u"version"_s, 1},
                {u"schemaVersion"_s, 2},
                {u"description"_s, u"as it was"_s},
                {u"ownerEmail"_s, u"dev@example.com"_s},
                {u"inputParameters"_s, QJsonArray{u"n"_s}},
                {u"inputTemplate"_s, QJsonObject{{u"n"_s, 4}}},
                {u"tasks"_s, QJsonArray{first, second}}};
    }

    void open()
    {
        m_page->open(m_name);
        QTRY_VERIFY_WITH_TIMEOUT(editor()->isVisible(), patience);
    }

    void write(const QString &from, const QString &to)
    {
        QVERIFY2(area()->findFirst(from, false, true, false, false, true, 0, 0), qPrintable(editor()->text()));
        area()->replaceSelectedText(to);
    }

    app::DefinitionEditor *editor() const { return m_page->findChild<app::DefinitionEditor *>(); }
    app::CodeArea *area() const { return editor()->findChild<app::CodeArea *>(); }
    app::DeskBar *bar() const { return m_page->findChild<app::DeskBar *>(); }
    app::SaveReview *review() const { return m_page->findChild<app::SaveReview *>(); }
    app::RunForm *form() const { return m_page->findChild<app::RunForm *>(); }
    app::MessageBar *desk() const { return bar()->parentWidget()->findChild<app::MessageBar *>(QString(), Qt::FindDirectChildrenOnly); }
    const std::vector<Problem> &problems() const { return m_page->findChild<app::ProblemList *>()->model().rows(); }

    bool hasServersProblem() const
    {
        return std::any_of(problems().begin(), problems().end(), [](const Problem &problem) { return problem.rule == u"server"_s; });
    }

    QStringList names() const
    {
        QStringList names;
        for (const app::DefinitionRow &row : m_page->findChild<app::DefinitionList *>()->model().rows())
            names << row.name;
        return names;
    }

    static void click(QWidget *in, const QString &text)
    {
        const auto buttons = in->findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [&](QPushButton *one) { return one->text() == text; });
        QVERIFY2(found != buttons.end() && (*found)->isVisible() && (*found)->isEnabled(), qPrintable(text));
        QTest::mouseClick(*found, Qt::LeftButton);
    }

    Client m_client = support::realClient();
    QString m_name;
    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::Settings> m_settings;
    std::unique_ptr<app::Servers> m_servers;
    std::unique_ptr<DefinitionsPage> m_page;
};

QTEST_MAIN(TestDefinitionsPage)
#include "tst_definitionspage.moc"
