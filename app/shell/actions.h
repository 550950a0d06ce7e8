// Every action of the window in one place, with its shortcut; tooltips say it. The window owns them.
#pragma once

#include "app/core/freeze.h"

#include <QAction>
#include <QObject>

class QActionGroup;

namespace app {

class Actions : public QObject
{
    Q_OBJECT

public:
    explicit Actions(QObject *parent = nullptr);

    QAction *goTo(const QString &word); // one more page: Alt and its place among them
    QList<QAction *> all() const { return findChildren<QAction *>(); }

    // The freeze actions appear when somebody takes them: they do nothing by themselves.
    void offerFreeze(Freeze freeze);
    void setFreeze(Freeze freeze);
    Freeze freeze() const { return m_freeze; }
    bool isFreezeOffered() const { return m_freezeOffered; }

    QAction *open;
    QAction *find;
    QAction *refresh;
    QAction *closePane;
    QAction *toggleSidebar;
    QAction *quit;
    QAction *normal;
    QAction *readOnly;
    QAction *stopped;

Q_SIGNALS:
    void freezeChosen(app::Freeze freeze);
    void freezeChanged();

private:
    QAction *add(QStringView iconName, const QString &text, const QKeySequence &shortcut);
    QAction *addFreeze(Freeze freeze, const QString &text);

    QActionGroup *m_freezeGroup;
    Freeze m_freeze = Freeze::Normal;
    bool m_freezeOffered = false;
    int m_pages = 0;
};

// "Refresh (F5)": what a tooltip says.
QString withShortcut(const QString &text, const QAction &action);

} // namespace app
