// A definition is shown as its author would write it, every value can be found in it, and nothing is lost on the way.
#include "conductor/definition/compact.h"
#include "conductor/definition/difference.h"
#include "conductor/definition/positions.h"
#include "conductor/definition/printer.h"
#include "support/samples.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace {

QJsonObject parsed(const QString &text) { return QJsonDocument::fromJson(text.toUtf8()).object(); }

} // namespace

class TestDefinitionText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatTheServerAddsIsDropped()
    {
        const QJsonObject written = support::sample(u"kitchen_sink.definition.json"_s).toObject();
        const QJsonObject stored = support::sample(u"kitchen_sink.definition_stored.json"_s).toObject();
        QVERIFY(written != stored);
        QCOMPARE(compact(stored), compact(written));
        QVERIFY2(QJsonDocument(compact(stored)).toJson(QJsonDocument::Compact).size() < QJsonDocument(stored).toJson(QJsonDocument::Compact).size() / 2,
                 "half of it was added");
    }

    void whatARunEmbedsIsDropped()
    {
        const QJsonObject run = support::sample(u"kitchen_sink.execution_completed.json"_s).toObject();
        const QJsonObject written = support::sample(u"kitchen_sink.definition.json"_s).toObject();
        const QJsonObject embedded = compact(run[u"workflowDefinition"].toObject(), StoredIn::Execution);
        QVERIFY(!QJsonDocument(embedded).toJson().contains("taskDefinition\""));
        // The run itself changes its copy: variables, what DYNAMIC came to, inputs the server works with.
        QStringList told;
        const DefinitionChanges changes = structuralDiff(written, embedded);
        for (const FieldChange &field : changes.fields)
            told << field.path;
        for (const TaskChange &task : changes.tasks) {
            for (const FieldChange &field : task.fields)
                told << task.ref + u'.' + field.path;
        }
        QCOMPARE(told,
                 (QStringList{u"variables.net"_s, u"variables.phase"_s, u"self_health.inputParameters.asyncComplete"_s, u"pick_task.name"_s,
                              u"emit_event.inputParameters.asyncComplete"_s, u"emit_event.inputParameters.sink"_s}));
    }

    void inputsAreLeftAlone()
    {
        const QJsonObject definition = parsed(
            u"{\"name\":\"w\",\"tasks\":[{\"name\":\"x\",\"type\":\"NOOP\",\"inputParameters\":{\"optional\":false,\"joinOn\":[],\"startDelay\":0}}]}"_s);
        QCOMPARE(compact(definition), definition);
    }

    void nothingIsLost_data()
    {
        QTest::addColumn<QJsonObject>("definition");
        for (const QString &name : QDir(QStringLiteral(SAMPLES_DIR)).entryList({u"*.definition*.json"_s}))
            QTest::newRow(qPrintable(name)) << support::sample(name).toObject();
        for (const QString &name : QDir(QStringLiteral(SAMPLES_DIR)).entryList({u"*.execution*.json"_s}))
            QTest::newRow(qPrintable(name)) << support::sample(name).toObject();
        QTest::newRow("odd") << parsed(
            u"{\"a\\u0007\\\"\\\\\":\"\\n\\t\\u0001 😀 é \\ud83d\",\"n\":[1,-2.5,1e300,9007199254740993,0.1,true,null,[],{}],\"o\":{\"x\":{\"y\":[[[]]]}}}"_s);
    }

    void nothingIsLost()
    {
        QFETCH(QJsonObject, definition);
        const QString text = definitionText(definition);
        QVERIFY(!positionsIn(text).fault);
        QCOMPARE(parsed(text), definition);
    }

    void keysStandInReadingOrder()
    {
        const QString text = definitionText(compact(support::sample(u"swarm22.definition.json"_s).toObject()));
        const QStringList lines = text.split(u'\n');
        QCOMPARE(lines.mid(0, 4),
                 (QStringList{u"{"_s, u"  \"name\": \"agent_swarm_22\","_s, u"  \"version\": 1,"_s,
                              u"  \"description\": \"A swarm of 22 agents with dependencies, driven by external workers\","_s}));
        const qsizetype task = lines.indexOf(u"      \"name\": \"agent_plan\","_s);
        QVERIFY(task > 0);
        QCOMPARE(lines[task + 1], u"      \"taskReferenceName\": \"plan\","_s);
        QCOMPARE(lines[task + 2], u"      \"type\": \"SIMPLE\","_s);
        QVERIFY(text.contains(u"\"joinOn\": [\"research_market\", \"research_users\", \"research_tech\", \"research_legal\"]"));
        QVERIFY(text.endsWith(u"}\n"));
    }

    void everyPathHasItsLine()
    {
        const QJsonObject definition = compact(support::sample(u"kitchen_sink.definition.json"_s).toObject());
        const QString text = definitionText(definition);
        const QStringList lines = text.split(u'\n');
        const JsonPositions positions = positionsIn(text);
        for (auto it = positions.places.keyValueBegin(); it != positions.places.keyValueEnd(); ++it) {
            const QString key = it->first.section(u'.', -1).section(u'[', 0, 0);
            const TextPosition at = it->second;
            QVERIFY2(at.line >= 1 && at.line <= lines.size(), qPrintable(it->first));
            if (!it->first.endsWith(u']') && !key.isEmpty())
                QVERIFY2(lines[at.line - 1].mid(at.column - 1).startsWith(u'"' + key + u'"'), qPrintable(it->first));
        }
        const int line = positions.of(u"tasks[4].decisionCases.gold[0].taskReferenceName"_s).line;
        QVERIFY(lines[line - 1].contains(u"\"gold_perk\""));
    }

    void theNearestPlaceIsGood()
    {
        const JsonPositions positions = positionsIn(u"{\n \"a\": {\n  \"b.c\": [1,\n   2]}\n}"_s);
        QCOMPARE(positions.of(u"a[\"b.c\"][1]"_s).line, 4);
        QCOMPARE(positions.of(u"a[\"b.c\"][7].x"_s).line, 3);
        QCOMPARE(positions.of(u"a.missing.deeper"_s).line, 2);
        QCOMPARE(positions.of(u"nobody"_s).line, 1);
    }

    void faultsAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("message");
        QTest::newRow("trailing comma") << u"{\"a\": 1,\n}"_s << 2 << 1 << u"a comma must not stand before }"_s;
        QTest::newRow("trailing comma in a list") << u"[1, ]"_s << 1 << 5 << u"a comma must not stand before ]"_s;
        QTest::newRow("missing comma") << u"{\"a\": 1\n \"b\": 2}"_s << 2 << 2 << u"a comma or } should stand here, not \""_s;
        QTest::newRow("comment") << u"{ // no\n}"_s << 1 << 3 << u"JSON has no comments"_s;
        QTest::newRow("single quotes") << u"{'a': 1}"_s << 1 << 2 << u"texts stand in double quotes in JSON"_s;
        QTest::newRow("open text") << u"{\"a\": \"x\n}"_s << 1 << 7 << u"this text is not closed on its line; write \\n for a line break within a text"_s;
        QTest::newRow("open object") << u"{\"a\": 1"_s << 1 << 8 << u"the text ends here, where a comma or } should stand"_s;
        QTest::newRow("word") << u"{\"a\": True}"_s << 1 << 7 << u"a value should stand here, not T"_s;
        QTest::newRow("escape") << u"\"\\x\""_s << 1 << 3 << u"\\x is no escape JSON knows"_s;
        QTest::newRow("number") << u"[01]"_s << 1 << 3 << u"a number must not begin with 0"_s;
        QTest::newRow("two values") << u"{} {}"_s << 1 << 4 << u"nothing may follow after the end of the JSON value"_s;
        QTest::newRow("nothing") << u"  \n"_s << 2 << 1 << u"there is nothing here; a definition is a JSON object: { … }"_s;
    }

    void faultsAreFound()
    {
        QFETCH(QString, text);
        const JsonPositions positions = positionsIn(text);
        QVERIFY(positions.fault);
        QTEST(positions.fault->at.line, "line");
        QTEST(positions.fault->at.column, "column");
        QTEST(positions.fault->message, "message");
    }

    // Whatever Qt's parser takes, the scanner takes, and the other way round.
    void agreesWithTheParser_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"{}", "[]", "[[],{},\"\"]", "{\"a\":-0.5e+10}", "\"\\u00e9\\n\"", "[1,2,]", "{\"a\" 1}", "{\"a\":}", "[1e]", "[.5]", "[+1]",
                                 "[1.]", "nul", "{\"a\":1}}", "[\"a\tb\"]", "[\"\\u12\"]", "{1:2}", "[true,false,null]", "{\"a\":[{\"b\":[{}]}]}"})
            QTest::newRow(text) << QByteArray(text);
    }

    void agreesWithTheParser()
    {
        QFETCH(QByteArray, text);
        // Qt lets control characters in texts and numbers such as .5 pass; JSON and the server do not.
        QJsonParseError error;
        QJsonDocument::fromJson("[" + text + "]", &error);
        const bool isLax = text.contains('\t') || text == "{\"a\":1}}" || text == "[.5]" || text == "[1.]";
        if (!isLax)
            QCOMPARE(positionsIn(QString::fromUtf8(text)).fault.has_value(), error.error != QJsonParseError::NoError);
        else
            QVERIFY(positionsIn(QString::fromUtf8(text)).fault);
    }

    void hostileTextsEnd()
    {
        QVERIFY(positionsIn(QString(200'000, u'[')).fault);
        QVERIFY(positionsIn(QString(200'000, u'{')).fault);
        QVERIFY(positionsIn(QString(200'000, u'"')).fault);
    }
};

QTEST_GUILESS_MAIN(TestDefinitionText)
#include "tst_definitiontext.moc"
