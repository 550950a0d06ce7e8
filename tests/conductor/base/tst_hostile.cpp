// What an AI or a server wrote cannot reorder, hide or flood what a person reads.
#include "conductor/base/hostile.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isShownHarmless_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"Bestellung 42 – größer"_s << u"Bestellung 42 – größer"_s;
        QTest::newRow("right-to-left override") << u"a\u202Eexe.txt"_s << u"a⟨U+202E⟩exe.txt"_s;
        QTest::newRow("zero width") << u"ad\u200Bmin"_s << u"ad⟨U+200B⟩min"_s;
        QTest::newRow("escape") << u"\x1b[31mred"_s << u"␛[31mred"_s;
        QTest::newRow("line break") << u"a\nb"_s << u"a⏎b"_s;
        QTest::newRow("markup stays text") << u"<b>x</b>"_s << u"<b>x</b>"_s;
    }

    void isShownHarmless()
    {
        QFETCH(QString, text);
        QTEST(harmless(text), "shown");
    }

    void isCut()
    {
        const QString megabyte(1'000'000, u'x');
        QCOMPARE(harmless(megabyte, 10), u"xxxxxxxxxx… (999990 more)"_s);
        // A cut never leaves half of a character.
        QCOMPARE(harmless(u"ab😀"_s, 3), u"ab… (2 more)"_s);
    }

    void keepsLinesWhenAsked() { QCOMPARE(harmless(u"a\n\tb"_s, 200, Lines::Keep), u"a\n\tb"_s); }
};

QTEST_GUILESS_MAIN(TestHostile)
#include "tst_hostile.moc"
