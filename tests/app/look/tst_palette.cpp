// Colours that can be read: every role is set in every group, text has contrast, and the five families are told apart.
#include "app/look/palette.h"
#include "app/look/statuslook.h"

#include <QtTest>

#include <cmath>

using namespace Qt::StringLiterals;
using conductor::StatusFamily;

Q_DECLARE_METATYPE(QPalette)

namespace {

double luminance(const QColor &color)
{
    const auto part = [](float value) { return value <= 0.03928F ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(color.redF()) + 0.7152 * part(color.greenF()) + 0.0722 * part(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double light = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

const std::vector families{StatusFamily::Active, StatusFamily::Good, StatusFamily::Bad, StatusFamily::NeedsYou, StatusFamily::Quiet};

} // namespace

class TestPalette : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsEveryRole_data() { palettes(); }
    void setsEveryRole()
    {
        QFETCH(QPalette, palette);
        for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
            for (int role = 0; role < QPalette::NColorRoles; ++role) {
                if (role != QPalette::NoRole)
                    QVERIFY2(palette.isBrushSet(group, QPalette::ColorRole(role)), qPrintable(u"group %1, role %2"_s.arg(group).arg(role)));
            }
        }
    }

    void textCanBeRead_data() { palettes(); }
    void textCanBeRead()
    {
        QFETCH(QPalette, palette);
        const std::vector<std::pair<QPalette::ColorRole, QPalette::ColorRole>> pairs{
            {QPalette::Text, QPalette::Base},           {QPalette::Text, QPalette::AlternateBase},     {QPalette::WindowText, QPalette::Window},
            {QPalette::ButtonText, QPalette::Button},   {QPalette::HighlightedText, QPalette::Highlight}, {QPalette::PlaceholderText, QPalette::Base},
            {QPalette::PlaceholderText, QPalette::Window}, {QPalette::Link, QPalette::Base},            {QPalette::LinkVisited, QPalette::Base},
            {QPalette::ToolTipText, QPalette::ToolTipBase}};
        for (const auto &[text, ground] : pairs) {
            const double ratio = contrast(palette.color(text), palette.color(ground));
            QVERIFY2(ratio >= 4.5, qPrintable(u"role %1 on %2: %3"_s.arg(text).arg(ground).arg(ratio)));
        }
        QVERIFY(contrast(palette.color(QPalette::Text), app::selectionColor(palette)) >= 7);
        QVERIFY(contrast(palette.color(QPalette::Disabled, QPalette::Text), palette.color(QPalette::Active, QPalette::Text)) > 2); // is seen to be disabled
    }

    void familiesCanBeReadAndToldApart_data() { palettes(); }
    void familiesCanBeReadAndToldApart()
    {
        QFETCH(QPalette, palette);
        for (const StatusFamily family : families) {
            const QColor color = app::familyColor(family, palette);
            QVERIFY2(contrast(color, palette.color(QPalette::Base)) >= 4.5, qPrintable(color.name()));
            QVERIFY2(contrast(color, app::familyWash(family, palette)) >= 3.5, qPrintable(color.name())); // beside it stands a word in bold colour and a glyph
            for (const StatusFamily other : families)
                QCOMPARE(app::familyColor(other, palette) == color, other == family);
        }
    }

    void knowsDarkFromLight()
    {
        QVERIFY(app::isDark(app::darkPalette()));
        QVERIFY(!app::isDark(app::lightPalette()));
    }

    void mixes()
    {
        QCOMPARE(app::mixed(Qt::white, Qt::black, 0), QColor(Qt::black));
        QCOMPARE(app::mixed(Qt::white, Qt::black, 1), QColor(Qt::white));
        QVERIFY(std::abs(app::mixed(Qt::white, Qt::black, 0.5).red() - 127) <= 1);
    }

private:
    static void palettes()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << app::lightPalette();
        QTest::newRow("dark") << app::darkPalette();
    }
};

QTEST_MAIN(TestPalette)
#include "tst_palette.moc"
