#include "mcp/protocol/revision.h"

#include <array>
#include <utility>

namespace mcp {
namespace {

constexpr std::array<std::pair<QStringView, Revision>, 5> dates{{
    {u"2024-11-05", Revision::R2024_11_05},
    {u"2025-03-26", Revision::R2025_03_26},
    {u"2025-06-18", Revision::R2025_06_18},
    {u"2025-11-25", Revision::R2025_11_25},
    {u"2026-07-28", Revision::R2026_07_28},
}};

QStringList datesOf(bool modern)
{
    QStringList some;
    for (const auto &[date, revision] : dates) {
        if (isModern(revision) == modern)
            some << date.toString();
    }
    return some;
}

} // namespace

std::optional<Revision> handshakeRevision(QStringView date)
{
    for (const auto &[known, revision] : dates) {
        if (known == date && !isModern(revision))
            return revision;
    }
    return {};
}

QString dateOf(Revision revision)
{
    return dates[size_t(revision)].first.toString();
}

QStringList handshakeDates()
{
    return datesOf(false);
}

QStringList modernDates()
{
    return datesOf(true);
}

} // namespace mcp
