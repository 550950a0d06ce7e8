// A page of results replaces exactly its own span of time in the rows known so far.
#include "app/executions/rowmerge.h"
#include "conductor/base/utc.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using app::merged;
using app::Span;
using conductor::ExecutionSummary;
using Rows = std::vector<ExecutionSummary>;

class TestRowMerge : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Rows are written as id and minute: "a9 b8".
    void merges_data()
    {
        QTest::addColumn<QString>("known");
        QTest::addColumn<QString>("page");
        QTest::addColumn<int>("span");
        QTest::addColumn<QString>("after");
        QTest::newRow("first page of nothing") << u""_s << u"b9 a8"_s << int(Span::Whole) << u"b9 a8"_s;
        QTest::newRow("new on top") << u"b8 a7"_s << u"c9 b8"_s << int(Span::FromNewest) << u"c9 b8 a7"_s;
        QTest::newRow("no longer matches") << u"c9 b8 a7 z1"_s << u"c9 a7"_s << int(Span::FromNewest) << u"c9 a7 z1"_s;
        QTest::newRow("newest no longer matches") << u"d9 c8 b7"_s << u"c8 b7"_s << int(Span::FromNewest) << u"c8 b7"_s;
        QTest::newRow("older page") << u"d9 c8"_s << u"b7 a6"_s << int(Span::Middle) << u"d9 c8 b7 a6"_s;
        QTest::newRow("overlapping page") << u"d9 c8"_s << u"c8 b7"_s << int(Span::Middle) << u"d9 c8 b7"_s;
        QTest::newRow("gone in the middle") << u"e9 d8 c7 b6 a5"_s << u"d8 b6"_s << int(Span::Middle) << u"e9 d8 b6 a5"_s;
        QTest::newRow("last page") << u"d9 c8 b2 a1"_s << u"c8"_s << int(Span::ToOldest) << u"d9 c8"_s;
        QTest::newRow("same time as the edge may be on the next page") << u"d9 c7 x7 a1"_s << u"d9 c7"_s << int(Span::FromNewest) << u"d9 c7 x7 a1"_s;
        QTest::newRow("nothing matches any more") << u"b9 a8"_s << u""_s << int(Span::Whole) << u""_s;
        QTest::newRow("an empty page in the middle says nothing") << u"b9 a8"_s << u""_s << int(Span::Middle) << u"b9 a8"_s;
    }

    void merges()
    {
        QFETCH(QString, known);
        QFETCH(QString, page);
        QFETCH(int, span);
        QTEST(written(merged(rows(known), rows(page), Span(span))), "after");
    }

    void takesThePagesStatus()
    {
        Rows page = rows(u"a8"_s);
        page[0].statusWord = u"COMPLETED"_s;
        const Rows after = merged(rows(u"b9 a8"_s), page, Span::Middle);
        QCOMPARE(after[1].statusWord, u"COMPLETED"_s);
        QCOMPARE(after[0].statusWord, QString());
    }

private:
    static Rows rows(const QString &text)
    {
        Rows rows;
        const QStringList words = text.split(u' ', Qt::SkipEmptyParts);
        for (const QString &word : words) {
            ExecutionSummary row;
            row.id = word.left(1);
            row.started = conductor::utc(QDate(2026, 11, 22), QTime(12, word.mid(1).toInt()));
            rows.push_back(row);
        }
        return rows;
    }

    static QString written(const Rows &rows)
    {
        QStringList words;
        for (const ExecutionSummary &row : rows)
            words << row.id + QString::number(row.started.time().minute());
        return words.join(u' ');
    }
};

QTEST_GUILESS_MAIN(TestRowMerge)
#include "tst_rowmerge.moc"
