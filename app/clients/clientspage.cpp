#include "app/clients/clientspage.h"

#include "app/clients/changereview.h"
#include "app/clients/clientdetail.h"
#include "app/clients/clientlook.h"
#include "app/clients/clientsmodel.h"
#include "app/clients/liveclients.h"
#include "app/look/metrics.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/placement.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using conductor::Done;
using conductor::Reply;
using conductor::Result;
using mcp::ClientPlan;
using mcp::ClientState;

namespace app {

ClientsPage::ClientsPage(LiveClients &clients, Servers &servers, QWidget *parent)
    : Page(parent)
    , m_clients(clients)
    , m_header(new PageHeader(tr("AI clients")))
    , m_message(new MessageBar)
    , m_table(new Table(tr("AI clients of this machine")))
    , m_model(new ClientsModel(this))
    , m_below(new QStackedWidget)
    , m_detail(new ClientDetail(servers))
    , m_review(new ChangeReview(clients.registrar()))
{
    build();
    connectDetail();
    connect(&m_clients, &LiveClients::changed, this, &ClientsPage::showClients);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_review->isBusy())
            endReview();
        showSelected();
    });
    showClients();
}

void ClientsPage::build()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(ClientsModel::State, new StatusDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(ClientsModel::File, new CellDelegate(TextStyle::Hint, Qt::ElideMiddle, m_table));
    m_table->setSelectionMode(Table::SingleSelection);
    m_table->setColumnCharacters(ClientsModel::Name, 42);
    m_table->setColumnCharacters(ClientsModel::State, 26);
    m_table->setColumnCharacters(ClientsModel::Server, 28);
    m_below->addWidget(m_detail);
    m_below->addWidget(m_review);
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(underTitle(m_table));
    splitter->addWidget(m_below);
    splitter->setSizes({3000, 2000});
    m_below->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(withinMargins(m_message));
    layout->addWidget(splitter, 1);
}

void ClientsPage::connectDetail()
{
    mcp::Registrar &registrar = m_clients.registrar();
    const auto plan = [this](auto make) {
        m_plan = [this, make]() -> Result<ClientPlan> {
            const ClientState *state = selected();
            return state ? make(*state) : Result<ClientPlan>(conductor::Failure({conductor::Error::Kind::NotFound, tr("No client is selected")}));
        };
        review(m_plan());
    };
    connect(m_detail, &ClientDetail::registerRequested, this, [this, plan, &registrar] {
        plan([&registrar, wish = m_detail->wish()](const ClientState &state) { return registrar.planRegister(state.client, wish); });
    });
    connect(m_detail, &ClientDetail::repairRequested, this, [this, plan, &registrar] {
        plan([&registrar, wish = m_detail->repair()](const ClientState &state) { return registrar.planRegister(state.client, wish); });
    });
    connect(m_detail, &ClientDetail::removeRequested, this,
            [plan, &registrar] { plan([&registrar](const ClientState &state) { return registrar.planUnregister(state.client); }); });
    connect(m_detail, &ClientDetail::undoRequested, this, [plan, &registrar] { plan([&registrar](const ClientState &state) { return registrar.planUndo(state.client); }); });
    connect(m_detail, &ClientDetail::copyRequested, this, &ClientsPage::copyEntry);
    connect(m_detail, &ClientDetail::linkRequested, this, &ClientsPage::openLink);
    connect(m_review, &ChangeReview::cancelled, this, &ClientsPage::endReview);
    connect(m_review, &ChangeReview::again, this, &ClientsPage::reviewAgain);
    connect(m_review, &ChangeReview::made, this, [this](const QString &sentence) {
        m_message->say(MessageBar::Kind::Success, sentence);
        endReview();
        m_clients.refresh();
        m_table->setFocus(Qt::OtherFocusReason);
    });
}

void ClientsPage::setLive(bool live)
{
    if (live)
        m_clients.refresh();
}

void ClientsPage::refresh()
{
    m_versions.clear();
    m_clients.refresh();
}

void ClientsPage::focusContent() { m_table->setFocus(Qt::OtherFocusReason); }

bool ClientsPage::closePane()
{
    if (m_below->currentWidget() == m_review && m_below->isVisible()) {
        if (!m_review->isBusy())
            endReview();
        return true;
    }
    if (!m_message->isHidden()) {
        m_message->close();
        return true;
    }
    if (m_below->isHidden())
        return false;
    m_table->clearSelection();
    return true;
}

void ClientsPage::showClients()
{
    m_table->rememberPlace();
    m_model->show(m_clients.all(), m_versions);
    m_table->returnToPlace();
    int present = 0;
    int registered = 0;
    for (const ClientState &state : m_clients.all()) {
        present += state.isPresent ? 1 : 0;
        registered += state.isPresent && state.entry == ClientState::Entry::Ours ? 1 : 0;
    }
    m_header->setHint(tr("%1 found on this machine, %2 registered").arg(QLocale().toString(present), QLocale().toString(registered)));
    showSelected();
}

const ClientState *ClientsPage::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : m_clients.find(m_model->rows()[size_t(rows.first().row())].id);
}

void ClientsPage::showSelected()
{
    const ClientState *state = selected();
    m_below->setVisible(state);
    if (!state)
        return;
    m_detail->show(*state, m_versions.value(state->client.id));
    if (!m_versions.contains(state->client.id) && !state->program.isEmpty()) {
        m_versions.insert(state->client.id, QString());
        askVersion(*state);
    }
}

Reply<Done> ClientsPage::askVersion(ClientState state)
{
    const QString version = co_await m_clients.registrar().version(state);
    m_versions.insert(state.client.id, version);
    showClients();
    co_return Done{};
}

void ClientsPage::review(const Result<ClientPlan> &plan)
{
    if (!plan) {
        endReview();
        m_message->sayError(tr("Nothing was changed: %1").arg(conductor::harmless(plan.error().message, 300)), plan.error());
        return;
    }
    m_message->close();
    if (plan->changesNothing()) {
        endReview();
        m_message->say(MessageBar::Kind::Info, tr("There is nothing to change in %1.").arg(pathText(plan->client.file)));
        return;
    }
    m_below->setCurrentWidget(m_review);
    m_review->begin(*plan);
}

void ClientsPage::reviewAgain()
{
    m_clients.refresh();
    review(m_plan());
}

void ClientsPage::endReview()
{
    const bool hadFocus = m_review->isAncestorOf(window()->focusWidget());
    m_below->setCurrentWidget(m_detail);
    if (hadFocus)
        m_table->setFocus(Qt::OtherFocusReason);
}

void ClientsPage::copyEntry()
{
    const ClientState *state = selected();
    const Result<QString> text = state ? state->client.textFor(m_detail->wish()) : Result<QString>(QString());
    if (!text)
        return;
    QGuiApplication::clipboard()->setText(*text);
    Q_EMIT said(tr("Copied. It belongs into %1").arg(pathText(state->client.file)));
}

void ClientsPage::openLink()
{
    const ClientState *state = selected();
    if (state && !QDesktopServices::openUrl(QUrl(state->client.linkFor(m_detail->wish()), QUrl::StrictMode)))
        m_message->say(MessageBar::Kind::Warning, tr("%1 did not take the link. Register it here instead.").arg(state->client.name));
}

} // namespace app
