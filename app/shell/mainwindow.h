// The window: sidebar, one page in front, a line on top when the server in front is a production server. Pages are made when
// they are first shown. The companion owns it.
#pragma once

#include "app/core/servers.h"
#include "app/core/settings.h"
#include "app/shell/actions.h"

#include <QWidget>

#include <functional>
#include <vector>

class QStackedWidget;

namespace app {

class Page;
class ServerChooser;
class Sidebar;
class SidebarButton;
class Toast;

// A page as the sidebar knows it.
struct PageEntry {
    QString id;
    QString iconName;
    QString word;
    QString tip; // what it is for
    std::function<Page *()> make;
    QString within = {}; // the page whose line in the sidebar it belongs to; empty: it has a line of its own
};

class MainWindow : public QWidget
{
    Q_OBJECT

public:
    MainWindow(Servers &servers, Settings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    void addPage(PageEntry entry);
    bool hasPage(const QString &id) const;
    Page *showPage(const QString &id); // makes it when needed; null for an id that is not there
    Page *currentPage() const;
    void openLastPage();

    void raiseToUser(); // shows it, wherever it was
    void say(const QString &text);
    void setSidebarNote(const QString &pageId, const QString &note);

    Actions &actions() { return *m_actions; }

    // What closing does: hide when there is a tray to come back from, else minimise. Asked at each close.
    void setCanHide(std::function<bool()> canHide) { m_canHide = std::move(canHide); }

Q_SIGNALS:
    void painted();       // the first time
    void hiddenByClose();
    void quitRequested();

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Place {
        PageEntry entry;
        Page *page = nullptr;
    };

    void buildSidebar();
    void connectActions();
    void showServer();
    void showFreeze();
    void offerFreezeMenu();
    void rememberGeometry();
    void updateLive();
    void closeSomething();
    Place *place(const QString &id);

    Servers &m_servers;
    Settings &m_settings;
    Actions *m_actions;
    Sidebar *m_sidebar;
    ServerChooser *m_chooser;
    SidebarButton *m_freeze;
    QWidget *m_productionLine;
    QStackedWidget *m_stack;
    Toast *m_toast;
    std::vector<Place> m_places;
    QString m_current;
    std::function<bool()> m_canHide;
    bool m_painted = false;
};

} // namespace app
