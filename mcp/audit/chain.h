// Checks that the rows of an audit follow from each other as they were written. What this proves and what not: docs/audit.md.
#pragma once

#include "mcp/audit/store.h"

namespace mcp {

struct ChainReport {
    struct Fault {
        qint64 number = 0; // of the row
        QString what;      // "row 7 was changed after it was written"
    };

    static constexpr size_t mostFaults = 100;

    qint64 rows = 0;
    qint64 first = 0;
    qint64 last = 0;
    QByteArray lastHash;
    std::vector<Fault> faults; // the first of them
    qint64 allFaults = 0;

    bool holds() const { return allFaults == 0; }
};

// A row that was noted elsewhere: that it is still there, and the same, shows that the end was not cut off before it.
struct NotedRow {
    qint64 number = 0; // 0: none
    QByteArray hash = {};
};

// Errors: what keeps the file from being read.
conductor::Result<ChainReport> verifyChain(AuditStore &store, NotedRow noted = {});

} // namespace mcp
