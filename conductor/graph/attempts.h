// The attempts of an execution by reference name, in one pass. Points into the execution, which has to outlive it.
#pragma once

#include "conductor/model/execution.h"

#include <QHash>

#include <vector>

namespace conductor {

class Attempts
{
public:
    explicit Attempts(const Execution &execution);

    // All attempts at "sw__2", the oldest first; empty when it was never scheduled.
    const std::vector<const TaskAttempt *> &at(QStringView runRef) const;
    const TaskAttempt *newest(QStringView runRef) const; // nullptr: never scheduled

    // The reference as the attempts of that loop turn write it: "sw__2", or the plain one where the server left it plain.
    QString runRef(const QString &ref, int turn) const;

    // References in the order they were first scheduled.
    const std::vector<QStringView> &refs() const { return m_refs; }

    // "sw__2" → "sw" and 2; turn 0 without a turn.
    struct Turned {
        QStringView ref;
        int turn = 0;
    };
    static Turned turned(QStringView runRef);

private:
    QHash<QStringView, std::vector<const TaskAttempt *>> m_byRef;
    std::vector<QStringView> m_refs;
};

} // namespace conductor
