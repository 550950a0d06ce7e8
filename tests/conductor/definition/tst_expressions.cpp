// ${…} is found and taken apart as the server does it; scripts that cannot be JavaScript are told, and those that can are left alone.
#include "conductor/definition/expressions.h"
#include "conductor/definition/script.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;
using Fault = Expression::Fault;

class TestExpressions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("found"); // path@begin-end
        QTest::newRow("none") << u"plain { } $x"_s << QString();
        QTest::newRow("one") << u"${a.output.x}"_s << u"a.output.x@0-13"_s;
        QTest::newRow("within text") << u"hello ${a.output.x}!"_s << u"a.output.x@6-19"_s;
        QTest::newRow("two") << u"${a}-${b.input}"_s << u"a@0-4 b.input@5-15"_s;
        QTest::newRow("escape") << u"$${a.output}"_s << QString();
        QTest::newRow("escape, then one") << u"$${a} ${b}"_s << u"b@6-10"_s;
        QTest::newRow("one in another") << u"${a.output.${b.output.k}}"_s << u"b.output.k@11-24"_s;
    }

    void areFound()
    {
        QFETCH(QString, text);
        QStringList found;
        for (const Expression &expression : expressionsIn(QStringView(text))) {
            QCOMPARE(expression.fault, Fault::None);
            found << u"%1@%2-%3"_s.arg(expression.path).arg(expression.begin).arg(expression.end);
        }
        QTEST(found.join(u' '), "found");
    }

    void areTakenApart()
    {
        const Expression expression = expressionsIn(u"${build_api.output.list[?(@.x == 'b c')].y}"_s).at(0);
        QCOMPARE(expression.source, u"build_api"_s);
        QCOMPARE(expression.field, u"output"_s);
        QCOMPARE(expression.fault, Fault::None);
        QVERIFY(expressionsIn(u"${a.output.${b.output.k}}"_s).at(0).isInner);
    }

    void faults_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("fault");
        QTest::newRow("unclosed") << u"x ${workflow.input.y"_s << int(Fault::Unclosed);
        QTest::newRow("blank") << u"${ }"_s << int(Fault::BadPath);
        QTest::newRow("empty") << u"${}"_s << int(Fault::BadPath);
        QTest::newRow("blank in a name") << u"${a.out put}"_s << int(Fault::BadPath);
        QTest::newRow("blank before") << u"${ a.output}"_s << int(Fault::BadPath);
        QTest::newRow("blank after") << u"${a.output }"_s << int(Fault::None);
        QTest::newRow("dot at the end") << u"${a.}"_s << int(Fault::BadPath);
        QTest::newRow("bracket") << u"${a.output[0}"_s << int(Fault::BadPath);
        QTest::newRow("nothing in brackets") << u"${a.output[]}"_s << int(Fault::BadPath);
        QTest::newRow("blank in brackets") << u"${a.output['q r']}"_s << int(Fault::None);
        QTest::newRow("closing quote") << u"${a.output['q]}"_s << int(Fault::BadPath);
    }

    void faults()
    {
        QFETCH(QString, text);
        QTEST(int(expressionsIn(QStringView(text)).at(0).fault), "fault");
    }

    void areFoundAtAnyDepth()
    {
        const QJsonObject input{{u"a"_s, u"${x.output}"_s}, {u"b.c"_s, QJsonArray{1, QJsonObject{{u"d"_s, u"${y} and ${z}"_s}}}}, {u"${key}"_s, 1}};
        QStringList found;
        for (const PlacedExpression &placed : expressionsIn(QJsonValue(input), u"in"_s))
            found << placed.path + u'=' + placed.expression.path;
        QCOMPARE(found, (QStringList{u"in.a=x.output"_s, u"in[\"b.c\"][1].d=y"_s, u"in[\"b.c\"][1].d=z"_s}));
    }

    void scripts_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<bool>("isGood");
        for (const char16_t *good : {u"$.amount > 10 ? 'a' : \"b\"",
                                     u"(function(){ return { net: $.amount, vat: Math.round($.amount*0.2*100)/100 }; })()",
                                     u"if ($.lp['iteration'] < 2) { true; } else { false; }",
                                     u"`a${1 + `b${2}`}` + /[)/]+/g.test('x')",
                                     u"let x = 1;\nx",
                                     u"a\nb",
                                     u"(() => { return $.x ?? 'a' })()",
                                     u"/* } */ 1 // )",
                                     u"x => ({ a: 1, ...x })",
                                     u"-1 + +2",
                                     u"!a && ~b",
                                     u"a?.b?.[0]",
                                     u"[1,,2]",
                                     u"i++ < 3",
                                     u"typeof x === 'string'",
                                     u"x = y /2/ z",
                                     u"function* f() { yield* g() }",
                                     u"'it\\'s'",
                                     u"",
                                     u"case_ = new Date()",
                                     u"1_000 + 0xff + 1e3"})
            QTest::newRow(qPrintable(QString::fromUtf16(good))) << QString::fromUtf16(good) << true;
        for (const char16_t *bad : {u"(((", u")", u"[1)", u"'abc", u"\"a\nb\"", u"`abc", u"1 +", u"$.a ==== 1", u"a b", u"1 2", u"return 1", u"{ a: [1 }",
                                    u"/* open", u"a && ) b", u"(a *)", u"x = = 1", u"#", u"/abc"})
            QTest::newRow(qPrintable(QString::fromUtf16(bad))) << QString::fromUtf16(bad) << false;
    }

    void scripts()
    {
        QFETCH(QString, script);
        QFETCH(bool, isGood);
        const std::optional<ScriptFault> fault = scriptFault(script);
        QVERIFY2(fault.has_value() != isGood, qPrintable(fault ? fault->message : u"no fault"_s));
    }

    void returnStandsWhereItMay()
    {
        QVERIFY(!scriptFault(u"return 1+1;"_s, Return::Allowed));
        QVERIFY(scriptFault(u"return 1+1;"_s, Return::Refused));
    }

    void tellsWhatAScriptReads()
    {
        QCOMPARE(scriptInputs(u"if ($.lp['iteration'] < $.limit && x.$.no) { $.lp.done }"_s), (QStringList{u"lp"_s, u"limit"_s, u"no"_s}));
        QCOMPARE(scriptInputs(u"'$.quoted' + 1"_s), QStringList());
    }
};

QTEST_GUILESS_MAIN(TestExpressions)
#include "tst_expressions.moc"
