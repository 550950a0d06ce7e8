#include "app/shell/tray.h"

#include "app/core/healthlook.h"
#include "app/look/icons.h"
#include "conductor/base/hostile.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace app {
namespace {

// Right after login a panel may still be starting; later on one appears rarely.
constexpr std::chrono::seconds soon{5};
constexpr std::chrono::seconds rarely{60};
constexpr int looksSoon = 6;

constexpr size_t mostServerLines = 4; // the menu has twelve lines at most

} // namespace

Tray::Tray(Actions &actions, Servers &servers, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
    , m_servers(servers)
{
    m_icon.setContextMenu(&m_menu);
    connect(&m_icon, &QSystemTrayIcon::activated, this, &Tray::activated);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, m_actions.open, &QAction::trigger);
    connect(&m_actions, &Actions::freezeChanged, this, &Tray::showIcon);
    connect(&m_actions, &Actions::freezeChanged, this, &Tray::fillMenu);
    connect(&m_servers, &Servers::listChanged, this, &Tray::fillMenu);
    connect(&m_servers, &Servers::healthChanged, this, &Tray::fillMenu);
    connect(&m_lookAgain, &QTimer::timeout, this, &Tray::look);
    fillMenu();
    showIcon();
}

void Tray::start()
{
    m_icon.show();
    m_lookAgain.start(soon);
    look();
}

void Tray::show(const TrayState &state)
{
    if (m_state == state)
        return;
    m_state = state;
    showIcon();
    fillMenu();
}

void Tray::setOnDark(bool onDark)
{
    m_onDark = onDark;
    showIcon();
}

void Tray::tell(const QString &title, const QString &text)
{
    if (isThere())
        m_icon.showMessage(title, text, applicationIcon());
}

TrayShape Tray::shape() const
{
    if (m_state.failed)
        return TrayShape::Cross;
    if (m_actions.freeze() == Freeze::Stopped)
        return TrayShape::Square;
    if (m_actions.freeze() == Freeze::ReadOnly)
        return TrayShape::Bar;
    return m_state.needsYou > 0 ? TrayShape::Dot : TrayShape::Plain;
}

void Tray::look()
{
    if (++m_looks == looksSoon)
        m_lookAgain.start(rarely);
    const bool there = QSystemTrayIcon::isSystemTrayAvailable();
    if (there == m_wasThere)
        return;
    m_wasThere = there;
    if (there) {
        m_icon.hide(); // shown while there was no tray, it would stay away
        m_icon.show();
    }
    Q_EMIT thereChanged(there);
}

void Tray::fillMenu()
{
    m_menu.clear();
    const auto line = [this](const QIcon &glyph, const QString &text) { m_menu.addAction(glyph, QString(text).replace(u'&', u"&&"_s))->setEnabled(false); };
    line({}, m_state.line.isEmpty() ? tr("Conductor Companion") : conductor::harmless(m_state.line, 80));
    if (m_state.needsYou > 0)
        connect(m_menu.addAction(icon(u"hand", conductor::StatusFamily::NeedsYou), waitingText()), &QAction::triggered, this, &Tray::inboxWanted);
    const std::vector<ServerEntry> &servers = m_servers.all();
    const size_t serverLines = m_state.needsYou > 0 ? mostServerLines - 1 : mostServerLines;
    for (size_t i = 0; i < servers.size() && i < serverLines; ++i) {
        if (i == serverLines - 1 && servers.size() > serverLines) {
            line({}, tr("and %1 more servers").arg(servers.size() - i));
            break;
        }
        const HealthLook look = healthLook(servers[i].health.state);
        const QString words = servers[i].health.words.isEmpty() ? tr("not asked yet") : servers[i].health.words;
        line(icon(look.glyph, look.family), tr("%1: %2", "a server's name and how it is").arg(conductor::harmless(servers[i].name, 40), conductor::harmless(words, 60)));
    }
    m_menu.addSeparator();
    if (m_actions.isFreezeOffered()) {
        m_menu.addActions({m_actions.normal, m_actions.readOnly, m_actions.stopped});
        m_menu.addSeparator();
    }
    m_menu.addActions({m_actions.open, m_actions.quit});
}

QString Tray::waitingText() const
{
    const QLocale locale;
    if (m_state.approvals == 0)
        return m_state.needsYou == 1 ? tr("1 thing waits for you…") : tr("%1 things wait for you…").arg(locale.toString(m_state.needsYou));
    return m_state.approvals == 1 ? tr("1 call waits for approval…") : tr("%1 calls wait for approval…").arg(locale.toString(m_state.approvals));
}

void Tray::showIcon()
{
    m_icon.setIcon(trayIcon(shape(), m_onDark));
    switch (shape()) {
    case TrayShape::Plain:
        m_icon.setToolTip(tr("Conductor Companion"));
        break;
    case TrayShape::Dot:
        m_icon.setToolTip(tr("Conductor Companion: %1").arg(waitingText()));
        break;
    case TrayShape::Bar:
        m_icon.setToolTip(tr("Conductor Companion: AI clients may only read"));
        break;
    case TrayShape::Square:
        m_icon.setToolTip(tr("Conductor Companion: AI clients are stopped"));
        break;
    case TrayShape::Cross:
        m_icon.setToolTip(tr("Conductor Companion: something does not work"));
        break;
    }
}

// Left opens, middle freezes to read only and back.
void Tray::activated(QSystemTrayIcon::ActivationReason reason)
{
    if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
        m_actions.open->trigger();
    if (reason == QSystemTrayIcon::MiddleClick && m_actions.isFreezeOffered())
        (m_actions.freeze() == Freeze::Normal ? m_actions.readOnly : m_actions.normal)->trigger();
}

} // namespace app
