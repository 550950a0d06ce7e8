#include "app/activity/clientneeds.h"

#include "app/activity/outcomelook.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/table.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"
#include "mcp/policy/toolsets.h"
#include "mcp/tools/catalogue.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

using conductor::harmless;
using mcp::Effect;

namespace app {
namespace {

bool isNumber(int column)
{
    return column == ClientNeedsModel::Calls || column == ClientNeedsModel::Tools;
}

QStringList existingTools()
{
    QStringList names;
    const std::shared_ptr<const mcp::ToolRegistry> catalogue = mcp::tools::catalogueOfEffects();
    for (const mcp::ToolRegistry::Entry &entry : catalogue->entries())
        names << entry.tool.name;
    return names;
}

std::vector<mcp::NamedTools> toolsets()
{
    std::vector<mcp::NamedTools> all;
    for (const QString &toolset : mcp::toolsets())
        all.push_back({toolset, mcp::toolsOf(toolset)});
    return all;
}

} // namespace

QVariant ClientNeedsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const ClientNeed &need = m_rows[size_t(index.row())];
    if (role == Qt::TextAlignmentRole)
        return isNumber(index.column()) ? int(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    if (role == Qt::ToolTipRole && index.column() == Flags)
        return plainToolTip(mcp::flagsOf(need.suggestion));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Client:
        return need.client.isEmpty() ? tr("Unknown client") : harmless(need.client, 80);
    case Calls:
        return QLocale().toString(need.calls);
    case Tools:
        return QLocale().toString(need.tools);
    case Effect:
        return effectName(need.highest);
    case Flags:
        return mcp::flagsOf(need.suggestion);
    }
    return {};
}

QVariant ClientNeedsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumber(section))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Client:
        return tr("AI client");
    case Calls:
        return tr("Calls");
    case Tools:
        return tr("Tools used");
    case Effect:
        return tr("Most it did");
    case Flags:
        return tr("Enough for it");
    }
    return {};
}

ClientNeeds::ClientNeeds(QWidget *parent)
    : QWidget(parent)
    , m_table(new Table(tr("What AI clients used")))
    , m_model(new ClientNeedsModel(this))
    , m_words(new QLabel)
    , m_flags(new PlainTextPane(tr("Flags that are enough")))
    , m_copy(button(tr("Copy as flags")))
{
    m_table->setModel(m_model);
    m_table->setSelectionMode(Table::SingleSelection);
    for (const auto &[column, characters] : {std::pair(ClientNeedsModel::Client, 32), std::pair(ClientNeedsModel::Calls, 10), std::pair(ClientNeedsModel::Tools, 14),
                                             std::pair(ClientNeedsModel::Effect, 16)})
        m_table->setColumnCharacters(column, characters);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    m_flags->setFixedHeight(4 * m_flags->fontMetrics().lineSpacing());
    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(m_words, 1);
    line->addWidget(m_copy, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, 0, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::rowGap);
    line->setContentsMargins(CellDelegate::padding, 0, 0, 0); // rows begin under the title
    layout->addWidget(m_table, 1);
    layout->addLayout(line);
    layout->addWidget(m_flags);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClientNeeds::showSelected);
    connect(m_copy, &QPushButton::clicked, this, &ClientNeeds::copy);
    showSelected();
}

void ClientNeeds::show(const std::vector<AuditReader::ClientUsage> &usage)
{
    const QStringList existing = existingTools();
    std::vector<ClientNeed> needs;
    for (const AuditReader::ClientUsage &each : usage)
        needs.push_back({each.client, each.usage.calls(), int(each.usage.tools.size()), each.usage.highest(), mcp::suggestionFor(each.usage, existing, toolsets())});
    m_table->rememberPlace();
    m_model->show(std::move(needs));
    m_table->returnToPlace();
    if (!m_table->currentIndex().isValid() && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    showSelected();
}

void ClientNeeds::focusFirst()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

void ClientNeeds::showSelected()
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    const ClientNeed *need = rows.isEmpty() ? nullptr : &m_model->rows()[size_t(rows.first().row())];
    const QString flags = need ? mcp::flagsOf(need->suggestion) : QString();
    m_copy->setEnabled(!flags.isEmpty());
    m_flags->show(flags);
    if (!need) {
        m_words->setText(tr("Choose a client to see what would be enough for it."));
        return;
    }
    const QLocale locale;
    m_words->setText(tr("In the last %1 days %2 used %3 of %4 tools. With these flags its server offers it these and no others.%5")
                         .arg(locale.toString(days), harmless(need->client, 80), locale.toString(need->tools),
                              locale.toString(need->suggestion.unused.size() + need->suggestion.tools.size()),
                              need->suggestion.readOnly ? u' ' + tr("It only read: nothing else is allowed then.") : QString()));
}

void ClientNeeds::copy()
{
    QGuiApplication::clipboard()->setText(m_flags->whole());
    Q_EMIT copied();
}

} // namespace app
