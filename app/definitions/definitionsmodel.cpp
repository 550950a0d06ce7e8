#include "app/definitions/definitionsmodel.h"

#include "app/widgets/roles.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <QLocale>

using namespace Qt::StringLiterals;
using conductor::DefinitionVersion;

namespace app {
namespace {

bool isBefore(const DefinitionRow &a, const DefinitionRow &b, int column)
{
    switch (column) {
    case DefinitionsModel::Newest:
        return a.newest < b.newest;
    case DefinitionsModel::Versions:
        return a.versions < b.versions;
    case DefinitionsModel::Changed:
        return a.changed < b.changed;
    case DefinitionsModel::Created:
        return a.created < b.created;
    default:
        return a.name.compare(b.name, Qt::CaseInsensitive) < 0;
    }
}

void add(DefinitionRow &row, const DefinitionVersion &version)
{
    row.newest = std::max(row.newest, version.version);
    ++row.versions;
    if (version.created.isValid() && (!row.created.isValid() || version.created < row.created))
        row.created = version.created;
    const QDateTime touched = version.updated.isValid() ? version.updated : version.created;
    if (touched.isValid() && (!row.changed.isValid() || touched > row.changed))
        row.changed = touched;
}

} // namespace

std::vector<DefinitionRow> definitionRows(const std::vector<DefinitionVersion> &versions, const QStringList &drafts)
{
    std::vector<DefinitionRow> rows;
    QSet<QString> known;
    for (const DefinitionVersion &version : versions) { // by name: those of one definition stand together
        if (rows.empty() || rows.back().name != version.name)
            rows.push_back({.name = version.name, .hasDraft = drafts.contains(version.name)});
        add(rows.back(), version);
        known.insert(version.name);
    }
    for (const QString &name : drafts) {
        if (!known.contains(name))
            rows.push_back({.name = name, .hasDraft = true});
    }
    return rows;
}

DefinitionsModel::DefinitionsModel(Clock clock, QObject *parent)
    : RowModel(parent)
    , m_clock(std::move(clock))
{
}

void DefinitionsModel::show(std::vector<DefinitionRow> rows)
{
    m_all = std::move(rows);
    arrange();
}

void DefinitionsModel::setFilter(const QString &words)
{
    m_words = words.split(u' ', Qt::SkipEmptyParts);
    arrange();
}

void DefinitionsModel::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    arrange();
}

void DefinitionsModel::tick()
{
    if (!rows().empty())
        Q_EMIT dataChanged(index(0, Changed), index(rowCount() - 1, Created), {Qt::DisplayRole});
}

void DefinitionsModel::arrange()
{
    std::vector<DefinitionRow> fitting;
    std::copy_if(m_all.begin(), m_all.end(), std::back_inserter(fitting), [this](const DefinitionRow &row) {
        return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) { return row.name.contains(word, Qt::CaseInsensitive); });
    });
    std::stable_sort(fitting.begin(), fitting.end(), [this](const DefinitionRow &a, const DefinitionRow &b) {
        return m_order == Qt::AscendingOrder ? isBefore(a, b, m_column) : isBefore(b, a, m_column);
    });
    showRows(std::move(fitting));
}

int DefinitionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant DefinitionsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const DefinitionRow &row = rows()[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        if (index.column() == Name)
            return plainToolTip(conductor::harmless(row.name));
        if (index.column() == Changed && row.changed.isValid())
            return exactTime(row.changed);
        return index.column() == Created && row.created.isValid() ? exactTime(row.created) : QString();
    case HintTextRole:
        if (index.column() != Name || !row.hasDraft)
            return {};
        return row.newest == 0 ? tr("not saved yet") : tr("unsaved changes");
    case NameRole:
        return row.name;
    default:
        return {};
    }
}

QVariant DefinitionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Workflow");
    case Newest:
        return tr("Newest version");
    case Versions:
        return tr("Versions");
    case Changed:
        return tr("Changed");
    case Created:
        return tr("Created");
    }
    return {};
}

QString DefinitionsModel::text(const DefinitionRow &row, int column) const
{
    switch (column) {
    case Name:
        return conductor::harmless(row.name);
    case Newest:
        return row.newest > 0 ? QLocale().toString(row.newest) : QString();
    case Versions:
        return row.versions > 0 ? QLocale().toString(row.versions) : QString();
    case Changed:
        return relativeTime(row.changed, m_clock());
    case Created:
        return relativeTime(row.created, m_clock());
    }
    return {};
}

} // namespace app
