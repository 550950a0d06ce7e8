// Icons take their colour from the palette when they are painted: disabled, selected and after a change of theme.
#include "app/look/icons.h"
#include "app/look/palette.h"
#include "app/look/trayicon.h"

#include <QDirIterator>
#include <QPainter>
#include <QtTest>

using namespace Qt::StringLiterals;

namespace {

// The colour of the most opaque pixel.
QColor ink(const QPixmap &pixmap)
{
    const QImage image = pixmap.toImage();
    QColor most = Qt::transparent;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).alpha() > most.alpha())
                most = image.pixelColor(x, y);
        }
    }
    return most;
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QGuiApplication::setPalette(app::lightPalette()); }

    void followsModeAndTheme()
    {
        const QIcon icon = app::icon(u"square");
        QCOMPARE(ink(icon.pixmap(32)), app::lightPalette().color(QPalette::WindowText));
        QCOMPARE(ink(icon.pixmap(32, QIcon::Disabled)), app::lightPalette().color(QPalette::Disabled, QPalette::WindowText));
        QCOMPARE(ink(icon.pixmap(32, QIcon::Selected)), app::lightPalette().color(QPalette::HighlightedText));

        QGuiApplication::setPalette(app::darkPalette());
        QCOMPARE(ink(icon.pixmap(32)), app::darkPalette().color(QPalette::WindowText));
    }

    void isCrispOnFineScreens()
    {
        const QPixmap pixmap = app::icon(u"square").pixmap(QSize(16, 16), 2.0);
        QCOMPARE(pixmap.size(), QSize(32, 32));
        QCOMPARE(app::iconPixmap(u"square", Qt::red, 16, 1.5).size(), QSize(24, 24));
    }

    void everyIconCanBeDrawn()
    {
        QVERIFY(app::hasIcon(u"search"));
        int drawn = 0;
        for (QDirIterator files(u":/icons"_s); files.hasNext();) {
            const QString name = QFileInfo(files.next()).completeBaseName();
            QVERIFY2(ink(app::iconPixmap(name, Qt::red, 24, 1)).red() > 200, qPrintable(name));
            ++drawn;
        }
        QVERIFY(drawn >= 60);
    }

    void missesNothingSilently()
    {
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"There is no icon .*no-such-icon.*"_s));
        QVERIFY(app::iconPixmap(u"no-such-icon", Qt::red, 16, 1).isNull());
        QVERIFY(!app::hasIcon(u"no-such-icon"));
    }

    void trayStatesDifferInShape()
    {
        std::vector<QImage> images;
        for (const auto shape : {app::TrayShape::Plain, app::TrayShape::Dot, app::TrayShape::Bar, app::TrayShape::Square, app::TrayShape::Cross})
            images.push_back(app::trayIcon(shape, true).pixmap(QSize(22, 22)).toImage().convertToFormat(QImage::Format_Alpha8));
        for (size_t a = 0; a < images.size(); ++a) {
            for (size_t b = a + 1; b < images.size(); ++b) {
                int different = 0;
                for (int y = 0; y < 22; ++y) {
                    for (int x = 0; x < 22; ++x)
                        different += std::abs(images[a].pixelColor(x, y).alpha() - images[b].pixelColor(x, y).alpha()) > 100;
                }
                QVERIFY2(different >= 8, qPrintable(u"shapes %1 and %2 differ in %3 of 484 pixels"_s.arg(a).arg(b).arg(different)));
            }
        }
    }

    void guessesThePanel_data()
    {
        QTest::addColumn<QString>("desktop");
        QTest::addColumn<bool>("schemeIsDark");
        QTest::addColumn<bool>("panelIsDark");
        QTest::newRow("GNOME keeps a dark bar") << u"ubuntu:GNOME"_s << false << true;
        QTest::newRow("KDE, light") << u"KDE"_s << false << false;
        QTest::newRow("KDE, dark") << u"KDE"_s << true << true;
        QTest::newRow("a bare window manager") << QString() << false << true;
    }

    void guessesThePanel()
    {
        QFETCH(QString, desktop);
        QFETCH(bool, schemeIsDark);
        QTEST(app::panelIsDark(desktop, schemeIsDark), "panelIsDark");
    }
};

QTEST_MAIN(TestIcons)
#include "tst_icons.moc"
