// The companion's host as a process of its own, which a test may kill: support/hostprogram.cpp.
#pragma once

#include <QProcess>
#include <QStringList>

namespace support {

class HostProcess : public QObject
{
public:
    HostProcess();
    ~HostProcess() override; // kills it

    bool start(); // and waits until it listens
    qint64 pid() const { return process.processId(); }

    // Server process of the newest session shown; 0: none runs.
    qint64 serverPid() const;
    int sessionsShown() const { return int(lines.filter(QStringLiteral("session ")).size()); }

    QProcess process;
    QStringList lines; // what it said
};

// Processes that run as children, grandchildren … of this test.
QList<qint64> descendants();

} // namespace support
