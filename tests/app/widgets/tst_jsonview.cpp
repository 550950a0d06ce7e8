// JSON to read: a tree that opens large values at once, text that is capped with the whole on request, nothing that acts.
#include "app/widgets/jsonmodel.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/plaintextpane.h"
#include "support/samples.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QToolButton>
#include <QTreeView>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::JsonModel;
using app::JsonView;
using app::PlainTextPane;

class TestJsonView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isAModel()
    {
        JsonModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tester.setUseFetchMore(false); // it would fetch while rows are being inserted
        model.show(support::sample(u"search.result.json"_s));
        while (model.canFetchMore({}))
            model.fetchMore({});
        const QModelIndex results = model.match(model.index(0, 0), Qt::DisplayRole, u"results"_s).value(0);
        QVERIFY(results.isValid());
        model.fetchMore(results);
        QCOMPARE(model.rowCount(results), 18);
        const QModelIndex row = model.index(3, 0, results);
        model.fetchMore(row);
        const QModelIndex id = model.match(model.index(0, 0, row), Qt::DisplayRole, u"workflowId"_s).value(0);
        QCOMPARE(model.path(id), u"results[3].workflowId"_s);
        QCOMPARE(id.siblingAtColumn(JsonModel::Value).data().toString(), model.at(id).toString());
    }

    void makesOnlyWhatIsLookedAt()
    {
        QJsonArray many;
        for (int i = 0; i < 100'000; ++i)
            many << i;
        JsonModel model;
        model.show(QJsonObject{{u"many"_s, many}});
        model.fetchMore({});
        const QModelIndex index = model.index(0, 0);
        QVERIFY(model.hasChildren(index));
        QCOMPARE(model.rowCount(index), 0);
        model.fetchMore(index);
        QCOMPARE(model.rowCount(index), 200);
        QVERIFY(model.canFetchMore(index));
    }

    void writesValues_data()
    {
        QTest::addColumn<QJsonValue>("value");
        QTest::addColumn<QString>("text");
        QTest::newRow("text") << QJsonValue(u"x"_s) << u"x"_s;
        QTest::newRow("whole number") << QJsonValue(qint64(1795346046134)) << u"1795346046134"_s;
        QTest::newRow("fraction") << QJsonValue(0.1) << u"0.1"_s;
        QTest::newRow("true") << QJsonValue(true) << u"true"_s;
        QTest::newRow("null") << QJsonValue() << u"null"_s;
        QTest::newRow("object") << QJsonValue(QJsonObject{{u"a"_s, 1}}) << u"{1}"_s;
        QTest::newRow("array") << QJsonValue(QJsonArray{1, 2}) << u"[2]"_s;
    }

    void writesValues()
    {
        QFETCH(QJsonValue, value);
        QTEST(app::jsonPreview(value), "text");
    }

    void showsHostileTextHarmlessly()
    {
        JsonModel model;
        model.show(QJsonObject{{u"k\u202E"_s, u"<b>\u0007\u202E"_s}});
        model.fetchMore({});
        for (int column : {0, 1})
            QVERIFY(!model.index(0, column).data().toString().contains(u'\u202E'));
    }

    void capsTextWithTheWholeOnRequest()
    {
        JsonView view(u"Output of the task"_s);
        view.show();
        const QString lots(300'000, u'x');
        view.show(QJsonObject{{u"lots"_s, lots}});
        view.setMode(JsonView::Mode::Text);
        auto *text = view.findChild<PlainTextPane *>();
        QVERIFY(text->isCapped());
        QVERIFY(text->toPlainText().size() < 70'000);

        const auto buttons = view.findChildren<QPushButton *>();
        const auto whole = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) { return button->isVisible(); });
        QVERIFY(whole != buttons.end());
        (*whole)->click();
        QVERIFY(!text->isCapped());
        QCOMPARE(text->toPlainText().count(u'x'), lots.size());
        QVERIFY((*whole)->isHidden());
    }

    void keepsWhatWasUnfoldedWhileTheValueIsTheSame()
    {
        JsonView view(u"Input"_s);
        const QJsonValue json = support::sample(u"search.swarm.json"_s);
        view.show(json);
        auto *tree = view.findChild<QTreeView *>();
        tree->expandAll();
        const QModelIndex results = tree->model()->index(0, 0);
        QVERIFY(tree->isExpanded(results));
        view.show(support::sample(u"search.swarm.json"_s));
        QVERIFY(tree->isExpanded(tree->model()->index(0, 0)));
    }

    void copiesTheWholeJson()
    {
        JsonView view(u"Input"_s);
        view.show(QJsonObject{{u"a"_s, QJsonArray{1, u"\u202E"_s}}});
        QSignalSpy copied(&view, &JsonView::copied);
        const auto buttons = view.findChildren<QToolButton *>();
        QCOMPARE(buttons.size(), 1);
        buttons[0]->click();
        QCOMPARE(copied.size(), 1);
        QCOMPARE(QJsonDocument::fromJson(QGuiApplication::clipboard()->text().toUtf8()).object(), (QJsonObject{{u"a"_s, QJsonArray{1, u"\u202E"_s}}}));
    }
};

QTEST_MAIN(TestJsonView)
#include "tst_jsonview.moc"
