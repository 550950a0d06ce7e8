// Many calls as few numbers: how many over time, how long they took, by tool and by client. For charts.
#pragma once

#include "mcp/audit/entry.h"

#include <map>
#include <vector>

namespace mcp {

struct CallStatistics {
    struct Bucket {
        qint64 begins = 0; // ms since 1970
        qint64 calls = 0;
        qint64 failed = 0; // whose outcome is not "ok"
        double p50 = 0;    // ms; 0 when nothing was called
        double p95 = 0;
        double p99 = 0;
    };
    struct Share {
        QString name;
        qint64 calls = 0;
        qint64 failed = 0;
        double p95 = 0;
    };

    qint64 width = 0; // of a bucket, ms
    qint64 calls = 0;
    qint64 failed = 0;
    std::vector<Bucket> buckets; // without a gap, oldest first
    std::vector<Share> tools;    // most calls first
    std::vector<Share> clients;
};

// Takes calls one by one, then says what they come to.
class CallCounter
{
public:
    void take(const AuditEntry &call);
    // Buckets of a round width (a minute to days), at most so many.
    CallStatistics result(int mostBuckets = 60) const;

private:
    struct Taken {
        qint64 time;
        qint64 tookUs;
        bool failed;
        bool timed; // it has ended
        const QString *tool;
        const QString *client;
    };

    std::vector<Taken> m_calls;
    std::map<QString, qint64> m_tools; // its keys are what Taken points to
    std::map<QString, qint64> m_clients;
};

// Of sorted values, by the nearest rank; 0 for none.
double percentile(const std::vector<qint64> &sorted, double share);

} // namespace mcp
