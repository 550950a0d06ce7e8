// Lines arrive whole however the bytes are cut; an endless one costs no memory and spoils nothing after it.
#include "mcp/protocol/linereader.h"

#include <QtTest>

using mcp::LineReader;

class TestLineReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cutsAnywhere_data()
    {
        QTest::addColumn<int>("portion");
        for (const int portion : {1, 2, 3, 7, 1000})
            QTest::addRow("%d bytes at a time", portion) << portion;
    }

    void cutsAnywhere()
    {
        QFETCH(int, portion);
        const QByteArray stream = "{\"a\":1}\r\n\n\r\n{\"b\":2}\n{\"c\"";
        LineReader reader;
        QByteArrayList lines;
        for (qsizetype i = 0; i < stream.size(); i += portion) {
            for (const LineReader::Line &line : reader.feed(stream.mid(i, portion)))
                lines << line.bytes;
        }
        QCOMPARE(lines, QByteArrayList({"{\"a\":1}", "{\"b\":2}"}));
        QCOMPARE(reader.rest(), QByteArray("{\"c\""));
    }

    void skipsWhatIsTooLong()
    {
        LineReader reader;
        const QByteArray megabyte(1024 * 1024, 'x');
        for (int i = 0; i < 40; ++i)
            QVERIFY(reader.feed(megabyte).empty());
        QVERIFY(reader.rest().isEmpty());
        const std::vector<LineReader::Line> lines = reader.feed("end\n{\"next\":1}\n");
        QCOMPARE(lines.size(), size_t(2));
        QVERIFY(lines[0].tooLong);
        QCOMPARE(lines[1].bytes, QByteArray("{\"next\":1}"));
    }

    void takesTheLongestAllowed()
    {
        LineReader reader;
        const std::vector<LineReader::Line> lines = reader.feed(QByteArray(LineReader::longest, 'x') + '\n');
        QCOMPARE(lines.size(), size_t(1));
        QVERIFY(!lines[0].tooLong);
    }

    void theEndOfTheLongestMayComeInTwo()
    {
        LineReader reader(10);
        QVERIFY(reader.feed("0123456789\r").empty());
        const std::vector<LineReader::Line> lines = reader.feed("\n0123456789x\r");
        QCOMPARE(lines.size(), size_t(1));
        QCOMPARE(lines[0].bytes, QByteArray("0123456789"));
        QVERIFY(reader.rest().isEmpty()); // the next is too long
    }
};

QTEST_GUILESS_MAIN(TestLineReader)
#include "tst_linereader.moc"
