#include "app/clients/clientdetail.h"

#include "app/clients/clientlook.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/mcphost/hosting.h"
#include "app/widgets/buttons.h"
#include "app/widgets/statusbadge.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using Entry = mcp::ClientState::Entry;

namespace app {

ClientDetail::ClientDetail(Servers &servers, QWidget *parent)
    : QWidget(parent)
    , m_servers(servers)
    , m_name(new QLabel)
    , m_badge(new StatusBadge)
    , m_sentence(new QLabel)
    , m_server(new QComboBox)
    , m_register(button({}, ButtonKind::Primary))
    , m_repair(button(tr("Repair")))
    , m_remove(button(tr("Remove")))
    , m_undo(button(tr("Undo")))
    , m_link(button({}))
    , m_copy(button(tr("Copy the entry"), ButtonKind::Quiet))
{
    build();
    connect(m_register, &QPushButton::clicked, this, &ClientDetail::registerRequested);
    connect(m_repair, &QPushButton::clicked, this, &ClientDetail::repairRequested);
    connect(m_remove, &QPushButton::clicked, this, &ClientDetail::removeRequested);
    connect(m_undo, &QPushButton::clicked, this, &ClientDetail::undoRequested);
    connect(m_link, &QPushButton::clicked, this, &ClientDetail::linkRequested);
    connect(m_copy, &QPushButton::clicked, this, &ClientDetail::copyRequested);
    connect(&m_servers, &Servers::listChanged, this, &ClientDetail::showServers);
    connect(m_server, &QComboBox::currentTextChanged, this, &ClientDetail::updateButtons);
    showServers();
}

void ClientDetail::build()
{
    setTextStyle(*m_name, TextStyle::Section);
    for (QLabel *label : {m_name, m_sentence})
        label->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_server->setAccessibleName(tr("Server that the AI client uses"));
    m_server->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *label = new QLabel(tr("Server"));
    label->setBuddy(m_server);
    auto *hint = new QLabel(tr("The entry holds no secret: the key stays in the keychain."));
    setTextStyle(*hint, TextStyle::Hint);
    m_undo->setToolTip(tr("Takes back what was changed here last"));
    m_link->setToolTip(tr("The client asks before it installs the entry"));

    auto *title = new QHBoxLayout;
    title->setSpacing(Metrics::rowGap);
    title->addWidget(m_name);
    title->addWidget(m_badge);
    title->addStretch();
    auto *server = new QHBoxLayout;
    server->setSpacing(Metrics::rowGap);
    server->addWidget(label);
    server->addWidget(m_server);
    server->addWidget(hint, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    for (QPushButton *button : {m_register, m_repair, m_undo, m_link, m_copy})
        buttons->addWidget(button);
    buttons->addStretch();
    buttons->addWidget(m_remove); // apart from the others
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::groupGap);
    layout->addLayout(title);
    layout->addWidget(m_sentence);
    layout->addLayout(server);
    layout->addLayout(buttons);
    layout->addStretch();
}

void ClientDetail::show(const mcp::ClientState &state, const QString &version)
{
    const bool isOther = state.client.id != m_state.client.id;
    m_state = state;
    m_name->setText(version.isEmpty() ? state.client.name : u"%1 %2"_s.arg(state.client.name, version));
    m_badge->show(clientLook(state));
    m_sentence->setText(clientSentence(state));
    const QString profile = state.entry == Entry::Ours ? state.found.profile : state.recorded.profile;
    if (const int known = m_server->findText(profile); isOther && known >= 0) {
        const QSignalBlocker quietly(m_server);
        m_server->setCurrentIndex(known);
    }
    updateButtons();
}

mcp::EntryWish ClientDetail::wish() const { return {serverProgram(), m_server->currentText()}; }

mcp::EntryWish ClientDetail::repair() const
{
    mcp::EntryWish wish = m_state.drift == mcp::ClientState::Drift::ProgramGone ? m_state.found : m_state.recorded;
    wish.program = serverProgram();
    return wish;
}

void ClientDetail::showServers()
{
    const QString before = m_server->currentText();
    const QSignalBlocker quietly(m_server);
    m_server->clear();
    for (const ServerEntry &server : m_servers.all())
        m_server->addItem(server.name);
    m_server->setCurrentIndex(std::max(0, m_server->findText(before)));
    m_server->setEnabled(m_server->count() > 0);
    updateButtons();
}

void ClientDetail::updateButtons()
{
    const bool hasServer = m_server->count() > 0;
    const bool canEdit = m_state.isPresent && m_state.entry != Entry::Unreadable;
    const bool isOurs = m_state.entry == Entry::Ours;
    const bool isSame = isOurs && m_state.found.profile == m_server->currentText() && m_state.found.program == serverProgram();
    m_register->setText(isOurs ? tr("Change") : m_state.entry == Entry::Foreign ? tr("Replace") : tr("Register"));
    m_register->setEnabled(hasServer && canEdit && !isSame);
    m_register->setToolTip(hasServer ? QString() : tr("Add a server first"));
    m_repair->setVisible(hasDrifted(m_state) && canEdit);
    m_remove->setVisible(canEdit && m_state.entry != Entry::None);
    m_undo->setVisible(m_state.canUndo && canEdit);
    m_link->setVisible(m_state.isPresent && hasServer && !m_state.client.linkFor(wish()).isEmpty());
    m_link->setText(tr("Open in %1").arg(m_state.client.name));
    m_copy->setEnabled(hasServer);
}

} // namespace app
