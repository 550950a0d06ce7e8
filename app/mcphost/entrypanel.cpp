#include "app/mcphost/entrypanel.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/mcphost/cliententry.h"
#include "app/mcphost/hosting.h"
#include "app/widgets/buttons.h"
#include "app/widgets/plaintextpane.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>

namespace app {
namespace {

constexpr int entryLines = 8;

} // namespace

EntryPanel::EntryPanel(Servers &servers, QWidget *parent)
    : QWidget(parent)
    , m_servers(servers)
    , m_server(new QComboBox)
    , m_fold(button({}, ButtonKind::Quiet))
    , m_entry(new PlainTextPane(tr("Configuration entry for an AI client")))
{
    auto *label = new QLabel(tr("Entry for an AI client, using the server"));
    label->setBuddy(m_server);
    m_server->setAccessibleName(tr("Server that the AI client uses"));
    m_server->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    auto *hint = new QLabel(tr("It holds no secret: the key stays in the keychain."));
    setTextStyle(*hint, TextStyle::Hint);
    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(label);
    line->addWidget(m_server);
    line->addWidget(m_fold);
    line->addWidget(hint, 1);
    m_entry->setFixedHeight(m_entry->fontMetrics().lineSpacing() * entryLines + 3 * Metrics::rowGap);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::rowGap);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(line);
    layout->addWidget(m_entry);

    connect(&m_servers, &Servers::listChanged, this, &EntryPanel::showServers);
    connect(m_server, &QComboBox::currentTextChanged, this, &EntryPanel::showEntry);
    connect(m_fold, &QPushButton::clicked, this, [this] {
        m_chosen = true;
        m_folded = !m_folded;
        showFold();
    });
    showServers();
    showFold();
}

void EntryPanel::setFolded(bool folded)
{
    if (m_chosen || m_folded == folded)
        return;
    m_folded = folded;
    showFold();
}

void EntryPanel::copy()
{
    if (m_server->count() == 0)
        return;
    QGuiApplication::clipboard()->setText(m_entry->whole());
    Q_EMIT copied();
}

void EntryPanel::showServers()
{
    const QString before = m_server->currentText();
    const QSignalBlocker quietly(m_server);
    m_server->clear();
    for (const ServerEntry &server : m_servers.all())
        m_server->addItem(server.name);
    m_server->setCurrentIndex(std::max(0, m_server->findText(before)));
    m_server->setEnabled(m_server->count() > 0);
    showEntry();
}

void EntryPanel::showEntry()
{
    m_entry->show(m_server->count() > 0 ? clientEntry(serverProgram(), m_server->currentText()) : tr("Add a server first."));
}

void EntryPanel::showFold()
{
    m_fold->setText(m_folded ? tr("Show the entry") : tr("Hide the entry"));
    m_entry->setVisible(!m_folded);
}

} // namespace app
