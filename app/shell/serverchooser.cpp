#include "app/shell/serverchooser.h"

#include "app/core/healthlook.h"
#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/palette.h"
#include "app/look/style.h"
#include "app/look/textstyle.h"
#include "app/widgets/productiontag.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <QActionGroup>
#include <QMenu>
#include <QPainter>

namespace app {
namespace {

constexpr int margin = 8;

QString nameOf(const ServerEntry &server)
{
    return conductor::harmless(server.name, 60);
}

} // namespace

ServerChooser::ServerChooser(Servers &servers, QWidget *parent)
    : QAbstractButton(parent)
    , m_servers(servers)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, [this] { menu()->popup(mapToGlobal(QPoint(0, height() + 2))); });
    connect(&m_servers, &Servers::listChanged, this, &ServerChooser::tell);
    connect(&m_servers, &Servers::currentChanged, this, &ServerChooser::tell);
    connect(&m_servers, &Servers::healthChanged, this, &ServerChooser::tell);
    tell();
}

void ServerChooser::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    updateGeometry();
    update();
}

QMenu *ServerChooser::menu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *group = new QActionGroup(menu);
    for (const ServerEntry &server : m_servers.all()) {
        QString text = nameOf(server).replace(u'&', QStringLiteral("&&"));
        if (server.production)
            text = tr("%1 (production)").arg(text);
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(m_servers.current() && m_servers.current()->id == server.id);
        action->setToolTip(plainToolTip(server.url.toDisplayString(QUrl::RemoveUserInfo)));
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, id = server.id] { m_servers.setCurrent(id); });
    }
    if (!m_servers.all().empty())
        menu->addSeparator();
    connect(menu->addAction(app::icon(u"settings"), tr("Manage servers…")), &QAction::triggered, this, &ServerChooser::manageRequested);
    return menu;
}

QSize ServerChooser::sizeHint() const
{
    return {(m_collapsed ? Metrics::sidebarCollapsed : Metrics::sidebar) - 2 * margin, 48};
}

void ServerChooser::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ServerEntry *server = m_servers.current();
    painter.setPen(QPen(separatorColor(palette()), 1));
    painter.setBrush(underMouse() || isDown() ? mixed(palette().color(QPalette::WindowText), palette().color(QPalette::Base), 0.05) : palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), Metrics::radius, Metrics::radius);

    const HealthLook look = healthLook(server ? server->health.state : ServerHealth::State::Unknown);
    const int iconSize = Metrics::rowIcon;
    const QRect iconRect(m_collapsed ? (width() - iconSize) / 2 : margin + 2, m_collapsed && server && server->production ? 6 : (height() - iconSize) / 2, iconSize, iconSize);
    paintIcon(painter, iconRect, server ? look.glyph : u"server-off", familyColor(look.family, palette()));
    const QSize tag = productionTagSize();
    if (m_collapsed) {
        if (server && server->production)
            paintProductionTag(painter, {(width() - tag.width()) / 2, height() - tag.height() - 5}, palette());
    } else {
        const QRect arrow(width() - margin - 14, (height() - 14) / 2, 14, 14);
        paintIcon(painter, arrow, u"chevrons-up-down", hintColor(palette()));
        const QRect text(iconRect.right() + margin + 2, 5, arrow.left() - iconRect.right() - 2 * margin, height() - 10);
        const QRect upper(text.left(), text.top(), text.width(), text.height() / 2);
        QRect lower(text.left(), text.center().y() + 1, text.width(), text.height() / 2);
        painter.setFont(textFont(TextStyle::Strong));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(upper, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(server ? nameOf(*server) : tr("No server"), Qt::ElideRight, upper.width()));
        if (server && server->production) {
            paintProductionTag(painter, {lower.left(), lower.center().y() - tag.height() / 2 + 1}, palette());
            lower.setLeft(lower.left() + tag.width() + 6);
        }
        painter.setFont(textFont(TextStyle::Hint));
        painter.setPen(hintColor(palette()));
        const QString words = server ? (server->health.words.isEmpty() ? server->url.host() : server->health.words) : tr("Add one to begin");
        painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, painter.fontMetrics().elidedText(words, Qt::ElideRight, lower.width()));
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), palette(), Metrics::radius);
}

void ServerChooser::tell()
{
    const ServerEntry *server = m_servers.current();
    const QString production = server && server->production ? tr("production") + u", " : QString();
    const QString name = server ? tr("Server %1, %2%3").arg(nameOf(*server), production, server->health.words) : tr("No server");
    setAccessibleName(name);
    setToolTip(server ? plainToolTip(server->url.toDisplayString(QUrl::RemoveUserInfo) + u'\n' + (server->health.detail.isEmpty() ? server->health.words : server->health.detail)) : QString());
    update();
}

} // namespace app
