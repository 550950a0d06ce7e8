#include "app/profiles/serverspage.h"

#include "app/look/palette.h"
#include "app/profiles/policypanel.h"
#include "app/profiles/serverdelegate.h"
#include "app/profiles/serverdetail.h"
#include "app/profiles/serverpanes.h"
#include "app/profiles/serversmodel.h"
#include "app/widgets/buttons.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/placement.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QHeaderView>
#include <QLocale>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace conductor;

namespace app {
namespace {

constexpr int listWidth = 340;
constexpr int shortestList = 240;
enum StackIndex { workIndex, emptyIndex };

} // namespace

ServersPage::ServersPage(Services &services, Servers &servers, Clock clock, QWidget *parent)
    : Page(parent)
    , m_services(services)
    , m_servers(servers)
    , m_clock(std::move(clock))
    , m_care(services, servers)
    , m_header(new PageHeader(tr("Servers")))
    , m_add(m_header->setPrimary(tr("Add a server")))
    , m_message(new MessageBar)
    , m_stack(new QStackedWidget)
    , m_empty(new EmptyState)
    , m_work(new QSplitter(Qt::Horizontal))
    , m_table(new Table(tr("Servers")))
    , m_model(new ServersModel(this))
    , m_detail(new ServerDetail)
    , m_panes(new ServerPanes(m_care, m_detail))
    , m_http(new HttpCare(services, m_care, m_detail->http(), this))
    , m_local(new LocalCare(services, m_detail->local(), this))
{
    build();
    connectParts();
    connectDetail();
    connectForms();
    showRows();
}

void ServersPage::build()
{
    m_stack->insertWidget(workIndex, buildWork());
    m_stack->insertWidget(emptyIndex, m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(withinMargins(m_message));
    layout->addWidget(m_stack, 1);
}

QWidget *ServersPage::buildWork()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new ServerDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setUniformRowHeights(false); // an old key takes a line more
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->header()->hide();
    m_table->setMinimumWidth(shortestList);
    auto *list = new QWidget;
    auto *place = new QVBoxLayout(list);
    place->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, 0, Metrics::unit, 0);
    place->addWidget(m_table);

    m_work->setChildrenCollapsible(false);
    m_work->addWidget(list);
    m_work->addWidget(m_panes);
    m_work->setStretchFactor(0, 1); // in a small window the list gives way too
    m_work->setStretchFactor(1, 2);
    m_work->setSizes({listWidth, 2 * listWidth});
    return m_work;
}

void ServersPage::connectParts()
{
    connect(m_add, &QPushButton::clicked, this, &ServersPage::add);
    connect(m_message, &MessageBar::actionRequested, this, &ServersPage::moveAside);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_care.profiles().trouble())
            refresh();
        else
            add();
    });
    connect(m_empty, &EmptyState::linkRequested, this, [this] {
        if (m_care.profiles().trouble())
            moveAside();
        else
            m_services.startLocalServer(Services::Demo::With);
    });
    connect(&m_care.profiles(), &ProfileStore::changed, this, &ServersPage::showRows);
    connect(&m_servers, &Servers::healthChanged, this, &ServersPage::showRows);
    connect(&m_servers, &Servers::listChanged, this, &ServersPage::showRows);
    connect(&m_services.localServer(), &LocalServer::stateChanged, this, [this] {
        m_wantsLocal = m_wantsLocal || m_model->rowCount() == 0;
        showRows();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &ServersPage::choose);
}

void ServersPage::connectDetail()
{
    connect(m_detail, &ServerDetail::testRequested, this, &ServersPage::test);
    connect(m_detail, &ServerDetail::suggestionTaken, this, &ServersPage::takeSuggestion);
    connect(m_detail, &ServerDetail::copied, this, [this] { Q_EMIT said(tr("Address copied")); });
    connect(m_detail, &ServerDetail::productionChosen, this, [this](bool on) { change([on](Profile &profile) { profile.production = on; }); });
    connect(m_detail, &ServerDetail::requiresCompanionChosen, this, [this](bool on) { change([on](Profile &profile) { profile.requiresCompanion = on; }); });
    connect(&m_detail->policy(), &PolicyPanel::chosen, this,
            [this](const QJsonObject &section) { change([section](Profile &profile) { profile.sections[mcp::Policy::section] = section; }); });
    connect(m_detail, &ServerDetail::defaultRequested, this, [this] {
        if (const Result<Done> set = m_care.profiles().setDefault(m_selectedId); !set)
            tellFailure(tr("The default server was not changed"), set.error());
    });
    connect(m_http, &HttpCare::said, this, &ServersPage::said);
    connect(m_http, &HttpCare::failed, this, &ServersPage::tellFailure);
}

void ServersPage::connectForms()
{
    // Not by pointers to members: g++ 12 sanitises calls through them wrongly.
    const auto askToDelete = [this] {
        if (const Profile *profile = selected())
            m_panes->askToDelete(*profile);
    };
    const auto changeKey = [this] {
        if (const Profile *profile = selected())
            m_panes->changeKey(*profile);
    };
    const auto askToRemoveKey = [this] {
        if (const Profile *profile = selected())
            m_panes->askToRemoveKey(*profile);
    };
    const auto edit = [this] {
        if (const Profile *profile = selected(); profile && !m_panes->isOpen())
            m_panes->edit(*profile);
    };
    connect(m_detail, &ServerDetail::editRequested, this, edit);
    connect(m_table, &Table::chosen, this, edit);
    connect(m_detail, &ServerDetail::deleteRequested, this, askToDelete);
    connect(m_detail, &ServerDetail::enterKeyRequested, this, changeKey);
    connect(m_detail, &ServerDetail::rotateKeyRequested, this, changeKey);
    connect(m_detail, &ServerDetail::removeKeyRequested, this, askToRemoveKey);
    connect(m_http, &HttpCare::newTokenWanted, m_panes, &ServerPanes::askForNewToken);
    connect(m_panes, &ServerPanes::opened, this, &ServersPage::showEmptiness);
    connect(m_panes, &ServerPanes::added, this, &ServersPage::showServer);
    connect(m_panes, &ServerPanes::said, this, &ServersPage::said);
    connect(m_panes, &ServerPanes::closed, this, [this] {
        showRows();
        focusContent();
    });
}

void ServersPage::setLive(bool live)
{
    m_local->setLive(live);
    if (live)
        showRows();
}

void ServersPage::refresh()
{
    m_care.profiles().load(); // what keeps it from being read is its trouble()
    showRows();
    if (!m_panes->isOpen() && selected() && m_stack->currentIndex() == workIndex)
        test();
}

void ServersPage::focusContent()
{
    if (m_panes->isOpen())
        m_panes->focusFirst();
    else if (m_stack->currentIndex() == workIndex)
        m_table->setFocus(Qt::OtherFocusReason);
    else
        m_empty->setFocus(Qt::OtherFocusReason);
}

// What was typed is not thrown away by a key.
bool ServersPage::closePane()
{
    if (!m_panes->isOpen() || m_panes->holdsInput())
        return false;
    m_panes->closeOpen();
    return true;
}

void ServersPage::showRows()
{
    const ProfileStore &profiles = m_care.profiles();
    const LocalServer::State local = m_services.localServer().state();
    const QScopedValueRollback<bool> quietly(m_showsRows, true);
    m_model->show(serverRows(profiles.profiles(), profiles.defaultId(), m_servers, local, m_clock()));
    if (m_wantsLocal) { // it has got its profile
        const auto found = std::find_if(profiles.profiles().begin(), profiles.profiles().end(), Services::isLocal);
        m_selectedId = found == profiles.profiles().end() ? QString() : found->id;
    }
    QModelIndex index = m_model->indexOf(m_selectedId);
    if (!index.isValid() || (m_selectedId.isEmpty() && !m_wantsLocal))
        index = m_model->index(0, 0);
    m_selectedId = index.data(ServersModel::IdRole).toString();
    if (m_table->currentIndex() != index)
        m_table->setCurrentIndex(index);
    const int count = int(profiles.profiles().size());
    m_header->setHint(count == 0 ? QString() : count == 1 ? tr("1 server") : tr("%1 servers").arg(QLocale().toString(count)));
    showTrouble();
    showEmptiness();
    showSelected();
}

void ServersPage::showEmptiness()
{
    const ProfileStore &profiles = m_care.profiles();
    const bool localIsThere = m_services.localServer().state() != LocalServer::State::Stopped;
    const bool work = m_panes->isOpen() || !profiles.profiles().empty() || localIsThere;
    m_stack->setCurrentIndex(work ? workIndex : emptyIndex);
    m_work->widget(0)->setVisible(!profiles.profiles().empty() || localIsThere);
    m_add->setVisible(work && !m_panes->isOpen() && !profiles.trouble());
    if (work)
        return;
    if (profiles.trouble())
        m_empty->showFirstUse(u"triangle-alert", tr("The list of servers cannot be read"),
                              tr("%1. Moved aside it stays where it is, under another name.").arg(harmless(sentence(*profiles.trouble()), 400)),
                              tr("Read it again"), tr("Move the file aside"));
    else
        m_empty->showFirstUse(u"server", tr("There is no server yet"),
                              tr("Add the Conductor server you work with. Or start one on this machine, with sample workflows, to look around."),
                              tr("Add a server"), tr("Start a local server with samples"));
}

// The profiles that were read last are still shown and used; nothing can be changed until the file is right again.
void ServersPage::showTrouble()
{
    const std::optional<Error> trouble = m_care.profiles().trouble();
    const bool shown = !m_message->isHidden() && m_message->kind() == MessageBar::Kind::Warning;
    if (trouble && !m_care.profiles().profiles().empty())
        m_message->say(MessageBar::Kind::Warning,
                       tr("The list of servers cannot be read any more, and nothing is saved until it can: %1.").arg(harmless(sentence(*trouble), 400)),
                       tr("Move the file aside"));
    else if (shown)
        m_message->close();
}

// What is typed belongs to the server that is chosen: it is finished first.
void ServersPage::choose(const QModelIndex &index)
{
    if (m_showsRows || !index.isValid() || index.data(ServersModel::IdRole).toString() == m_selectedId)
        return;
    if (m_panes->holdsInput()) {
        Q_EMIT said(tr("Save what you entered, or cancel it"));
        QTimer::singleShot(0, this, &ServersPage::showRows);
        return;
    }
    m_selectedId = index.data(ServersModel::IdRole).toString();
    m_wantsLocal = m_selectedId.isEmpty();
    m_panes->closeOpen();
    showSelected();
}

const Profile *ServersPage::selected() const
{
    return m_services.profiles().find(m_selectedId);
}

void ServersPage::showSelected()
{
    if (const Profile *profile = selected()) {
        const ServerEntry *server = m_servers.find(profile->id);
        m_detail->show(*profile, profile->id == m_services.profiles().defaultId(), server ? server->health : ServerHealth{}, m_clock());
        m_http->show(*profile);
    } else {
        m_detail->showLocalOnly();
    }
    m_local->refresh();
}

void ServersPage::add()
{
    if (!m_panes->isOpen() && !m_care.profiles().trouble())
        m_panes->add();
}

void ServersPage::showServer(const QString &id)
{
    m_selectedId = id;
    m_wantsLocal = id.isEmpty();
    showRows();
}

void ServersPage::showLocalServer()
{
    if (!m_panes->isOpen())
        showServer({});
}

void ServersPage::change(const std::function<void(Profile &)> &edit)
{
    if (const Result<Profile> changed = m_care.profiles().change(m_selectedId, edit); !changed)
        tellFailure(tr("The change was not saved"), changed.error());
    showSelected(); // what is in force, whatever was clicked
}

// A key is bound to scheme, host and port: where those change it has to be entered again.
void ServersPage::takeSuggestion(const QUrl &address)
{
    const Profile *profile = selected();
    if (!profile)
        return;
    if (profile->keychain != Keychain::None && originOf(profile->url) != originOf(address)) {
        m_panes->edit(*profile, address);
        return;
    }
    change([address](Profile &changed) { changed.url = address; });
    test();
}

void ServersPage::moveAside()
{
    const Result<QString> moved = m_care.profiles().moveAside();
    if (!moved) {
        tellFailure(tr("The file was not moved"), moved.error());
        return;
    }
    showRows();
    m_message->say(MessageBar::Kind::Info, tr("The old list is in %1 now. A new one begins with the first server that is added.").arg(harmless(*moved, 300)));
}

void ServersPage::tellFailure(const QString &what, const Error &error)
{
    m_message->sayError(tr("%1: %2.", "what did not work: why").arg(what, harmless(error.message, 300)), error);
}

Reply<Done> ServersPage::test()
{
    const Profile *profile = selected();
    if (!profile)
        co_return Done{};
    const QString id = profile->id;
    m_detail->showTesting();
    const ProbeReport report = co_await m_care.test(profile->url, {}, id);
    if (m_detail->profileId() == id)
        m_detail->showReport(report);
    co_return Done{};
}

} // namespace app
