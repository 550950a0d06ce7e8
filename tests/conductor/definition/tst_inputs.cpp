// What a workflow is started with fits what its definition expects: names that are missing and names that nobody reads are told.
#include "conductor/definition/inputs.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace {

WorkflowDefinition definition(const QJsonArray &declared, const QJsonObject &reads, const QJsonObject &defaults = {})
{
    const QJsonArray tasks{QJsonObject{{u"name"_s, u"a"_s}, {u"taskReferenceName"_s, u"a"_s}, {u"type"_s, u"SIMPLE"_s}, {u"inputParameters"_s, reads}}};
    return *WorkflowDefinition::fromJson(QJsonObject{{u"name"_s, u"w"_s}, {u"inputParameters"_s, declared}, {u"inputTemplate"_s, defaults}, {u"tasks"_s, tasks}});
}

} // namespace

class TestInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAreFoundAnywhere()
    {
        const WorkflowDefinition found = definition({}, {{u"x"_s, u"${workflow.input.order.id}/${workflow.input.items[0]}"_s},
                                                         {u"deep"_s, QJsonObject{{u"y"_s, QJsonArray{u"${workflow.input.goal}"_s}}}},
                                                         {u"other"_s, u"${workflow.variables.none} ${b.output.input}"_s}});
        QCOMPARE(inputsRead(found), QStringList({u"goal"_s, u"items"_s, u"order"_s}));
    }

    void fits_data()
    {
        QTest::addColumn<QJsonObject>("input");
        QTest::addColumn<QStringList>("missing");
        QTest::addColumn<QStringList>("unknown");
        QTest::newRow("all") << QJsonObject{{u"id"_s, 1}, {u"goal"_s, 2}} << QStringList() << QStringList();
        QTest::newRow("undeclared but read") << QJsonObject{{u"id"_s, 1}, {u"goal"_s, 2}, {u"extra"_s, 3}} << QStringList() << QStringList();
        QTest::newRow("missing") << QJsonObject{{u"id"_s, 1}} << QStringList{u"goal"_s} << QStringList();
        QTest::newRow("misnamed") << QJsonObject{{u"id"_s, 1}, {u"Goal"_s, 2}} << QStringList{u"goal"_s} << QStringList{u"Goal"_s};
        QTest::newRow("null is given") << QJsonObject{{u"id"_s, QJsonValue::Null}, {u"goal"_s, 2}} << QStringList() << QStringList();
        QTest::newRow("a default may be overridden") << QJsonObject{{u"id"_s, 1}, {u"goal"_s, 2}, {u"size"_s, 3}} << QStringList() << QStringList();
    }

    void fits()
    {
        QFETCH(QJsonObject, input);
        const InputFit fit = fitOf(definition({u"id"_s, u"goal"_s, u"size"_s}, {{u"x"_s, u"${workflow.input.extra}"_s}}, {{u"size"_s, 7}}), input);
        QTEST(fit.missing, "missing");
        QTEST(fit.unknown, "unknown");
        QCOMPARE(fit.isGood(), fit.missing.isEmpty() && fit.unknown.isEmpty());
    }

    void whoSaysNothingKnowsNothing() { QVERIFY(fitOf(definition({}, {}), {{u"anything"_s, 1}}).isGood()); }
};

QTEST_GUILESS_MAIN(TestInputs)
#include "tst_inputs.moc"
