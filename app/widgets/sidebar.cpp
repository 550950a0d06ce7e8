#include "app/widgets/sidebar.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/palette.h"
#include "app/look/style.h"
#include "app/look/textstyle.h"

#include <QButtonGroup>
#include <QPainter>
#include <QVBoxLayout>

namespace app {
namespace {

constexpr int margin = 8;
constexpr int iconLeft = 10;
constexpr int wordLeft = 38;

} // namespace

SidebarButton::SidebarButton(QStringView iconName, const QString &word, QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName.toString())
{
    setWord(word);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void SidebarButton::setIconName(QStringView iconName)
{
    m_iconName = iconName.toString();
    update();
}

void SidebarButton::setWord(const QString &word)
{
    setText(word);
    setAccessibleName(word);
    updateTip();
    update();
}

void SidebarButton::setNote(const QString &note)
{
    m_note = note;
    setAccessibleDescription(note);
    update();
}

void SidebarButton::setTip(const QString &tip)
{
    m_tip = tip;
    updateTip();
}

void SidebarButton::updateTip()
{
    if (m_collapsed)
        setToolTip(m_tip.isEmpty() ? text() : tr("%1: %2", "a page's name: what it is for").arg(text(), m_tip));
    else
        setToolTip(m_tip);
}

void SidebarButton::setCollapsed(bool collapsed)
{
    m_collapsed = collapsed;
    updateTip();
    updateGeometry();
    update();
}

QSize SidebarButton::sizeHint() const
{
    return {m_collapsed ? Metrics::sidebarCollapsed - 2 * margin : Metrics::sidebar - 2 * margin, Metrics::listRow(Density::Comfortable)};
}

void SidebarButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor background = palette().color(QPalette::Window);
    const QColor accent = isDark(palette()) ? palette().color(QPalette::Link) : palette().color(QPalette::Active, QPalette::Highlight);
    painter.setPen(Qt::NoPen);
    if (isChecked())
        painter.setBrush(mixed(palette().color(QPalette::Active, QPalette::Highlight), background, isDark(palette()) ? 0.28 : 0.12));
    else if (underMouse() || isDown())
        painter.setBrush(mixed(palette().color(QPalette::WindowText), background, 0.06));
    painter.drawRoundedRect(rect(), Metrics::radius, Metrics::radius);

    const QRect iconRect(m_collapsed ? (width() - Metrics::toolIcon) / 2 : iconLeft, (height() - Metrics::toolIcon) / 2, Metrics::toolIcon, Metrics::toolIcon);
    paintIcon(painter, iconRect, m_iconName, isChecked() ? accent : mixed(palette().color(QPalette::WindowText), background, 0.75));
    if (!m_collapsed) {
        const int noteWidth = m_note.isEmpty() ? 0 : fontMetrics().horizontalAdvance(m_note) + margin;
        const QRect wordRect = rect().adjusted(wordLeft, 0, -margin - noteWidth, 0);
        painter.setFont(textFont(isChecked() ? TextStyle::Strong : TextStyle::Base));
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(wordRect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, wordRect.width()));
        painter.setFont(textFont(TextStyle::Hint));
        painter.setPen(hintColor(palette()));
        painter.drawText(rect().adjusted(0, 0, -margin, 0), Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, m_note);
    } else if (!m_note.isEmpty()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(accent);
        painter.drawEllipse(QPointF(iconRect.right() + 2, iconRect.top() + 1), 3.5, 3.5);
    }
    if (hasFocus())
        paintFocusRing(painter, rect(), palette(), Metrics::radius);
}

Sidebar::Sidebar(QWidget *parent)
    : QWidget(parent)
    , m_top(new QVBoxLayout)
    , m_entries(new QVBoxLayout)
    , m_footer(new QVBoxLayout)
    , m_group(new QButtonGroup(this))
    , m_collapse(new SidebarButton(u"panel-left-close", tr("Collapse")))
{
    m_entries->setSpacing(2);
    m_footer->setSpacing(2);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(margin, margin, margin + 1, margin);
    layout->setSpacing(margin);
    layout->addLayout(m_top);
    layout->addLayout(m_entries);
    layout->addStretch();
    layout->addLayout(m_footer);
    m_footer->addWidget(m_collapse);
    setFixedWidth(Metrics::sidebar);
    connect(m_collapse, &QAbstractButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
}

void Sidebar::setTop(QWidget *widget)
{
    m_top->addWidget(widget);
    m_first = widget;
    orderTabs();
}

void Sidebar::addEntry(const QString &id, QStringView iconName, const QString &word, const QString &tip)
{
    auto *entry = new SidebarButton(iconName, word);
    entry->setCheckable(true);
    entry->setTip(tip);
    entry->setCollapsed(m_collapsed);
    m_group->addButton(entry);
    m_entries->addWidget(entry);
    m_buttons[id] = entry;
    connect(entry, &QAbstractButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
    orderTabs();
}

void Sidebar::addFooter(SidebarButton *footer)
{
    m_footer->insertWidget(m_footer->count() - 1, footer);
    footer->setCollapsed(m_collapsed);
    m_footers.push_back(footer);
    orderTabs();
}

void Sidebar::setCurrent(const QString &id)
{
    const auto found = m_buttons.find(id);
    if (found == m_buttons.end())
        return;
    found->second->setChecked(true);
    for (const auto &[other, entry] : m_buttons) // Tab comes to the page in front, arrows go on from there
        entry->setFocusPolicy(other == id ? Qt::TabFocus : Qt::NoFocus);
}

void Sidebar::setNote(const QString &id, const QString &note)
{
    if (const auto found = m_buttons.find(id); found != m_buttons.end())
        found->second->setNote(note);
}

void Sidebar::setCollapsed(bool collapsed)
{
    if (m_collapsed == collapsed)
        return;
    m_collapsed = collapsed;
    setFixedWidth(collapsed ? Metrics::sidebarCollapsed : Metrics::sidebar);
    for (const auto &[id, entry] : m_buttons)
        entry->setCollapsed(collapsed);
    for (SidebarButton *footer : m_footers)
        footer->setCollapsed(collapsed);
    m_collapse->setCollapsed(collapsed);
    m_collapse->setIconName(collapsed ? u"panel-left-open" : u"panel-left-close");
    m_collapse->setWord(collapsed ? tr("Expand") : tr("Collapse"));
    Q_EMIT collapsedChanged(collapsed);
}

// From top to bottom, in whatever order they came.
void Sidebar::orderTabs()
{
    QWidget *before = m_first;
    const auto next = [&before](QWidget *widget) {
        if (before)
            setTabOrder(before, widget);
        before = widget;
    };
    const QList<QAbstractButton *> entries = m_group->buttons();
    for (QAbstractButton *entry : entries)
        next(entry);
    for (SidebarButton *footer : m_footers)
        next(footer);
    next(m_collapse);
}

void Sidebar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Window));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), separatorColor(palette()));
}

} // namespace app
