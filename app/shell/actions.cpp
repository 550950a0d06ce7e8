#include "app/shell/actions.h"

#include "app/look/icons.h"

#include <QActionGroup>

namespace app {

Actions::Actions(QObject *parent)
    : QObject(parent)
    , open(add(u"external-link", tr("Open the window"), {}))
    , find(add(u"search", tr("Search on this page"), QKeySequence(Qt::CTRL | Qt::Key_F)))
    , refresh(add(u"refresh-cw", tr("Refresh"), QKeySequence(Qt::Key_F5)))
    , closePane(add(u"x", tr("Close what lies on top"), QKeySequence(Qt::Key_Escape)))
    , toggleSidebar(add(u"panel-left-close", tr("Collapse or expand the sidebar"), QKeySequence(Qt::CTRL | Qt::Key_B)))
    , quit(add(u"log-out", tr("Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q)))
    , m_freezeGroup(new QActionGroup(this))
{
    normal = addFreeze(Freeze::Normal, tr("AI clients: normal"));
    readOnly = addFreeze(Freeze::ReadOnly, tr("AI clients: read only"));
    stopped = addFreeze(Freeze::Stopped, tr("AI clients: stopped"));
    normal->setChecked(true);
}

QAction *Actions::goTo(const QString &word)
{
    ++m_pages;
    return add({}, tr("Go to %1").arg(word), m_pages <= 9 ? QKeySequence(Qt::ALT | Qt::Key(Qt::Key_0 + m_pages)) : QKeySequence());
}

void Actions::offerFreeze(Freeze freeze)
{
    m_freezeOffered = true;
    for (QAction *action : m_freezeGroup->actions())
        action->setVisible(true);
    setFreeze(freeze);
    Q_EMIT freezeChanged();
}

void Actions::setFreeze(Freeze freeze)
{
    (freeze == Freeze::Stopped ? stopped : freeze == Freeze::ReadOnly ? readOnly : normal)->setChecked(true);
    if (m_freeze == freeze)
        return;
    m_freeze = freeze;
    Q_EMIT freezeChanged();
}

QAction *Actions::add(QStringView iconName, const QString &text, const QKeySequence &shortcut)
{
    auto *action = new QAction(text, this);
    if (!iconName.isEmpty())
        action->setIcon(icon(iconName, QPalette::WindowText));
    action->setShortcut(shortcut);
    action->setToolTip(withShortcut(text, *action));
    return action;
}

QAction *Actions::addFreeze(Freeze freeze, const QString &text)
{
    QAction *action = add({}, text, {}); // no icon: it would hide which one is chosen
    action->setCheckable(true);
    action->setVisible(false);
    m_freezeGroup->addAction(action);
    connect(action, &QAction::triggered, this, [this, freeze] { Q_EMIT freezeChosen(freeze); });
    return action;
}

QString withShortcut(const QString &text, const QAction &action)
{
    const QString keys = action.shortcut().toString(QKeySequence::NativeText);
    return keys.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, keys);
}

} // namespace app
