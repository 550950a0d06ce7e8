// The lint of tools: each thing that some AI client refuses or misreads is found and named, and our own tools have none of them.
#include "mcp/protocol/portability.h"
#include "mcp/protocol/revision.h"
#include "mcp/protocol/uritemplate.h"
#include "mcp/protocol/weight.h"
#include "mcp/server/wireform.h"
#include "mcp/tools/catalogue.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace {

QJsonObject schemaOf(const QJsonObject &properties)
{
    return {{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
}

QJsonObject tool(const QString &name, const QJsonObject &schema, const QString &description = u"What it does and when to use it"_s)
{
    return {{u"name"_s, name}, {u"description"_s, description}, {u"inputSchema"_s, schema}};
}

QJsonObject text(const QString &description = u"A name"_s)
{
    return {{u"type"_s, u"string"_s}, {u"description"_s, description}};
}

QStringList rules(const QJsonArray &tools)
{
    QStringList found;
    for (const PortabilityFinding &finding : portabilityFindings(tools))
        found << finding.rule;
    return found;
}

} // namespace

class TestPortability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ourToolsPass()
    {
        const std::shared_ptr<const ToolRegistry> known = tools::catalogueOfEffects();
        for (const Revision revision : {Revision::R2024_11_05, newestHandshake, Revision::R2026_07_28}) {
            QJsonArray tools;
            for (const ToolRegistry::Entry &entry : known->entries())
                tools << toolJson(entry.tool, revision);
            QVERIFY(tools.size() >= 20);
            QStringList found;
            for (const PortabilityFinding &finding : portabilityFindings(tools))
                found << finding.tool + u": "_s + finding.message;
            QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
        }
    }

    void findsEachFault_data()
    {
        QTest::addColumn<QJsonObject>("faulty");
        QTest::addColumn<QString>("rule");
        const QJsonObject fine = schemaOf({{u"name"_s, text()}});
        QJsonObject combined = fine, referring = fine, requiring = fine;
        combined[u"anyOf"] = QJsonArray{fine};
        referring[u"properties"] = QJsonObject{{u"name"_s, QJsonObject{{u"$ref"_s, u"#/x"_s}, {u"type"_s, u"string"_s}, {u"description"_s, u"A name"_s}}}};
        requiring[u"required"] = QJsonArray{u"other"_s};
        QTest::newRow("a capital in the name") << tool(u"Fine"_s, fine) << u"tool-name"_s;
        QTest::newRow("a long name") << tool(QString(41, u'a'), fine) << u"tool-name"_s;
        QTest::newRow("no description") << tool(u"a"_s, fine, u" "_s) << u"description"_s;
        QTest::newRow("a long description") << tool(u"a"_s, fine, QString(401, u'a')) << u"description"_s;
        QTest::newRow("an argument without one") << tool(u"a"_s, schemaOf({{u"name"_s, QJsonObject{{u"type"_s, u"string"_s}}}})) << u"description"_s;
        QTest::newRow("no schema") << tool(u"a"_s, {}) << u"schema"_s;
        QTest::newRow("a combinator at the top") << tool(u"a"_s, combined) << u"combinator"_s;
        QTest::newRow("a reference") << tool(u"a"_s, referring) << u"ref"_s;
        QTest::newRow("required but not there") << tool(u"a"_s, requiring) << u"required"_s;
        QTest::newRow("a long argument") << tool(u"a"_s, schemaOf({{QString(65, u'a'), text()}})) << u"property-name"_s;
        QTest::newRow("a blank in an argument") << tool(u"a"_s, schemaOf({{u"a b"_s, text()}})) << u"property-name"_s;
        QTest::newRow("neither type nor description") << tool(u"a"_s, schemaOf({{u"b"_s, QJsonObject{{u"type"_s, u"object"_s}, {u"description"_s, u"One"_s}, {u"properties"_s, QJsonObject{{u"c"_s, QJsonObject()}}}}}})) << u"type"_s;
        QTest::newRow("an unknown type") << tool(u"a"_s, schemaOf({{u"b"_s, QJsonObject{{u"type"_s, u"date"_s}, {u"description"_s, u"A day"_s}}}})) << u"type"_s;
        QTest::newRow("two types") << tool(u"a"_s, schemaOf({{u"b"_s, QJsonObject{{u"type"_s, QJsonArray{u"string"_s, u"null"_s}}, {u"description"_s, u"A day"_s}}}})) << u"type"_s;
        QTest::newRow("a list of anything") << tool(u"a"_s, schemaOf({{u"b"_s, QJsonObject{{u"type"_s, u"array"_s}, {u"description"_s, u"Days"_s}}}})) << u"items"_s;
    }

    void findsEachFault()
    {
        QFETCH(QJsonObject, faulty);
        QFETCH(QString, rule);
        QCOMPARE(rules({faulty}), QStringList(rule));
        QCOMPARE(portabilityFindings({faulty}).front().tool, faulty[u"name"].toString());
    }

    void findsWhatIsTooMuchTogether()
    {
        QJsonArray many;
        for (int i = 0; i < 41; ++i)
            many << tool(u"tool_%1"_s.arg(i), schemaOf({{u"name"_s, text()}}));
        QCOMPARE(rules(many), QStringList(u"tool-count"_s));
        QJsonObject heavy;
        for (int i = 0; i < 120; ++i)
            heavy[u"argument_%1"_s.arg(i)] = text(QString(350, u'a'));
        QCOMPARE(rules({tool(u"heavy"_s, schemaOf(heavy))}), QStringList(u"size"_s));
        QCOMPARE(rules({tool(u"a"_s, schemaOf({})), tool(u"a"_s, schemaOf({}))}), QStringList(u"tool-name"_s));
    }

    void endsInDeepSchemas()
    {
        QJsonObject deep = text();
        for (int i = 0; i < 300; ++i)
            deep = {{u"type"_s, u"object"_s}, {u"description"_s, u"One more"_s}, {u"properties"_s, QJsonObject{{u"a"_s, deep}}}};
        QVERIFY(rules({tool(u"deep"_s, schemaOf({{u"a"_s, deep}}))}).contains(u"depth"_s));
    }

    void addressesAreExpandedAsTheyAreRead()
    {
        const UriTemplate address(u"conductor://executions/{id}{?fields,tail}"_s);
        QCOMPARE(address.segments(), QStringList(u"id"_s));
        const QHash<QString, QString> values{{u"id"_s, u"a b/c?ü"_s}, {u"tail"_s, u"5 & 6"_s}};
        QCOMPARE(address.expanded(values), u"conductor://executions/a%20b%2Fc%3F%C3%BC?tail=5%20%26%206"_s);
        QCOMPARE(address.match(address.expanded(values)), std::optional(values));
        QCOMPARE(UriTemplate(u"conductor://workflows"_s).expanded({}), u"conductor://workflows"_s);
    }
};

QTEST_APPLESS_MAIN(TestPortability)
#include "tst_portability.moc"
