// Server processes on this machine that nobody of ours started or hears of: only looked at, never touched.
#pragma once

#include <QDateTime>
#include <QSet>
#include <QString>

#include <vector>

namespace mcp {

struct OtherServer {
    qint64 pid = 0;
    QString command = {}; // its arguments, parted by blanks
    qint64 parentPid = 0;
    QString parent = {};  // the name of its parent's program; empty when that is not known
    QDateTime since = {};

    bool operator==(const OtherServer &) const = default;
};

// Processes of this user whose program is conductor-mcp, without those that are known and the children of known ones. Reads /proc,
// a few ms; oldest first.
std::vector<OtherServer> otherServers(QSet<qint64> known);

} // namespace mcp
