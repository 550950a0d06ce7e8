// The icon in the panel: its shape tells the state, its menu opens the window, freezes AI clients and quits. Appears as soon
// as the desktop has a tray, which may be later than we start. The companion owns it.
#pragma once

#include "app/core/servers.h"
#include "app/look/trayicon.h"
#include "app/shell/actions.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

namespace app {

struct TrayState {
    QString line = {};   // "2 AI clients"; a line about the whole
    int needsYou = 0;    // approvals and other things that wait
    int approvals = 0;   // of these: calls of AI clients
    bool failed = false; // something of ours does not work

    bool operator==(const TrayState &) const = default;
};

class Tray : public QObject
{
    Q_OBJECT

public:
    Tray(Actions &actions, Servers &servers, QObject *parent = nullptr);

    void start(); // shows it, now or when a tray appears
    bool isThere() const { return m_icon.isVisible() && QSystemTrayIcon::isSystemTrayAvailable(); }

    void show(const TrayState &state);
    void setOnDark(bool onDark); // the panel's most likely colour
    void tell(const QString &title, const QString &text);

    TrayShape shape() const;
    QMenu &menu() { return m_menu; }
    QRect geometry() const { return m_icon.geometry(); }

Q_SIGNALS:
    void thereChanged(bool there);
    void inboxWanted();

private:
    void look();
    void fillMenu();
    void showIcon();
    QString waitingText() const;
    void activated(QSystemTrayIcon::ActivationReason reason);

    Actions &m_actions;
    Servers &m_servers;
    TrayState m_state;
    bool m_onDark = false;
    bool m_wasThere = false;
    int m_looks = 0;
    QTimer m_lookAgain;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
};

} // namespace app
