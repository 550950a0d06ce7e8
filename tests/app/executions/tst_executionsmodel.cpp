// A poll changes only what differs: the selected row stays the same execution wherever it moves.
#include "app/executions/executionsmodel.h"

#include "app/look/statuslook.h"
#include "app/widgets/roles.h"
#include "conductor/base/utc.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::ExecutionsModel;
using conductor::ExecutionStatus;
using conductor::ExecutionSummary;
using Rows = std::vector<ExecutionSummary>;

class TestExecutionsModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_now = conductor::utc(QDate(2026, 11, 22), QTime(14, 0));
        m_model = std::make_unique<ExecutionsModel>([this] { return m_now; });
    }

    void keepsTrackOfARow_data()
    {
        QTest::addColumn<QStringList>("before");
        QTest::addColumn<QStringList>("after");
        QTest::newRow("same") << QStringList{u"a"_s, u"b"_s} << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("new on top") << QStringList{u"a"_s, u"b"_s} << QStringList{u"n"_s, u"m"_s, u"a"_s, u"b"_s};
        QTest::newRow("left") << QStringList{u"a"_s, u"x"_s, u"b"_s} << QStringList{u"a"_s, u"b"_s};
        QTest::newRow("reordered") << QStringList{u"a"_s, u"b"_s, u"c"_s} << QStringList{u"c"_s, u"b"_s, u"a"_s};
        QTest::newRow("all at once") << QStringList{u"a"_s, u"x"_s, u"b"_s, u"c"_s} << QStringList{u"c"_s, u"n"_s, u"o"_s, u"b"_s, u"m"_s};
        QTest::newRow("repeated") << QStringList{u"a"_s, u"a"_s, u"b"_s} << QStringList{u"b"_s, u"a"_s};
    }

    void keepsTrackOfARow()
    {
        QFETCH(QStringList, before);
        QFETCH(QStringList, after);
        QAbstractItemModelTester tester(m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        m_model->show(rows(before));
        const QPersistentModelIndex b = m_model->match(m_model->index(0, 0), ExecutionsModel::ExecutionIdRole, u"b"_s).value(0);
        QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);

        m_model->show(rows(after));

        QCOMPARE(b.row(), int(after.indexOf(u"b")));
        QCOMPARE(b.data(ExecutionsModel::ExecutionIdRole).toString(), u"b"_s);
        QStringList shown;
        for (int row = 0; row < m_model->rowCount(); ++row)
            shown << m_model->index(row, 0).data(ExecutionsModel::ExecutionIdRole).toString();
        QCOMPARE(shown, after);
        QCOMPARE(resets.count(), 0);
    }

    void refreshesOnlyWhatDiffers()
    {
        Rows page = rows({u"a"_s, u"b"_s, u"c"_s});
        m_model->show(page);
        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);

        page[1].correlationId = u"order-1"_s;
        m_model->show(page);
        m_model->show(page);

        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 1);
    }

    void countsTheTimeOfWhatRuns()
    {
        Rows page = rows({u"a"_s});
        page[0].status = ExecutionStatus::Running;
        m_model->show(page);
        QCOMPARE(cell(0, ExecutionsModel::Duration), u"5 min 00 s"_s);
        QVERIFY(m_model->hasOpen());

        QSignalSpy changes(m_model.get(), &QAbstractItemModel::dataChanged);
        m_now = m_now.addSecs(61);
        m_model->tick();
        QVERIFY(!changes.isEmpty());
        QCOMPARE(cell(0, ExecutionsModel::Duration), u"6 min 01 s"_s);
        QCOMPARE(cell(0, ExecutionsModel::Started), u"6 min ago"_s);
    }

    void comparesDurationsOfTheSameWorkflow()
    {
        Rows page = rows({u"a"_s, u"b"_s, u"c"_s});
        page[0].durationMs = 1000;
        page[1].durationMs = 4000;
        page[2].durationMs = 10;
        page[2].name = u"other"_s;
        m_model->show(page);
        QCOMPARE(share(0), 0.25);
        QCOMPARE(share(1), 1.0);
        QCOMPARE(share(2), 1.0);

        page[1].durationMs = 2000;
        m_model->show(page);
        QCOMPARE(share(0), 0.5);
    }

    void showsWhatOthersWroteHarmlessly()
    {
        Rows page = rows({u"a"_s});
        page[0].name = u"a\u202Eb\n<b>"_s;
        page[0].reason = u"Task x failed with status: FAILED and reason: 'Sub workflow y failure reason: Task z failed with status: FAILED and reason: 'boom''"_s;
        m_model->show(page);
        QVERIFY(!cell(0, ExecutionsModel::Name).contains(u'\u202E'));
        QVERIFY(!cell(0, ExecutionsModel::Name).contains(u'\n'));
        QCOMPARE(cell(0, ExecutionsModel::Reason), u"boom"_s);
        const QString toolTip = m_model->index(0, ExecutionsModel::Name).data(Qt::ToolTipRole).toString();
        QVERIFY(!toolTip.contains(u"<b>"));
        QVERIFY(m_model->index(0, ExecutionsModel::Reason).data(Qt::ToolTipRole).toString().contains(u"Sub workflow y"));
    }

    void tellsTheStatus()
    {
        Rows page = rows({u"a"_s});
        page[0].status = ExecutionStatus::TimedOut;
        m_model->show(page);
        QCOMPARE(cell(0, ExecutionsModel::Status), u"Timed out"_s);
        QCOMPARE(m_model->index(0, 0).data(app::StatusRole).value<app::StatusLook>().family, conductor::StatusFamily::Bad);
    }

private:
    Rows rows(const QStringList &ids) const
    {
        Rows rows;
        for (const QString &id : ids) {
            ExecutionSummary row;
            row.id = id;
            row.name = u"flow"_s;
            row.status = ExecutionStatus::Completed;
            row.started = m_now.addSecs(-300);
            rows.push_back(row);
        }
        return rows;
    }

    QString cell(int row, int column) const { return m_model->index(row, column).data().toString(); }
    double share(int row) const { return m_model->index(row, ExecutionsModel::Duration).data(app::ShareRole).toDouble(); }

    QDateTime m_now;
    std::unique_ptr<ExecutionsModel> m_model;
};

QTEST_GUILESS_MAIN(TestExecutionsModel)
#include "tst_executionsmodel.moc"
