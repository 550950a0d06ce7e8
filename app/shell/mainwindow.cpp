#include "app/shell/mainwindow.h"

#include "app/core/page.h"
#include "app/look/icons.h"
#include "app/look/palette.h"
#include "app/shell/serverchooser.h"
#include "app/widgets/sidebar.h"
#include "app/widgets/toast.h"
#include "conductor/base/hostile.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr QSize usualSize{1280, 800};
constexpr int lineHeight = 3;

class ProductionLine : public QWidget
{
public:
    ProductionLine() { setFixedHeight(lineHeight); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), productionColor(palette()));
    }
};

} // namespace

MainWindow::MainWindow(Servers &servers, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_servers(servers)
    , m_settings(settings)
    , m_actions(new Actions(this))
    , m_sidebar(new Sidebar)
    , m_chooser(new ServerChooser(servers))
    , m_freeze(new SidebarButton(u"shield-check", {}))
    , m_productionLine(new ProductionLine)
    , m_stack(new QStackedWidget)
    , m_toast(nullptr)
{
    setObjectName(u"MainWindow"_s);
    setWindowIcon(applicationIcon());
    buildSidebar();

    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_sidebar);
    row->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_productionLine);
    layout->addLayout(row, 1);
    m_toast = new Toast(this);

    connectActions();
    connect(&m_servers, &Servers::currentChanged, this, &MainWindow::showServer);
    setMinimumSize(820, 520);
    resize(usualSize);
    restoreGeometry(m_settings.get(setting::windowGeometry));
    showServer();
    showFreeze();
}

MainWindow::~MainWindow() = default;

void MainWindow::addPage(PageEntry entry)
{
    if (!entry.within.isEmpty()) {
        m_places.push_back({std::move(entry), nullptr});
        return;
    }
    QAction *go = m_actions->goTo(entry.word);
    addAction(go);
    connect(go, &QAction::triggered, this, [this, id = entry.id] { showPage(id)->focusContent(); });
    m_sidebar->addEntry(entry.id, entry.iconName, entry.word, withShortcut(entry.tip, *go));
    m_places.push_back({std::move(entry), nullptr});
}

bool MainWindow::hasPage(const QString &id) const
{
    return const_cast<MainWindow *>(this)->place(id) != nullptr;
}

Page *MainWindow::showPage(const QString &id)
{
    Place *wanted = place(id);
    if (!wanted)
        return nullptr;
    if (!wanted->page) {
        wanted->page = wanted->entry.make();
        m_stack->addWidget(wanted->page);
        connect(wanted->page, &Page::said, this, &MainWindow::say);
    }
    if (m_current != id && currentPage())
        currentPage()->setLive(false);
    m_current = id;
    m_stack->setCurrentWidget(wanted->page);
    const QString line = wanted->entry.within.isEmpty() ? id : wanted->entry.within;
    m_sidebar->setCurrent(line);
    m_settings.set(setting::lastPage, line); // what lies within a page is opened from there
    updateLive();
    showServer();
    return wanted->page;
}

Page *MainWindow::currentPage() const
{
    return qobject_cast<Page *>(m_stack->currentWidget());
}

void MainWindow::openLastPage()
{
    Page *page = showPage(m_settings.get(setting::lastPage));
    if (!page && !m_places.empty())
        page = showPage(m_places.front().entry.id);
    if (page)
        page->focusContent();
}

void MainWindow::raiseToUser()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::say(const QString &text)
{
    m_toast->say(text);
}

void MainWindow::setSidebarNote(const QString &pageId, const QString &note)
{
    m_sidebar->setNote(pageId, note);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    event->ignore(); // ending is an action of its own
    if (m_canHide && m_canHide()) {
        hide();
        Q_EMIT hiddenByClose();
    } else {
        showMinimized();
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateLive();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateLive();
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    rememberGeometry();
}

void MainWindow::moveEvent(QMoveEvent *event)
{
    QWidget::moveEvent(event);
    rememberGeometry();
}

void MainWindow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        updateLive();
}

void MainWindow::paintEvent(QPaintEvent *event)
{
    QWidget::paintEvent(event);
    if (m_painted)
        return;
    m_painted = true;
    QTimer::singleShot(0, this, &MainWindow::painted);
}

void MainWindow::buildSidebar()
{
    m_sidebar->setTop(m_chooser);
    m_sidebar->addFooter(m_freeze);
    connect(m_sidebar, &Sidebar::chosen, this, &MainWindow::showPage);
    connect(m_sidebar, &Sidebar::collapsedChanged, this, [this](bool collapsed) {
        m_chooser->setCollapsed(collapsed);
        m_settings.set(setting::sidebarCollapsed, collapsed);
    });
    connect(m_chooser, &ServerChooser::manageRequested, this, [this] { showPage(u"servers"_s); });
    connect(m_freeze, &QAbstractButton::clicked, this, &MainWindow::offerFreezeMenu);
    m_sidebar->setCollapsed(m_settings.get(setting::sidebarCollapsed));
}

void MainWindow::connectActions()
{
    for (QAction *action : {m_actions->find, m_actions->refresh, m_actions->closePane, m_actions->toggleSidebar, m_actions->quit})
        addAction(action);
    connect(m_actions->open, &QAction::triggered, this, &MainWindow::raiseToUser);
    connect(m_actions->find, &QAction::triggered, this, [this] {
        if (currentPage())
            currentPage()->focusSearch();
    });
    connect(m_actions->refresh, &QAction::triggered, this, [this] {
        if (currentPage())
            currentPage()->refresh();
    });
    connect(m_actions->closePane, &QAction::triggered, this, &MainWindow::closeSomething);
    connect(m_actions->toggleSidebar, &QAction::triggered, this, [this] { m_sidebar->setCollapsed(!m_sidebar->isCollapsed()); });
    connect(m_actions->quit, &QAction::triggered, this, &MainWindow::quitRequested);
    connect(m_actions, &Actions::freezeChanged, this, &MainWindow::showFreeze);
}

void MainWindow::showServer()
{
    const ServerEntry *server = m_servers.current();
    const bool production = server && server->production;
    m_productionLine->setVisible(production);
    QStringList title;
    if (const Place *front = place(m_current))
        title << front->entry.word;
    if (server)
        title << (production ? tr("%1 (PROD)").arg(conductor::harmless(server->name, 60)) : conductor::harmless(server->name, 60));
    title << tr("Conductor Companion");
    setWindowTitle(title.join(u" – "_s));
    if (server)
        m_settings.set(setting::currentServer, server->id);
}

void MainWindow::showFreeze()
{
    m_freeze->setVisible(m_actions->isFreezeOffered());
    switch (m_actions->freeze()) {
    case Freeze::Normal:
        m_freeze->setIconName(u"shield-check");
        m_freeze->setWord(tr("AI: normal"));
        break;
    case Freeze::ReadOnly:
        m_freeze->setIconName(u"eye");
        m_freeze->setWord(tr("AI: read only"));
        break;
    case Freeze::Stopped:
        m_freeze->setIconName(u"circle-stop");
        m_freeze->setWord(tr("AI: stopped"));
        break;
    }
    m_freeze->setTip(tr("What AI clients may do on all servers"));
}

void MainWindow::offerFreezeMenu()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_actions->normal, m_actions->readOnly, m_actions->stopped});
    menu->popup(m_freeze->mapToGlobal(QPoint(0, -menu->sizeHint().height() - 2)));
}

// While it is on the screen: what it is given before is not the user's choice.
void MainWindow::rememberGeometry()
{
    if (m_painted && isVisible() && !isMinimized())
        m_settings.set(setting::windowGeometry, saveGeometry());
}

void MainWindow::updateLive()
{
    if (Page *page = currentPage())
        page->setLive(isVisible() && !isMinimized());
}

// Esc closes what lies on top, one thing at a time.
void MainWindow::closeSomething()
{
    if (m_toast->isVisible()) {
        m_toast->hide();
        return;
    }
    if (currentPage())
        currentPage()->closePane();
}

MainWindow::Place *MainWindow::place(const QString &id)
{
    for (Place &known : m_places) {
        if (known.entry.id == id)
            return &known;
    }
    return nullptr;
}

} // namespace app
