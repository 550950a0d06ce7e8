// The composition root: builds everything and passes references; nothing else knows how the parts are made. main() owns it.
//
// Rooms that are plugged in from outside: whoever keeps profiles calls servers().show() and hands a way to connect in; the
// host calls tray().show(), window().actions().offerFreeze() and connects freezeChosen; further pages come through
// window().addPage(); a second start is told by raise().
#pragma once

#include "app/approvals/inbox.h"
#include "app/approvals/oldkeys.h"
#include "app/clients/liveclients.h"
#include "app/core/clock.h"
#include "app/core/servers.h"
#include "app/core/services.h"
#include "app/core/settings.h"
#include "app/look/desktopscheme.h"
#include "app/look/theme.h"
#include "app/notifications/approvalnotices.h"
#include "app/shell/mainwindow.h"
#include "app/shell/tray.h"

#include <memory>

class QApplication;

namespace app {

class Companion : public QObject
{
    Q_OBJECT

public:
    enum class Start { Shown, Hidden }; // hidden: in the tray, as after login; shown all the same when there is no tray

    Companion(QApplication &application, Services &services, Servers::Connect connect, QString settingsPath = Settings::defaultPath(), Clock clock = systemTime);
    ~Companion() override;

    // Servers are to be there by now. What the first paint does not need begins after it.
    void start(Start start);
    void raise(); // somebody started us a second time

    // Shows the run on its page; Esc leads back to the page that was in front.
    void openExecution(const QString &serverId, const QString &executionId);

    Settings &settings() { return m_settings; }
    Theme &theme() { return m_theme; }
    Servers &servers() { return m_servers; }
    MainWindow &window() { return *m_window; }
    Tray &tray() { return *m_tray; }
    Inbox &inbox() { return m_inbox; } // for whoever finds something that needs the person

Q_SIGNALS:
    void quitRequested();

private:
    void addPages();
    void addServer();
    void startLocalServer();
    void connectServices();
    void showClients();
    void showInbox(const QString &approval);
    void startNotices();
    void watchClientFiles();
    void startTheRest();
    void watchDesktop();
    void tintTray();
    void trayThere(bool there);
    void tellTrayStays();

    QApplication &m_application;
    Services &m_services;
    Clock m_clock;
    Settings m_settings;
    Theme m_theme;
    Servers m_servers;
    Inbox m_inbox;
    OldKeys m_oldKeys;
    LiveClients m_clients;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<Tray> m_tray;
    std::unique_ptr<DesktopScheme> m_desktop;
    std::unique_ptr<Notifier> m_notifier;
    std::unique_ptr<ApprovalNotices> m_notices;
    QString m_beforeRun; // the page that Esc leads to from a run
    Start m_start = Start::Shown;
    bool m_restStarted = false;
};

} // namespace app
