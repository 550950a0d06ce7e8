// The whole companion on a real display with a window manager and a panel: its icon appears, also when the panel comes later,
// opens the window, and closing the window keeps it.
#include "app/core/companion.h"
#include "support/pagedsearch.h"

#include <QApplication>
#include <QProcess>
#include <QScreen>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::Companion;

namespace {

// A panel of our own; ends with the test.
class Panel
{
public:
    bool start()
    {
        m_process.start(u"tint2"_s, {u"-c"_s, qEnvironmentVariable("XVFB_PANEL")});
        return m_process.waitForStarted(5000);
    }

    void stop()
    {
        m_process.terminate();
        m_process.waitForFinished(5000);
    }

    ~Panel() { stop(); }

private:
    QProcess m_process;
};

} // namespace

class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_directory = std::make_unique<QTemporaryDir>();
        m_services = std::make_unique<app::Services>();
        m_companion = std::make_unique<Companion>(
            *qApp, *m_services, [](const app::ServerEntry &) { return conductor::Client(std::make_shared<support::PagedSearch>()); }, m_directory->filePath(u"settings.json"_s));
        m_companion->servers().show({{.id = u"one"_s, .name = u"One"_s}});
    }

    void cleanup()
    {
        m_companion.reset();
        m_services.reset();
    }

    void showsItsIconWhenThePanelComesLater()
    {
        QVERIFY(!QSystemTrayIcon::isSystemTrayAvailable());
        m_companion->start(Companion::Start::Shown);
        QVERIFY(QTest::qWaitForWindowActive(&m_companion->window()));
        QVERIFY(!m_companion->tray().isThere());
        m_companion->window().close();
        QTRY_VERIFY(m_companion->window().isMinimized()); // nothing to come back from but the task list
        m_companion->raise();
        QTRY_VERIFY(isShown());

        Panel panel;
        QVERIFY(panel.start());
        QTRY_VERIFY_WITH_TIMEOUT(m_companion->tray().isThere(), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(iconIsOnScreen(), 10'000);

        m_companion->window().close();
        QTRY_VERIFY(m_companion->window().isHidden());
        QVERIFY(m_companion->settings().get(app::setting::toldTrayStays));
        click(m_companion->tray().geometry().center());
        QTRY_VERIFY(isShown());
    }

    void comesBackWhenThePanelGoes()
    {
        Panel panel;
        QVERIFY(panel.start());
        QTRY_VERIFY_WITH_TIMEOUT(QSystemTrayIcon::isSystemTrayAvailable(), 10'000);
        m_companion->start(Companion::Start::Hidden);
        QTRY_VERIFY_WITH_TIMEOUT(iconIsOnScreen(), 10'000);
        QVERIFY(m_companion->window().isHidden());

        panel.stop();
        QTRY_VERIFY_WITH_TIMEOUT(m_companion->window().isVisible(), 20'000);
    }

private:
    bool isShown() const { return m_companion->window().isVisible() && !m_companion->window().isMinimized(); }

    // Where the icon should be, something else than the panel's own colour is painted.
    bool iconIsOnScreen() const
    {
        const QRect place = m_companion->tray().geometry();
        if (place.width() < 16)
            return false;
        const QImage image = QGuiApplication::primaryScreen()->grabWindow(0, place.x(), place.y(), place.width(), place.height()).toImage();
        int ink = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                ink += image.pixelColor(x, y).lightness() > 180;
        }
        return ink > 30;
    }

    static void click(QPoint place)
    {
        QProcess mouse;
        mouse.start(u"xdotool"_s, {u"mousemove"_s, QString::number(place.x()), QString::number(place.y()), u"click"_s, u"1"_s});
        QVERIFY(mouse.waitForFinished(5000));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<app::Services> m_services;
    std::unique_ptr<Companion> m_companion;
};

QTEST_MAIN(TestDesktop)
#include "tst_desktop.moc"
