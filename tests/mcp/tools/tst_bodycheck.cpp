// A request that the server would misread is told before it is sent, one that it would take is let through, and an OpenAPI
// document that makes no sense stops nothing and harms nothing.
#include "mcp/tools/bodycheck.h"
#include "mcp/tools/openapi.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp::tools;

namespace {

QStringList ofBody(const QString &method, const QString &path, const QJsonValue &body)
{
    const QJsonObject document = support::sample(u"openapi-3.32.3.json"_s).toObject();
    const auto located = locate(operationsOf(document), method, path);
    if (!located)
        return {located.error().message};
    const QJsonObject content = located->operation.json[u"requestBody"][u"content"].toObject();
    return misfits(body, content.begin()->toObject()[u"schema"], document, u"body"_s);
}

} // namespace

class TestBodyCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheServerTakesPasses()
    {
        QCOMPARE(ofBody(u"POST"_s, u"/api/metadata/workflow"_s, support::sample(u"kitchen_sink.definition.json"_s)), QStringList());
        QCOMPARE(ofBody(u"POST"_s, u"/api/metadata/workflow"_s, support::sample(u"kitchen_sink.definition_stored.json"_s)), QStringList());
        QCOMPARE(ofBody(u"PUT"_s, u"/api/metadata/workflow"_s, QJsonArray{support::sample(u"swarm22.definition.json"_s)}), QStringList());
        QCOMPARE(ofBody(u"POST"_s, u"/api/metadata/taskdefs"_s, support::sample(u"swarm22.taskdefs.json"_s)), QStringList());
        QCOMPARE(ofBody(u"POST"_s, u"/api/workflow"_s, QJsonObject{{u"name"_s, u"x"_s}, {u"version"_s, u"3"_s}, {u"input"_s, QJsonObject{{u"n"_s, 1}, {u"t"_s, u"a"_s}, {u"z"_s, QJsonValue()}}}}),
                 QStringList());
    }

    void mistakesAreNamedWithTheirPath_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonValue>("body");
        QTest::addColumn<QString>("part");
        QTest::newRow("missing") << u"/api/workflow"_s << QJsonValue(QJsonObject()) << u"body.name is missing"_s;
        QTest::newRow("misnamed") << u"/api/workflow"_s << QJsonValue(QJsonObject{{u"name"_s, u"x"_s}, {u"inputs"_s, QJsonObject()}}) << u"body.inputs is not known; there are "_s;
        QTest::newRow("wrong type") << u"/api/workflow"_s << QJsonValue(QJsonObject{{u"name"_s, u"x"_s}, {u"version"_s, u"newest"_s}})
                                    << u"body.version must be of type integer, not text"_s;
        QTest::newRow("out of range") << u"/api/workflow"_s << QJsonValue(QJsonObject{{u"name"_s, u"x"_s}, {u"priority"_s, 100}}) << u"body.priority must be 99 or less"_s;
        QTest::newRow("one instead of many") << u"/api/metadata/taskdefs"_s << QJsonValue(QJsonObject{{u"name"_s, u"x"_s}}) << u"body must be of type array, not an object"_s;
        QTest::newRow("no such choice") << u"/api/metadata/taskdefs"_s << QJsonValue(QJsonArray{QJsonObject{{u"name"_s, u"x"_s}, {u"retryLogic"_s, u"SOMETIMES"_s}}})
                                        << u"body[0].retryLogic must be one of FIXED"_s;
    }

    void mistakesAreNamedWithTheirPath()
    {
        QFETCH(QString, path);
        QFETCH(QJsonValue, body);
        QFETCH(QString, part);
        const QString all = ofBody(u"POST"_s, path, body).join(u'\n');
        QVERIFY2(all.contains(part), qPrintable(all));
    }

    void aDocumentWithoutSenseStopsNothing()
    {
        const QJsonObject circle{{u"$ref"_s, u"#/components/schemas/A"_s}};
        const QJsonObject self{{u"type"_s, u"object"_s}, {u"properties"_s, QJsonObject{{u"a"_s, QJsonObject{{u"$ref"_s, u"#/components/schemas/B"_s}}}}}};
        const QJsonObject document{{u"components"_s, QJsonObject{{u"schemas"_s, QJsonObject{{u"A"_s, circle}, {u"B"_s, self}}}}}};
        QJsonObject deep;
        for (int i = 0; i < 500; ++i)
            deep = QJsonObject{{u"a"_s, deep}};
        QCOMPARE(misfits(deep, circle, document, u"body"_s), QStringList());
        QCOMPARE(misfits(deep, QJsonObject{{u"$ref"_s, u"#/components/schemas/B"_s}}, document, u"body"_s), QStringList());
        for (const QJsonValue &schema : {QJsonValue(), QJsonValue(u"text"_s), QJsonValue(QJsonArray{1}), QJsonValue(QJsonObject{{u"type"_s, 7}}), QJsonValue(QJsonObject{{u"$ref"_s, 1}})})
            QCOMPARE(misfits(deep, schema, document, u"body"_s), QStringList());
    }

    void whatIsNotThereIsNoMistake()
    {
        const QJsonObject number{{u"type"_s, u"integer"_s}};
        QCOMPARE(misfits(QJsonValue(QJsonValue::Undefined), number, {}, u"version"_s), QStringList());
        QCOMPARE(misfits(QJsonValue(), number, {}, u"version"_s), QStringList());
    }

    void manyMistakesAreNotAllNamed()
    {
        QJsonArray many;
        for (int i = 0; i < 1000; ++i)
            many << QJsonObject();
        QCOMPARE(ofBody(u"POST"_s, u"/api/metadata/taskdefs"_s, many).size(), 10);
    }
};

QTEST_GUILESS_MAIN(TestBodyCheck)
#include "tst_bodycheck.moc"
