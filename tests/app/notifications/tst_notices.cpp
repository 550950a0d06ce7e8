// What pops up on the desktop for calls that wait: one notice for each session, replaced and withdrawn in time, with buttons that
// decide exactly their call, silent in the quiet hours, free of arguments. The bus is real, the notification service ours.
#include "app/mcphost/hosting.h"
#include "app/notifications/approvalnotices.h"
#include "app/notifications/desktopnotifier.h"
#include "app/notifications/quiethours.h"
#include "support/privatebus.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::DesktopNotifier;
using app::Notice;
using app::QuietHours;
using mcp::Approval;
using Choice = mcp::Approvals::Choice;

namespace {

const QString service = u"org.freedesktop.Notifications"_s;
const QString path = u"/org/freedesktop/Notifications"_s;

// A desktop's notification service.
class Desktop : public QDBusVirtualObject
{
public:
    explicit Desktop(QDBusConnection bus) : m_bus(std::move(bus)) {}

    bool appear() { return m_bus.registerVirtualObject(path, this) && m_bus.registerService(service); }

    void press(uint id, const QString &action) { tell(u"ActionInvoked"_s, {id, action}); }
    void close(uint id) { tell(u"NotificationClosed"_s, {id, 2u}); }

    QString introspect(const QString &) const override { return {}; }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        QVariantList answer;
        if (message.member() == u"GetCapabilities") {
            answer << capabilities;
        } else if (message.member() == u"Notify") {
            shown << message.arguments();
            const uint replaces = message.arguments().value(1).toUInt();
            answer << (replaces > 0 ? replaces : ++m_last);
        } else if (message.member() == u"CloseNotification") {
            closed << message.arguments().value(0).toUInt();
        }
        return bus.send(message.createReply(answer));
    }

    QStringList capabilities{u"body"_s, u"actions"_s, u"body-markup"_s};
    QList<QVariantList> shown; // app, replaces, icon, summary, body, actions, hints, timeout
    QList<uint> closed;

private:
    void tell(const QString &name, const QVariantList &arguments)
    {
        QDBusMessage signal = QDBusMessage::createSignal(path, service, name);
        signal.setArguments(arguments);
        m_bus.send(signal);
    }

    QDBusConnection m_bus;
    uint m_last = 40;
};

class ScriptedNotifier : public app::Notifier
{
public:
    void show(const Notice &notice) override { shown << notice; }
    void withdraw(const QString &key) override { withdrawn << key; }

    QList<Notice> shown;
    QStringList withdrawn;
};

} // namespace

class TestNotices : public QObject
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

    void init()
    {
        m_now = QDateTime(QDate(2026, 11, 24), QTime(12, 0)).toUTC();
        m_settings = std::make_unique<app::Settings>(m_directory.filePath(u"settings.json"_s));
        m_settings->set(app::setting::quietHours, QString());
        m_hosting = std::make_unique<app::Hosting>(mcp::Host::Setup{u"/usr/bin/conductor-mcp"_s, m_directory.filePath(u"none.sock"_s)});
        m_instead.clear();
    }

    void showsAndDecidesOverTheBus()
    {
        Desktop desktop(QDBusConnection::connectToBus(m_bus.address(), u"desktop"_s));
        QVERIFY(desktop.appear());
        {
            DesktopNotifier notifier(QDBusConnection::connectToBus(m_bus.address(), u"ours"_s), instead());
            const app::ApprovalNotices notices(*m_hosting, *m_settings, notifier, [this] { return m_now; });
            QSignalSpy chosen(m_hosting.get(), &app::Hosting::chosen);
            QSignalSpy wanted(&notices, &app::ApprovalNotices::showRequested);

            m_hosting->keepApproval(ask(1, u"s1"_s, u"<b>execution</b> & 1"_s));
            QTRY_COMPARE(desktop.shown.size(), 1);
            QCOMPARE(desktop.shown[0][3].toString(), u"claude-code asks for approval"_s);
            QCOMPARE(desktop.shown[0][4].toString(), u"Terminate workflow: &lt;b&gt;execution&lt;/b&gt; &amp; 1\nOn prod (PROD)"_s);
            QCOMPARE(desktop.shown[0][5].toStringList(), (QStringList{u"default"_s, u""_s, u"deny a1"_s, u"Deny"_s, u"allow a1"_s, u"Allow once"_s, u"show"_s, u"Show"_s}));

            m_hosting->keepApproval(ask(2, u"s1"_s, u"execution 2"_s)); // the same notice, about both
            QTRY_COMPARE(desktop.shown.size(), 2);
            QCOMPARE(desktop.shown[1][1].toUInt(), 41u);
            QVERIFY(desktop.shown[1][3].toString().contains(u"2 calls wait"_s));
            QVERIFY(!desktop.shown[1][5].toStringList().join(u' ').contains(u"allow"_s));

            m_hosting->keepApproval(over(ask(2, u"s1"_s, u"execution 2"_s)));
            QTRY_COMPARE(desktop.shown.size(), 3);
            desktop.press(41, u"show"_s);
            QTRY_COMPARE(wanted.size(), 1);
            QCOMPARE(wanted[0][0].toString(), u"a1"_s);
            desktop.press(7, u"allow a1"_s); // of another program
            desktop.press(41, u"allow a2"_s); // not what is waiting now
            desktop.press(41, u"allow a1"_s);
            QTRY_COMPARE(chosen.size(), 1);
            QCOMPARE(chosen[0][0].toString(), u"a1"_s);
            QCOMPARE(chosen[0][1].value<Choice>(), Choice::AllowOnce);

            m_hosting->keepApproval(over(ask(1, u"s1"_s, u"execution 1"_s)));
            QTRY_COMPARE(desktop.closed, QList<uint>{41u});
            m_hosting->keepApproval(ask(3, u"s1"_s, u"execution 3"_s));
            QTRY_COMPARE(desktop.shown.size(), 4);
            QCOMPARE(desktop.shown[3][1].toUInt(), 0u);
            desktop.press(42, u"deny a3"_s);
            QTRY_COMPARE(chosen.size(), 2);
            QCOMPARE(chosen[1][1].value<Choice>(), Choice::Deny);
            QVERIFY(m_instead.isEmpty());
        }
        QDBusConnection::disconnectFromBus(u"ours"_s);
        QDBusConnection::disconnectFromBus(u"desktop"_s);
    }

    void closesWhatWasWithdrawnBeforeItsNumberCame()
    {
        Desktop desktop(QDBusConnection::connectToBus(m_bus.address(), u"desktop"_s));
        desktop.capabilities = {u"body"_s}; // nor buttons nor markup
        QVERIFY(desktop.appear());
        {
            DesktopNotifier notifier(QDBusConnection::connectToBus(m_bus.address(), u"ours"_s), instead());
            notifier.show({.key = u"s0"_s, .title = u"first"_s});
            QTRY_COMPARE(desktop.shown.size(), 1);
            notifier.show({.key = u"s1"_s, .title = u"t"_s, .text = u"a < b"_s, .buttons = {{u"x"_s, u"X"_s}}});
            notifier.withdraw(u"s1"_s);
            QTRY_COMPARE(desktop.closed, QList<uint>{42u});
            QCOMPARE(desktop.shown[1][4].toString(), u"a < b"_s);
            QVERIFY(desktop.shown[1][5].toStringList().isEmpty());
        }
        QDBusConnection::disconnectFromBus(u"ours"_s);
        QDBusConnection::disconnectFromBus(u"desktop"_s);
    }

    void usesTheTrayWhereThereIsNoService()
    {
        DesktopNotifier noService(QDBusConnection::connectToBus(m_bus.address(), u"alone"_s), instead());
        noService.show({.key = u"s1"_s, .title = u"One waits"_s, .text = u"text"_s});
        QTRY_COMPARE(m_instead, QStringList{u"One waits: text"_s});
        DesktopNotifier noBus(QDBusConnection(QString()), instead());
        noBus.show({.key = u"s1"_s, .title = u"Two wait"_s, .text = u"text"_s});
        QCOMPARE(m_instead.last(), u"Two wait: text"_s);
        QDBusConnection::disconnectFromBus(u"alone"_s);
    }

    void isSilentInTheQuietHours()
    {
        ScriptedNotifier notifier;
        const app::ApprovalNotices notices(*m_hosting, *m_settings, notifier, [this] { return m_now; });
        m_settings->set(app::setting::quietHours, QuietHours{true, QTime(11, 0), QTime(13, 0)}.toText());
        m_hosting->keepApproval(ask(1, u"s1"_s, u"execution 1"_s));
        QCOMPARE(notifier.shown.size(), 0);
        m_settings->set(app::setting::quietHours, QuietHours{true, QTime(13, 0), QTime(12, 0)}.toText());
        m_hosting->keepApproval(ask(2, u"s2"_s, u"execution 2"_s));
        QCOMPARE(notifier.shown.size(), 2);
        m_hosting->keepApproval(over(ask(2, u"s2"_s, u"execution 2"_s)));
        QCOMPARE(notifier.withdrawn, QStringList{u"s2"_s});
        QCOMPARE(notifier.shown.size(), 2); // nothing is said twice
    }

    void knowsWhenItIsQuiet()
    {
        const QuietHours night{true, QTime(22, 0), QTime(7, 0)};
        QVERIFY(night.contains(QTime(23, 0)) && night.contains(QTime(0, 0)) && night.contains(QTime(6, 59)));
        QVERIFY(!night.contains(QTime(7, 0)) && !night.contains(QTime(21, 59)));
        QVERIFY((QuietHours{true, QTime(9, 0), QTime(9, 0)}.contains(QTime(3, 0))));
        QVERIFY((!QuietHours{false, QTime(22, 0), QTime(7, 0)}.contains(QTime(23, 0))));
        QCOMPARE(QuietHours::fromText(night.toText()), night);
        QCOMPARE(QuietHours::fromText(u"25:00-99"_s), QuietHours{});
    }

    void tellsNoArgumentsAndNoSecrets()
    {
        Approval approval = ask(1, u"s1"_s, u"endpoint https://user:hunter2@c.example/api\u202E"_s + QString(1'000'000, u'x'));
        approval.request.arguments = u"{\"token\": \"topsecret\"}"_s;
        approval.request.client = u"a\nb"_s;
        const Notice notice = app::noticeOf(u"s1"_s, {approval});
        const QString all = notice.title + notice.text;
        QVERIFY(!all.contains(u"hunter2"_s) && !all.contains(u"topsecret"_s) && !all.contains(QChar(0x202e)));
        QVERIFY(all.size() < 600);
        QVERIFY(!notice.title.contains(u'\n'));
    }

private:
    Approval ask(int number, const QString &session, const QString &on) const
    {
        Approval approval{.id = u"a%1"_s.arg(number), .session = session, .asked = m_now, .until = m_now.addSecs(45)};
        approval.request = {.client = u"claude-code"_s, .profile = u"prod"_s, .production = true, .tool = u"conductor_terminate_workflow"_s, .title = u"Terminate workflow"_s};
        approval.request.effect = {.kind = mcp::Effect::Kind::Destroy, .on = on};
        return approval;
    }

    static Approval over(Approval approval)
    {
        approval.state = Approval::State::Withdrawn;
        return approval;
    }

    std::function<void(const QString &, const QString &)> instead()
    {
        return [this](const QString &title, const QString &text) { m_instead << title + u": "_s + text; };
    }

    support::PrivateBus m_bus;
    QTemporaryDir m_directory;
    QDateTime m_now;
    QStringList m_instead;
    std::unique_ptr<app::Settings> m_settings;
    std::unique_ptr<app::Hosting> m_hosting;
};

QTEST_MAIN(TestNotices)
#include "tst_notices.moc"
