// Light, dark, or as the desktop says over its portal, switched while the window is open. The bus is real, the portal ours.
#include "app/look/desktopscheme.h"
#include "app/look/palette.h"
#include "app/look/theme.h"
#include "support/privatebus.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QPushButton>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::DesktopScheme;
using app::Scheme;
using app::Theme;

namespace {

const QString portalPath = u"/org/freedesktop/portal/desktop"_s;

// org.freedesktop.portal.Desktop with the one setting we ask for.
class Portal : public QDBusVirtualObject
{
public:
    explicit Portal(QDBusConnection bus) : m_bus(std::move(bus)) {}

    bool appear()
    {
        return m_bus.registerVirtualObject(portalPath, this) && m_bus.registerService(u"org.freedesktop.portal.Desktop"_s);
    }

    void change(uint preference)
    {
        scheme = preference;
        QDBusMessage signal = QDBusMessage::createSignal(portalPath, u"org.freedesktop.portal.Settings"_s, u"SettingChanged"_s);
        signal << u"org.freedesktop.appearance"_s << u"color-scheme"_s << QVariant::fromValue(QDBusVariant(preference));
        m_bus.send(signal);
    }

    QString introspect(const QString &) const override { return {}; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        if (message.member() != u"Read" || message.arguments() != QVariantList{u"org.freedesktop.appearance"_s, u"color-scheme"_s})
            return false;
        return bus.send(message.createReply(QVariant::fromValue(QDBusVariant(QVariant::fromValue(QDBusVariant(scheme))))));
    }

    uint scheme = 0;

private:
    QDBusConnection m_bus;
};

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_bus.start(), "dbus-daemon does not start");
    }

    void cleanupTestCase()
    {
        QVERIFY(m_bus.stop());
    }

    void appliesAndSwitchesLive()
    {
        Theme theme(*qApp, Scheme::Light, true);
        QWidget plain;
        plain.show();
        QWidget later; // a page that is made but not shown yet
        QPushButton button;
        button.setProperty("primary", true);
        button.show();
        QCOMPARE(plain.palette().color(QPalette::Window), app::lightPalette().color(QPalette::Window));

        QSignalSpy changed(&theme, &Theme::changed);
        theme.setScheme(Scheme::Dark);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(plain.palette().color(QPalette::Window), app::darkPalette().color(QPalette::Window));
        later.show();
        QCOMPARE(later.palette().color(QPalette::Window), app::darkPalette().color(QPalette::Window));
        QCOMPARE(fill(button), app::darkPalette().color(QPalette::Highlight));

        theme.setScheme(Scheme::System); // the desktop is dark: nothing changes
        QCOMPARE(changed.size(), 1);
        theme.setDesktopDark(false);
        QCOMPARE(changed.size(), 2);
        QCOMPARE(fill(button), app::lightPalette().color(QPalette::Highlight));

        theme.setScheme(Scheme::Light);
        theme.setDesktopDark(true);
        QVERIFY(!theme.isDark());
    }

    void hearsTheDesktop()
    {
        const QDBusConnection ours = QDBusConnection::connectToBus(m_bus.address(), u"portal"_s);
        Portal portal(ours);
        portal.scheme = 1;
        QVERIFY(portal.appear());

        DesktopScheme desktop(QDBusConnection::connectToBus(m_bus.address(), u"companion"_s));
        QSignalSpy found(&desktop, &DesktopScheme::found);
        desktop.watch();
        QTRY_COMPARE(found.size(), 1);
        QCOMPARE(found[0][0].toBool(), true);

        portal.change(2);
        QTRY_COMPARE(found.size(), 2);
        QCOMPARE(found[1][0].toBool(), false);
        portal.change(1);
        QTRY_COMPARE(found.size(), 3);
        QCOMPARE(found[2][0].toBool(), true);
        QDBusConnection::disconnectFromBus(u"portal"_s);
        QDBusConnection::disconnectFromBus(u"companion"_s);
    }

    void livesWithoutAPortalOrABus()
    {
        DesktopScheme noPortal(QDBusConnection::connectToBus(m_bus.address(), u"alone"_s));
        QSignalSpy found(&noPortal, &DesktopScheme::found);
        noPortal.watch();
        DesktopScheme noBus(QDBusConnection::connectToBus(u"unix:path=/nowhere"_s, u"nobus"_s));
        noBus.watch();

        // The bus has answered "no such service" before it answers this.
        const QDBusMessage question = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s, u"GetId"_s);
        QCOMPARE(QDBusConnection(u"alone"_s).call(question).type(), QDBusMessage::ReplyMessage);
        QCoreApplication::processEvents();
        QCOMPARE(found.size(), 0);
        QDBusConnection::disconnectFromBus(u"alone"_s);
    }

private:
    static QColor fill(QWidget &widget) { return widget.grab().toImage().pixelColor(widget.width() / 2, 4); }

    support::PrivateBus m_bus;
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
