#include "mcp/protocol/revision.h"

#include <array>
#include <utility>

namespace mcp {
namespace {

constexpr std::array<std::pair<QStringView, Revision>, 4> dates{{
    {u"2024-11-05", Revision::R2024_11_05},
    {u"2025-03-26", Revision::R2025_03_26},
    {u"2025-06-18", Revision::R2025_06_18},
    {u"2025-11-25", Revision::R2025_11_25},
}};

} // namespace

std::optional<Revision> revisionOf(QStringView date)
{
    for (const auto &[known, revision] : dates) {
        if (known == date)
            return revision;
    }
    return {};
}

QString dateOf(Revision revision)
{
    return dates[size_t(revision)].first.toString();
}

QStringList revisionDates()
{
    QStringList all;
    for (const auto &[date, revision] : dates)
        all << date.toString();
    return all;
}

} // namespace mcp
