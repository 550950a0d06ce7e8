// Arguments of models: their usual mistakes are mended, the rest is told so that the next call is right.
#include "mcp/protocol/schema.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using mcp::Schema;

namespace {

QJsonObject typed(const QString &type, const QString &description = {})
{
    return {{u"type"_s, type}, {u"description"_s, description}};
}

Schema example()
{
    QJsonObject ids = typed(u"array"_s, u"Ids of executions"_s);
    ids[u"items"] = typed(u"string"_s);
    ids[u"maxItems"] = 3;
    QJsonObject action = typed(u"string"_s);
    action[u"enum"] = QJsonArray{u"retry"_s, u"skip"_s};
    QJsonObject limit = typed(u"integer"_s);
    limit[u"minimum"] = 1;
    limit[u"maximum"] = 10;
    return Schema(QJsonObject{{u"type"_s, u"object"_s},
                              {u"properties"_s, QJsonObject{{u"workflow_ids"_s, ids},
                                                            {u"action"_s, action},
                                                            {u"limit"_s, limit},
                                                            {u"input"_s, typed(u"object"_s)},
                                                            {u"deep"_s, typed(u"boolean"_s)}}},
                              {u"required"_s, QJsonArray{u"workflow_ids"_s}},
                              {u"additionalProperties"_s, false}});
}

const QJsonArray one{u"a"_s};

} // namespace

class TestSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mends_data()
    {
        QTest::addColumn<QJsonObject>("given");
        QTest::addColumn<QJsonObject>("mended");
        QTest::newRow("one text for a list") << QJsonObject{{u"workflow_ids"_s, u"a"_s}} << QJsonObject{{u"workflow_ids"_s, one}};
        QTest::newRow("a list as text") << QJsonObject{{u"workflow_ids"_s, u"[\"a\"]"_s}} << QJsonObject{{u"workflow_ids"_s, one}};
        QTest::newRow("the singular") << QJsonObject{{u"workflow_id"_s, u"a"_s}} << QJsonObject{{u"workflow_ids"_s, one}};
        QTest::newRow("number as text") << QJsonObject{{u"limit"_s, u"5"_s}} << QJsonObject{{u"limit"_s, 5}};
        QTest::newRow("truth as text") << QJsonObject{{u"deep"_s, u"true"_s}} << QJsonObject{{u"deep"_s, true}};
        QTest::newRow("object as text") << QJsonObject{{u"input"_s, u"{\"x\":1}"_s}} << QJsonObject{{u"input"_s, QJsonObject{{u"x"_s, 1}}}};
        QTest::newRow("null is left out") << QJsonObject{{u"limit"_s, QJsonValue()}} << QJsonObject{};
        QTest::newRow("no guessing") << QJsonObject{{u"limit"_s, u"many"_s}, {u"input"_s, u"x"_s}} << QJsonObject{{u"limit"_s, u"many"_s}, {u"input"_s, u"x"_s}};
    }

    void mends()
    {
        QFETCH(QJsonObject, given);
        QTEST(example().mended(given), "mended");
    }

    void tellsWhatDoesNotFit_data()
    {
        QTest::addColumn<QJsonObject>("given");
        QTest::addColumn<QString>("problem");
        QTest::newRow("missing") << QJsonObject{} << u"\"workflow_ids\" is missing: Ids of executions"_s;
        QTest::newRow("unknown") << QJsonObject{{u"workflow_ids"_s, one}, {u"wait"_s, 1}}
                                 << u"There is no argument \"wait\". Arguments: action, deep, input, limit, workflow_ids"_s;
        QTest::newRow("near") << QJsonObject{{u"workflow_ids"_s, one}, {u"Limit"_s, 1}}
                              << u"There is no argument \"Limit\"; perhaps \"limit\" is meant. Arguments: action, deep, input, limit, workflow_ids"_s;
        QTest::newRow("choice") << QJsonObject{{u"workflow_ids"_s, one}, {u"action"_s, u"fly"_s}} << u"\"action\" must be one of retry, skip"_s;
        QTest::newRow("type") << QJsonObject{{u"workflow_ids"_s, one}, {u"input"_s, 3}} << u"\"input\" must be an object, not number"_s;
    }

    void tellsWhatDoesNotFit()
    {
        QFETCH(QJsonObject, given);
        QFETCH(QString, problem);
        QCOMPARE(example().problems(given), QStringList{problem});
    }

    void leavesTheFinerPointsToTheLibrary()
    {
        const QStringList tooMany = example().problems({{u"workflow_ids"_s, QJsonArray{u"a"_s, u"b"_s, u"c"_s, u"d"_s}}});
        QCOMPARE(tooMany.size(), 1);
        QVERIFY2(tooMany[0].startsWith(u"\"workflow_ids\""), qPrintable(tooMany[0]));
        QVERIFY(!example().problems({{u"workflow_ids"_s, one}, {u"limit"_s, 11}}).isEmpty());
        QVERIFY(!example().problems({{u"workflow_ids"_s, QJsonArray{1}}}).isEmpty());
        QVERIFY(example().problems({{u"workflow_ids"_s, one}, {u"limit"_s, 10}}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSchema)
#include "tst_schema.moc"
