#include "app/console/offermodel.h"

#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"
#include "mcp/protocol/weight.h"

#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

#include <algorithm>

using conductor::harmless;

namespace app {
namespace {

bool isNumber(int column)
{
    return column == OfferModel::Bytes || column == OfferModel::Tokens;
}

} // namespace

OfferModel::OfferModel(What what, QObject *parent)
    : RowModel(parent)
    , m_what(what)
{
}

int OfferModel::rowOf(const QString &name) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Offered &offered) { return offered.name == name; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int OfferModel::columnCount(const QModelIndex &) const
{
    return m_what == What::Tools ? On + 1 : m_what == What::Resources ? Group + 1 : Name + 1;
}

QVariant OfferModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Offered &offered = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(offered, index.column());
    case Qt::ToolTipRole:
        return plainToolTip(harmless(offered.description, 500));
    case Qt::ForegroundRole:
        if (!offered.isThere || !offered.on)
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        return {};
    case Qt::TextAlignmentRole:
        if (isNumber(index.column()))
            return int(Qt::AlignRight | Qt::AlignVCenter);
        return {};
    default:
        return {};
    }
}

QVariant OfferModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole && isNumber(section))
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return m_what == What::Tools ? tr("Tool") : m_what == What::Resources ? tr("Resource") : tr("Prompt");
    case Group:
        return m_what == What::Tools ? tr("Toolset") : tr("Address");
    case Effect:
        return tr("Effect");
    case Bytes:
        return tr("Bytes");
    case Tokens:
        return tr("~Tokens");
    case On:
        return tr("Offered");
    }
    return {};
}

QString OfferModel::text(const Offered &offered, int column) const
{
    switch (column) {
    case Name:
        return harmless(m_what == What::Resources ? offered.title : offered.name, 100);
    case Group:
        return m_what == What::Tools ? offered.group : harmless(offered.name, 200);
    case Effect:
        return offered.effect;
    case Bytes:
        return QLocale().toString(offered.bytes);
    case Tokens:
        return QLocale().toString(mcp::tokensOf(offered.bytes));
    case On:
        return offered.on ? (offered.isThere ? tr("yes") : tr("next session")) : (offered.isThere ? tr("until restart") : tr("no"));
    }
    return {};
}

} // namespace app
