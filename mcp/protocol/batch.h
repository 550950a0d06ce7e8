// The answers to a batch go out together, as one line, when the last has come.
#pragma once

#include "mcp/protocol/message.h"

#include <QJsonArray>

namespace mcp {

class Batch
{
public:
    static constexpr qsizetype largest = 1000;

    // One more answer will come, or will not.
    void expect() { ++m_expected; }

    // The line to send when this was the last; empty otherwise, and when nothing is to be answered at all.
    QByteArray add(const QJsonObject &answer)
    {
        m_answers << answer;
        return leaveOut();
    }
    QByteArray leaveOut() { return --m_expected == 0 && !m_answers.isEmpty() ? toLine(m_answers) : QByteArray(); }

private:
    qsizetype m_expected = 0;
    QJsonArray m_answers;
};

} // namespace mcp
