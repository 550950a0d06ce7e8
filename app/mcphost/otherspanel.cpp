#include "app/mcphost/otherspanel.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/table.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

using conductor::harmless;

namespace app {
namespace {

constexpr int mostLines = 4; // without scrolling

} // namespace

OthersModel::OthersModel(Clock clock, QObject *parent)
    : RowModel(parent)
    , m_clock(std::move(clock))
{
}

QVariant OthersModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const mcp::OtherServer &server = m_rows[size_t(index.row())];
    if (role == Qt::ToolTipRole && index.column() == Command)
        return plainToolTip(harmless(server.command, 1000));
    if (role == Qt::ToolTipRole && index.column() == Since)
        return plainToolTip(exactTime(server.since));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Process:
        return QString::number(server.pid);
    case Parent:
        return server.parent.isEmpty() ? QString::number(server.parentPid) : tr("%1 (%2)").arg(harmless(server.parent, 60)).arg(server.parentPid);
    case Since:
        return relativeTime(server.since, m_clock());
    case Command:
        return harmless(server.command, 300);
    }
    return {};
}

QVariant OthersModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Process:
        return tr("Process");
    case Parent:
        return tr("Started by");
    case Since:
        return tr("Started");
    case Command:
        return tr("Command");
    }
    return {};
}

OthersPanel::OthersPanel(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_table(new Table(tr("Other servers on this machine")))
    , m_model(new OthersModel(std::move(clock), this))
{
    auto *title = new QLabel(tr("Other servers on this machine"));
    setTextStyle(*title, TextStyle::Section);
    auto *hint = new QLabel(tr("They do not report to this companion, and it leaves them alone."));
    setTextStyle(*hint, TextStyle::Hint);
    auto *line = new QHBoxLayout;
    line->setContentsMargins(CellDelegate::padding, 0, 0, 0);
    line->setSpacing(Metrics::rowGap);
    line->addWidget(title);
    line->addWidget(hint, 1);
    m_table->setModel(m_model);
    m_table->setSelectionMode(Table::SingleSelection);
    for (const auto &[column, characters] : {std::pair(OthersModel::Process, 12), std::pair(OthersModel::Parent, 30), std::pair(OthersModel::Since, 16)})
        m_table->setColumnCharacters(column, characters);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, Metrics::rowGap, Metrics::pageMargin, Metrics::rowGap);
    layout->setSpacing(Metrics::unit);
    layout->addLayout(line);
    layout->addWidget(m_table);
    hide();
}

void OthersPanel::show(std::vector<mcp::OtherServer> servers)
{
    const int lines = std::min(mostLines, int(servers.size()));
    m_model->show(std::move(servers));
    m_table->setFixedHeight(Metrics::tableHeader + lines * Metrics::tableRow(Density::Comfortable) + Metrics::unit);
    setVisible(lines > 0);
}

} // namespace app
