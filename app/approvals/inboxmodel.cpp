#include "app/approvals/inboxmodel.h"

#include "app/approvals/approvaltext.h"
#include "app/widgets/roles.h"
#include "app/widgets/timetext.h"
#include "app/widgets/tooltips.h"
#include "conductor/base/hostile.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using mcp::Approval;

namespace app {
namespace {

InboxRow rowOfApproval(const Approval &approval, const QDateTime &now)
{
    const QString left = timeLeft(approval, now);
    return {.approval = approval.id,
            .what = verbAndObject(approval.request),
            .who = whoAsks(approval.request),
            .server = askedServer(approval.request),
            .production = approval.request.production,
            .look = approvalLook(approval),
            .time = left.isEmpty() ? relativeTime(approval.asked, now) : left,
            .exactTime = exactTime(approval.asked)};
}

InboxRow rowOfItem(const InboxItem &item, const QDateTime &now)
{
    return {.item = item, .what = item.title, .look = waitsForYou(InboxModel::tr("Waits for you")), .time = relativeTime(item.since, now), .exactTime = exactTime(item.since)};
}

} // namespace

std::vector<InboxRow> inboxRows(const std::vector<Approval> &approvals, const std::vector<InboxItem> &items, const QDateTime &now)
{
    std::vector<const Approval *> waiting, late, over;
    for (const Approval &approval : approvals)
        (isWaiting(approval) ? waiting : mayStillBeAllowed(approval, now) || isKeptForNextTime(approval, now) ? late : over).push_back(&approval);
    QHash<QString, qsizetype> order; // of sessions: the one that waits longest comes first
    for (const Approval *approval : waiting)
        order.insert(approval->session, order.value(approval->session, order.size()));
    std::stable_sort(waiting.begin(), waiting.end(), [&](const Approval *one, const Approval *other) { return order[one->session] < order[other->session]; });
    std::reverse(late.begin(), late.end());
    std::reverse(over.begin(), over.end());

    std::vector<InboxRow> rows;
    for (const Approval *approval : waiting)
        rows.push_back(rowOfApproval(*approval, now));
    for (const InboxItem &item : items)
        rows.push_back(rowOfItem(item, now));
    for (const auto *part : {&late, &over}) {
        for (const Approval *approval : *part)
            rows.push_back(rowOfApproval(*approval, now));
    }
    return rows;
}

QString InboxModel::keyOfRow(const InboxRow &row)
{
    return row.approval.isEmpty() ? u"item %1 %2"_s.arg(int(row.item.kind)).arg(row.item.id) : row.approval;
}

int InboxModel::rowOf(const QString &key) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const InboxRow &row) { return keyOfRow(row) == key; });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

QVariant InboxModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const InboxRow &row = m_rows[size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case What:
            return row.what;
        case Who:
            return row.who;
        case Server:
            return row.server;
        case State:
            return row.look.word;
        case Time:
            return row.time;
        }
        return {};
    case HintTextRole:
        return index.column() == Server && row.production ? tr("PROD", "marks a production server; short") : QString();
    case StatusRole:
        return index.column() == State ? QVariant::fromValue(row.look) : QVariant();
    case Qt::ToolTipRole:
        return plainToolTip(index.column() == What ? row.what : index.column() == Time ? row.exactTime : QString());
    default:
        return {};
    }
}

QVariant InboxModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case What:
        return tr("What");
    case Who:
        return tr("AI client");
    case Server:
        return tr("Server");
    case State:
        return tr("State");
    case Time:
        return tr("Time");
    }
    return {};
}

} // namespace app
