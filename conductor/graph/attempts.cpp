#include "conductor/graph/attempts.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace conductor {

Attempts::Attempts(const Execution &execution)
{
    m_byRef.reserve(qsizetype(execution.attempts.size()));
    for (const TaskAttempt &attempt : execution.attempts) {
        std::vector<const TaskAttempt *> &attempts = m_byRef[attempt.ref];
        if (attempts.empty())
            m_refs.push_back(attempt.ref);
        // They come ascending already, but for a server that forgets to.
        const auto after = [](const TaskAttempt *a, const TaskAttempt *b) { return a->retryCount < b->retryCount; };
        attempts.insert(std::upper_bound(attempts.begin(), attempts.end(), &attempt, after), &attempt);
    }
}

const std::vector<const TaskAttempt *> &Attempts::at(QStringView runRef) const
{
    static const std::vector<const TaskAttempt *> none;
    const auto found = m_byRef.constFind(runRef);
    return found == m_byRef.cend() ? none : *found;
}

const TaskAttempt *Attempts::newest(QStringView runRef) const
{
    const std::vector<const TaskAttempt *> &attempts = at(runRef);
    return attempts.empty() ? nullptr : attempts.back();
}

QString Attempts::runRef(const QString &ref, int turn) const
{
    if (turn <= 0)
        return ref;
    const QString withTurn = u"%1__%2"_s.arg(ref).arg(turn);
    return !m_byRef.contains(withTurn) && m_byRef.contains(ref) ? ref : withTurn;
}

Attempts::Turned Attempts::turned(QStringView runRef)
{
    const qsizetype mark = runRef.lastIndexOf(u"__"_s);
    if (mark <= 0)
        return {runRef, 0};
    bool isNumber = false;
    const int turn = runRef.mid(mark + 2).toInt(&isNumber);
    if (!isNumber || turn <= 0)
        return {runRef, 0};
    return {runRef.left(mark), turn};
}

} // namespace conductor
