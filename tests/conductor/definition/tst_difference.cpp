// What changed between two definitions is told by task and field, and by line, without calling everything changed.
#include "conductor/definition/difference.h"
#include "conductor/definition/printer.h"
#include "conductor/definition/textdiff.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QtTest>

#include <random>

using namespace Qt::StringLiterals;
using namespace conductor;
using Kind = TaskChange::Kind;

namespace {

QJsonObject task(const QString &ref, const QJsonObject &input = {})
{
    QJsonObject json{{u"name"_s, ref}, {u"taskReferenceName"_s, ref}, {u"type"_s, u"SIMPLE"_s}};
    if (!input.isEmpty())
        json[u"inputParameters"_s] = input;
    return json;
}

QJsonObject definition(const QJsonArray &tasks) { return {{u"name"_s, u"w"_s}, {u"version"_s, 1}, {u"tasks"_s, tasks}}; }

QString told(const DefinitionChanges &changes)
{
    QStringList lines;
    for (const FieldChange &field : changes.fields)
        lines << u"workflow "_s + field.path;
    constexpr std::array words{u"added", u"removed", u"changed", u"moved"};
    for (const TaskChange &change : changes.tasks) {
        QString line = QString::fromUtf16(words[size_t(change.kind)]) + u' ' + change.ref;
        for (const FieldChange &field : change.fields)
            line += u' ' + field.path;
        lines << line;
    }
    return lines.join(u'\n');
}

QString applied(const std::vector<DiffLine> &lines, DiffLine::Kind leftOut)
{
    QStringList kept;
    for (const DiffLine &line : lines) {
        if (line.kind != leftOut)
            kept << line.text;
    }
    return kept.join(u'\n');
}

} // namespace

class TestDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingChanged()
    {
        const QJsonObject written = support::sample(u"kitchen_sink.definition.json"_s).toObject();
        const QJsonObject stored = support::sample(u"kitchen_sink.definition_stored.json"_s).toObject();
        QVERIFY2(structuralDiff(written, stored).isEmpty(), qPrintable(told(structuralDiff(written, stored))));
        QCOMPARE(sentence(structuralDiff(written, stored)), u"no difference"_s);
    }

    void tasksComeGoAndChange()
    {
        const QJsonObject before = definition({task(u"a"_s), task(u"b"_s, {{u"x"_s, 1}, {u"y"_s, QJsonObject{{u"z"_s, 1}}}}), task(u"c"_s)});
        const QJsonObject after = definition({task(u"a"_s), task(u"new"_s), task(u"b"_s, {{u"x"_s, 1}, {u"y"_s, QJsonObject{{u"z"_s, 2}}}, {u"q"_s, true}})});
        const DefinitionChanges changes = structuralDiff(before, after);
        QCOMPARE(told(changes), u"added new\nchanged b inputParameters.q inputParameters.y.z\nremoved c"_s);
        QCOMPARE(changes.tasks[1].fields[1].before.toInt(), 1);
        QCOMPARE(changes.tasks[1].fields[1].after.toInt(), 2);
        QVERIFY(changes.tasks[1].fields[0].before.isUndefined());
        QCOMPARE(changes.tasks[1].pathBefore, u"tasks[1]"_s);
        QCOMPARE(changes.tasks[1].pathAfter, u"tasks[2]"_s);
        QCOMPARE(sentence(changes), u"1 task added, 1 removed, 1 changed"_s);
    }

    void oneThatMovesDoesNotMoveTheOthers()
    {
        const QJsonObject before = definition({task(u"a"_s), task(u"b"_s), task(u"c"_s), task(u"d"_s)});
        QCOMPARE(told(structuralDiff(before, definition({task(u"d"_s), task(u"a"_s), task(u"b"_s), task(u"c"_s)}))), u"moved d"_s);
        QCOMPARE(told(structuralDiff(before, definition({task(u"b"_s), task(u"c"_s), task(u"d"_s)}))), u"removed a"_s);
        QCOMPARE(told(structuralDiff(before, definition({task(u"new"_s), task(u"a"_s), task(u"b"_s), task(u"c"_s), task(u"d"_s)}))), u"added new"_s);
    }

    void intoABranchIsAMove()
    {
        QJsonObject fork{{u"name"_s, u"f"_s}, {u"taskReferenceName"_s, u"f"_s}, {u"type"_s, u"FORK_JOIN"_s}};
        QJsonObject before = fork;
        before[u"forkTasks"_s] = QJsonArray{QJsonArray{task(u"x"_s)}};
        QJsonObject after = fork;
        after[u"forkTasks"_s] = QJsonArray{QJsonArray{task(u"x"_s)}, QJsonArray{task(u"y"_s)}};
        const DefinitionChanges changes = structuralDiff(definition({before, task(u"y"_s)}), definition({after}));
        QCOMPARE(told(changes), u"moved y"_s);
        QCOMPARE(changes.tasks[0].pathAfter, u"tasks[0].forkTasks[1][0]"_s);
    }

    void theWorkflowsOwnFields()
    {
        QJsonObject after = support::sample(u"swarm22.definition.json"_s).toObject();
        after[u"timeoutSeconds"_s] = 60;
        after[u"ownerEmail"_s] = u"x@example.com"_s;
        QCOMPARE(told(structuralDiff(support::sample(u"swarm22.definition.json"_s).toObject(), after)), u"workflow ownerEmail\nworkflow timeoutSeconds"_s);
    }

    void aTwinIsKeptApart()
    {
        const QJsonObject before = definition({task(u"a"_s), task(u"a"_s)});
        QCOMPARE(told(structuralDiff(before, definition({task(u"a"_s)}))), u"removed a#2"_s);
    }

    void lines()
    {
        const std::vector<DiffLine> diff = textDiff(u"a\nb\nc\nd\n"_s, u"a\nB\nc\nd\ne\n"_s);
        QCOMPARE(diff.size(), size_t(6));
        QCOMPARE(diff[1].kind, DiffLine::Kind::Removed);
        QCOMPARE(diff[1].lineBefore, 2);
        QCOMPARE(diff[1].lineAfter, 0);
        QCOMPARE(diff[2].kind, DiffLine::Kind::Added);
        QCOMPARE(diff[2].text, u"B"_s);
        QCOMPARE(diff[5].kind, DiffLine::Kind::Added);
        QCOMPARE(diff[5].lineAfter, 5);
    }

    // Whatever the texts, what is left of one side is that side.
    void linesMakeUpBothTexts()
    {
        std::mt19937 random(3);
        for (int round = 0; round < 300; ++round) {
            QStringList one;
            QStringList other;
            for (int i = 0, count = int(random() % 40); i < count; ++i)
                one << QString::number(random() % 8);
            other = one;
            for (int i = 0, count = int(random() % 10); i < count; ++i) {
                if (other.isEmpty() || random() % 2)
                    other.insert(qsizetype(random() % unsigned(other.size() + 1)), QString::number(random() % 8));
                else
                    other.removeAt(qsizetype(random() % unsigned(other.size())));
            }
            const std::vector<DiffLine> diff = textDiff(one.join(u'\n'), other.join(u'\n'));
            QCOMPARE(applied(diff, DiffLine::Kind::Added), one.join(u'\n'));
            QCOMPARE(applied(diff, DiffLine::Kind::Removed), other.join(u'\n'));
        }
    }

    void hunksLeaveOutWhatIsCommon()
    {
        QString before;
        for (int i = 0; i < 100; ++i)
            before += QString::number(i) + u'\n';
        QString after = before;
        after.replace(u"\n50\n"_s, u"\nfifty\n"_s);
        const std::vector<DiffHunk> found = hunks(textDiff(before, after), 2);
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found[0].skipped, 48);
        QCOMPARE(found[0].lines.size(), size_t(6));
        QVERIFY(hunks(textDiff(before, before)).empty());
    }

    void longTextsEnd()
    {
        QString one;
        QString other;
        for (int i = 0; i < 20'000; ++i) {
            one += u"a%1\n"_s.arg(i);
            other += u"b%1\n"_s.arg(i);
        }
        QCOMPARE(textDiff(one, other).size(), size_t(40'000));
    }
};

QTEST_GUILESS_MAIN(TestDifference)
#include "tst_difference.moc"
