#include "mcp/audit/statistics.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mcp {
namespace {

constexpr qint64 minute = 60'000;
constexpr std::array widths{minute,       5 * minute,    15 * minute,    60 * minute,     180 * minute,
                            360 * minute, 1440 * minute, 7 * 1440 * minute, 30 * 1440 * minute};

double ms(qint64 us)
{
    return double(us) / 1000;
}

struct Tally {
    qint64 calls = 0;
    qint64 failed = 0;
    std::vector<qint64> took;
};

std::vector<CallStatistics::Share> shares(std::map<QString, Tally> tallies)
{
    std::vector<CallStatistics::Share> all;
    for (auto &[name, tally] : tallies) {
        std::sort(tally.took.begin(), tally.took.end());
        all.push_back({name, tally.calls, tally.failed, ms(qint64(percentile(tally.took, 0.95)))});
    }
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.calls > b.calls; });
    return all;
}

} // namespace

double percentile(const std::vector<qint64> &sorted, double share)
{
    if (sorted.empty())
        return 0;
    const auto rank = size_t(std::ceil(share * double(sorted.size())));
    return double(sorted[std::clamp<size_t>(rank, 1, sorted.size()) - 1]);
}

void CallCounter::take(const AuditEntry &call)
{
    if (call.kind != AuditEntry::Kind::Call && call.kind != AuditEntry::Kind::Begun)
        return;
    const auto tool = m_tools.try_emplace(call.tool).first;
    const auto client = m_clients.try_emplace(call.client).first;
    const bool ended = !call.outcome.isEmpty();
    m_calls.push_back({call.time, call.tookUs, ended && call.outcome != u"ok", ended && call.tookUs > 0, &tool->first, &client->first});
}

CallStatistics CallCounter::result(int mostBuckets) const
{
    CallStatistics result;
    if (m_calls.empty())
        return result;
    const auto [first, last] = std::minmax_element(m_calls.begin(), m_calls.end(), [](const Taken &a, const Taken &b) { return a.time < b.time; });
    const qint64 span = last->time - first->time;
    const auto fits = std::find_if(widths.begin(), widths.end(), [&](qint64 width) { return span / width + 2 <= mostBuckets; });
    result.width = fits != widths.end() ? *fits : span / std::max(1, mostBuckets - 2) + 1;
    const qint64 begin = first->time - first->time % result.width;

    std::vector<Tally> buckets(size_t((last->time - begin) / result.width) + 1);
    std::map<QString, Tally> tools;
    std::map<QString, Tally> clients;
    for (const Taken &call : m_calls) {
        for (Tally *tally : {&buckets[size_t((call.time - begin) / result.width)], &tools[*call.tool], &clients[*call.client]}) {
            ++tally->calls;
            tally->failed += call.failed;
            if (call.timed)
                tally->took.push_back(call.tookUs);
        }
        ++result.calls;
        result.failed += call.failed;
    }
    for (size_t i = 0; i < buckets.size(); ++i) {
        Tally &tally = buckets[i];
        std::sort(tally.took.begin(), tally.took.end());
        const auto at = [&tally](double share) { return ms(qint64(percentile(tally.took, share))); };
        result.buckets.push_back({begin + qint64(i) * result.width, tally.calls, tally.failed, at(0.5), at(0.95), at(0.99)});
    }
    result.tools = shares(std::move(tools));
    result.clients = shares(std::move(clients));
    return result;
}

} // namespace mcp
