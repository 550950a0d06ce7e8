// Times and durations as people read them, at each step of the scale.
#include "app/widgets/timetext.h"
#include "conductor/base/utc.h"

#include <QtTest>

using namespace Qt::StringLiterals;

class TestTimeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void tellsAges_data()
    {
        QTest::addColumn<qint64>("passed");
        QTest::addColumn<QString>("text");
        QTest::newRow("now") << qint64(0) << u"now"_s;
        QTest::newRow("a clock that is ahead") << qint64(-1500) << u"now"_s;
        QTest::newRow("seconds") << qint64(59'999) << u"59 s ago"_s;
        QTest::newRow("minute") << qint64(60'000) << u"1 min ago"_s;
        QTest::newRow("hour") << qint64(3'600'000) << u"1 h ago"_s;
        QTest::newRow("day") << qint64(86'400'000) << u"1 d ago"_s;
        QTest::newRow("before a week") << qint64(7 * 86'400'000LL - 1) << u"6 d ago"_s;
        QTest::newRow("a week") << qint64(7 * 86'400'000LL) << u"15/11/2026"_s;
        QTest::newRow("ahead") << qint64(-240'000) << u"in 4 min"_s;
        QTest::newRow("far ahead") << qint64(-30 * 86'400'000LL) << u"22/12/2026"_s;
    }

    void tellsAges()
    {
        QFETCH(qint64, passed);
        QTEST(app::relativeTime(m_now.addMSecs(-passed), m_now, m_british), "text");
    }

    void tellsDurations_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << qint64(0) << u"0 ms"_s;
        QTest::newRow("negative") << qint64(-5) << u"0 ms"_s;
        QTest::newRow("milliseconds") << qint64(999) << u"999 ms"_s;
        QTest::newRow("seconds") << qint64(1'240) << u"1.2 s"_s;
        QTest::newRow("minutes") << qint64(489'870) << u"8 min 09 s"_s;
        QTest::newRow("hours") << qint64(3 * 3'600'000 + 300'000) << u"3 h 05 min"_s;
        QTest::newRow("days") << qint64(4 * 86'400'000LL + 7'200'000) << u"4 d 2 h"_s;
    }

    void tellsDurations()
    {
        QFETCH(qint64, ms);
        QTEST(app::durationText(ms, m_british), "text");
    }

    void speaksTheLanguagesNumbers() { QCOMPARE(app::durationText(1'240, QLocale(QLocale::German)), u"1,2 s"_s); }

    void saysNothingAboutATimeThatIsNotSet()
    {
        QCOMPARE(app::relativeTime({}, m_now), QString());
        QCOMPARE(app::exactTime({}), QString());
    }

    void tellsTheWholeTime() { QCOMPARE(app::exactTime(m_now, m_british), u"Sunday, 22 November 2026, 14:32:07.120"_s); }

private:
    const QDateTime m_now = conductor::utc(QDate(2026, 11, 22), QTime(14, 32, 7, 120));
    const QLocale m_british{QLocale::English, QLocale::UnitedKingdom};
};

QTEST_GUILESS_MAIN(TestTimeText)
#include "tst_timetext.moc"
