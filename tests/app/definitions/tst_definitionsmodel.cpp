// The list of definitions: a row per workflow from its versions, unsaved work shown, words and sorting, selection over refreshes.
#include "app/definitions/definitionsmodel.h"

#include "app/widgets/roles.h"
#include "conductor/base/utc.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::DefinitionsModel;
using conductor::DefinitionVersion;

class TestDefinitionsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void gathersVersions()
    {
        const auto rows = app::definitionRows(sample(), {});
        QCOMPARE(rows.size(), size_t(3));
        QCOMPARE(rows[0].name, u"order"_s);
        QCOMPARE(rows[0].versions, 2);
        QCOMPARE(rows[0].newest, 4);
        QCOMPARE(rows[0].created, day(1));
        QCOMPARE(rows[0].changed, day(9));
    }

    void aVersionWithoutAnyTimeHasNone()
    {
        const auto rows = app::definitionRows({{.name = u"put"_s, .version = 1, .created = {}, .updated = {}}}, {});
        QVERIFY(!rows[0].created.isValid());
        QVERIFY(!rows[0].changed.isValid());
    }

    void showsWhatIsNotSaved()
    {
        DefinitionsModel model([] { return day(10); });
        model.show(app::definitionRows(sample(), {u"refund"_s, u"brand_new"_s}));
        model.sort(DefinitionsModel::Name, Qt::AscendingOrder);
        QCOMPARE(names(model), QStringList({u"brand_new"_s, u"order"_s, u"Refill"_s, u"refund"_s}));
        QCOMPARE(model.index(0, 0).data(app::HintTextRole).toString(), u"not saved yet"_s);
        QCOMPARE(model.index(1, 0).data(app::HintTextRole).toString(), QString());
        QCOMPARE(model.index(3, 0).data(app::HintTextRole).toString(), u"unsaved changes"_s);
        QCOMPARE(model.index(0, DefinitionsModel::Newest).data().toString(), QString());
    }

    void filtersByAllWords()
    {
        DefinitionsModel model([] { return day(10); });
        model.show(app::definitionRows(sample(), {}));
        model.setFilter(u"RE nd"_s);
        QCOMPARE(names(model), QStringList({u"refund"_s}));
        QCOMPARE(model.total(), 3);
        model.setFilter({});
        QCOMPARE(model.rowCount(), 3);
    }

    void sortsByEveryColumn()
    {
        DefinitionsModel model([] { return day(10); });
        QAbstractItemModelTester tester(&model);
        model.show(app::definitionRows(sample(), {}));
        model.sort(DefinitionsModel::Newest, Qt::DescendingOrder);
        QCOMPARE(names(model), QStringList({u"refund"_s, u"order"_s, u"Refill"_s}));
        model.sort(DefinitionsModel::Changed, Qt::DescendingOrder);
        QCOMPARE(names(model).first(), u"order"_s);
        model.sort(DefinitionsModel::Created, Qt::AscendingOrder);
        QCOMPARE(names(model).first(), u"order"_s);
        model.sort(DefinitionsModel::Versions, Qt::DescendingOrder);
        QCOMPARE(names(model).first(), u"order"_s);
    }

    void changesOnlyTheRowsThatDiffer()
    {
        DefinitionsModel model([] { return day(10); });
        model.show(app::definitionRows(sample(), {}));
        const QPersistentModelIndex refund(model.index(int(names(model).indexOf(u"refund"_s)), 0));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        auto versions = sample();
        versions.insert(versions.begin(), {.name = u"invoice"_s, .version = 1, .created = day(8), .updated = {}});
        versions.back().version = 8;
        model.show(app::definitionRows(versions, {}));
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(refund.data().toString(), u"refund"_s);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(reset.size(), 0);
    }

    void hostileNamesAreMadeHarmless()
    {
        DefinitionsModel model([] { return day(10); });
        model.show({{.name = u"pay\u202Elive"_s, .newest = 1, .versions = 1}});
        QVERIFY(!model.index(0, 0).data().toString().contains(QChar(0x202E)));
        QCOMPARE(model.index(0, 0).data(DefinitionsModel::NameRole).toString(), u"pay\u202Elive"_s);
    }

private:
    static QDateTime day(int number) { return conductor::utc(QDate(2026, 11, number), QTime(12, 0)); }

    static std::vector<DefinitionVersion> sample()
    {
        return {{.name = u"order"_s, .version = 1, .created = day(1), .updated = {}},
                {.name = u"order"_s, .version = 4, .created = day(5), .updated = day(9)},
                {.name = u"Refill"_s, .version = 2, .created = day(2), .updated = {}},
                {.name = u"refund"_s, .version = 7, .created = day(3), .updated = {}}};
    }

    static QStringList names(const DefinitionsModel &model)
    {
        QStringList names;
        for (const app::DefinitionRow &row : model.rows())
            names << row.name;
        return names;
    }
};

QTEST_MAIN(TestDefinitionsModel)
#include "tst_definitionsmodel.moc"
